import type { BuildRecord } from "../records.ts";
import type { BuildEvent, BuildStep } from "./build-types.ts";

/** Makes events of one builder's records, and remembers what is needed when the build fails. */
export interface BuildLog {
  read(record: BuildRecord): readonly BuildEvent[];
  /** What comes after the last record. */
  end(): readonly BuildEvent[];
  /** Of the image that was built; undefined until it is. */
  readonly imageId: string | undefined;
  /** The step that failed, or that was running when the engine gave up. */
  readonly failing: BuildStep | undefined;
  /** The last lines that a step wrote. */
  tail(step: BuildStep): readonly string[];
}

const tailLength = 40;

/** Keeps the last lines of each step; text may come in any pieces. */
export function logTails(): { add(step: string, text: string): void; of(step: string): readonly string[] } {
  const tails = new Map<string, { lines: string[]; rest: string }>();
  return {
    add(step, text) {
      const tail = tails.get(step) ?? { lines: [], rest: "" };
      const lines = (tail.rest + text).split("\n");
      tail.rest = lines.pop() ?? "";
      tail.lines = [...tail.lines, ...lines.map(lastOverwrite)].slice(-tailLength);
      tails.set(step, tail);
    },
    of(step) {
      const { lines, rest } = tails.get(step) ?? { lines: [], rest: "" };
      return rest === "" ? lines : [...lines, lastOverwrite(rest)].slice(-tailLength);
    },
  };
}

/** Of a progress bar that returns to the line's start, only what was last seen. */
function lastOverwrite(line: string): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  return text.slice(text.lastIndexOf("\r") + 1);
}

/** The id in `{"aux":{"ID":"sha256:…"}}`, which both builders send at the end. */
export function imageIdOf({ aux }: BuildRecord): string | undefined {
  if (typeof aux !== "object" || aux === null) return undefined;
  const { ID } = aux as { ID?: unknown };
  return typeof ID === "string" ? ID : undefined;
}
