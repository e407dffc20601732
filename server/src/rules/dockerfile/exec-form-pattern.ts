import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { innerWords } from "../../model/stage/started/start-step.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { StartedWord } from "../../model/stage/started/started-word.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { callsInterpreter, type ExecForm, execForms } from "../knowledge/started/exec-words.ts";
import { isPattern, patternWord } from "../knowledge/started/pattern-words.ts";
import { stageRule } from "../rule.ts";
import { shellLine } from "../writing/commands/shell-line.ts";
import { throughShell } from "../writing/commands/through-shell.ts";

export const execFormPattern = stageRule({
  id: "exec-form-pattern",
  title: "Pattern in exec form",
  severity: "warning",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`*\`, \`?\` and \`[…]\` in the exec form of CMD, ENTRYPOINT and RUN where a file of exactly that name is looked for: the
      program itself, the jar and the agents of \`java\`, a script of Python, Node, Ruby or PHP, the assembly of \`dotnet\`, and files of
      \`rm\`, \`cp\`, \`mv\`, \`chmod\`, \`chown\`, \`cat\` and \`ls\`. Behind \`tini --\` and the like too, and in CMD behind an ENTRYPOINT of the file.`,
    why: source`
      Exec form starts the program without a shell, and patterns are the shell's to expand. Java looks for a file called
      \`*.jar\`: "Unable to access jarfile *.jar".`,
    bad: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /app/
      ENTRYPOINT ["java", "-jar", "/app/*.jar"]
                                  ^^^^^^^^^^^^ exec-form-pattern: Exec form has no shell that would expand /app/*.jar: java gets it as it is written.`,
    good: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /app/
      ENTRYPOINT ["java", "-jar", "/app/app.jar"]`,
  },

  check(stage, report) {
    if (stage.model.file.escape === "`") return; // Programs of Windows expand patterns themselves.
    for (const form of execForms(stage)) {
      if (!form.words.some(({ raw }) => /[*?[]/.test(raw)) || callsInterpreter(form.words)) continue;
      const found = form.startsProgram ? fileIn(form) : handedOn(form, stage);
      if (!found) continue;
      const { word, program } = found;
      const what =
        word.span.start === form.words[0]?.span.start && form.startsProgram
          ? "a program of that name is looked for"
          : `${program} gets it as it is written`;
      report(word.span, `Exec form has no shell that would expand ${word.raw}: ${what}.`, {
        fixes: form.startsProgram
          ? throughShell(form, stage, (raw) => (/[*?[]/.test(raw) ? raw : shellLine([raw])))
          : [],
      });
    }
  },
});

interface FileWord {
  readonly word: Pick<Word, "raw" | "span">;
  /** Who takes it for the name of a file. */
  readonly program: string;
}

/** Behind `tini --` and the like too. */
function fileIn({ words }: ExecForm): FileWord | undefined {
  let started: readonly StartedWord[] = words.map(({ raw, span }) => ({
    text: raw,
    span,
    written: "exec",
    instruction: undefined,
  }));
  for (let step = 0; step < DEEPEST; step++) {
    const [first, ...rest] = started;
    const inner = first?.text === undefined ? undefined : innerWords(baseName(first.text), rest);
    if (!inner) break;
    started = inner;
  }
  const [first, ...rest] = started;
  if (first?.text === undefined) return undefined;
  const program = baseName(first.text);
  if (first.text.includes("/") && isPattern(first.text))
    return { word: { raw: first.text, span: first.span }, program };
  return among(program, rest);
}

/** Nobody puts more of them in front of each other. */
const DEEPEST = 4;

/** CMD behind an ENTRYPOINT of the file's own whose program is known. */
function handedOn({ command }: ExecForm, stage: Stage): FileWord | undefined {
  const started = startedCommand(stage);
  const found = started && among(started.program.text, started.words);
  const word = started?.words.find((it) => it.span === found?.word.span);
  return word?.instruction === command && word.written === "exec" ? found : undefined;
}

function among(program: string, words: readonly StartedWord[]): FileWord | undefined {
  const at = patternWord(
    program,
    words.map((it) => it.text),
  );
  const word = at === undefined ? undefined : words[at];
  return word?.text === undefined ? undefined : { word: { raw: word.text, span: word.span }, program };
}
