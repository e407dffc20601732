import { stripVTControlCharacters } from "node:util";

/** What a step wrote, as it comes and as one reads it. */
export interface StepText {
  add(piece: string): void;
  /** Without colours; of a progress bar that returns to the line's start, only what was last seen. */
  text(): string;
}

/** The start of what is longer is dropped. Characters. */
const longest = 400_000;

/**
 * Keeps the output of one step as a terminal would show it in the end: without colours, and of a progress bar what was last
 * seen.
 */
export function stepText(): StepText {
  let raw = "";
  let isCut = false;
  return {
    add(piece) {
      raw += piece;
      // Cut rarely, as each cut copies the whole.
      if (raw.length < longest * 1.25) return;
      raw = raw.slice(raw.indexOf("\n", raw.length - longest) + 1);
      isCut = true;
    },
    text() {
      const lines = stripVTControlCharacters(raw).replace(/\r+\n/g, "\n").split("\n");
      const seen = lines.map((line) => line.slice(line.lastIndexOf("\r", line.length - 2) + 1));
      return `${isCut ? "…\n" : ""}${seen.join("\n")}`;
    },
  };
}
