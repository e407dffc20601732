import { entriesOf, isNull, itemsOf, scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import { parseTemplate, type TemplatePart } from "../../syntax/compose/interpolate.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";
import type { DotenvFile } from "../../syntax/dotenv/parse.ts";
import type { Span } from "../../text/span.ts";
import type { VariableUse } from "./environment-model.ts";

/** Every place of a Compose file that takes the value of a variable: `${…}`, names without a value, secrets from variables. */
export function variableUsesIn(file: ComposeFile, path: string): readonly VariableUse[] {
  const uses: VariableUse[] = [];
  const at = (name: string, span: Span, service: string | undefined, more: Partial<VariableUse> = {}) => {
    const line = file.lines.lineAt(span.start);
    uses.push({ name, file: path, service, span, line, default: undefined, required: false, ...more });
  };
  const templates = (node: YamlNode | undefined, service: string | undefined) => {
    for (const scalar of scalarsIn(node)) {
      if (!scalar.value.includes("$")) continue;
      for (const { part, fallback } of variablesOf(parseTemplate(scalar.value), scalar.value)) {
        const span = spanInside(file.text, scalar, part.span.start, part.span.end);
        const required = part.operator === "?" || part.operator === ":?";
        at(part.name, span, service, { default: fallback, required });
      }
    }
  };
  for (const { key, value } of entriesOf(file.root)) {
    if (key.value !== "services") templates(value, undefined);
    for (const { name, span } of takenBySource(key.value, value)) at(name, span, undefined);
  }
  for (const { key, value } of entriesOf(valueAt(file.root, "services"))) {
    templates(value, key.value);
    for (const list of [valueAt(value, "environment"), valueAt(valueAt(value, "build"), "args")])
      for (const { name, span } of withoutValue(list)) at(name, span, key.value);
  }
  return uses;
}

/** Variables that the values of an environment file take. */
export function variableUsesInDotenv({ entries, lines }: DotenvFile, path: string): readonly VariableUse[] {
  return entries.flatMap(({ value, quote, nameSpan, valueSpan, verbatimAt, name }) => {
    const line = lines.lineAt(nameSpan.start);
    const more = { file: path, service: undefined, line, default: undefined, required: false };
    if (value === undefined) return [{ name, span: nameSpan, ...more }];
    if (quote === "single" || !value.includes("$")) return [];
    return variablesOf(parseTemplate(value), value).map(({ part, fallback }) => ({
      ...more,
      name: part.name,
      default: fallback,
      span:
        verbatimAt === undefined
          ? (valueSpan ?? nameSpan)
          : { start: verbatimAt + part.span.start, end: verbatimAt + part.span.end },
    }));
  });
}

type Variable = Extract<TemplatePart, { kind: "variable" }>;

/** The variables of a template, those in defaults of others too. */
function variablesOf(
  parts: readonly TemplatePart[],
  template: string,
): readonly { readonly part: Variable; readonly fallback: string | undefined }[] {
  return parts.flatMap((part) => {
    if (part.kind !== "variable") return [];
    const [first] = part.argument;
    const hasDefault = part.operator === "-" || part.operator === ":-";
    const fallback = hasDefault
      ? template.slice(first?.span.start ?? 0, first ? (part.argument.at(-1)?.span.end ?? 0) : 0)
      : undefined;
    return [{ part, fallback }, ...variablesOf(part.argument, template)];
  });
}

/** `- NAME` and `NAME:`, whose value Compose takes from the shell or `.env`. */
function withoutValue(list: YamlNode | undefined): readonly { name: string; span: Span }[] {
  const listed = itemsOf(list).flatMap((it) =>
    it.kind === "scalar" && !isNull(it) && !/[=$]/.test(it.value) ? [{ name: it.value, span: it.span }] : [],
  );
  const mapped = entriesOf(list).flatMap(({ key, value }) =>
    isNull(value) ? [{ name: key.value, span: key.span }] : [],
  );
  return [...listed, ...mapped];
}

/** `environment: NAME` of a secret or config at the top. */
function takenBySource(section: string, node: YamlNode | undefined): readonly { name: string; span: Span }[] {
  if (section !== "secrets" && section !== "configs") return [];
  return entriesOf(node).flatMap(({ value }) => {
    const source = valueAt(value, "environment");
    return source?.kind === "scalar" && !source.value.includes("$")
      ? [{ name: source.value, span: source.span }]
      : [];
  });
}
