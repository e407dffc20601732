import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { KnownValue } from "../knowledge/flags.ts";
import { lineage } from "../stage-lineage.ts";

/** Users that are known to be there at an offset: those of the base image, and those that the stage made by name. */
export function usersAt(model: DockerfileModel, offset: number): readonly KnownValue[] {
  const stage = model.stages.findLast((it) => it.from.keyword.start < offset);
  if (!stage) return [];
  const users = new Map<string, string>();
  for (const one of lineage(stage)) {
    if (one.base.kind === "image" && one.base.facts.known) {
      for (const [name, id] of Object.entries(one.base.facts.value.users ?? {})) {
        users.set(name, `user ${id} of ${one.base.image.text}`);
      }
    }
    for (const instruction of one.instructions) {
      if (instruction.keyword.start >= offset) break;
      for (const command of one.scriptOf(instruction)?.commands ?? []) {
        if (command.name?.literal === undefined || !/^(useradd|adduser)$/.test(command.name.literal))
          continue;
        const name = userMade(command.arguments.map((it) => it.literal));
        if (name) users.set(name, `made by ${command.name.literal}`);
      }
    }
  }
  return [...users].map(([value, summary]) => ({ value, summary }));
}

/** The last word that is no option; `adduser USER GROUP` of Alpine names the user first, and is rare. */
function userMade(words: readonly (string | undefined)[]): string | undefined {
  const last = words.at(-1);
  return last !== undefined && /^[a-z_][\w-]*$/.test(last) ? last : undefined;
}
