import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { ecosystems } from "../knowledge/packages/ecosystems.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { holdsComment, insertAbove, insertBelow, removeLines } from "../writing/dockerfile/lines.ts";

export const volatileArgumentEarly = instructionRule({
  id: "volatile-argument-early",
  title: "ARG that changes with each build, above what takes long",
  severity: "info",
  tags: ["cache"],
  aliases: ["S55", "volatile-arg-early"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports an ARG for a commit, a date or a number of the build (\`GIT_SHA\`, \`BUILD_DATE\`, \`VCS_REF\` …) above a RUN
      that installs packages or dependencies and does not use it, where no files of the project were copied before. An
      ARG \`VERSION\` counts where it has no value of its own and goes into labels and the linker's flags only.`,
    why: source`
      Every RUN below an ARG has it in its environment, so that a new value takes all of them out of the cache: each
      build installs everything again.`,
    bad: source`
      FROM alpine:3.24
      ARG GIT_SHA
          ^^^^^^^ volatile-argument-early: GIT_SHA changes with each build, so the RUN in line 3, which does not use it, runs again each time.
      RUN apk add --no-cache ca-certificates
      LABEL org.opencontainers.image.revision=$GIT_SHA`,
    good: source`
      FROM alpine:3.24
      RUN apk add --no-cache ca-certificates
      ARG GIT_SHA
      LABEL org.opencontainers.image.revision=$GIT_SHA`,
  },
  instructions: ["ARG"],

  check(instruction, stage, report) {
    for (const { name, value } of instruction.pairs) {
      if (!VOLATILE.test(name.raw) && !isRelease(name.raw, value?.raw, stage)) continue;
      const at = stage.instructions.indexOf(instruction);
      const slow = slowBelow(at, name.raw, stage);
      if (!slow) continue;
      if (isAfterSources(at, stage)) return;
      const message = `${name.raw} changes with each build, so the RUN in line ${slow.startLine + 1}, which does not use it, runs again each time.`;
      report(name.span, message, {
        related: [{ message: "This is done again each time.", span: slow.keyword }],
        fixes: moving(instruction, slow, stage),
      });
    }
  },
});

/** The first RUN that takes long between an ARG and what uses it, or the sources. */
function slowBelow(position: number, variable: string, stage: Stage): Instruction | undefined {
  const { instructions } = stage;
  // By which it is known further down.
  const names = [variable];
  for (let at = position + 1; at < instructions.length; at++) {
    const instruction = instructions[at];
    if (!instruction || takesSources(instruction)) return undefined;
    if (instruction.name === "ENV") {
      const isHeld = names.some((it) => holdsName(it, instruction.body.text));
      if (isHeld) names.push(...instruction.pairs.map((it) => it.name.raw));
    } else if (instruction.name !== "LABEL" && names.some((it) => mentions(instruction, it)))
      return undefined;
    if (instruction.name === "RUN" && takesLong(instruction, stage)) return instruction;
  }
  return undefined;
}

const VOLATILE =
  /^((GIT|VCS|CI|GITHUB|SOURCE)_)*(COMMIT|SHA|COMMIT_SHA|COMMIT_HASH|COMMIT_ID|REVISION|REF|SHORT_SHA|COMMIT_SHORT_SHA)$|^(BUILD|CREATED|RELEASE)_(DATE|TIME|TIMESTAMP|NUMBER|ID|AT)$|^BUILD_?(NUM|NO)$|^(CI_PIPELINE_ID|CI_JOB_ID|GITHUB_RUN_ID|GITHUB_RUN_NUMBER)$/i;

/** `ARG VERSION`, `ARG VERSION=dev`: of the project's own program, as long as it goes nowhere but there. */
function isRelease(name: string, value: string | undefined, stage: Stage): boolean {
  if (!/^(APP_|BUILD_|GIT_|IMAGE_|RELEASE_)?VERSION$/.test(name)) return false;
  if (
    value !== undefined &&
    !/^["']?(dev|devel|unknown|none|local|snapshot|latest|0\.0\.0[\w.-]*|)["']?$/i.test(value)
  )
    return false;
  return ownUses(stage, name, () => {
    const uses = stage.instructions.filter((it) => it.name !== "ARG" && mentions(it, name));
    return (
      uses.some((it) => it.name !== "ENV") &&
      uses.every(
        (it) =>
          it.name === "LABEL" ||
          (it.name === "ENV" && it.pairs.every((pair) => pair.name.raw === name)) ||
          textsOf(it).every((text) => !text.includes(name) || isLinked(name, text)),
      )
    );
  });
}

/** A stage may declare one argument again and again. */
const ownUses = rememberedBy<Stage, boolean>(notedOnStage);

/** Does it stand behind an `-X` in its line, by which Go's linker sets a variable? */
function isLinked(name: string, text: string): boolean {
  return text.split("\n").some((line) => {
    const at = line.indexOf("-X");
    return at >= 0 && line.includes(name, at + 2);
  });
}

function mentions(instruction: Instruction, variable: string): boolean {
  return textsOf(instruction).some((it) => isMentioned(variable, it, instruction.name));
}

function textsOf({ body, hereDocuments }: Instruction): readonly string[] {
  return [body.text, ...hereDocuments.map((it) => it.text.text)];
}

function isMentioned(variable: string, text: string, instruction: string): boolean {
  if (holdsName(variable, text)) return true;
  // What asks for all variables uses this one too.
  return instruction === "RUN" && text.includes("env") && ALL_VARIABLES.test(text);
}

/** As a whole name, not as a part of another. */
function holdsName(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!IN_NAME.test(text.charAt(at - 1)) && !IN_NAME.test(text.charAt(at + name.length))) return true;
  return false;
}

const IN_NAME = /\w/;

const ALL_VARIABLES = /\bprintenv\b|\benv\b(?!\s+\w+=)/;

/** More than manifests: from here on each change of the sources does what the ARG does. */
function takesSources(instruction: Instruction): boolean {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return false;
  const { words, flags, hereDocuments } = instruction;
  if (hereDocuments.length > 0 || flags.some((it) => it.name === "from")) return false;
  return words
    .slice(0, -1)
    .some((it) => /^\.?\/?$|^(\.\/)?(src|app|lib|cmd|internal|pkg|public|server|client)\/?$/.test(it.raw));
}

function isAfterSources(position: number, { instructions }: Stage): boolean {
  return instructions.slice(0, position).some(takesSources);
}

/** Does it get packages or dependencies? Other commands may read the variable from their environment. */
function takesLong(run: Instruction, stage: Stage): boolean {
  const commands = stage.scriptOf(run)?.commands ?? [];
  return (
    commands.length > 0 &&
    commands.every((it) => !MAY_READ.test(it.name?.raw ?? "")) &&
    commands.some(installs)
  );
}

const MAY_READ = /^\.|\/|^(make|sh|bash|node|python3?|mvn|gradle)$/;

function installs(command: Command): boolean {
  const words = command.arguments.map((it) => it.literal ?? "");
  const program = command.name?.literal ?? "";
  if (/^(apt-get|apt|apk|dnf|microdnf|yum|zypper|tdnf)$/.test(program))
    return words.some((it) => /^(install|add|upgrade)$/.test(it));
  if (/^pip3?$/.test(program)) return words.includes("install") && words.some((it) => /^-r/.test(it));
  return ecosystems.some((it) => it.ahead === undefined && it.gets(command));
}

/**
 * Above the first instruction that uses it behind `slow`, or right behind that, with the labels that use it above. Nothing but
 * whole lines is moved.
 */
function moving(arg: Instruction, slow: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const [pair, ...more] = arg.pairs;
  if (!pair || more.length > 0 || arg.startLine !== arg.endLine) return [];
  const users = stage.instructions.filter(
    (it) => it.span.start > arg.span.start && mentions(it, pair.name.raw),
  );
  const labels = users.filter((it) => it.span.start < slow.span.start);
  const user = users.find((it) => it.span.start > slow.span.start);
  const moved = [arg, ...labels];
  // An ENV would have to move with it.
  if (labels.some((it) => it.name === "ENV")) return [];
  if (users.length === 0 || moved.some((it) => isBelowComment(it, file) || holdsComment(file, it.span)))
    return [];
  const texts = moved.map((it) => file.text.slice(it.span.start, it.span.end));
  const place = user ? insertAbove(file, user, ...texts) : insertBelow(file, lastSlow(slow, stage), ...texts);
  const title = labels.length > 0 ? "Move it down with its labels" : "Move it down to where it is used";
  return [{ kind: "unsafe", title, edits: [...moved.map((it) => removeLines(file, it)), place] }];
}

/** The last RUN of those that take long, from this one on and above the sources. */
function lastSlow(first: Instruction, stage: Stage): Instruction {
  const { instructions } = stage;
  const sources = instructions.findIndex((it) => it.span.start > first.span.start && takesSources(it));
  const above = instructions.slice(instructions.indexOf(first), sources < 0 ? undefined : sources);
  return above.findLast((it) => it.name === "RUN" && takesLong(it, stage)) ?? first;
}

function isBelowComment({ startLine }: Instruction, file: Dockerfile): boolean {
  const above = { start: file.lines.startOf(startLine - 1), end: file.lines.endOf(startLine - 1) };
  return startLine > 0 && holdsComment(file, above);
}
