import type { ScalarNode } from "../../../syntax/compose/tree.ts";

/**
 * A text as YAML: quoted as it was where it had quotes, else without quotes where every reader takes that for this very text,
 * else in double quotes. `flow` when it will stand in brackets.
 */
export function writtenText(value: string, style: ScalarNode["style"], flow: boolean): string {
  if (style === "single" && !/[\r\n]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return style === "plain" && isPlainText(value, flow) ? value : JSON.stringify(value);
}

/** Can the text stand without quotes, and is it a text then, for YAML 1.2 and for the reader of Compose (go-yaml 3)? */
function isPlainText(value: string, flow: boolean): boolean {
  if (!/^[^\s\-?:,[\]{}#&*!|>'"%@`](?:.*\S)?$/.test(value) || value.endsWith(":")) return false;
  if (/: | #|\t|\p{Cc}/u.test(value) || (flow && /[,[\]{}]/.test(value))) return false;
  return !isTyped(value);
}

/** Numbers, dates, booleans and nulls of YAML 1.1 and 1.2 (go-yaml v3 resolve.go, read 2026-11). */
export function isTyped(value: string): boolean {
  if (value === "~" || value === "<<") return true;
  if (/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(value)) return true;
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/.test(value)) return true;
  if (/^[-+]?\d+(?::\d+)+$/.test(value)) return true;
  const number = value.replaceAll("_", "");
  return (
    /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][\da-fA-F]+|\d+)$/.test(number) ||
    /^[-+]?(?:\.\d+|\d+\.?\d*)(?:[eE][-+]?\d+)?$/.test(number) ||
    /^[-+]?\.(?:inf|nan)$/i.test(number)
  );
}
