import type { FileStart } from "./layers/layer-file.ts";

/** What of a file can be shown as text. */
export type ShownContent =
  | { readonly is: "text"; readonly text: string }
  /** `text`: its first bytes as a hex dump. */
  | { readonly is: "binary"; readonly text: string }
  /** Text that is larger than what was read of it. */
  | { readonly is: "too-large" };

/** A program looks for a zero byte in as much of a file to tell whether it is text (git, xdiff-interface.c, read 2026-11). */
const LOOKED_AT = 8000;
const MOST_DUMPED = 4096;

/** Says whether a file is text. UTF-8 alone is: what is in an image has no other mark of how it is written. */
export function shownContent({ bytes, size }: FileStart): ShownContent {
  const isWhole = bytes.length === size;
  if (!bytes.subarray(0, LOOKED_AT).includes(0)) {
    if (!isWhole) return { is: "too-large" };
    try {
      return { is: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
    } catch {
      // It is another encoding, or none.
    }
  }
  return { is: "binary", text: hexDump(bytes.subarray(0, MOST_DUMPED)) };
}

/** `00000010  7f 45 4c 46 …  |.ELF…|`, sixteen bytes a line. */
function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((it) => it.toString(16).padStart(2, "0")).join(" ");
    const letters = row.map((it) => (it >= 0x20 && it < 0x7f ? String.fromCharCode(it) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(47)}  |${letters}|\n`);
  }
  return lines.join("");
}
