import { baseBelow } from "../../model/stage/base-image.ts";
import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName } from "../../model/stage/paths.ts";
import { documentShell } from "../../model/stage/script-text.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { StageState } from "../../model/stage/state.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { type BashUse, bashUses } from "../knowledge/shell/bash-only.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { lineOf, type ShellScript, shellScriptsRunIn } from "../knowledge/started/script-contents.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const bashSyntaxInSh = instructionRule({
  id: "bash-syntax-in-sh",
  title: "Syntax of bash where sh runs",
  severity: "error",
  tags: ["build"],
  aliases: [
    ..."SC3001 SC3009 SC3010 SC3011 SC3014 SC3020 SC3030 SC3037 SC3039 SC3040".split(" "),
    ..."SC3044 SC3046 SC3054 SC3057 SC3059 SC3060".split(" "),
  ],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports what only bash understands in the shell form of RUN, CMD and ENTRYPOINT in a Debian or Ubuntu image whose shell is its \`sh\`, which is dash: \`source\`,
      \`[[\`, arrays, \`<<<\`, \`<( )\`, \`\${A//b/c}\`, \`[ a == b ]\`, \`echo -e\`, \`&>\`, \`{a,b}\` in paths, \`set -o pipefail\`; with BusyBox's ash arrays and \`{a,b}\`. It is an
      error where the build or the container certainly ends with it, else a warning. Scripts of the build context that sh reads count too. The fixes write the same for both shells, or set SHELL to
      bash. No ShellCheck is needed.`,
    why: source`
      Shell form runs with /bin/sh, not with the shell of a terminal. Where dash cannot read a script, nothing of it runs;
      \`source\` and \`[[\` are "not found", which in an \`if\` means that it never holds; \`mkdir -p /srv/{a,b}\` makes one folder with
      braces in its name.`,
    bad: source`
      FROM debian:trixie-slim
      RUN source /etc/os-release && echo "$VERSION" > /version
          ^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which has no source.
      RUN mkdir -p /srv/{data,logs}
                   ^^^^^^^^^^^^^^^^ bash-syntax-in-sh: The sh of this image is dash, which leaves {data,logs} as it stands.`,
    good: source`
      FROM debian:trixie-slim
      RUN . /etc/os-release && echo "$VERSION" > /version
      RUN mkdir -p /srv/data /srv/logs`,
  },
  instructions: ["RUN", "CMD", "ENTRYPOINT"],

  check(run, stage, report) {
    checkFiles(run, stage, report);
    const script = run.exec ? undefined : stage.scriptOf(run);
    if (!script?.complete) return;
    const uses = bashUses(script);
    const isDash = uses.length === 0 ? "no" : runsInDash(run, stage);
    const isAsh =
      isDash === "no" && uses.some((it) => NOT_IN_ASH.has(it.code)) ? runsInAsh(run, stage) : "no";
    if (isDash === "no" && isAsh === "no") return;
    for (const use of uses) {
      if (isAsh !== "no" ? !NOT_IN_ASH.has(use.code) : use.code === "SC3040" && mayKnowPipefail(stage))
        continue;
      const isCertain = (isDash === "yes" || isAsh === "yes") && isCertainEnd(use, script, run, stage);
      const shell = isAsh === "no" ? "dash" : "BusyBox's ash";
      report(use.span, `The sh of this image is ${shell}, ${use.what}.`, {
        related: stage.before(run).os.because,
        severity: isCertain ? "error" : "warning",
        aliases: [use.code],
        fixes: fixesOf(use, run, stage),
      });
    }
  },
});

/** Scripts of the build context that this image's sh reads: the first of what it does not understand tells it. */
function checkFiles(run: Instruction, stage: Stage, report: Report): void {
  for (const script of shellScriptsRunIn(stage)) {
    const { text, contextPath } = script.origin;
    if (script.instruction !== run || contextPath === undefined || !isForSh(script)) continue;
    const sh = firstChange(stage) === Number.POSITIVE_INFINITY ? shOf(script.state, stage) : undefined;
    if (!sh) continue;
    const uses = bashUses(script.contents).filter(({ code, effect }) =>
      sh === "dash"
        ? effect !== "differs" && !(code === "SC3040" && mayKnowPipefail(stage))
        : NOT_IN_ASH.has(code),
    );
    const use = uses.find((it) => it.effect === "unreadable") ?? uses[0];
    if (!use || script.failure === "allowed" || /BASH_VERSION/.test(text)) continue;
    const line = `line ${lineOf(use.command, text)} of ${contextPath}`;
    const name = sh === "dash" ? "dash" : "BusyBox's ash";
    const isCertain = use.effect === "unreadable" && script.failure === "stops";
    report(script.span, `The sh that reads ${line} is ${name}, ${use.what}.`, {
      related: script.state.os.because,
      severity: isCertain ? "error" : "warning",
      aliases: [use.code],
      fixes: [],
    });
  }
}

/** Is it handed to sh, or does its first line ask for that? */
function isForSh({ shell, origin: { text } }: ShellScript): boolean {
  return shell === undefined
    ? /^#!\s*(?:(?:\/usr)?\/bin\/|\/usr\/bin\/env\s+)(?:sh|dash)\s/.test(text)
    : shell === "sh" || shell === "dash";
}

/** Which shell the sh of an image is, where that is certain and it lacks what bash has. */
function shOf({ os }: StageState, stage: Stage): "dash" | "ash" | undefined {
  const base = baseBelow(stage);
  if (
    base.kind !== "image" ||
    !base.facts.known ||
    (base.facts.value.readFrom && base.facts.value.name.includes("/"))
  )
    return undefined;
  if (stage.result.isToolBrought("sh").is === "yes") return undefined;
  if (stage.bottom.initial.isBusyBox("sh").is === "yes") return "ash";
  return os.known && os.value.family === "debian" ? "dash" : undefined;
}

/** Of all that dash lacks BusyBox's ash has the most; arrays and `{a,b}` it has not (tried with 1.35, 2026-11). */
const NOT_IN_ASH: ReadonlySet<string> = new Set(["SC3009", "SC3030"]);

/** Is the shell in force BusyBox's? `unknown` as for dash. */
function runsInAsh(run: Instruction, stage: Stage): "yes" | "no" | "unknown" {
  const before = stage.before(run);
  const { shellCommand } = before;
  const shell = shellCommand.known ? baseName(shellCommand.value[0] ?? "") : "";
  if (!/^a?sh$/.test(shell) || documentShell(run)) return "no";
  if (stage.bottom.initial.isBusyBox(shell).is !== "yes" || firstChange(stage) <= run.span.start) return "no";
  const isBrought = before.isToolBrought(shell).is;
  return isBrought === "yes" ? "no" : isBrought === "no" ? "yes" : "unknown";
}

function isCertainEnd({ command, effect }: BashUse, script: Script, run: Instruction, stage: Stage): boolean {
  if (run.name !== "RUN" && !stage.isFinal) return false;
  if (effect === "unreadable") return true;
  if (effect === "ends") return !command.conditional && !command.subshell && !command.background;
  return effect === "fails" && failsRun(command, script, run, stage);
}

/**
 * Is the shell in force the dash that Debian's images have as /bin/sh? `unknown` where a program ran that might have put
 * another in its place, which hardly any does without a word of it in the Dockerfile.
 */
function runsInDash(run: Instruction, stage: Stage): "yes" | "no" | "unknown" {
  const before = stage.before(run);
  const { shellCommand, os } = before;
  const shell = shellCommand.known ? baseName(shellCommand.value[0] ?? "") : "";
  if (shell !== "sh" && shell !== "dash") return "no";
  if (documentShell(run)) return "no";
  if (!os.known || os.value.family !== "debian") return "no";
  const base = baseBelow(stage);
  if (base.kind !== "image" || !base.facts.known) return "no";
  // Somebody may have given an image that is built on Debian another sh.
  const { name, readFrom } = base.facts.value;
  if ((readFrom && name.includes("/")) || firstChange(stage) <= run.span.start) return "no";
  const isBrought = before.isToolBrought("sh").is;
  return isBrought === "yes" ? "no" : isBrought === "no" ? "yes" : "unknown";
}

/** Where something is first done to /bin/sh or to the package of dash. */
const firstChange = notedOnStage((stage: Stage): number => {
  let first = Number.POSITIVE_INFINITY;
  for (const { instructions } of stagesDownFrom(stage)) {
    const change = instructions.find((it) => it.name !== "SHELL" && says(/\bdash\b|bin\/sh\b/, it));
    first = Math.min(first, change?.span.start ?? Number.POSITIVE_INFINITY);
  }
  return first;
});

/** dash has it from 0.5.13 on: not Debian up to 13, nor Ubuntu up to 25.10 (packages.debian.org, packages.ubuntu.com, 2026-11). */
function mayKnowPipefail(stage: Stage): boolean {
  const base = baseBelow(stage);
  if (base.kind !== "image") return true;
  const { name, tag = "latest" } = base.image;
  if (/sid|forky|duke|unstable|testing|rolling|devel|rc-buggy|experimental/.test(tag)) return true;
  return /(^|\/)ubuntu$/.test(name) && !/^(1\d|2[0-5])\.|^(trusty|xenial|bionic|focal|jammy|noble)/.test(tag);
}

function fixesOf({ plain, code }: BashUse, run: Instruction, stage: Stage): Fix[] {
  const fixes: Fix[] = [];
  if (plain) {
    const kind = code === "SC3046" ? "unsafe" : "safe";
    fixes.push({ kind, title: "Write it for every shell", edits: [plain] });
  }
  if (isOwn(run, stage) && stage.before(run).hasTool("bash").is === "yes") {
    const line = 'SHELL ["/bin/bash", "-c"]';
    const above = firstOfBash(stage).get(run) ?? run;
    fixes.push({ kind: "unsafe", title: `Set ${line}`, edits: [insertAbove(stage.model.file, above, line)] });
  }
  return fixes;
}

/** One SHELL does for all instructions until the next: it goes above the first that wants it. */
const firstOfBash = notedOnStage((stage): ReadonlyMap<Instruction, Instruction> => {
  const first = new Map<Instruction, Instruction>();
  let run: Instruction | undefined;
  for (const it of stage.instructions) {
    if (it.name === "SHELL") run = undefined;
    if (!/^(?:RUN|CMD|ENTRYPOINT)$/.test(it.name) || it.exec) continue;
    const script = stage.scriptOf(it);
    if (!script?.complete || bashUses(script).length === 0) continue;
    if (runsInDash(it, stage) === "no" || stage.before(it).hasTool("bash").is !== "yes") continue;
    run ??= it;
    first.set(it, run);
  }
  return first;
});
