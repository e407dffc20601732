import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { modeOf } from "../knowledge/commands/written-modes.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";

export const worldWritable = instructionRule({
  id: "world-writable",
  title: "Files that every user may write to",
  severity: "warning",
  tags: ["security"],
  aliases: ["S2612", "world-writable-state-path-workaround"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`chmod 777\`, \`a+w\`, \`o+w\` and the like, \`mkdir\` and \`install\` with such a mode, and \`--chmod\` of COPY and ADD,
      in a stage that is shipped. Directories with the sticky bit (1777) do not count.`,
    why: source`
      Whoever gets to run anything in the container, as whatever user, can change these files: the programs that
      others start, and what the service reads. Give them to the user who needs them, or to a group.`,
    bad: source`
      FROM debian:trixie-slim
      COPY --chmod=777 app /usr/local/bin/
                   ^^^ world-writable: Every user may write to what has the mode 777.`,
    good: source`
      FROM debian:trixie-slim
      COPY --chmod=755 app /usr/local/bin/`,
  },
  instructions: ["COPY", "ADD", "RUN"],
  onlyWith: { programs: ["chmod", "mkdir", "install"] },

  check(instruction, stage, report) {
    if (!isShipped(stage)) return;
    if (instruction.name !== "RUN") checkFlag(instruction, stage, report);
    else
      for (const command of stage.commandsOf(instruction)?.commands ?? []) {
        const mode = modeOf(command);
        if (mode && !isForTheMoment(command, instruction, stage))
          tell(mode.value, mode.span, isNeedless(command, instruction, stage), stage, report);
      }
  },
});

function checkFlag({ flags }: Instruction, stage: Stage, report: Report): void {
  for (const { name, value, valueSpan } of flags)
    if (name === "chmod" && value !== undefined && valueSpan) tell(value, valueSpan, true, stage, report);
}

/** Is it a folder of mktemp's, which apt has to read as another user and which goes with the RUN? */
function isForTheMoment({ arguments: words }: Command, run: Instruction, stage: Stage): boolean {
  const named = words.flatMap((it) => it.variables);
  if (named.length === 0) return false;
  const commands = stage.commandsOf(run)?.commands ?? [];
  const temporary = commands.flatMap((it) =>
    it.assignments.filter(({ value }) => value?.raw.includes("mktemp")).map(({ name }) => name),
  );
  return named.every((it) => temporary.includes(it));
}

/** Is it a file, or given to a user? Otherwise the mode may be what lets the service write to its folders, as whatever user. */
function isNeedless({ arguments: words }: Command, run: Instruction, stage: Stage): boolean {
  const paths = words.filter(({ raw }) => /[/$]/.test(raw));
  const given = givenAway(stage);
  const isFile = (path: string | undefined) =>
    path !== undefined && stage.after(run).fileAt(path)?.kind === "file";
  return paths.length > 0 && paths.every(({ raw, literal }) => given.has(raw) || isFile(literal));
}

/** What chown is told of, as written. */
const givenAway = notedOnStage((stage) => {
  const given = new Set<string>();
  for (const it of stagesDownFrom(stage))
    for (const run of it.instructions)
      for (const command of (run.name === "RUN" && it.commandsOf(run)?.commands) || [])
        if (command.name?.literal === "chown") for (const { raw } of command.arguments) given.add(raw);
  return given;
});

function tell(mode: string, span: Span, mayClose: boolean, stage: Stage, report: Report): void {
  if (!isOpen(mode)) return;
  const { text } = stage.model.file;
  const safe = /^0?[0-7]{3}$/.test(mode) ? closed(mode) : undefined;
  const isWritten = text.slice(span.start, span.end) === mode;
  const fixes: Fix[] =
    mayClose && safe !== undefined && isWritten
      ? [{ kind: "unsafe", title: `Use ${safe}`, edits: [replace(span, safe)] }]
      : [];
  report(span, `Every user may write to what has the mode ${mode}.`, { fixes });
}

function isOpen(mode: string): boolean {
  // The sticky bit lets everybody change only what is their own.
  if (/^[0-7]{3,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o1002) === 0o002;
  const clauses = mode.split(",");
  if (clauses.some((it) => /[+=][rwxXs]*t/.test(it))) return false;
  return clauses.some((it) => /^[ug]*[oa][ugoa]*[+=][rxXs]*w/.test(it));
}

/** Without the right to write of group and others. */
function closed(mode: string): string {
  const bits = Number.parseInt(mode, 8) & ~0o022;
  return bits.toString(8).padStart(mode.length, "0");
}
