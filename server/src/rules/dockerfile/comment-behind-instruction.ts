import type { Dockerfile, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { insert, remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { textOf } from "../../text/span.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { lineBreakOf } from "../writing/dockerfile/lines.ts";

export const commentBehindInstruction = instructionRule({
  id: "comment-behind-instruction",
  title: "Comment at the end of an instruction's line",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`# …\` behind COPY, ADD, WORKDIR, USER, VOLUME and ARG. Where the build goes on with it (ARG, VOLUME, WORKDIR) it is a
      warning. RUN, CMD and ENTRYPOINT are left alone, as a shell knows such comments, and so are values of ENV and LABEL.`,
    why: source`
      In a Dockerfile only a whole line is a comment. Behind an instruction the sign and each word are taken as they stand: as files
      to copy, as a part of the directory's or the user's name, as one volume each.`,
    bad: source`
      FROM alpine:3.24
      WORKDIR /app # where it runs
                   ^^^^^^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: this is a part of the directory's name.`,
    good: source`
      FROM alpine:3.24
      # where it runs
      WORKDIR /app`,
  },

  instructions: ["ADD", "ARG", "COPY", "USER", "VOLUME", "WORKDIR"],
  triggers: true,

  check(instruction, { model: { file } }, report) {
    const { rest, name } = instruction;
    if (!rest.text.includes("#") || instruction.exec || rest.text.startsWith("[")) return;
    const start = beginOf(instruction, file);
    if (start === undefined) return;
    const { end } = rest.spanOf(0, rest.text.length);
    const [what, severity] = TAKEN_FOR[name] ?? ["", "error"];
    report({ start, end }, `Only a whole line can be a comment: ${what}.`, {
      severity,
      fixes: fixesOf({ start, end }, instruction, file),
    });
  },
});

const TAKEN_FOR: Readonly<Record<string, readonly [what: string, severity: "error" | "warning"]>> = {
  ADD: ["these words are sources too, and the last one is the destination", "error"],
  ARG: ["each of these words becomes an argument", "warning"],
  COPY: ["these words are sources too, and the last one is the destination", "error"],
  USER: ["this is a part of the user's name", "error"],
  VOLUME: ["each of these words becomes a volume", "warning"],
  WORKDIR: ["this is a part of the directory's name", "warning"],
};

/** Where the comment begins; undefined where the sign may be meant. */
function beginOf({ name, words, pairs, rest }: Instruction, file: Dockerfile): number | undefined {
  if (name === "COPY" || name === "ADD" || name === "VOLUME") {
    const first = name === "VOLUME" ? 1 : 2;
    return words.find((it, index) => index >= first && beginsComment(it, words[index - 1], words[index + 1]))
      ?.span.start;
  }
  if (name === "ARG")
    return pairs.find((it, index) => index > 0 && textOf(file.text, it.name.span).startsWith("#"))?.name.span
      .start;
  // The whole line is one name here: in quotes it may hold anything.
  if (/["']/.test(rest.text)) return undefined;
  const at = /[ \t]#(?:[ \t]|[A-Za-z])/.exec(rest.text)?.index;
  return at === undefined ? undefined : rest.spanOf(at + 1, at + 2).start;
}

/** A lone last word might be the destination, unless that stands in front of it. */
function beginsComment({ raw }: Word, before: Word | undefined, next: Word | undefined): boolean {
  return raw.startsWith("#") && (next !== undefined || (raw !== "#" && /[/.]$/.test(before?.raw ?? "")));
}

/** The comment becomes a line of its own; one that is to be read with the instruction stays next to it. */
function fixesOf(
  { start, end }: { readonly start: number; readonly end: number },
  { startLine, endLine }: Instruction,
  file: Dockerfile,
): Fix[] {
  const lineStart = file.lines.startOf(startLine);
  const above = startLine === 0 ? "" : file.text.slice(file.lines.startOf(startLine - 1), lineStart);
  if (startLine !== endLine || /^\s*#.*\bignore\b/i.test(above)) return [];
  const line = file.text.slice(lineStart, start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return [
    {
      kind: "safe",
      title: "Make it a line above",
      edits: [
        insert(lineStart, `${indent}${file.text.slice(start, end)}${lineBreakOf(file)}`),
        remove({ start: lineStart + line.trimEnd().length, end }),
      ],
    },
  ];
}
