/** A table; columns from `firstNumber` on hold numbers. Cells are Markdown already, see `inCell` and `inCode`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  firstNumber: number,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const rule = head.map((_, column) => (column < firstNumber ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("");
}

/** On one line, and without a sign that would end the cell. */
export function inCell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

/** A fence of more backticks than the text holds in a row. */
export function inCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = longest > 0 ? " " : "";
  return `${fence}${padding}${inCell(text)}${padding}${fence}`;
}
