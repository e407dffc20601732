/**
 * The names that comments of a Dockerfile silence at one of its instructions, in lower case: `# plimsoll ignore=…` directly above it,
 * `# plimsoll global ignore=…` anywhere. `line` from 0.
 */
export function silencedAt(lines: readonly string[], line: number): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (names: string | undefined) => {
    for (const name of names?.split(",") ?? []) found.add(name.trim().toLowerCase());
  };
  for (const text of lines) add(/^\s*#\s*plimsoll\s+global\s+ignore\s*=\s*([\w,\s-]*)/i.exec(text)?.[1]);
  for (let at = line - 1; lines[at]?.trimStart().startsWith("#"); at--) add(own.exec(lines[at] ?? "")?.[1]);
  return found;
}

const own = /^\s*#\s*plimsoll\s+ignore\s*=\s*([\w,\s-]*)/i;

/** What to write to silence a name at an instruction: text to insert, and where, from 0. */
export function ignoreComment(
  lines: readonly string[],
  line: number,
  name: string,
): { readonly line: number; readonly character: number; readonly text: string } {
  for (let at = line - 1; lines[at]?.trimStart().startsWith("#"); at--) {
    const text = lines[at] ?? "";
    if (own.test(text)) return { line: at, character: text.trimEnd().length, text: `,${name}` };
  }
  return { line, character: 0, text: `# plimsoll ignore=${name}\n` };
}
