import type { Severity } from "../../../rules/rule.ts";
import { grouped } from "../../../text/grouped.ts";
import { type Format, inOneLine } from "./format.ts";

/** The XML of Checkstyle, which Jenkins, reviewdog and others read. */
export const checkstyle: Format = ({ findings }) => {
  const byFile = grouped(findings, (it) => it.file);
  const files = [...byFile].map(([file, found]) => {
    const errors = found.map(
      (it) =>
        `    <error${attributes({
          line: String(it.line),
          column: String(it.column),
          severity: severities[it.severity],
          message: inOneLine(it),
          source: `plimsoll.${it.rule}`,
        })}/>`,
    );
    return [`  <file${attributes({ name: file })}>`, ...errors, "  </file>"].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...files,
    "</checkstyle>",
    "",
  ].join("\n");
};

const severities: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "info",
  hint: "info",
};

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

/** XML 1.0 has no word at all for most control characters, nor for half of a surrogate pair. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (it) => ENTITIES[it] ?? it)
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (it) => (/[\t\n\r]/.test(it) ? `&#${it.charCodeAt(0)};` : "\uFFFD"));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
