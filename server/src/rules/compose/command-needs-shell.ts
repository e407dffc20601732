import type { ComposeProject, Service, ServiceCommand } from "../../model/compose/project.ts";
import { hasTool } from "../../model/compose/tools.ts";
import type { LastProgram } from "../../model/stage/started/last-program.ts";
import { scalarAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { variableLeftIn } from "../knowledge/compose/literal-words.ts";
import { startOf } from "../knowledge/compose/service-start.ts";
import { patternWord } from "../knowledge/started/pattern-words.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const commandNeedsShell = composeRule({
  id: "command-needs-shell",
  title: "Command with more than Compose runs",
  severity: "warning",
  tags: ["run"],
  aliases: ["S75"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports \`&&\`, \`|\`, \`;\`, \`>\` and the like outside of quotes in \`command\` or \`entrypoint\` written as one text; \`&&\`
      and \`||\` as words of a list; variables of the container (\`$$PORT\`) in words of a program that puts none in; and patterns (\`target/*.jar\`)
      where a program looks for a file of exactly that name.`,
    why: source`
      Compose runs no shell for a text: it splits it into words itself, and leaves out without a word all that stands from
      such a sign on. Of \`migrate && serve\` only \`migrate\` is run, and the container ends.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          command: bin/migrate && bin/serve
                               ^^ command-needs-shell: Compose runs no shell here and leaves out all from && on.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          command: ["sh", "-c", "bin/migrate && exec bin/serve"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      for (const key of ["command", "entrypoint"] as const) {
        const command = service[key];
        if (command) checkWords(project, service, command, once);
        if (!command?.text || command.cutAt === undefined) continue;
        const [operator = ""] = /^(?:&&|\|\||>>|<<|.)/.exec(command.text.value.slice(command.cutAt)) ?? [];
        const span = command.text.spanOf(command.cutAt, command.cutAt + operator.length);
        once(span, `Compose runs no shell here and leaves out all from ${operator} on.`, {
          fixes: inShell(project, service, key, command),
        });
      }
    }
  },
});

/** Words that only a shell would read otherwise. */
function checkWords(
  project: ComposeProject,
  service: Service,
  command: ServiceCommand,
  report: Report,
): void {
  const { words, texts, form } = command;
  const operator =
    form === "list" ? texts.find((it, at) => at > 0 && isOperator(it.value, texts)) : undefined;
  if (operator) {
    const message = `No shell reads ${operator.value} in a list: it is a word of the command.`;
    report(operator.spanOf(0, operator.value.length), message, { fixes: [] });
    return;
  }
  if (!words?.some((it) => /[$*?[]/.test(it)) || command.cutAt !== undefined) return;
  const start = startOf(service, project.files.shell);
  if (!start || start === "background" || !start.isWhole) return;
  const pattern = patternIn(start);
  const holder = pattern === undefined ? undefined : texts.find((it) => it.value.includes(pattern));
  if (pattern !== undefined && holder) {
    const at = holder.value.indexOf(pattern);
    const message = `No shell expands ${pattern} here: ${start.program.text} is given the text as it is.`;
    report(holder.spanOf(at, at + pattern.length), message, { fixes: [] });
    return;
  }
  const word = start.words.find((it) => it.text && variableLeftIn(start.program.text, it.text, service));
  const left = word?.text === undefined ? undefined : variableLeftIn(start.program.text, word.text, service);
  if (!left) return;
  const written = `$${left.name}`;
  for (const text of texts) {
    const at = [written, `\${${left.name}}`]
      .map((it) => ({ it, at: text.value.indexOf(it) }))
      .find((it) => it.at >= 0);
    if (!at) continue;
    const message = `No shell replaces ${left.name} here: ${start.program.text} is given the text as it is.`;
    report(text.spanOf(at.at, at.at + at.it.length), message, { fixes: [] });
    return;
  }
}

function patternIn({ program, words }: LastProgram): string | undefined {
  const at = patternWord(
    program.text,
    words.map((it) => it.text),
  );
  return at === undefined ? undefined : words[at]?.text;
}

/** A redirection only behind programs that certainly make nothing of such a word. */
function isOperator(word: string, [first, ...more]: ServiceCommand["texts"]): boolean {
  if (/^(?:&&|\|\|)$/.test(word)) return true;
  const isPlain = /^(?:echo|printf|cat|printenv|env|date|ls)$/.test(first?.value ?? "");
  return isPlain && /^(?:>>?|2>&1|\|)$/.test(word) && more.length > 1;
}

/** An entrypoint that is a shell already takes the line as its argument. */
function inShell(
  { file }: ComposeProject,
  service: Service,
  key: "command" | "entrypoint",
  { text }: ServiceCommand,
): readonly Fix[] {
  const scalar = scalarAt(service.node, key);
  if (!scalar || !text || scalar.viaAlias || ["literal", "folded"].includes(scalar.style)) return [];
  if (
    file.text.slice(scalar.span.start, scalar.span.end).includes("\n") ||
    hasTool(service, "sh").is === "no"
  )
    return [];
  const shells = service.entrypoint?.words ?? [];
  const isShell =
    key === "command" && /(?:^|\/)(?:ba|da|a)?sh$/.test(shells[0] ?? "") && shells.at(-1) === "-c";
  if (key === "command" && service.entrypoint && !isShell) return [];
  const prefixed = /^\s*(?:\/bin\/)?(ba|da|a)?sh\s+-c\s+/.exec(scalar.value);
  // `sh -c a && b` was meant to be one line for that shell.
  const line = prefixed ? scalar.value.slice(prefixed[0].length) : scalar.value;
  if (prefixed && /["']/.test(line)) return [];
  const shell = `${prefixed?.[1] ?? ""}sh`;
  const words = isShell ? [line] : [shell, "-c", line];
  return [{ kind: "unsafe", title: "Run it in a shell", edits: [replace(scalar.span, execForm(words))] }];
}
