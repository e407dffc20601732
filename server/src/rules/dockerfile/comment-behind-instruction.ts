import type { Stage } from "../../model/stage/stage.ts";
import type { Dockerfile, Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { insert, remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { textOf } from "../../text/span.ts";
import { readThrough } from "../knowledge/shell/unread-script.ts";
import { isWindows } from "../knowledge/stages/windows.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
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
      warning, and so is a comment in RUN behind which the script would go on in the next line. Other comments of RUN, CMD and ENTRYPOINT are
      left alone, as a shell knows them, and so are values of ENV and LABEL.`,
    why: source`
      In a Dockerfile only a whole line is a comment. Behind an instruction the sign and each word are taken as they stand: as files
      to copy, as a part of the directory's or the user's name, as one volume each. The lines of a RUN are joined to one before the shell reads
      them, so that a comment takes all that follows along: it is never run, and nothing says so.`,
    bad: source`
      FROM alpine:3.24
      WORKDIR /app # where it runs
                   ^^^^^^^^^^^^^^^ comment-behind-instruction: Only a whole line can be a comment: this is a part of the directory's name.`,
    good: source`
      FROM alpine:3.24
      # where it runs
      WORKDIR /app`,
  },

  instructions: ["ADD", "ARG", "COPY", "RUN", "USER", "VOLUME", "WORKDIR"],
  triggers: true,

  check(instruction, stage, report) {
    const { rest, name } = instruction;
    const { file } = stage.model;
    if (!rest.text.includes("#") || instruction.exec || rest.text.startsWith("[")) return;
    if (name === "RUN") {
      checkScript(instruction, stage, report);
      return;
    }
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

/** A comment in a script that is one line for the shell, and several in the file. */
function checkScript(run: Instruction, stage: Stage, report: Report): void {
  const { file } = stage.model;
  const isScript =
    run.hereDocuments.length === 0 && run.startLine !== run.endLine && /\s#/.test(run.rest.text);
  if (!isScript || !stage.scriptOf(run)?.commands.length || isWindows(stage.before(run), stage)) return;
  const reading = readThrough(run.rest.text);
  if (reading?.comment === undefined) return;
  const start = run.rest.toSource(reading.comment);
  const line = file.lines.lineAt(start);
  const last = run.rest.text.trimEnd().length - 1;
  if (file.lines.lineAt(run.rest.toSource(last)) === line) return;
  const lineStart = file.lines.startOf(line);
  const written = file.text.slice(start, file.lines.startOf(line + 1)).replace(/\s*\\\s*$/, "");
  const end = start + written.length;
  const front = file.text.slice(lineStart, start);
  const indent = /^[ \t]*/.exec(front)?.[0] ?? "";
  report(
    { start, end },
    "This comment goes on to the end of the script: what stands below it is never run.",
    {
      severity: reading.isUnfinished ? "error" : "warning",
      fixes: [
        {
          kind: "unsafe",
          title: "Make it a line above",
          edits: [
            insert(lineStart, `${indent}${written}${lineBreakOf(file)}`),
            remove({ start: lineStart + front.trimEnd().length, end }),
          ],
        },
      ],
    },
  );
}

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
