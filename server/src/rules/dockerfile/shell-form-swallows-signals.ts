import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Script } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { mapText } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { type ShellScript, shellScriptsRunIn, startedAsChild } from "../knowledge/started/script-contents.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { execForm, plainWords } from "../writing/commands/exec-form.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const shellFormSwallowsSignals = stageRule({
  id: "shell-form-swallows-signals",
  title: "Command started by a shell that keeps signals to itself",
  severity: "warning",
  tags: ["run"],
  aliases: ["JSONArgsRecommended", "DL3025", "S7019"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports CMD and ENTRYPOINT in shell form, and exec form that only calls a shell (\`["sh", "-c", "./main"]\`). Also a script of the
      build context that the container starts, and whose last line starts a program without \`exec\`. Silent where the command begins
      with \`exec\`, where a SHELL instruction shows that a shell is wanted, and for CMD behind an init that sends signals to all
      processes (\`dumb-init\`, \`tini -g\`).`,
    why: source`
      Docker starts a shell form command with \`/bin/sh -c\`. The shell is then process 1 of the container and need not
      pass signals on: \`docker stop\` sends SIGTERM, the program never sees it, and after ten seconds it is killed in
      the middle of its work. Exec form starts the program itself.`,
    bad: source`
      FROM alpine:3.24
      COPY main /usr/local/bin/
      CMD main --port 8080
          ^^^^^^^^^^^^^^^^ shell-form-swallows-signals: /bin/sh starts this command, and a shell need not pass SIGTERM on.`,
    good: source`
      FROM alpine:3.24
      COPY main /usr/local/bin/
      CMD ["main", "--port", "8080"]`,
  },
  onlyWith: { instructions: ["CMD", "ENTRYPOINT"] },

  check(stage, report) {
    if (stage.model.file.escape === "`") return; // Windows containers know no signals.
    for (const instruction of stage.instructions) {
      if (instruction.name !== "CMD" && instruction.name !== "ENTRYPOINT") continue;
      const shell = shellOf(instruction, stage);
      if (!shell || startsWithExec(shell.script)) continue;
      if (instruction.name === "CMD" && isBehindInit(stage)) continue;

      report(shell.span, `${shell.name} starts this command, and a shell need not pass SIGTERM on.`, {
        fixes: fixesOf(shell, instruction, stage),
        aliases: instruction.exec
          ? []
          : setsShell(stage, instruction.span.start)
            ? ["DL3025", "S7019"]
            : ["JSONArgsRecommended", "DL3025", "S7019"],
      });
    }
    for (const it of stage.isFinal ? shellScriptsRunIn(stage) : []) checkScript(it, report);
  },
});

/** A script of the build context whose last line starts the program without `exec`. */
function checkScript(script: ShellScript, report: Report): void {
  const { instruction, stage, span, origin } = script;
  if (instruction.name === "RUN" || instruction.name === "HEALTHCHECK" || !isStartedAlone(stage)) return;
  const child = startedAsChild(script);
  if (!child) return;
  const name = origin.contextPath ?? baseName(script.path);
  report(
    span,
    `Line ${child.line} of ${name} starts the program without exec, so that the shell keeps SIGTERM to itself.`,
    {
      aliases: [],
    },
  );
}

/** Some inits send signals to all processes, and a script may be handed words that say how it ends. */
function isStartedAlone({ result: { entrypoint, command } }: Stage): boolean {
  const settings = [entrypoint, command].flatMap((it) => (it.known && it.value ? [it.value] : []));
  const words = settings.flatMap((it) => it.words.map(({ raw }) => raw));
  return !words.some((it) => /(^|[/\s])(dumb-init|s6-\w+|init|supervisord|-g|-[a-z]*g[a-z]*)(\s|$)/.test(it));
}

/**
 * Is CMD handed to an init that sends what it gets to its whole group, so that it comes to the program too? (dumb-init's README,
 * "Session behavior"; tini's, "Process group killing"; as generally known.)
 */
function isBehindInit({ result: { entrypoint } }: Stage): boolean {
  if (!entrypoint.known || entrypoint.value?.form !== "exec") return false;
  const [program = "", ...words] = entrypoint.value.words.map((it) => it.raw);
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  if (end >= 0 && end < words.length - 1) return false;
  if (baseName(program) === "dumb-init") return !options.some((it) => /^(-\w*c|--single-child$)/.test(it));
  return /^tini(-static)?$/.test(baseName(program)) && options.some((it) => /^-[a-z]*g/.test(it));
}

/** BuildKit takes any SHELL above for a sign that the shell is wanted, also one that says what is the default. */
function setsShell(stage: Stage, end: number): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.name === "SHELL" && it.span.end <= end)) return true;
  return false;
}

interface ShellCall {
  readonly name: string;
  readonly script: Script;
  /** The command, or the JSON array. */
  readonly span: Span;
}

function shellOf(instruction: Instruction, stage: Stage): ShellCall | undefined {
  const [word] = instruction.words;
  if (!word) return undefined;
  if (!instruction.exec) return shellForm(word, instruction, stage);

  const [program, option, line, ...more] = instruction.exec;
  if (!program || !line || more.length > 0 || option?.raw !== "-c" || !isShell(program.raw)) return undefined;
  const text = { start: line.span.start + 1, end: line.span.end - 1 };
  // An escape inside the JSON string would shift what the shell reads against the document.
  if (stage.model.file.text.slice(text.start, text.end) !== line.raw) return undefined;
  const script = stage.model.inputs.shell.read(mapText(stage.model.file.text, [text]));
  // With shell syntax in it the shell is there on purpose.
  if (!plainWords(script)) return undefined;
  return { name: program.raw, script, span: instruction.rest.spanOf(0, instruction.rest.text.length) };
}

function shellForm(word: Word, instruction: Instruction, stage: Stage): ShellCall | undefined {
  const script = stage.scriptOf(instruction);
  const shell = stage.before(instruction).shellCommand;
  // A SHELL of the author's own says that the shell is meant; without any shell, no-shell speaks.
  const isDefault = shell.known && shell.value.join(" ") === "/bin/sh -c";
  if (!script || !isDefault || stage.result.hasShell.is === "no") return undefined;
  return { name: "/bin/sh", script, span: word.span };
}

function isShell(program: string): boolean {
  return /^(\/usr)?(\/bin\/)?(sh|bash|ash|dash)$/.test(program);
}

function startsWithExec({ commands }: Script): boolean {
  return commands.at(-1)?.name?.literal === "exec";
}

function fixesOf(shell: ShellCall, instruction: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  if (holdsComment(file, shell.span)) return [];
  const words = plainWords(shell.script);
  if (words) {
    const kind = keepsWhatRuns(words, instruction, stage) ? "safe" : "unsafe";
    return [{ kind, title: "Use exec form", edits: [replace(shell.span, execForm(words))] }];
  }
  const [command, ...more] = shell.script.commands;
  const isOneProgram = command?.name?.literal !== undefined && more.length === 0 && shell.script.complete;
  if (!isOneProgram || command.assignments.length > 0 || command.background || command.subshell) return [];
  const line = file.text.slice(shell.span.start, shell.span.end);
  if (/[\r\n]/.test(line)) return [];
  return [
    {
      kind: "unsafe",
      title: "Let the shell hand over to the program",
      edits: [replace(shell.span, execForm(["/bin/sh", "-c", `exec ${line}`]))],
    },
  ];
}

/** Is the same program started with the same words as before? */
function keepsWhatRuns([program = ""]: readonly string[], instruction: Instruction, stage: Stage): boolean {
  // A script may lack its `#!` line; a shell runs it all the same, the kernel does not.
  if (/\.(sh|bash)$/.test(program)) return false;
  // CMD is left out behind a shell form entrypoint, and handed to one in exec form.
  if (instruction.name === "ENTRYPOINT") return stage.result.command.known && !stage.result.command.value;
  // An entrypoint is handed `/bin/sh -c …` now and would be handed the bare words then.
  const { entrypoint } = stage.result;
  if (!entrypoint.known || !entrypoint.value) return true;
  return (
    entrypoint.value.instruction === undefined &&
    /docker-entrypoint/.test(entrypoint.value.words[0]?.raw ?? "")
  );
}
