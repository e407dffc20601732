/**
 * The words of a command as one types it: `["sh", "-c", "a b"]` as JSON, or `sh -c "a b"` with quotes as in a shell.
 * Nothing is expanded. Undefined when a quote is not closed.
 */
export function commandWords(text: string): string[] | undefined {
  const given = text.trim();
  if (given.startsWith("[")) {
    try {
      const words: unknown = JSON.parse(given);
      if (Array.isArray(words) && words.every((it) => typeof it === "string")) return words;
    } catch {
      // Then it is a word that begins with a bracket.
    }
  }
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < given.length; at++) {
    const it = given[at] ?? "";
    if (it === "\\" && quote !== "'" && at + 1 < given.length) {
      const next = given[++at] ?? "";
      // Between double quotes a backslash is one, but in front of what it could mean.
      word = (word ?? "") + (quote === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next);
    } else if (quote !== "") {
      if (it === quote) quote = "";
      else word = (word ?? "") + it;
    } else if (it === "'" || it === '"') {
      quote = it;
      word ??= "";
    } else if (/\s/.test(it)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + it;
  }
  if (quote !== "") return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

/** As `commandWords` reads it again. */
export function writtenCommand(words: readonly string[]): string {
  return words.map((it) => (/^[\w@%+=:,./-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`)).join(" ");
}
