import type { ImageCosts, LineCost } from "../lines/line-costs.ts";

/** What an instruction added to the image when it was last weighed, kept by its text. Bytes unpacked. */
export interface LineSize {
  readonly key: string;
  readonly bytes: number;
  /** Of layers below that it hides. */
  readonly hidden: number;
  /** These by how, with files. Absent where it was not read. */
  readonly hides?: LineCost["hides"];
  /** As transferred; absent where it is not known. */
  readonly transfer?: number;
  /** Undefined where only the engine's history was read. */
  readonly files: number | undefined;
  readonly largest: LineCost["largest"];
}

/** A stage's image as it was last weighed. Plain data, kept with the workspace. */
export interface SizedStage {
  /** Keys of all instructions that made it, oldest first. */
  readonly instructions: readonly string[];
  readonly sizes: readonly LineSize[];
  /** Bytes on disk. */
  readonly total: number;
  /** Of these the base image's; undefined where it is not certain which those are. */
  readonly base: number | undefined;
  /** Bytes as transferred, where the engine tells. */
  readonly transfer: number | undefined;
}

/** An instruction as it stands now. `text` as written, lines from 0. */
export interface WrittenInstruction {
  readonly text: string;
  readonly line: number;
}

export interface ShownSize extends LineSize {
  readonly line: number;
  /** An instruction above has changed since, so that the next build may make another size. */
  readonly isStale: boolean;
}

/** Names an instruction by its text, so that it is found again. */
export type KeyOf = (text: string) => string;

/** What of an image's costs is kept; known from its history too. */
export interface StageSizes extends Pick<ImageCosts, "total" | "base"> {
  readonly lines: readonly Omit<LineCost, "visible">[];
}

/**
 * What is remembered of a stage's costs, by keys of its instructions, so that it finds its lines again after edits. `transfer`
 * in bytes.
 */
export function sizedStage(
  instructions: readonly WrittenInstruction[],
  { lines, total, base }: StageSizes,
  transfer: number | undefined,
  keyOf: KeyOf,
): SizedStage {
  return {
    instructions: instructions.map((it) => keyOf(it.text)),
    sizes: lines.map(({ line, bytes, hidden, hides, transfer, files, largest }) => ({
      key: keyOf(line.text),
      bytes,
      hidden,
      ...(hides !== undefined && hidden > 0 && { hides }),
      ...(transfer !== undefined && { transfer }),
      files,
      largest,
    })),
    total,
    base,
    transfer,
  };
}

/** What is known of a stage's instructions as they are now; nothing of one whose text is another. */
export function shownSizes(
  instructions: readonly WrittenInstruction[],
  known: SizedStage,
  keyOf: KeyOf,
): readonly ShownSize[] {
  const keys = instructions.map((it) => keyOf(it.text));
  const change = keys.findIndex((key, at) => key !== known.instructions[at]);
  const left = new Map<string, LineSize[]>();
  for (const size of known.sizes) left.set(size.key, [...(left.get(size.key) ?? []), size]);
  return instructions.flatMap(({ line }, at): ShownSize[] => {
    // The same text twice is two instructions, in their order.
    const size = left.get(keys[at] ?? "")?.shift();
    return size ? [{ ...size, line, isStale: change >= 0 && at >= change }] : [];
  });
}
