import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { UserSetting } from "../state.ts";

/** `name`, `name:group` or ids, as USER has them after expansion. An empty name is root's, as for the engine. */
export function userSetting(text: string, instruction: Instruction | undefined): UserSetting {
  const [user = "", group] = text.trim().split(":");
  const name = user === "" ? "root" : user;
  return { name, group, isRoot: name === "root" || /^0+$/.test(name), instruction };
}
