import type { Answer } from "../../model/known.ts";
import { PROGRAM_DIRECTORIES } from "../../model/stage/contents/layout.ts";
import { joinPath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction, Pair } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { contains } from "../../text/span.ts";
import { isShellOnly } from "../knowledge/shell/shell-only.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type Fix, stageRule } from "../rule.ts";

export const pathOverwritten = stageRule({
  id: "path-overwritten",
  title: "PATH set without the directories it had",
  severity: "error",
  tags: ["build", "run"],
  aliases: ["S43"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports ENV that sets PATH without any of the system's directories, where a later RUN, or the start of the
      container, calls a program of the base image by its name. It is an error where that certainly fails.`,
    why: source`
      ENV replaces PATH, it does not add to it. Without \`:$PATH\` the shell finds none of the programs of the image, and
      ends with "not found".`,
    bad: source`
      FROM debian:trixie-slim
      ENV PATH=/opt/app/bin
          ^^^^^^^^^^^^^^^^^ path-overwritten: This PATH lacks the directories of the system, and mkdir below is not found.
      RUN mkdir -p /opt/app/bin`,
    good: source`
      FROM debian:trixie-slim
      ENV PATH=/opt/app/bin:$PATH
      RUN mkdir -p /opt/app/bin`,
  },
  onlyWith: { instructions: ["ENV"] },

  check(stage, report) {
    for (const [at, instruction] of stage.instructions.entries()) {
      const pair = instruction.name === "ENV" && instruction.pairs.findLast((it) => it.name.raw === "PATH");
      if (!pair || pair.value === undefined) continue;
      const path = stage.after(instruction).variable("PATH");
      if (path.known && namesItself(path.value)) {
        report(pair.span, "PATH is written without its $ here, so that the directories it had are lost.", {
          severity: "warning",
          fixes: withDollar(pair),
        });
        continue;
      }
      if (!path.known || KEEPS_SYSTEM.test(path.value)) continue;
      const directories = path.value.split(":");
      if (directories.some(isOfSystem)) continue;
      const lost = firstLost(at + 1, directories, stage);
      if (!lost) continue;
      const message = `This PATH lacks the directories of the system, and ${lost.program} below is not found.`;
      report(pair.span, message, {
        related: [{ message: `${lost.program} is called here.`, span: lost.command.span }],
        fixes: fixesOf(pair, lost.isCertain, stage),
        ...(lost.isCertain ? {} : { severity: "warning" }),
      });
    }
  },
});

/** `/app/bin:PATH`: nobody has a directory of this name, and nothing else keeps the system's. */
function namesItself(path: string): boolean {
  const directories = path.split(":");
  return (
    directories.length > 1 &&
    directories.some((it) => it === "PATH" || it === "{PATH}") &&
    !directories.some(isOfSystem)
  );
}

function withDollar({ value }: Pair): Fix[] {
  if (!value || value.span.end - value.span.start !== value.raw.length || value.raw.startsWith("'"))
    return [];
  const at = /(?<=^"?|:)\{?PATH\}?(?=:|"?$)/.exec(value.raw)?.index;
  if (at === undefined) return [];
  return [{ kind: "unsafe", title: "Write $PATH", edits: [insert(value.span.start + at, "$")] }];
}

/**
 * A directory that is relative, of the system or below one of it, where a copy of the same programs may be: asked of a whole
 * PATH, which grows with each ENV that adds to it.
 */
const KEEPS_SYSTEM = /(^|:)(?!\/)|busybox|\/(usr|sbin)\b/;

/** The directories of every image that `KEEPS_SYSTEM` does not name. */
function isOfSystem(directory: string): boolean {
  return PROGRAM_DIRECTORIES.has(directory.replace(/\/+$/, ""));
}

interface Lost {
  readonly program: string;
  readonly command: Command;
  readonly isCertain: boolean;
}

/** The first call below of a program that only the system's directories have, while this PATH holds. */
function firstLost(from: number, directories: readonly string[], stage: Stage): Lost | undefined {
  for (let at = from; at < stage.instructions.length; at++) {
    const run = stage.instructions[at];
    if (!run) break;
    if (run.name === "ENV" && run.pairs.some((it) => it.name.raw === "PATH")) return undefined;
    if (isStart(run, stage)) return lostAtStart(run, directories, stage);
    const script = run.name === "RUN" && !run.exec ? stage.scriptOf(run) : undefined;
    const commands = script?.commands ?? [];
    if (!script?.complete || commands.some((it) => setsPath(it))) continue;
    const state = stage.before(run);
    for (const command of commands) {
      const program = command.name?.literal;
      if (program === undefined || command.conditional || script.functions.includes(program)) continue;
      if (!isOfBase(program, stage)) continue;
      const there = directories.map((it) => state.hasPath(joinPath(it, program)));
      // BusyBox's shell can be built to find its own applets without PATH.
      if (there.some((it) => it.is === "yes") || state.isBusyBox(program).is === "yes") continue;
      if (!OF_SYSTEM.has(program) && !there.every((it) => isUntouched(it, stage))) continue;
      if (!OF_SYSTEM.has(program) && hadBefore(directories, stage)) continue;
      const isNowhere = there.every((it) => it.is === "no");
      const isCertain = isNowhere && failsRun(command, script, run, stage);
      return { program, command, isCertain };
    }
  }
  return undefined;
}

/** Does the container begin with what it says, unless a program of the author's own comes before it? */
function isStart(instruction: Instruction, { isFinal, result: { entrypoint, command } }: Stage): boolean {
  if (!isFinal || !entrypoint.known || !command.known) return false;
  const [before, start] = [entrypoint.value, command.value];
  if (before?.instruction) return before.instruction === instruction;
  return start?.instruction === instruction && !before?.words[0]?.raw.includes("/");
}

function lostAtStart(start: Instruction, directories: readonly string[], stage: Stage): Lost | undefined {
  const command = stage.commandsOf(start)?.commands[0];
  const program = command?.name?.literal;
  if (!command || program === undefined || setsPath(command) || !isOfBase(program, stage)) return undefined;
  const there = directories.map((it) => stage.result.hasPath(joinPath(it, program)));
  if (!there.every((it) => isUntouched(it, stage)) || hadBefore(directories, stage)) return undefined;
  return { program, command, isCertain: there.every((it) => it.is === "no") };
}

function setsPath({ name, arguments: words, assignments }: Command): boolean {
  const isSourced = name?.literal === "." || name?.literal === "source";
  return (
    isSourced || assignments.some((it) => it.name === "PATH") || words.some((it) => /^PATH=/.test(it.raw))
  );
}

/** Programs that are in no directory of an author's. */
const OF_SYSTEM: ReadonlySet<string> = new Set(
  "apt apt-get apk dpkg dnf yum microdnf cat cp mv rm ls mkdir ln chmod chown head tail sed grep find tar env id sort".split(
    " ",
  ),
);

/** Programs that shells have built in as well (dash, bash and BusyBox's; read 2026-11). */
const BUILT_IN_TOO: ReadonlySet<string> = new Set("[ echo false kill printf pwd test true".split(" "));

function isOfBase(program: string, stage: Stage): boolean {
  if (program.includes("/") || BUILT_IN_TOO.has(program) || isShellOnly(program)) return false;
  return stage.initial.hasTool(program).is === "yes";
}

/** Is it certainly not there, or does only the base image leave that open, which has its program elsewhere? */
function isUntouched({ is, because }: Answer, stage: Stage): boolean {
  const base = stage.bottom.from.span;
  return is === "no" || because.every(({ span }) => span !== undefined && contains(base, span.start));
}

/** Did the base look programs up in one of these directories? */
function hadBefore(directories: readonly string[], stage: Stage): boolean {
  const path = stage.initial.variable("PATH");
  return !path.known || path.value.split(":").some((it) => directories.includes(it));
}

function fixesOf({ value }: Pair, isCertain: boolean, stage: Stage): Fix[] {
  if (!value || value.span.end - value.span.start !== value.raw.length || value.raw.startsWith("'"))
    return [];
  const end = value.raw.endsWith('"') ? value.span.end - 1 : value.span.end;
  if (stage.model.file.escape !== "\\" || value.raw.endsWith("\\")) return [];
  const kind = isCertain ? "safe" : "unsafe";
  return [
    {
      kind,
      title: "Add :$PATH",
      edits: [insert(end, value.raw.replace(/"$/, "").endsWith(":") ? "$PATH" : ":$PATH")],
    },
  ];
}
