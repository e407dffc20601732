import { baseName, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { unmapped } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { callsInterpreter, type ExecForm, execForms } from "../knowledge/started/exec-words.ts";
import { type Fix, type Severity, stageRule } from "../rule.ts";
import { execForm, plainWords } from "../writing/commands/exec-form.ts";
import { shellLine } from "../writing/commands/shell-line.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

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
      \`&&\`, \`||\` or a redirection among its words; also \`["sh", "-c", "exec", "api"]\`, where the script is its first
      word alone, \`["node", "server.js --port 80"]\`, where no file has such a name, and \`["gunicorn", "--workers 4", "app:app"]\` of servers written
      in Python, which know no option of that name. Silent where an entrypoint gets the words and may make something
      of them.`,
    why: source`
      Exec form starts the program that its first word names, blanks included: the container ends at once with "npm run
      start: executable file not found in $PATH". An operator of the shell is just one more word for the program.`,
    bad: source`
      FROM node:24-alpine
      COPY . .
      CMD ["npm run start"]
           ^^^^^^^^^^^^^^^ exec-form-shell-line: Exec form looks for a program named "npm run start": each word has to be a string of its own.`,
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
      if (form.instruction.name === "HEALTHCHECK" && /^CMD(-SHELL)?$/.test(program.raw)) {
        const message = `Exec form looks for a program named ${JSON.stringify(program.raw)}, which is a word of Compose files.`;
        report(program.span, message, { severity: "warning", fixes: withoutComposeWord(form, stage) });
        continue;
      }
      if (isCommandLine(program.raw, form, stage)) {
        const message = `Exec form looks for a program named ${JSON.stringify(program.raw)}: each word has to be a string of its own.`;
        report(program.span, message, { severity: severityOf(form), fixes: splitting(form, stage) });
        continue;
      }
      const script = loneScript(form.words);
      if (script) {
        const message = `${program.raw} -c takes ${JSON.stringify(script.word.raw)} alone for its script: what follows is left out.`;
        report(script.word.span, message, {
          severity: severityOf(form),
          fixes: joining(form, script, stage),
        });
        continue;
      }
      const file = fileWithOptions(form, stage);
      if (file) {
        const message = `${program.raw} looks for a file named ${JSON.stringify(file.raw)}: each word has to be a string of its own.`;
        report(file.span, message, { severity: severityOf(form), fixes: splittingWord(file, stage) });
        continue;
      }
      const option = optionWithValue(form.words);
      if (option) {
        const message = `${program.raw} has no option ${JSON.stringify(option.raw)}: option and value have to be strings of their own.`;
        report(option.span, message, { severity: "warning", fixes: splittingWord(option, stage) });
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

/** `["CMD-SHELL", "…"]` and `["CMD", "…"]` as a Dockerfile writes them. */
function withoutComposeWord({ words }: ExecForm, stage: Stage): Fix[] {
  const [word, next, ...more] = words;
  if (!word || !next || holdsComment(stage.model.file, { start: word.span.start, end: next.span.end }))
    return [];
  if (word.raw === "CMD") {
    const edits = [replace({ start: word.span.start, end: next.span.start }, "")];
    return [{ kind: "unsafe", title: "Leave CMD out", edits }];
  }
  if (more.length > 0 || stage.result.hasShell.is !== "yes") return [];
  const edits = [replace(word.span, execForm(["/bin/sh", "-c"]).slice(1, -1))];
  return [{ kind: "unsafe", title: "Run it with a shell", edits }];
}

interface LoneScript {
  readonly word: Word;
  /** Behind the script, which the shell keeps as its parameters. */
  readonly lost: readonly Word[];
}

/** `sh -c exec java -jar app.jar`: a script of one word that asks for no parameter, and words behind it. */
function loneScript(words: readonly Word[]): LoneScript | undefined {
  const [program, option, word, ...lost] = words;
  if (!/^(.*\/)?(ba|a|da|z)?sh$/.test(program?.raw ?? "") || !/^-[elux]*c$/.test(option?.raw ?? ""))
    return undefined;
  if (!word || lost.length === 0 || !/^[\w./-]+$/.test(word.raw)) return undefined;
  // The first is the name under which a shell reports errors, and may have been given for that.
  return lost.length === 1 && NAMES.test(lost[0]?.raw ?? "") ? undefined : { word, lost };
}

const NAMES = /^(--?|_|(.*\/)?(ba|a|da|z)?sh)$/;

/** The words as the script that was meant, where they have nothing that a shell reads otherwise. */
function joining({ command }: ExecForm, { word, lost }: LoneScript, stage: Stage): Fix[] {
  const last = lost.at(-1) ?? word;
  const span = { start: word.span.start, end: last.span.end };
  const all = [word, ...lost].map((it) => it.raw);
  if (holdsComment(stage.model.file, span) || all.some((it) => !/^[\w./:=@%+,${}-]+$/.test(it))) return [];
  // A word of its own was meant to be quoted, so a variable is.
  const text = all.map((it) => (it.includes("$") ? `"${it}"` : it)).join(" ");
  return command.hereDocuments.length > 0
    ? []
    : [{ kind: "unsafe", title: "Make it one script", edits: [replace(span, JSON.stringify(text))] }];
}

/** `node "server.js --port 80"`, `java "-jar app.jar"`: no file has such a name. */
function fileWithOptions({ words, command }: ExecForm, stage: Stage): Word | undefined {
  const [program, first] = words;
  const extensions = valueIn(SCRIPTS, baseName(program?.raw ?? "").replace(/[\d.]+$/, ""));
  if (!first || !extensions) return undefined;
  if (!extensions.test(first.raw) || /["'\\\n]/.test(first.raw)) return undefined;
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  const { workdir } = state;
  const path = resolvePath(workdir.known ? workdir.value : undefined, first.raw);
  return path !== undefined && state.fileAt(path) ? undefined : first;
}

/** Programs that take a file first, and how that begins a line of several words. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  node: /^[\w./-]+\.[cm]?[jt]s\s+\S/,
  python: /^[\w./-]+\.py\s+\S|^-m\s+\S+\s+\S/,
  ruby: /^[\w./-]+\.rb\s+\S/,
  php: /^[\w./-]+\.php\s+\S/,
  dotnet: /^[\w./-]+\.dll\s+\S/,
  java: /^-jar\s+\S/,
};

/** `gunicorn "--workers 4"`: such a word is no option, where it is not the value of the one before. */
function optionWithValue([program, ...rest]: readonly Word[]): Word | undefined {
  if (!PYTHON_SERVERS.test(program?.raw ?? "")) return undefined;
  return rest.find(({ raw }, at) => {
    const before = rest[at - 1]?.raw ?? "";
    return /^--[a-z][a-z-]*[ \t]+[^\s"'\\]+$/.test(raw) && (!before.startsWith("-") || before.includes("="));
  });
}

/** They read their options by argparse or click, of which the first takes such a word for no option, and the other refuses it. */
const PYTHON_SERVERS = /^(?:.*\/)?(?:gunicorn|uvicorn|hypercorn|daphne|celery|flask|fastapi|streamlit)$/;

function splittingWord(word: Word, stage: Stage): Fix[] {
  const plain = plainWords(stage.model.inputs.shell.read(unmapped(`x ${word.raw}`)));
  if (!plain || plain.length < 3 || holdsComment(stage.model.file, word.span)) return [];
  const edits = [replace(word.span, execForm(plain.slice(1)).slice(1, -1))];
  return [{ kind: "safe", title: "Split into words", edits }];
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
  // Of the blanks of other alphabets a shell makes no words.
  if (plain?.length === 1) return [];
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
