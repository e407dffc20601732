import type { ComposeProject } from "../../model/compose/project.ts";
import { entriesOf, itemsOf } from "../../syntax/compose/find.ts";
import { parseTemplate } from "../../syntax/compose/interpolate.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import { contains, type Span } from "../../text/span.ts";
import { type HideSecrets, hideText, isSecretName } from "../effective/secrets.ts";
import type { InlayHint } from "./inlay-hint.ts";

/** A longer value would push the line's own text out of sight. */
const LONGEST_VALUE = 32;

/**
 * Behind each `${NAME}` its value, where `.env` has one; what only its default decides can be read where it stands. Never what looks
 * secret, be it by the variable's name, by what it is the value of, or by itself.
 */
export function variableHints(
  { file, variables }: Pick<ComposeProject, "file" | "variables">,
  range: Span,
  hide: HideSecrets,
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  const visit = (node: YamlNode | undefined, name: string): void => {
    if (!node || node.viaAlias || node.span.end < range.start || node.span.start > range.end) return;
    if (node.kind === "scalar") hints.push(...hintsIn(node, name));
    for (const it of itemsOf(node)) visit(it, "");
    for (const { key, value } of entriesOf(node)) visit(value, key.value);
  };
  const hintsIn = (scalar: ScalarNode, name: string): readonly InlayHint[] => {
    const span = scalar.value.includes("$") ? contentSpan(file.text, scalar) : undefined;
    if (
      !span ||
      isSecretName(name, hide) ||
      (/^[\w.-]+=/.test(scalar.value) && isSecretName(scalar.value.split("=")[0] ?? "", hide))
    )
      return [];
    return parseTemplate(scalar.value).flatMap((part): InlayHint[] => {
      if (part.kind !== "variable" || part.operator === "+" || part.operator === ":+") return [];
      const value = variables(part.name);
      const isDefault = value === undefined || (value === "" && part.operator === ":-");
      const offset = span.start + part.span.end;
      if (isDefault || !contains(range, offset) || isSecretName(part.name, hide)) return [];
      if (hideText(value, name, hide) !== value) return [];
      return [{ offset, text: `= ${shortened(value)}`, origin: undefined }];
    });
  };
  visit(file.root, "");
  return hints;
}

function shortened(value: string): string {
  if (value === "") return '""';
  const line = value.replaceAll(/\s+/g, " ");
  return line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE - 1)}…` : line;
}
