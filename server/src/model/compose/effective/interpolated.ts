import {
  hasVariables,
  parseTemplate,
  type TemplatePart,
  type VariableLookup,
} from "../../../syntax/compose/interpolate.ts";
import type { TextPart } from "./tree.ts";

/**
 * A text with its variables replaced, piece by piece; undefined where it has none and is what it says. Unlike `interpolate` it ends with
 * what Compose ends with: a variable that is not set is empty.
 */
export function interpolatedParts(template: string, lookup: VariableLookup): readonly TextPart[] | undefined {
  if (!template.includes("$")) return undefined;
  if (!hasVariables(template)) {
    const text = parseTemplate(template)
      .map((it) => (it.kind === "text" ? it.text : template.slice(it.span.start, it.span.end)))
      .join("");
    return text === template ? undefined : [{ text, variables: [], unset: undefined }];
  }
  const found: TextPart[] = [];
  collect(parseTemplate(template), [], { template, lookup, found });
  return found;
}

interface Collecting {
  readonly template: string;
  readonly lookup: VariableLookup;
  readonly found: TextPart[];
}

function collect(parts: readonly TemplatePart[], variables: readonly string[], into: Collecting): void {
  const { template, lookup, found } = into;
  for (const part of parts) {
    const written = template.slice(part.span.start, part.span.end);
    if (part.kind === "text") found.push({ text: part.text, variables, unset: undefined });
    else if (part.kind === "invalid") found.push({ text: written, variables, unset: undefined });
    else {
      const value = lookup(part.name);
      const names = [...variables, part.name];
      const madeOf = lookup.madeOf?.(part.name) ?? [];
      const isOpen = value === undefined || madeOf.some((it) => lookup(it) === undefined);
      const open = isOpen ? ({ open: true } as const) : undefined;
      const known = () =>
        found.push({ text: value ?? "", variables: [...madeOf, ...names], unset: undefined, ...open });
      switch (part.operator) {
        case undefined:
        case "?":
        case ":?":
          if (value === undefined) found.push({ text: "", variables: names, unset: written, ...open });
          else known();
          break;
        case "-":
        case ":-":
          if (part.operator === "-" ? value !== undefined : value) known();
          else collectArgument(part.argument, names, into, isOpen);
          break;
        case "+":
        case ":+":
          if (part.operator === "+" ? value !== undefined : value)
            collectArgument(part.argument, names, into, isOpen);
          else if (isOpen) found.push({ text: "", variables: names, unset: undefined, open: true });
      }
    }
  }
}

/** What stands in a default or an alternative, and is there by a variable that may be another one. */
function collectArgument(
  argument: readonly TemplatePart[],
  names: readonly string[],
  into: Collecting,
  isOpen: boolean,
): void {
  const before = into.found.length;
  collect(argument, names, into);
  if (!isOpen) return;
  const inner = into.found.splice(before);
  if (inner.length === 0) inner.push({ text: "", variables: names, unset: undefined });
  into.found.push(...inner.map((it) => ({ ...it, open: true }) as const));
}

/** The pieces of `value.slice(start)`, and of what is before an `end`. */
export function sliceParts(
  parts: readonly TextPart[] | undefined,
  start: number,
  end = Number.POSITIVE_INFINITY,
): readonly TextPart[] | undefined {
  if (!parts) return undefined;
  const kept: TextPart[] = [];
  let at = 0;
  for (const part of parts) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, part.text.length);
    // An unset variable is empty: it belongs to the side on which it stands.
    if (from < to || (isOpenPlace(part) && at >= start && at <= end))
      kept.push({ ...part, text: part.text.slice(from, to) });
    at += part.text.length;
  }
  return kept;
}

function isOpenPlace({ text, unset, open }: TextPart): boolean {
  return unset !== undefined || (open === true && text === "");
}
