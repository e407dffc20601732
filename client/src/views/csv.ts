/** Lines of a table as CSV after RFC 4180. */
export function csvOf(lines: readonly (readonly (string | number | undefined)[])[]): string {
  return lines.map((cells) => `${cells.map(field).join(",")}\r\n`).join("");
}

/** A leading `=`, `+`, `-` or `@` would be run as a formula by spreadsheets. */
function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
