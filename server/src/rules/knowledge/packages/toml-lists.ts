/**
 * The texts in lists of a TOML file; empty where there is no such list or nothing in it.
 *
 * @param lists by the name of their table, what the line looks like with which they begin
 */
export function listsIn(text: string, lists: Readonly<Record<string, RegExp>>): readonly string[] {
  let list: RegExp | undefined;
  let isInside = false;
  const found: string[] = [];
  for (const line of text.split("\n")) {
    const table = tableIn(line);
    if (table !== undefined && !isInside) list = Object.hasOwn(lists, table) ? lists[table] : undefined;
    if (!isInside && list?.test(line)) isInside = true;
    if (!isInside) continue;
    for (const [, double, single] of line.matchAll(QUOTED)) found.push(double ?? single ?? "");
    // Extras stand in brackets of their own, inside of quotes.
    if (/\]\s*(#.*)?$/.test(line.replaceAll(QUOTED, ""))) isInside = false;
  }
  return found;
}

/** The lines of a table, without those of the tables below it. */
export function linesOfTable(text: string, name: string): readonly string[] {
  let isInside = false;
  const found: string[] = [];
  for (const line of text.split("\n")) {
    const table = tableIn(line);
    if (table !== undefined) isInside = table === name;
    else if (isInside) found.push(line);
  }
  return found;
}

/** The name of the table that begins in a line: `[tool.uv]`. */
export function tableIn(line: string): string | undefined {
  return TABLE.exec(line)?.[1];
}

const TABLE = /^\s*\[([\w."-]+)\]\s*(?:#.*)?$/;

const QUOTED = /"([^"]*)"|'([^']*)'/g;
