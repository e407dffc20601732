/** Something to be written into a file: a key, and a value that is YAML already, nested entries, or nothing. */
export interface NewEntry {
  readonly key: string;
  readonly value: string | readonly NewEntry[] | undefined;
}

/** The entry as lines of a block, the first one not indented, each level by `step` blanks more. */
export function blockLines({ key, value }: NewEntry, step: number): readonly string[] {
  if (value === undefined) return [`${key}:`];
  if (typeof value === "string") return [`${key}: ${value}`];
  return [`${key}:`, ...value.flatMap((it) => blockLines(it, step).map((line) => " ".repeat(step) + line))];
}

/** The entry as part of a mapping in braces; keys in double quotes where those around have them, as in JSON. */
export function flowText({ key, value }: NewEntry, quoted: boolean): string {
  const name = quoted ? JSON.stringify(key) : key;
  if (value === undefined) return `${name}: {}`;
  if (typeof value === "string")
    return `${name}: ${quoted && !/^["[{]/.test(value) ? JSON.stringify(value) : value}`;
  return `${name}: {${value.map((it) => flowText(it, quoted)).join(", ")}}`;
}
