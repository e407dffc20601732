import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { completeArgument } from "./arguments.ts";
import type { Candidate } from "./candidate.ts";
import { completeComment } from "./comments.ts";
import { completeCopied } from "./copied-paths.ts";
import { cursorIn, type DockerfileCursor } from "./dockerfile-cursor.ts";
import { completeFlag, flagsToCome } from "./flags.ts";
import { healthCommands } from "./health.ts";
import { completeFrom } from "./images.ts";
import { completeInstruction } from "./instruction-names.ts";
import { stateAt } from "./state-at.ts";
import { completeVariable } from "./variables.ts";
import { argumentAt } from "./written-argument.ts";

/** What can be written at `offset`, in the order it should be shown; empty where nothing is known. */
export function completeDockerfile(model: DockerfileModel, offset: number): Candidate[] {
  const cursor = cursorIn(model.file, offset);
  if (!cursor) return completeComment(model, offset);

  const variables = completeVariable(model, cursor);
  if (variables) return variables;
  if (cursor.inHereDocument) return [];
  if (cursor.inKeyword) return completeInstruction(model, cursor);
  if (cursor.typed.startsWith("-")) return flagsMayStandHere(cursor) ? completeFlag(model, cursor) : [];
  return [...behindKeyword(model, cursor), ...flagsToCome(cursor)];
}

function behindKeyword(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  switch (cursor.keyword) {
    case "FROM":
      return completeFrom(model, cursor);
    case "ADD":
    case "COPY":
      return completeCopied(model, cursor);
    case "HEALTHCHECK": {
      const command = cursor.words.findIndex((it) => it.toUpperCase() === "CMD");
      const here = stateAt(model, cursor.offset);
      if (command < 0) return completeArgument(model, cursor);
      const argument = argumentAt({ ...cursor, words: cursor.words.slice(command + 1) });
      return here ? [...healthCommands(here, argument)] : [];
    }
    default:
      return completeArgument(model, cursor);
  }
}

/** Flags stand between the keyword and the first argument. */
function flagsMayStandHere({ words }: DockerfileCursor): boolean {
  return words.every((it) => it.startsWith("--"));
}
