import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName } from "../../model/stage/paths.ts";
import { documentShell } from "../../model/stage/script-text.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { scriptFlow } from "../knowledge/shell/script-flow.ts";
import { isWindows } from "../knowledge/stages/windows.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { insertAbove } from "../writing/dockerfile/lines.ts";

export const pipeWithoutPipefail = instructionRule({
  id: "pipe-without-pipefail",
  title: "Pipe whose first commands may fail unseen",
  severity: "warning",
  tags: ["build"],
  aliases: ["DL4006", "DS-0032"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports RUN with a pipe where neither SHELL nor the script itself sets \`pipefail\`. It is silent where what stands
      left of the pipe only prints (\`echo\`, \`printf\`, \`yes\`), where \`|| true\` says that a failure counts for nothing,
      where grep has to find something in what comes out or the script compares it, and in Windows images. The fix sets SHELL, with a shell
      that is certainly in the image; a build that so far went on in spite of a failure then stops.`,
    why: source`
      The status of a pipe is that of its last command. When the download in \`curl … | tar -x\` breaks off, the build
      may go on with half of the files, or none.`,
    bad: source`
      FROM buildpack-deps:trixie
      RUN curl -fsSL https://example.com/a.tar.gz | tar -xz
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail: If this fails, the build goes on: only the last command of a pipe counts.`,
    good: source`
      FROM buildpack-deps:trixie
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      RUN curl -fsSL https://example.com/a.tar.gz | tar -xz`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const left = unseenIn(run, stage);
    if (!left) return;
    report(left.span, "If this fails, the build goes on: only the last command of a pipe counts.", {
      fixes: fixesOf(run, stage),
    });
  },
});

/** The first command of a RUN that may fail unseen. */
function unseenIn(run: Instruction, stage: Stage): Command | undefined {
  const script = run.exec ? undefined : stage.scriptOf(run);
  const left = script?.hasPipe
    ? script.commands.find(
        (it, index) =>
          isLeft(it, nextOf(index, script)) &&
          !countsForNothing(index, script) &&
          !isSearched(index, script) &&
          !isLookedAt(it, index, script),
      )
    : undefined;
  if (!script || !left || isWindows(stage.before(run), stage) || setsPipefail(script, run, stage)) return;
  return left;
}

/** What its output goes to, else what stands behind it, which may be the first command of a group that it goes to. */
function nextOf(at: number, script: Script): Command | undefined {
  const { pipedInto } = scriptFlow(script);
  const next = script.commands[at + 1];
  return next?.after === "|" || pipedInto[at] !== undefined ? script.commands[pipedInto[at] ?? -1] : next;
}

/** Is this the left side of a pipe, and may it fail? Of a group or loop on the right the first command stands for it. */
function isLeft(command: Command, next: Command | undefined): boolean {
  const program = command.name?.literal ?? "";
  if (!next || !command.subshell || PRINTING.has(program)) return false;
  // Into a command that does nothing somebody pipes who wants a failure to count for nothing.
  if (next.after === "|" && SILENT.has(next.name?.literal ?? "")) return false;
  if (command.after === "|" && FILTERS.has(program)) return false;
  return next.after === "|" || (command.mayFail && next.subshell && next.after === "first");
}

/** `a | b && c || true`: the script goes on whatever the status of the pipe is. */
function countsForNothing(at: number, { commands }: Script): boolean {
  for (let index = at + 1; ; index += 1) {
    const next = commands[index];
    if (next?.after === "||") return SILENT.has(next.name?.literal ?? "");
    if (next?.after !== "&&" && next?.after !== "|") return false;
  }
}

/** `sha256sum a | grep "$SUM"`: in what did not come nothing is found either, and then grep fails. */
function isSearched(at: number, script: Script): boolean {
  const last = script.commands[scriptFlow(script).pipelineEnds[at] ?? at];
  return (
    /^[ef]?grep$/.test(last?.name?.literal ?? "") &&
    last?.arguments.some((it) => /^(?:-\w*[vLz]|--invert-match|--files-without-match)/.test(it.raw)) === false
  );
}

/** What is assigned is looked for in what somebody wrote by hand only. */
const MOST_COMMANDS = 500;

/** `sum=$(a | b) && [ "$sum" = … ]`: what comes out of it is looked at, and nothing comes out of what has failed. */
function isLookedAt({ span }: Command, at: number, { commands }: Script): boolean {
  if (commands.length > MOST_COMMANDS) return false;
  const holder = commands.findIndex((it) =>
    it.assignments.some(
      ({ span: own, value }) => value !== undefined && own.start <= span.start && span.end <= own.end,
    ),
  );
  const names = commands[holder]?.assignments.map((it) => it.name) ?? [];
  if (names.length === 0) return false;
  return commands.some(
    ({ name, arguments: words }, index) =>
      index > Math.max(at, holder) &&
      /^(?:\[{1,2}|test)$/.test(name?.literal ?? name?.raw ?? "") &&
      words.some((it) => it.variables.some((variable) => names.includes(variable))),
  );
}

const SILENT: ReadonlySet<string> = new Set(["true", ":"]);

const PRINTING: ReadonlySet<string> = new Set(["echo", "printf", "yes", ...SILENT]);

/** In the middle of a pipe they fail only when nothing comes in, which is the first command's failure. */
const FILTERS: ReadonlySet<string> = new Set(["cut", "head", "rev", "sort", "tail", "tr", "uniq", "wc"]);

function setsPipefail(script: Script, run: Instruction, stage: Stage): boolean {
  const { shellCommand } = stage.before(run);
  const words = documentShell(run)?.words ?? (shellCommand.known ? shellCommand.value : []);
  const [shell = "", ...options] = words;
  const isOn = options.some((it, index) => it === "pipefail" && /^-\w*o$/.test(options[index - 1] ?? ""));
  // A plain sh may not know the option; BusyBox's does.
  const knows = () =>
    /^(ba|z|a|k|mk)sh$/.test(baseName(shell)) || stage.before(run).isBusyBox("sh").is === "yes";
  if (isOn && knows()) return true;
  return script.commands.some(
    ({ name, arguments: words }) =>
      name?.literal === "set" && words.some((it) => /^(pipefail|-\w*opipefail)$/.test(it.literal ?? it.raw)),
  );
}

function fixesOf(run: Instruction, stage: Stage): Fix[] {
  const line = shellLine(run, stage);
  if (line === undefined) return [];
  const above = firstWithLine(stage).get(run) ?? run;
  return [{ kind: "unsafe", title: `Set ${line}`, edits: [insertAbove(stage.model.file, above, line)] }];
}

/** One SHELL does for all RUNs until the next: it goes above the first that wants the same. */
const firstWithLine = notedOnStage((stage): ReadonlyMap<Instruction, Instruction> => {
  const first = new Map<Instruction, Instruction>();
  let run: Instruction | undefined;
  let line: string | undefined;
  for (const it of stage.instructions) {
    if (it.name === "SHELL") run = line = undefined;
    if (it.name !== "RUN" || !unseenIn(it, stage)) continue;
    const own = shellLine(it, stage);
    if (own === undefined) continue;
    if (!run || own !== line) [run, line] = [it, own];
    first.set(it, run);
  }
  return first;
});

/** The SHELL with which this RUN would stop; undefined where the shells of the image are not known. */
function shellLine(run: Instruction, stage: Stage): string | undefined {
  const state = stage.before(run);
  if (!isOwn(run, stage) || documentShell(run) || !state.shellCommand.known) return undefined;
  const [shell = "", ...options] = state.shellCommand.value;
  const isDefault = baseName(shell) === "sh" && options.length === 1 && options[0] === "-c";
  const path = isDefault ? shellWithPipefail(stage, run) : /\/(ba|z|a)sh$/.test(shell) ? shell : undefined;
  if (path === undefined || (!isDefault && options.at(-1) !== "-c")) return undefined;
  return `SHELL ${execForm([path, ...(isDefault ? [] : options.slice(0, -1)), "-o", "pipefail", "-c"])}`;
}

function shellWithPipefail(stage: Stage, run: Instruction): string | undefined {
  const state = stage.before(run);
  if (["/bin/bash", "bash"].some((it) => state.hasTool(it).is === "yes")) return "/bin/bash";
  return state.isBusyBox("ash").is === "yes" ? "/bin/ash" : undefined;
}
