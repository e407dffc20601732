import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

export interface SwallowedInstruction {
  readonly keyword: string;
  readonly span: Span;
  /** 0-based. */
  readonly line: number;
}

/**
 * Lines inside of an instruction that begin like one of their own: what stands above them ends with the sign that continues a line.
 * Not in quotes, nor behind HEALTHCHECK, where CMD belongs.
 */
export function swallowedIn(instruction: Instruction, stage: Stage): readonly SwallowedInstruction[] {
  if (instruction.headEndLine === instruction.startLine || instruction.hereDocuments.length > 0) return NONE;
  const known = swallowed(stage);
  const found = known.get(instruction) ?? search(instruction, stage);
  known.set(instruction, found);
  return found;
}

const NONE: readonly never[] = [];

const swallowed = notedOnStage(() => new Map<Instruction, readonly SwallowedInstruction[]>());

function search(instruction: Instruction, stage: Stage): readonly SwallowedInstruction[] {
  const { startLine, headEndLine, name } = instruction;
  const { file } = stage.model;
  const found: SwallowedInstruction[] = [];
  for (let line = startLine + 1; line <= headEndLine; line++) {
    const start = file.lines.startOf(line);
    const match = LINE.exec(file.text.slice(start, file.lines.endOf(line)));
    const keyword = match?.slice(2).find((it) => it !== undefined);
    if (!match || keyword === undefined || (name === "HEALTHCHECK" && keyword === "CMD")) continue;
    const at = start + (match[1] ?? "").length;
    // A line of nothing but the sign may stand in front of the instruction itself.
    if (at > instruction.keyword.start && isWord(at, keyword, instruction, stage))
      found.push({ keyword, span: { start: at, end: at + keyword.length }, line });
  }
  return found;
}

/** Lines that can hardly be anything but an instruction: its name in capitals, and what it takes. */
const LINE = new RegExp(
  String.raw`^([ \t]*)(?:${[
    String.raw`(COPY|ADD)[ \t]+\S+[ \t]+\S`,
    String.raw`(ENV|ARG|LABEL)[ \t]+[A-Za-z_][\w.-]*(?:=|[ \t]+\S|[ \t]*$)`,
    String.raw`(EXPOSE)[ \t]+[\d$]`,
    String.raw`(CMD|ENTRYPOINT|SHELL)[ \t]+\[`,
    String.raw`(VOLUME)[ \t]+[[/"]`,
    String.raw`(WORKDIR)[ \t]+[/$.A-Z]\S*[ \t]*$`,
    String.raw`(USER)[ \t]+[\w$][\w:{}$.-]*[ \t]*$`,
    String.raw`(FROM)[ \t]+[\w$][\w./:@{}$-]*(?:[ \t]+(?:AS|as)[ \t]+[\w.-]+)?[ \t]*$`,
    String.raw`(RUN)[ \t]+[\w./$"-]`,
    String.raw`(HEALTHCHECK)[ \t]+(?:--|CMD|NONE)`,
  ].join("|")})`,
);

/** Is it a word of its own, and not text in quotes? */
function isWord(at: number, keyword: string, instruction: Instruction, stage: Stage): boolean {
  const { name, exec, span } = instruction;
  if (!exec && /^(?:RUN|CMD|ENTRYPOINT)$/.test(name))
    return (stage.scriptOf(instruction)?.commands ?? []).some((command) =>
      [command.name, ...command.arguments].some((it) => it?.span.start === at && it.raw === keyword),
    );
  const before = stage.model.file.text.slice(span.start, at);
  return !exec && !/["']/.test(before.replace(/"[^"\n]*"|'[^'\n]*'/g, ""));
}
