import { baseName } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { innerWords, SHELLS } from "../../model/stage/started/start-step.ts";
import type { StartedWord } from "../../model/stage/started/started-word.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command, Redirection, ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { mapText } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { isShellOnly } from "../knowledge/shell/shell-only.ts";
import { imagesWith } from "../knowledge/stages/images-with.ts";
import { probeTools, readProbe } from "../knowledge/started/http-probe.ts";
import {
  programsMissingIn,
  type ShellScript,
  shellScriptsRunIn,
} from "../knowledge/started/script-contents.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { shellLine } from "../writing/commands/shell-line.ts";
import { installBelowFrom } from "../writing/dockerfile/install-below-from.ts";
import { stageWithEdits } from "../writing/dockerfile/with-edits.ts";

export const healthcheckToolMissing = stageRule({
  id: "healthcheck-tool-missing",
  title: "Health check with a tool that the image lacks",
  severity: "error",
  tags: ["run"],
  aliases: ["S01"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a HEALTHCHECK whose program is certainly not in the image: the base image does not bring it and nothing in
      the stage installs or copies it.`,
    why: source`
      The check fails whatever the service does. The container becomes unhealthy, and everything that waits for it
      (\`condition: service_healthy\`, an orchestrator) never starts or restarts it for ever.`,
    bad: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/
      HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
                      ^^^^ healthcheck-tool-missing: curl is not in this image.
      ENTRYPOINT ["/usr/local/bin/api"]`,
    good: source`
      FROM alpine:3.24
      COPY api /usr/local/bin/
      HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1
      ENTRYPOINT ["/usr/local/bin/api"]`,
  },

  check(stage, report) {
    for (const instruction of stage.instructions) {
      if (instruction.name !== "HEALTHCHECK") continue;
      for (const call of callsOf(instruction, stage)) {
        // The check runs in the image that the stage ends up as, and in those of the stages built on it.
        if (!stage.result.lacksTool(call.program)) continue;
        if (!imagesWith(instruction, stage).every((it) => it.result.lacksTool(call.program))) continue;
        report(call.span, `${call.program} is not in this image.`, {
          related: stage.result.hasTool(call.program).because,
          fixes: [
            ...replacements(call, stage),
            ...installations(stage, call.program, () => installation(call.program, stage)),
          ],
        });
      }
    }
    for (const script of shellScriptsRunIn(stage))
      if (script.instruction.name === "HEALTHCHECK" && script.failure !== "allowed")
        checkScript(script, report);
  },
});

/** What a script that the check runs calls. */
function checkScript(script: ShellScript, report: Report): void {
  const { span, state, stage, origin } = script;
  for (const { program, line } of programsMissingIn(script)) {
    const name = origin.contextPath ?? baseName(script.path);
    report(span, `${program} is not in this image, and ${name} calls it in line ${line}.`, {
      related: state.hasTool(program).because,
      fixes: installations(stage, program, () => installation(program, stage)),
    });
  }
}

interface Call {
  readonly program: string;
  /** Words behind the program, with variables in them where a shell reads them; undefined where that is not all of it. */
  readonly arguments: readonly string[] | undefined;
  /** Of the program's name. */
  readonly span: Span;
  /** Of the whole command or the JSON array. */
  readonly whole: Span;
  readonly form: "exec" | "shell";
  /** Does something read what it prints? */
  readonly isRead?: boolean;
}

function callsOf(instruction: Instruction, stage: Stage): Call[] {
  const command = instruction.inner;
  if (command?.exec) {
    const words = behindWrappers(command.exec);
    const [program, ...rest] = words;
    if (!program) return [];
    const lines = shellLineIn(words, stage);
    if (lines) return lines;
    const isWhole = words.length === command.exec.length;
    const whole = isWhole
      ? command.rest.spanOf(0, command.rest.text.length)
      : { start: program.span.start, end: (rest.at(-1) ?? program).span.end };
    const literals = isWhole ? rest.map((it) => it.raw) : undefined;
    return [{ program: program.raw, arguments: literals, span: program.span, whole, form: "exec" }];
  }
  const commands = stage.scriptOf(instruction)?.commands ?? [];
  return commands.flatMap((it, at) => callsIn(it, commands[at + 1], stage));
}

/** What is behind `["sh", "-c", …]`, where the shell reads it as it stands. */
function shellLineIn([program, option, line, ...more]: readonly Word[], stage: Stage): Call[] | undefined {
  if (!program || !line || more.length > 0 || !SHELLS.has(baseName(program.raw)) || option?.raw !== "-c")
    return undefined;
  return callsInLine(line.raw, line.span, stage);
}

/** Of a script that stands between quotes, which those of a replacement would have to get along with. */
function callsInLine(line: string, { start, end }: Span, stage: Stage): Call[] | undefined {
  const { file, inputs } = stage.model;
  const text = { start: start + 1, end: end - 1 };
  if (file.text.slice(text.start, text.end) !== line) return undefined;
  const { commands } = inputs.shell.read(mapText(file.text, [text]));
  return commands.flatMap((it, at) => {
    const call = callOf(it, commands[at + 1]);
    return call ? { ...call, arguments: undefined } : [];
  });
}

/** The command, and what stands behind `sh -c`. */
function callsIn(command: Command, next: Command | undefined, stage: Stage): Call[] {
  const call = callOf(command, next);
  if (!call) return [];
  const [option, line, ...more] = command.arguments;
  const isScript = SHELLS.has(baseName(call.program)) && option?.literal === "-c" && more.length === 0;
  const isThere = isScript && !stage.result.lacksTool(call.program);
  return (isThere && line?.literal !== undefined && callsInLine(line.literal, line.span, stage)) || [call];
}

function callOf(command: Command, next: Command | undefined): Call | undefined {
  if (!command.name || command.conditional) return undefined;
  const [name, ...words] = behindWrappers([command.name, ...command.arguments]);
  const program = name?.literal;
  if (!name || program === undefined || isShellOnly(program)) return undefined;
  // `curl … || wget …`: the second may be there for exactly that case.
  if (next?.after === "||" && !["exit", "false", "kill"].includes(next.name?.literal ?? "")) return undefined;
  const literals = words.flatMap((it) => textOf(it) ?? []);
  const isLiteral = literals.length === words.length && command.redirections.every(isSilencing);
  const start = name === command.name ? command.span.start : name.span.start;
  return {
    program,
    arguments: isLiteral ? literals : undefined,
    span: name.span,
    whole: { start, end: command.span.end },
    form: "shell",
    isRead: command.subshell,
  };
}

/** The word without its quotes, variables as they are written. */
function textOf({ literal, raw }: ShellWord): string | undefined {
  if (literal !== undefined) return literal.includes("$") ? undefined : literal;
  return OF_VARIABLES.exec(raw)?.[2];
}

/** `http://localhost:${PORT:-8080}/health`, in double quotes or none. */
const OF_VARIABLES = /^("?)((?:[\w@%+=:,./?&~-]|\$\w+|\$\{\w+(?::?-[\w.]*)?\})+)\1$/;

/** `> /dev/null 2>&1` */
function isSilencing({ operator, target }: Redirection): boolean {
  return target?.literal === "/dev/null" || (operator.endsWith("&") && /^\d$/.test(target?.literal ?? ""));
}

/** The words that `timeout 5` and the like start. */
function behindWrappers<Kind extends Pick<Word, "raw" | "span">>(words: readonly Kind[]): readonly Kind[] {
  const known = words.map(
    ({ raw, span }): StartedWord => ({ text: raw, span, written: "shell", instruction: undefined }),
  );
  for (let left: readonly StartedWord[] = known; ; ) {
    const [name, ...rest] = left;
    const inner = name && WRAPPERS.has(name.text ?? "") ? innerWords(name.text ?? "", rest) : undefined;
    if (!inner || inner.length === 0) return words.slice(words.length - left.length);
    left = inner;
  }
}

const WRAPPERS: ReadonlySet<string> = new Set(["env", "exec", "nohup", "timeout"]);

/** The same request with a tool that the image has. */
function replacements({ program, arguments: words, whole, form, isRead = false }: Call, stage: Stage): Fix[] {
  const name = baseName(program);
  const probe = words && packages.includes(name) ? readProbe(name, words) : undefined;
  if (!probe) return [];
  const tool = probeTools.find((it) => stage.result.hasTool(it.name).is === "yes");
  const command = tool?.words({ ...probe, isRead }, stage.result);
  if (!tool || !command) return [];
  const written = command.map((it) => (it.includes("$") ? `"${it}"` : shellLine([it])));
  const newText = form === "exec" ? execForm(command) : written.join(" ");
  return [
    { kind: "unsafe", title: `Ask with ${tool.name}, which is there`, edits: [replace(whole, newText)] },
  ];
}

/** Packages are named as their programs here, in each distribution. */
const packages = ["curl", "wget"];

/** The file is read again for each. */
const installations = rememberedBy<Stage, readonly Fix[]>(notedOnStage);

function installation(program: string, stage: Stage): readonly Fix[] {
  const name = baseName(program);
  const found = packages.includes(name) ? installBelowFrom(stage, () => name) : undefined;
  // What a later instruction removes again is no help.
  if (!found || stageWithEdits(stage, found.edits)?.result.hasTool(program).is !== "yes") return [];
  return [{ kind: "unsafe", title: `Install ${name}`, edits: found.edits }];
}
