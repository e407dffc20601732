import { withoutContinuations } from "../sizes/lines/one-line.ts";

/**
 * A short name for the text of an instruction, by which what was measured of it is found again. White space, continuations with
 * what stands between them, and the case of the keyword do not count. Nothing of the text can be read in it.
 */
export function instructionKey(text: string): string {
  const flat = withoutContinuations(text)
    .replace(/[ \t]+/g, " ")
    .trim()
    .replace(/^\S+/, (keyword) => keyword.toUpperCase());
  // FNV-1a, twice with other beginnings: 64 bits are enough for the lines of one file.
  return fnv(flat, 0x811c9dc5) + fnv(flat, 0x01234567);
}

function fnv(text: string, start: number): string {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
