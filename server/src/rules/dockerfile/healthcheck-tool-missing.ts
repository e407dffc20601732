import { baseName } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { SHELLS } from "../../model/stage/started/start-step.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
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
  /** Words behind the program; undefined when one of them is not literal. */
  readonly arguments: readonly string[] | undefined;
  /** Of the program's name. */
  readonly span: Span;
  /** Of the whole command or the JSON array. */
  readonly whole: Span;
  readonly form: "exec" | "shell";
}

function callsOf(instruction: Instruction, stage: Stage): Call[] {
  const command = instruction.inner;
  if (command?.exec) {
    const [program, ...rest] = command.exec;
    if (!program) return [];
    const lines = shellLineIn([program, ...rest], stage);
    if (lines) return lines;
    const whole = command.rest.spanOf(0, command.rest.text.length);
    return [
      { program: program.raw, arguments: rest.map((it) => it.raw), span: program.span, whole, form: "exec" },
    ];
  }
  const commands = stage.scriptOf(instruction)?.commands ?? [];
  return commands.flatMap((it, index) => callOf(it, commands[index + 1]) ?? []);
}

/** What is behind `["sh", "-c", …]`, where the shell reads it as it stands. */
function shellLineIn([program, option, line, ...more]: readonly Word[], stage: Stage): Call[] | undefined {
  if (!program || !line || more.length > 0 || !SHELLS.has(baseName(program.raw)) || option?.raw !== "-c")
    return undefined;
  const { file, inputs } = stage.model;
  const text = { start: line.span.start + 1, end: line.span.end - 1 };
  if (file.text.slice(text.start, text.end) !== line.raw) return undefined;
  const { commands } = inputs.shell.read(mapText(file.text, [text]));
  // Quotes of a replacement would have to be escaped.
  return commands.flatMap((it, at) => {
    const call = callOf(it, commands[at + 1]);
    return call ? { ...call, arguments: undefined } : [];
  });
}

function callOf(command: Command, next: Command | undefined): Call | undefined {
  const program = command.name?.literal;
  if (!command.name || program === undefined || isShellOnly(program) || command.conditional) return undefined;
  // `curl … || wget …`: the second may be there for exactly that case.
  if (next?.after === "||" && !["exit", "false", "kill"].includes(next.name?.literal ?? "")) return undefined;
  const words = command.arguments.flatMap((it) => it.literal ?? []);
  const isLiteral = words.length === command.arguments.length && command.redirections.length === 0;
  return {
    program,
    arguments: isLiteral ? words : undefined,
    span: command.name.span,
    whole: command.span,
    form: "shell",
  };
}

/** The same request with a tool that the image has. */
function replacements({ program, arguments: words, whole, form }: Call, stage: Stage): Fix[] {
  const probe = words && (program === "curl" || program === "wget") ? readProbe(program, words) : undefined;
  if (!probe) return [];
  const tool = probeTools.find((it) => stage.result.hasTool(it.name).is === "yes");
  const command = tool?.words(probe, stage.result);
  if (!tool || !command) return [];
  const newText = form === "exec" ? execForm(command) : shellLine(command);
  return [
    { kind: "unsafe", title: `Ask with ${tool.name}, which is there`, edits: [replace(whole, newText)] },
  ];
}

/** Packages are named as their programs here, in each distribution. */
const packages = ["curl", "wget"];

/** The file is read again for each. */
const installations = rememberedBy<Stage, readonly Fix[]>(notedOnStage);

function installation(program: string, stage: Stage): readonly Fix[] {
  const found = packages.includes(program) ? installBelowFrom(stage, () => program) : undefined;
  // What a later instruction removes again is no help.
  if (!found || stageWithEdits(stage, found.edits)?.result.hasTool(program).is !== "yes") return [];
  return [{ kind: "unsafe", title: `Install ${program}`, edits: found.edits }];
}
