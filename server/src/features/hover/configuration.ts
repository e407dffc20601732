import { rules } from "../../rules/all.ts";
import { knownName } from "../../rules/configuration/names.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import { composePlaceAt } from "../compose-path.ts";
import { type ConfigurationPlace, placeBehind } from "../knowledge/configuration-places.ts";
import { code } from "../markdown.ts";
import type { Hover } from "./hover.ts";

/** What a key or the name of a rule in a configuration file is about; undefined for nothing. */
export function hoverConfiguration(
  root: ConfigurationPlace,
  text: string,
  offset: number,
): Hover | undefined {
  const at = composePlaceAt(parseCompose(text), offset);
  if (!at) return undefined;
  const written = text.slice(at.span.start, at.span.end).replace(/^["']|["']$/g, "");
  const place = placeBehind(root, at.onKey ? at.path.slice(0, -1) : at.path);
  const known = (at.onKey ? place?.keys : place?.values) ?? {};
  const name = Object.hasOwn(known, written) ? written : knownName(written);
  const summary = name === undefined || !Object.hasOwn(known, name) ? undefined : known[name];
  if (name === undefined || !summary) return undefined;
  return { span: at.span, markdown: [summary, ruleText(name)].filter((it) => it !== "").join("\n\n") };
}

/** What a rule reports, and how: of an alias too. */
function ruleText(name: string): string {
  const rule = rules.find((it) => it.id === name || it.aliases.includes(name));
  if (!rule) return "";
  const others = rule.aliases.filter((it) => it !== name);
  return [
    rule.docs.what.trim(),
    `By default ${rule.enabled ? code(rule.severity) : "off"}${others.length > 0 ? `; also ${others.map(code).join(", ")}` : ""}.`,
  ].join("\n\n");
}
