import { baseName } from "../../model/stage/paths.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { callsInterpreter, execForms } from "../knowledge/started/exec-words.ts";
import { stageRule } from "../rule.ts";
import { shellLine } from "../writing/shell-line.ts";
import { throughShell } from "../writing/through-shell.ts";

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
      Reports \`*\` in the exec form of CMD, ENTRYPOINT and RUN where the program looks for a file of exactly that name: \`java -jar\`,
      a script of Python or Node, and \`rm\`, \`cp\`, \`mv\`, \`chmod\`, \`chown\`, \`cat\` and \`ls\`.`,
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
      if (!form.startsProgram || !form.words.some((it) => it.raw.includes("*"))) continue;
      if (callsInterpreter(form.words)) continue;
      const word = fileWord(form.words);
      if (!word) continue;
      report(
        word.span,
        `Exec form has no shell that would expand ${word.raw}: ${baseName(form.words[0]?.raw ?? "")} gets it as it is written.`,
        { fixes: throughShell(form, stage, (raw) => (raw.includes("*") ? raw : shellLine([raw]))) },
      );
    }
  },
});

/** A word with a pattern that the program takes for the name of a file. */
function fileWord([program, ...words]: readonly Word[]): Word | undefined {
  const name = baseName(program?.raw ?? "");
  const isPattern = (it: Word | undefined) => it !== undefined && /^[\w./-]*\*[\w./*-]*$/.test(it.raw);
  if (name === "java") {
    const jar = words[words.findIndex((it) => it.raw === "-jar") + 1];
    return words.some((it) => it.raw === "-jar") && isPattern(jar) ? jar : undefined;
  }
  if (/^(?:node|python[\d.]*|ruby|php)$/.test(name)) return isPattern(words[0]) ? words[0] : undefined;
  return /^(?:rm|cp|mv|chmod|chown|cat|ls)$/.test(name) ? words.find(isPattern) : undefined;
}
