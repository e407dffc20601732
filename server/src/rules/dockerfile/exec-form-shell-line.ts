import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { replace } from "../../text/edit.ts";
import { unmapped } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { callsInterpreter, type ExecForm, execForms } from "../knowledge/started/exec-words.ts";
import { type Fix, type Severity, stageRule } from "../rule.ts";
import { execForm, plainWords } from "../writing/exec-form.ts";
import { holdsComment } from "../writing/lines.ts";
import { shellLine } from "../writing/shell-line.ts";

export const execFormShellLine = stageRule({
  id: "exec-form-shell-line",
  title: "Shell line in exec form",
  severity: "error",
  tags: ["run"],
  aliases: ["S41"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports exec form whose first word is a whole command line, as \`["npm run start"]\`, and exec form with
      \`&&\`, \`||\` or a redirection among its words. Silent where an entrypoint gets the words and may make something
      of them.`,
    why: source`
      Exec form starts the program that its first word names, blanks included: the container ends at once with "npm run
      start: executable file not found in $PATH". An operator of the shell is just one more word for the program.`,
    bad: source`
      FROM node:24-alpine
      COPY . .
      CMD ["npm run start"]
           ^^^^^^^^^^^^^^^ exec-form-shell-line: Exec form looks for a program of the name "npm run start": each word has to be a string of its own.`,
    good: source`
      FROM node:24-alpine
      COPY . .
      CMD ["npm", "run", "start"]`,
  },

  check(stage, report) {
    if (stage.model.file.escape === "`") return; // Windows takes command lines apart itself.
    for (const form of execForms(stage)) {
      const [program, ...rest] = form.words;
      if (!program || !form.startsProgram) continue;
      if (isCommandLine(program.raw, form, stage)) {
        const message = `Exec form looks for a program of the name ${JSON.stringify(program.raw)}: each word has to be a string of its own.`;
        report(program.span, message, { severity: severityOf(form), fixes: splitting(form, stage) });
        continue;
      }
      const operator = rest.find((it) => OPERATORS.test(it.raw));
      if (operator && !callsInterpreter(form.words) && !TAKES_OPERATORS.test(program.raw))
        report(
          operator.span,
          `Exec form has no shell: ${operator.raw} is one more word for ${program.raw}.`,
          {
            severity: "warning",
            fixes: throughShell(form, stage),
          },
        );
    }
  },
});

const OPERATORS = /^(&&|\|\||\||>>?|2>&1|2>|&>)$/;
const TAKES_OPERATORS = /^(.*\/)?(test|\[|expr|find|jq|yq|awk|grep|timeout|wait-for\S*|concurrently)$/;

/** A word with blanks that is certainly no file: a bare name with options, or a path whose file is known to end before the blank. */
function isCommandLine(text: string, { command }: ExecForm, stage: Stage): boolean {
  if (!/\s/.test(text)) return false;
  const [first = "", ...rest] = text.trim().split(/\s+/);
  if (rest.length === 0 || /[\\\n]/.test(text) || first === "") return false;
  if (!text.includes("/")) return true;
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  const { workdir } = state;
  const whole = resolvePath(workdir.known ? workdir.value : undefined, text);
  if (whole !== undefined && state.fileAt(whole)) return false;
  // `/opt/My App/run` is a path; `/app/run --fast` and `node dist/main.js` are lines.
  if (!first.includes("/")) return /^[\w.-]+$/.test(first);
  const path = resolvePath(workdir.known ? workdir.value : undefined, first);
  if (rest[0]?.startsWith("-") || path === undefined) return rest[0]?.startsWith("-") === true;
  return state.hasPath(path).is === "yes" || state.hasTool(path).is === "yes";
}

/** RUN fails the build and CMD the start; a health check that fails leaves the container running. */
function severityOf({ instruction }: ExecForm): Severity {
  return instruction.name === "HEALTHCHECK" ? "warning" : "error";
}

function splitting({ command, words }: ExecForm, stage: Stage): Fix[] {
  const { file, inputs } = stage.model;
  const [line, ...rest] = words;
  if (!line || holdsComment(file, line.span)) return [];
  const text = line.raw.trim();
  const plain = plainWords(inputs.shell.read(unmapped(text)));
  if (plain)
    return [
      { kind: "safe", title: "Split into words", edits: [replace(line.span, execForm(plain).slice(1, -1))] },
    ];
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  if (rest.length > 0 || state.hasShell.is !== "yes") return [];
  const edits = [replace(line.span, execForm(["/bin/sh", "-c", text]).slice(1, -1))];
  return [{ kind: "unsafe", title: "Run it with a shell", edits }];
}

function throughShell({ command, words }: ExecForm, stage: Stage): Fix[] {
  const { file } = stage.model;
  const span = command.rest.spanOf(0, command.rest.text.length);
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  if (state.hasShell.is !== "yes" || holdsComment(file, span)) return [];
  const line = words.map(({ raw }) => (OPERATORS.test(raw) ? raw : shellLine([raw]))).join(" ");
  return [
    {
      kind: "unsafe",
      title: "Run it with a shell",
      edits: [replace(span, execForm(["/bin/sh", "-c", line]))],
    },
  ];
}
