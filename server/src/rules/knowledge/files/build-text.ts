import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { literally } from "../../../text/literally.ts";

/** All that the RUNs of a file call. */
export function commandsIn({ stages }: DockerfileModel): readonly Command[] {
  return stages.flatMap((stage) =>
    stage.instructions.flatMap((it) => (it.name === "RUN" ? (stage.commandsOf(it)?.commands ?? []) : [])),
  );
}

/** Does an instruction other than COPY and ADD, whose sources are known, hold this name as a part of a path? */
export function speaksOf(name: string, { stages }: DockerfileModel): boolean {
  const part = asPathPart(name);
  return stages.some((stage) =>
    stage.instructions.some((it) => !/^(COPY|ADD|WORKDIR|LABEL)$/.test(it.name) && says(part, it)),
  );
}

/** Finds this name where it is a whole part of a path: `.git` in `.git/objects`, not in `.gitignore`. */
export function asPathPart(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])${literally(name)}(?![\\w.-])`);
}
