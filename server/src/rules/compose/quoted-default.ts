import { notedOnService, type Service } from "../../model/compose/project.ts";
import { entriesOf, scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import { contentSpan, spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const quotedDefault = composeRule({
  id: "quoted-default",
  title: "Quotes around the default of a variable",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports quotes around what a variable of Compose has instead of its value, as in \`\${NAME:-"value"}\` and \`\${NAME:-""}\`. Nothing is said
      of commands and health checks, where a shell takes them away, nor inside of text with quotes, brackets or blanks, as JSON has them, nor of services that are given lists such as \`\${X:-["all"]}\`, which read their variables as YAML.`,
    why: source`
      Compose reads no quotes there, other than a shell: the two characters become part of the value. \`""\` is not empty, a host is not
      found, and a port or the tag of an image is refused.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            SMTP_PASSWORD: \${SMTP_PASSWORD:-""}
                                            ^^ quoted-default: The quotes become part of the value: without SMTP_PASSWORD it is not empty.`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            SMTP_PASSWORD: \${SMTP_PASSWORD:-}`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const { text } = project.file;
    for (const service of project.services.values()) {
      if (!mayHold(service)) continue;
      const isYaml = readsYaml(service);
      for (const { key, value } of entriesOf(service.node)) {
        const isProgram = key.value === "environment" || key.value === "build";
        if (KEYS.has(key.value) && !(isProgram && isYaml))
          for (const scalar of scalarsIn(value))
            for (const { name, span, content } of quotedIn(scalar.value)) {
              const at = spanInside(text, scalar, span.start, span.end);
              const what = content === "" ? `: without ${name} it is not empty` : "";
              once(at, `The quotes become part of the value${what}.`, {
                fixes: withoutQuotes(text, scalar, { span, content }, isProgram ? "unsafe" : "safe"),
              });
            }
      }
    }
  },
});

/** Where Compose or the program itself reads the value, and no shell. */
const KEYS: ReadonlySet<string> = new Set([
  ...["build", "container_name", "domainname", "environment", "expose", "hostname", "image", "platform"],
  ...["ports", "pull_policy", "restart", "user", "volumes", "working_dir"],
]);

/** Cheap, and mostly no. */
const mayHold = notedOnService(({ node }): boolean =>
  entriesOf(node).some(
    ({ key, value }) =>
      KEYS.has(key.value) && scalarsIn(value).some((it) => /\$\{\w+:?[-+]["']/.test(it.value)),
  ),
);

/**
 * Are there values such as `${X:-["all"]}` and `${X:-{}}` too? The program takes its variables into YAML or JSON then, where quotes are
 * quotes (the server of OpenMetadata does).
 */
function readsYaml({ node }: Service): boolean {
  return scalarsIn(valueAt(node, "environment")).some((it) => /\$\{\w+:?-\s*[[{]/.test(it.value));
}

interface Quoted {
  readonly name: string;
  /** Quotes included, in the value. */
  readonly span: Span;
  readonly content: string;
}

function quotedIn(value: string): readonly Quoted[] {
  const parts = parseTemplate(value);
  // What a program takes apart by itself may need them.
  if (parts.some((it) => it.kind === "text" && /[\s"'`{}[\]()<>;|&]/.test(it.text))) return [];
  return parts.flatMap((it) => quotedDefaults(it, value));
}

function quotedDefaults(part: TemplatePart, value: string): readonly Quoted[] {
  if (part.kind !== "variable" || !/^:?[-+]$/.test(part.operator ?? "")) return [];
  const { name, nameSpan, operator = "", argument } = part;
  const span = { start: nameSpan.end + operator.length, end: part.span.end - 1 };
  const written = value.slice(span.start, span.end);
  const content = /^(?:"([^"]*)"|'([^']*)')$/
    .exec(written)
    ?.slice(1)
    .find((it) => it !== undefined);
  if (content !== undefined) return [{ name, span, content }];
  const [only, ...more] = argument;
  return only && more.length === 0 ? quotedDefaults(only, value) : [];
}

function withoutQuotes(
  text: string,
  scalar: ScalarNode,
  { span, content }: Pick<Quoted, "span" | "content">,
  kind: Fix["kind"],
): readonly Fix[] {
  const place = contentSpan(text, scalar);
  // What YAML or Compose would read otherwise without them stays as it is.
  if (!place || !/^[\w./:@%+,=*~-]*$/.test(content)) return [];
  const at = { start: place.start + span.start, end: place.start + span.end };
  return [{ kind, title: "Take the quotes away", edits: [replace(at, content)] }];
}
