import type { Problem } from "../rules/rule.ts";
import { problemOfSyntax } from "../rules/syntax-problem.ts";
import type { ReadResult } from "./decode.ts";
import type { Disk } from "./disk.ts";
import { kindOfFile } from "./languages.ts";

/** The text of a file as whoever builds or starts it reads it; undefined where it has none. */
export function textOfFile(path: string, read: ReadResult): string | undefined {
  if (read.kind === "text") return read.text;
  const isCompose = kindOfFile(path) === "compose" || /\.ya?ml$/i.test(path);
  return read.kind === "binary" && isCompose ? read.utf16 : undefined;
}

/**
 * That a Compose file on disk is in an encoding that Compose refuses (docker compose 2.40, tried 2026-11), placed in `text`, which an
 * editor may have read with another encoding, or which may have been corrected and not been saved yet.
 */
export function encodingProblems(text: string, path: string | undefined, disk: Disk): readonly Problem[] {
  const read = path === undefined ? undefined : disk.read(path);
  if (read?.kind !== "text" || read.brokenAt === undefined) return [];
  const start = isForeign(text[read.brokenAt]) ? read.brokenAt : text.search(FOREIGN);
  if (start < 0) return [];
  return [
    problemOfSyntax({
      code: "yaml-encoding",
      message:
        "This file is not in UTF-8, and Compose refuses it at this character: save it with the encoding UTF-8.",
      span: { start, end: start + 1 },
      severity: "error",
    }),
  ];
}

const FOREIGN = /\P{ASCII}/u;

function isForeign(character: string | undefined): boolean {
  return character !== undefined && FOREIGN.test(character);
}
