import { known, notKnown } from "../../known.ts";
import { resolvePath } from "../paths.ts";
import { type InstructionEffect, reasonOf } from "./instruction-effect.ts";

export const workdir: InstructionEffect = {
  name: "WORKDIR",
  configure(instruction, { configuration, position, before, expand }) {
    const [word] = instruction.words;
    const text = word && expand(word);
    const from = before.workdir.known ? before.workdir.value : undefined;
    const path = text === undefined ? undefined : resolvePath(from, text);
    const reason = reasonOf(
      instruction,
      path === undefined ? "WORKDIR goes to a directory that is not known" : `WORKDIR ${path}`,
    );
    configuration.set(position, "workdir", path === undefined ? notKnown(reason) : known(path, reason));
  },
  change(_, { changes, before, expand }) {
    const [word] = changes.instruction.words;
    const text = word && expand(word);
    const path =
      text === undefined
        ? undefined
        : resolvePath(before.workdir.known ? before.workdir.value : undefined, text);
    if (path !== undefined && path !== "/" && changes.now.hasPath(path).is !== "yes")
      changes.write(path, "directory", { content: "empty" });
  },
};
