import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { callsInterpreter, type ExecForm, execForms } from "../knowledge/started/exec-words.ts";
import { startedFile } from "../knowledge/started/started-binary.ts";
import { startedSource } from "../knowledge/started/started-source.ts";
import { type Report, stageRule } from "../rule.ts";
import { shellLine } from "../writing/commands/shell-line.ts";
import { throughShell } from "../writing/commands/through-shell.ts";

export const execFormVariable = stageRule({
  id: "exec-form-variable",
  title: "Variable in exec form, which nothing expands",
  severity: "warning",
  tags: ["run"],
  aliases: ["S40"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`$NAME\` and \`\${NAME}\` in the exec form of CMD, ENTRYPOINT, HEALTHCHECK and RUN. Also in CMD that gives arguments to
      an ENTRYPOINT of the same file. Silent where a shell or another interpreter is called, where an entrypoint may expand its
      arguments, and for programs that replace such variables themselves.`,
    why: source`
      Exec form starts the program without a shell, and variables are the shell's to expand. The program is handed the
      letters \`$JAVA_OPTS\` and takes them for an option, a file or a host of that name.`,
    bad: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /
      ENTRYPOINT ["java", "$JAVA_OPTS", "-jar", "/app.jar"]
                          ^^^^^^^^^^^^ exec-form-variable: Exec form has no shell that would expand JAVA_OPTS: java gets it as it is written.`,
    good: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /
      ENTRYPOINT ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar /app.jar \"$@\"", "sh"]`,
  },

  check(stage, report) {
    if (stage.model.file.escape === "`") return; // Windows programs write their variables otherwise.
    for (const form of execForms(stage)) {
      if (!form.words.some((it) => it.raw.includes("$"))) continue;
      if (!form.startsProgram) {
        checkArguments(form, stage, report);
        continue;
      }
      const program = form.words[0]?.raw ?? "";
      if (callsInterpreter(form.words) || expandsItself(program)) continue;
      if (form.command.name === "ENTRYPOINT" && hasInterpreterBehind(stage)) continue;
      for (const word of form.words) {
        const name = word.raw.includes("$") ? variableIn(word, baseName(program)) : undefined;
        if (name === undefined) continue;
        const what =
          word === form.words[0]
            ? "a program of that name is looked for"
            : `${baseName(program)} gets it as it is written`;
        report(word.span, `Exec form has no shell that would expand ${name}: ${what}.`, {
          fixes: throughShell(form, stage, inShell),
        });
      }
    }
  },
});

/** CMD behind an ENTRYPOINT of the file's own whose program is known, and does nothing with such letters. */
function checkArguments({ command, words }: ExecForm, stage: Stage, report: Report): void {
  const { entrypoint, command: set } = stage.result;
  const before = entrypoint.known ? entrypoint.value : undefined;
  if (before?.form !== "exec" || !before.instruction || !set.known || set.value?.instruction !== command)
    return;
  if (callsInterpreter([...before.words, ...words])) return;
  const started = startedCommand(stage);
  if (!started || expandsItself(started.program.text)) return;
  const binary = startedFile(stage)?.binary;
  if (!binary && !RUNTIMES.has(started.program.text.replace(/[\d.]+$/, ""))) return;
  if (binary?.language === "go" && !binary.sources) return;
  const sources = startedSource(stage);
  const programs = sources ? [sources.main, ...sources.others].map((it) => it.program.code) : [];
  if (programs.some((it) => EXPANDS.test(it))) return;
  for (const word of words) {
    const name = word.raw.includes("$") ? variableIn(word, started.program.text) : undefined;
    if (name === undefined) continue;
    report(
      word.span,
      `Exec form has no shell that would expand ${name}: ${started.program.text} gets it as it is written.`,
      { related: [{ message: "It is started here.", span: started.program.span }] },
    );
  }
}

/** What programs call to put the values of variables into a text, or to start a shell that does. */
const EXPANDS =
  /\bExpandEnv\b|\bos\.Expand\b|\bexpandvars\b|\bos\/exec\b|\bsubprocess\b|\bchild_process\b|\bos\.system\b|\bstd::process\b|\bsyscall\.Exec\b|\benvsubst\b/;

const RUNTIMES: ReadonlySet<string> = new Set(
  "python node java ruby php dotnet deno bun gunicorn uvicorn hypercorn daphne flask celery puma rails npm yarn pnpm http.server".split(
    " ",
  ),
);

/** The name of the variable that a word is, or ends in: `$OPTS`, `--port=$PORT`, `/srv/${NAME}`. */
function variableIn({ raw }: Word, program: string): string | undefined {
  // Java's frameworks and the like put values in place of `${NAME}` inside an option.
  if (/^-.*\$\{/.test(raw) && PLACEHOLDERS.has(program) && !isOfVirtualMachine(raw, program))
    return undefined;
  return (VARIABLE.exec(raw) ?? OPTIONS.exec(raw))?.slice(1).find(Boolean);
}

/** `-Xmx${HEAP}`: the virtual machine itself reads it, and puts nothing in. */
function isOfVirtualMachine(word: string, program: string): boolean {
  return program === "java" && /^-X/.test(word);
}

/** A name ends where its letters do, so that there is one way to read a word. */
const VARIABLE =
  /^[\w./:=@,+-]*\$(?:([A-Za-z_]\w*)(?!\w)|\{([A-Za-z_]\w*)\})(?:[\w./:=@,+-]|\$[A-Za-z_]\w*(?!\w)|\$\{[A-Za-z_]\w*\})*$/;

/** `$JAVA_OPTS -XX:+UseContainerSupport` in one word. */
const OPTIONS = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}) +-[\w:+=./ -]*$/;

const PLACEHOLDERS: ReadonlySet<string> = new Set([
  "java",
  "node",
  "npm",
  "mvn",
  "gradle",
  "telegraf",
  "promtail",
  "loki",
]);

/** Programs that read `$NAME` in their own words, and scripts, which may do anything with them. */
function expandsItself(program: string): boolean {
  return (
    /\.(sh|bash|py|rb|pl|js)$|entry-?point|start|run/i.test(program) ||
    /^(nginx|fluentd|fluent-bit|logstash|filebeat|metricbeat|otelcol\S*|vector|caddy|haproxy|supervisord|consul-template|vault|nats-server|\S*catalina)$/.test(
      baseName(program),
    )
  );
}

/** `ENTRYPOINT ["tool", "$X"]` whose CMD calls a shell is a wrapper with words of its own. */
function hasInterpreterBehind({ result }: Stage): boolean {
  return (
    result.command.known && result.command.value !== undefined && callsInterpreter(result.command.value.words)
  );
}

/** Options are several words, anything else is one. */
function inShell(raw: string): string {
  if (!raw.includes("$")) return shellLine([raw]);
  const isOptions = /^\$\{?\w*(OPT|OPTS|OPTIONS|ARGS|FLAGS)\}?$/i.test(raw) || OPTIONS.test(raw);
  return isOptions ? raw : `"${raw}"`;
}
