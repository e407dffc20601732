import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { callsInterpreter, type ExecForm, execForms } from "../knowledge/exec-words.ts";
import { type Fix, stageRule } from "../rule.ts";
import { execForm } from "../writing/exec-form.ts";
import { holdsComment } from "../writing/lines.ts";
import { shellLine } from "../writing/shell-line.ts";

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
      Reports \`$NAME\` and \`\${NAME}\` in the exec form of CMD, ENTRYPOINT, HEALTHCHECK and RUN. Silent where a shell or
      another interpreter is called, where an entrypoint may expand its arguments, and for programs that
      replace such variables themselves.`,
    why: source`
      Exec form starts the program without a shell, and variables are the shell's to expand. The program is handed the
      letters \`$JAVA_OPTS\` and takes them for an option, a file or a host of that name.`,
    bad: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /
      ENTRYPOINT ["java", "$JAVA_OPTS", "-jar", "/app.jar"]
                          ^^^^^^^^^^^^ exec-form-variable: Exec form has no shell that would expand JAVA_OPTS: java is handed these very letters.`,
    good: source`
      FROM eclipse-temurin:25-jre
      COPY app.jar /
      ENTRYPOINT ["/bin/sh", "-c", "exec java $JAVA_OPTS -jar /app.jar \"$@\"", "sh"]`,
  },

  check(stage, report) {
    if (stage.model.file.escape === "`") return; // Windows programs write their variables otherwise.
    for (const form of execForms(stage)) {
      if (!form.words.some((it) => it.raw.includes("$"))) continue;
      const program = form.words[0]?.raw ?? "";
      if (!form.startsProgram || callsInterpreter(form.words) || expandsItself(program)) continue;
      if (form.command.name === "ENTRYPOINT" && hasInterpreterBehind(stage)) continue;
      for (const word of form.words) {
        const name = word.raw.includes("$") ? variableIn(word, baseName(program)) : undefined;
        if (name === undefined) continue;
        const what =
          word === form.words[0]
            ? "a program of that name is looked for"
            : `${baseName(program)} is handed these very letters`;
        report(word.span, `Exec form has no shell that would expand ${name}: ${what}.`, {
          fixes: fixesOf(form, stage),
        });
      }
    }
  },
});

/** The name of the variable that a word is, or ends in: `$OPTS`, `--port=$PORT`, `/srv/${NAME}`. */
function variableIn({ raw }: Word, program: string): string | undefined {
  // Java's frameworks and the like put values in place of `${NAME}` inside an option.
  if (/^-.*\$\{/.test(raw) && PLACEHOLDERS.has(program)) return undefined;
  return (VARIABLE.exec(raw) ?? OPTIONS.exec(raw))?.slice(1).find(Boolean);
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

function fixesOf({ command, words }: ExecForm, stage: Stage): Fix[] {
  const { file } = stage.model;
  const state = command.name === "RUN" ? stage.before(command) : stage.result;
  const span = command.rest.spanOf(0, command.rest.text.length);
  if (state.hasTool("/bin/sh").is === "no" || state.hasShell.is !== "yes" || holdsComment(file, span))
    return [];
  // Options are several words, anything else is one.
  const line = words.map(({ raw }) => {
    if (!raw.includes("$")) return shellLine([raw]);
    const isOptions = /^\$\{?\w*(OPT|OPTS|OPTIONS|ARGS|FLAGS)\}?$/i.test(raw) || OPTIONS.test(raw);
    return isOptions ? raw : `"${raw}"`;
  });
  // What comes behind an entrypoint is handed on.
  const handed = command.name === "ENTRYPOINT" ? [' "$@"', "sh"] : ["", ""];
  const exec = [`exec ${line.join(" ")}${handed[0]}`, handed[1] ?? ""].filter((it) => it !== "");
  return [
    {
      kind: "unsafe",
      title: "Let a shell expand it and hand over",
      edits: [replace(span, execForm(["/bin/sh", "-c", ...exec]))],
    },
  ];
}
