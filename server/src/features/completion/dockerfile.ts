import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { completeArgument } from "./arguments.ts";
import type { Candidate } from "./candidate.ts";
import { completeComment } from "./comments.ts";
import { completeContextPath } from "./context-paths.ts";
import { cursorIn, type DockerfileCursor } from "./dockerfile-cursor.ts";
import { completeFlag } from "./flags.ts";
import { completeFrom } from "./images.ts";
import { completeInstruction } from "./instruction-names.ts";
import { completeVariable } from "./variables.ts";

/** What can be written at `offset`, in the order it should be shown; empty where nothing is known. */
export function completeDockerfile(model: DockerfileModel, offset: number): Candidate[] {
  const cursor = cursorIn(model.file, offset);
  if (!cursor) return completeComment(model, offset);

  const variables = completeVariable(model, cursor);
  if (variables) return variables;
  if (cursor.inHereDocument) return [];
  if (cursor.inKeyword) return completeInstruction(model, cursor);
  if (cursor.typed.startsWith("-")) return flagsMayStandHere(cursor) ? completeFlag(model, cursor) : [];
  if (cursor.keyword === "FROM") return completeFrom(model, cursor);
  if (cursor.keyword === "ONBUILD" || (cursor.keyword === "HEALTHCHECK" && cursor.words.includes("CMD")))
    return [];
  if (cursor.keyword === "COPY" || cursor.keyword === "ADD") return completeContextPath(model, cursor);
  return completeArgument(model, cursor);
}

/** Flags stand between the keyword and the first argument. */
function flagsMayStandHere({ words }: DockerfileCursor): boolean {
  return words.every((it) => it.startsWith("--"));
}
