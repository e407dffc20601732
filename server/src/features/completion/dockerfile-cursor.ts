import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";

/**
 * The cursor inside an instruction, read from the text before it, since what stands behind it is often not
 * written yet.
 */
export interface DockerfileCursor {
  readonly offset: number;
  /** Undefined on a line where an instruction may begin. */
  readonly instruction: Instruction | undefined;
  /** The instruction's name in upper case, as far as it is written; that behind ONBUILD or HEALTHCHECK when the cursor is there. */
  readonly keyword: string;
  /** True while the keyword itself is being written. */
  readonly inKeyword: boolean;
  /** True behind ONBUILD. */
  readonly onBuild: boolean;
  /** Words between keyword and cursor, the unfinished one left out, continuations taken out. */
  readonly words: readonly string[];
  /** The unfinished word, as far as it is on the cursor's line. */
  readonly typed: string;
  /** True in a here-document's body. */
  readonly inHereDocument: boolean;
}

/** Undefined inside a comment. */
export function cursorIn(file: Dockerfile, offset: number): DockerfileCursor | undefined {
  const line = file.lines.lineAt(offset);
  const lineStart = file.lines.startOf(line);
  const before = file.text.slice(lineStart, offset).replace(/^\uFEFF/, "");
  const instruction = instructionAt(file, offset, line);
  // The body of one that is only begun is empty and starts at the end of the text, on the instruction's own line.
  const body = instruction?.hereDocuments.find(
    ({ content }) => content.start <= lineStart && offset <= content.end,
  );
  if (instruction && body) {
    const typed = /\S*$/.exec(before)?.[0] ?? "";
    return {
      offset,
      instruction,
      keyword: instruction.name,
      inKeyword: false,
      onBuild: false,
      words: [],
      typed,
      inHereDocument: true,
    };
  }
  if (/^\s*#/.test(before)) return undefined;

  const written = instruction ? logicalText(file, instruction.keyword.start, offset) : before.trimStart();
  const onBuild = /^onbuild\s+/i.exec(written);
  const rest = onBuild ? written.slice(onBuild[0].length) : written;
  const [, keyword = "", behind = ""] = /^(\S*)([\s\S]*)$/.exec(rest) ?? [];
  const parts = behind.split(/[ \t]+/);
  const typed = parts.at(-1) ?? "";
  const common = { offset, instruction, onBuild: onBuild !== null, inHereDocument: false };
  if (behind === "")
    return { ...common, keyword: keyword.toUpperCase(), inKeyword: true, words: [], typed: keyword };

  const onThisLine = /\S*$/.exec(before)?.[0] ?? "";
  return {
    ...common,
    keyword: keyword.toUpperCase(),
    inKeyword: false,
    words: parts.slice(1, -1),
    typed: typed.length > onThisLine.length ? onThisLine : typed,
  };
}

/** The instruction that the cursor is in or would continue. */
function instructionAt(file: Dockerfile, offset: number, line: number): Instruction | undefined {
  const instruction = file.instructions.findLast((it) => it.keyword.start < offset);
  if (!instruction || line <= instruction.endLine) return instruction;
  // Behind a continuation at the end of the file nothing may be written yet.
  for (let above = line - 1; above >= instruction.endLine; above--) {
    const text = file.text.slice(file.lines.startOf(above), file.lines.endOf(above)).trim();
    if (above > instruction.endLine && (text === "" || text.startsWith("#"))) continue;
    return text.endsWith(file.escape) ? instruction : undefined;
  }
  return undefined;
}

/** The text from an instruction's start to the cursor as one line. */
function logicalText(file: Dockerfile, start: number, offset: number): string {
  const lines = file.text.slice(start, offset).split(/\r?\n/);
  return lines
    .filter((line, index) => index === 0 || index === lines.length - 1 || !/^\s*(#|$)/.test(line))
    .map((line, index, all) => {
      const trimmed = line.trimEnd();
      return index < all.length - 1 && trimmed.endsWith(file.escape) ? trimmed.slice(0, -1) : line;
    })
    .join("");
}
