import type { HistoryRow } from "../../engine/engine.ts";
import type { ArchivedHistoryRow } from "../layers/image-archive.ts";
import { instructionText } from "./instruction-text.ts";
import { onOneLine } from "./one-line.ts";
import { isFrom, type SourceLines } from "./provenance.ts";

/** An instruction of a stage's chain: its own and those of the stages it is built from, oldest first. Lines from 0. */
export interface ChainLine {
  readonly keyword: string;
  /** As written, keyword included. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

export interface RowLines {
  /** For each history row the instruction that made it; undefined where that is not certain. */
  readonly instructions: readonly (ChainLine | undefined)[];
  /** How many rows, from the oldest, the base image brought; undefined when the chain does not fit the history. */
  readonly baseRows: number | undefined;
}

/** BuildKit leaves no row for ONBUILD, and not every builder one for ARG. */
const rowless = new Set(["ONBUILD", "ARG"]);

/**
 * Says which instruction made which history row. Both have one entry for each instruction, in the same order, so they are laid
 * side by side from the newest; what remains of the history came from the base. A row whose text differs from the Dockerfile's gets no
 * line: the file was edited since.
 */
export function mapLines(history: readonly HistoryRow[], chain: readonly ChainLine[]): RowLines {
  const instructions: (ChainLine | undefined)[] = history.map(() => undefined);
  let row = history.length - 1;
  for (const instruction of chain.filter((it) => it.keyword.toUpperCase() !== "FROM").toReversed()) {
    const keyword = instruction.keyword.toUpperCase();
    const made = history[row];
    const found = made && instructionText(made.createdBy, made.comment);
    if (found?.keyword !== keyword) {
      if (rowless.has(keyword)) continue;
      return { instructions, baseRows: undefined };
    }
    if (isSame(instruction.text, found.text)) instructions[row] = instruction;
    row--;
  }
  return { instructions, baseRows: row + 1 };
}

/**
 * The same with what the builder itself recorded of rows (provenance), which goes before what follows from their order and text. `rows` are
 * those of the image's configuration. Of an instruction that was changed since nothing is said.
 */
export function withRecorded(
  mapped: RowLines,
  rows: readonly ArchivedHistoryRow[] | undefined,
  chain: readonly ChainLine[],
): RowLines {
  if (rows?.length !== mapped.instructions.length || !rows.some((it) => it.source)) return mapped;
  const lastOfBase = rows.findLastIndex((it) => it.source && isFrom(it.source));
  return {
    instructions: mapped.instructions.map((guessed, row) => {
      const source = rows[row]?.source;
      return source && !isFrom(source) ? writtenAt(source, chain) : guessed;
    }),
    baseRows: mapped.baseRows ?? (lastOfBase < 0 ? undefined : lastOfBase + 1),
  };
}

function writtenAt({ line, text }: SourceLines, chain: readonly ChainLine[]): ChainLine | undefined {
  const same = chain.filter((it) => it.text.trim() === text.trim());
  return same.find((it) => it.line === line) ?? (same.length === 1 ? same[0] : undefined);
}

/** False only when the two certainly differ: variables, quotes and here-documents are told in another form than they are written. */
function isSame(written: string, told: string): boolean {
  const [keyword = "", ...words] = onOneLine(written).split(" ");
  const isRun = keyword.toUpperCase() === "RUN";
  if (!isRun && !/^(?:COPY|ADD)$/i.test(keyword)) return true;
  const flags = words.findIndex((word) => !word.startsWith("--"));
  const rest = words.slice(flags < 0 ? words.length : flags).join(" ");
  if (/<<|^\[/.test(rest)) return true;
  if (isRun) return rest === told.replace(/^RUN /, "");
  // A variable is told expanded, and what was copied is not told by the classic builder.
  if (/[$"'\\]/.test(rest) || told.includes("… ")) return true;
  return rest === told.replace(/^\S+ (?:--\S+ )*/, "");
}
