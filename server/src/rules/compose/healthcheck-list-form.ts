import { lineBreakOf } from "../../model/compose/edit/layout.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { hasTool } from "../../model/compose/tools.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { ComposeFile, ScalarNode, SequenceNode } from "../../syntax/compose/tree.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { variableLeftIn } from "../knowledge/compose/literal-words.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { execForm } from "../writing/commands/exec-form.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const healthcheckListForm = composeRule({
  id: "healthcheck-list-form",
  title: "Health check whose list says something else",
  severity: "error",
  tags: ["run"],
  aliases: ["S73"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports a list in \`healthcheck.test\` that does not begin with \`CMD\`, \`CMD-SHELL\` or \`NONE\`; \`CMD\` before a whole command
      line in one text, or with \`||\` and the like or variables of the container as words; \`CMD-SHELL\` with more than one text behind it; and a
      test written as one text that is \`NONE\`, begins with \`CMD\` or is a list in quotes.`,
    why: source`
      Compose refuses the first. With \`CMD\` the whole line is taken for the name of a program, and nothing reads \`||\`. Of
      \`CMD-SHELL\` only the first text is run, and a text as a whole is run by a shell, which knows no program \`CMD\`: the check tells
      something else than it says.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          healthcheck:
            test: ["curl", "-f", "http://127.0.0.1"]
                    ^^^^ healthcheck-list-form: The list has to begin with CMD, CMD-SHELL or NONE, so Compose refuses the file.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          healthcheck:
            test: ["CMD", "curl", "-f", "http://127.0.0.1"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const list = valueAt(valueAt(service.node, "healthcheck"), "test");
      if (list?.kind === "scalar") checkText(project, list, once);
      if (list?.kind !== "sequence") continue;
      const words = itemsOf(list).flatMap((it) => (it.kind === "scalar" ? it : []));
      if (words.length === list.items.length) checkWords(project, service, { list, words }, once);
    }
  },
});

interface Test {
  readonly list: SequenceNode;
  readonly words: readonly ScalarNode[];
}

/** Compose hands the whole of a text to a shell, also what was meant to say how it is run. */
function checkText({ file }: ComposeProject, test: ScalarNode, report: Report): void {
  if (test.value === "NONE") {
    const message = "Outside of a list NONE is taken for the name of a program, so the check always fails.";
    const edits = [replace(test.span, '["NONE"]')];
    report(contentSpan(file.text, test) ?? test.span, message, {
      severity: "warning",
      fixes: test.viaAlias ? [] : [{ kind: "safe", title: "Make it a list", edits }],
    });
    return;
  }
  const prefix = /^(CMD-SHELL|CMD)\s+(?=\S)/.exec(test.value);
  const content = contentSpan(file.text, test);
  if (prefix?.[1] !== undefined) {
    const [all, kind] = prefix;
    const span = content ? { start: content.start, end: content.start + kind.length } : test.span;
    report(span, `Outside of a list ${kind} is taken for the name of a program, and there is none.`, {
      severity: "warning",
      fixes:
        content && !test.viaAlias && isPlainBehind(test, all.length)
          ? [
              {
                kind: "safe",
                title: `Leave out ${kind}`,
                edits: [replace({ start: content.start, end: content.start + all.length }, "")],
              },
            ]
          : [],
    });
    return;
  }
  if (!/^\[\s*(["'])(?:CMD|CMD-SHELL|NONE)\1/.test(test.value)) return;
  report(content ?? test.span, "The quotes around this make it a text for a shell, not a list.", {
    severity: "warning",
    fixes: content && !test.viaAlias && isListAlone(test) ? withoutQuotes(content, test) : [],
  });
}

/** A plain text must not begin with a sign of YAML. */
function isPlainBehind({ style, value }: ScalarNode, start: number): boolean {
  return style !== "plain" || /^[\w./]/.test(value.slice(start));
}

/** A list of texts in quotes of one kind, which is such a list in YAML too. */
function isListAlone({ style, value }: ScalarNode): boolean {
  const item = /'/.test(value) ? String.raw`'[^'\n]*'` : String.raw`"[^"\\\n]*"`;
  return style !== "plain" && new RegExp(`^\\[\\s*${item}(?:\\s*,\\s*${item})*\\s*\\]$`).test(value);
}

function withoutQuotes({ start, end }: ScalarNode["span"], { span }: ScalarNode): readonly Fix[] {
  const edits = [replace({ start: span.start, end: start }, ""), replace({ start: end, end: span.end }, "")];
  return [{ kind: "safe", title: "Make it a list", edits }];
}

function checkWords({ file }: ComposeProject, service: Service, test: Test, report: Report): void {
  const [first, second, ...more] = test.words;
  const kind = first?.value;
  if (!first || kind === undefined || kind.includes("$") || kind === "NONE") return;
  if (kind === "CMD-SHELL") {
    if (more.length === 0 || !second) return;
    const message = "Only the first text behind CMD-SHELL is run, so the others are left out.";
    report(placeOf(file, more[0] ?? second), message, {
      severity: "warning",
      fixes: asOneText(file, test, 1),
    });
    return;
  }
  if (kind !== "CMD") {
    const joined = JOINED.exec(kind)?.[1];
    const message = joined
      ? `${joined} has to be a text of its own in the list, so Compose refuses the file.`
      : "The list has to begin with CMD, CMD-SHELL or NONE, so Compose refuses the file.";
    report(placeOf(file, first), message, {
      fixes: joined ? takenApart(file, test) : withKind(file, test),
    });
    return;
  }
  const operator = test.words.find((it) => isOperator(it.value));
  if (second && more.length === 0 && /\s/.test(second.value)) {
    const message = "Behind CMD this is the name of one program, and there is none with such a name.";
    report(placeOf(file, second), message, { severity: "warning", fixes: asShell(file, first) });
  } else if (operator) {
    const message = `No shell reads ${operator.value} behind CMD: it is a word of the command.`;
    report(placeOf(file, operator), message, { severity: "warning", fixes: asOneText(file, test, 1) });
  } else if (second) {
    checkVariables(file, service, test, second.value, report);
  }
}

/** Variables of the container in words that no shell reads. */
function checkVariables(
  file: ComposeFile,
  service: Service,
  test: Test,
  program: string,
  report: Report,
): void {
  for (const word of test.words.slice(2)) {
    // What has one dollar is Compose's.
    const given = word.value.replaceAll(/\$(?!\$)|\$\$/g, (it) => (it === "$$" ? "$" : "#"));
    const left = variableLeftIn(program, given, service);
    if (!left) continue;
    const message = `No shell replaces ${left.name} behind CMD: the program is given the text as it is.`;
    report(placeOf(file, word), message, {
      severity: "warning",
      fixes: hasTool(service, "sh").is === "no" ? [] : inShell(file, test),
    });
    return;
  }
}

/** As one text for a shell, which puts variables in; each is kept as one word. */
function inShell(file: ComposeFile, { list, words }: Test): readonly Fix[] {
  const line = words.slice(1).map((it) => it.value);
  const isPlain = line.every((it) => /^(?:[\w@%+=:,./?-]|\$\$(?:\{\w+\}|\w+))+$/.test(it));
  const written = file.text.slice(list.span.start, list.span.end);
  if (!isPlain || !list.flow || list.viaAlias || written.includes("#")) return [];
  const text = line.map((it) => (it.includes("$") ? `"${it}"` : it)).join(" ");
  const edits = [replace(list.span, execForm(["CMD-SHELL", text]))];
  return [{ kind: "safe", title: "Run it in a shell as one text", edits }];
}

/** Without its quotes, where that can be told. */
function placeOf({ text }: ComposeFile, word: ScalarNode): ScalarNode["span"] {
  return contentSpan(text, word) ?? word.span;
}

function isOperator(word: string): boolean {
  return /^(?:&&|\|\|?|;|\d?>>?|<|2>&1|>\S+)$/.test(word);
}

/** The word that says how it is run, in one text with what is run. */
const JOINED = /^(CMD-SHELL|CMD)\s+(?=\S)/;

/** Behind `CMD` a whole command line, which a shell has to read. */
function takenApart(file: ComposeFile, { list, words }: Test): readonly Fix[] {
  const [first] = words;
  const content = first && contentSpan(file.text, first);
  const [prefix] = JOINED.exec(first?.value ?? "") ?? [];
  if (!first || !content || prefix === undefined || words.length > 1 || first.viaAlias) return [];
  const start = { start: content.start, end: content.start + prefix.length };
  if (file.text.slice(start.start, start.end) !== prefix || !isPlainBehind(first, prefix.length)) return [];
  const edits = prepend(file, list, first, "CMD-SHELL");
  return edits ? [{ kind: "safe", title: "Run it in a shell", edits: [...edits, replace(start, "")] }] : [];
}

/** Puts `CMD` or, before one command line or a word that a shell reads, `CMD-SHELL` in front. */
function withKind(file: ComposeFile, test: Test): readonly Fix[] {
  const [first, ...rest] = test.words;
  if (!first || first.viaAlias) return [];
  if (test.words.some((it) => isOperator(it.value))) return asOneText(file, test, 0);
  const kind = rest.length === 0 && /\s/.test(first.value) ? "CMD-SHELL" : "CMD";
  const edits = prepend(file, test.list, first, kind);
  return edits ? [{ kind: "safe", title: `Begin with ${kind}`, edits }] : [];
}

function prepend(
  file: ComposeFile,
  list: SequenceNode,
  first: ScalarNode,
  word: string,
): readonly TextEdit[] | undefined {
  if (list.flow) return [insert(first.span.start, `"${word}", `)];
  const line = file.lines.startOf(file.lines.lineAt(first.span.start));
  const dash = file.text.slice(line, first.span.start);
  return /^ *- +$/.test(dash) ? [insert(line, `${dash}${word}${lineBreakOf(file)}`)] : undefined;
}

function asShell(file: ComposeFile, { span: { start, end }, viaAlias }: ScalarNode): readonly Fix[] {
  const at = file.text.slice(start, end).indexOf("CMD");
  if (viaAlias || at < 0) return [];
  return [{ kind: "safe", title: "Run it in a shell", edits: [insert(start + at + 3, "-SHELL")] }];
}

/** Joins the words from `from` on to the command line that they were meant to be. */
function asOneText(file: ComposeFile, { list, words }: Test, from: number): readonly Fix[] {
  const line = words.slice(from).map((it) => it.value);
  const isPlain = line.every((it) => isOperator(it) || /^[\w@%+=:,./?-]+$/.test(it));
  const written = file.text.slice(list.span.start, list.span.end);
  if (!isPlain || !list.flow || list.viaAlias || written.includes("#")) return [];
  const edits = [replace(list.span, execForm(["CMD-SHELL", line.join(" ")]))];
  return [{ kind: "safe", title: "Run it in a shell as one text", edits }];
}
