/** A variable of a `.env` file; without a value it is taken from the surroundings, as `docker run --env NAME` does. */
interface Entry {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Reads a `.env` file as Compose does: comments, `export`, single quotes as they are, double quotes with escapes, both over
 * several lines, and `$NAME`, `${NAME}`, `${NAME:-default}` outside of single quotes, from lines above or from `around`.
 * Answers `NAME=value` each, the last of a name counting. Lines that are none of it are left out.
 */
export function readEnvFile(text: string, around: Readonly<Record<string, string | undefined>>): string[] {
  const values = new Map<string, string>();
  for (const { name, value } of entries(text, (it) => values.get(it) ?? around[it])) {
    const known = value ?? around[name];
    if (known !== undefined) values.set(name, known);
  }
  return [...values].map(([name, value]) => `${name}=${value}`);
}

const line =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:(?:=|:(?=[ \t\r\n]))[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([^\r\n]*)))?[^\r\n]*\r?$/gm;

function* entries(text: string, look: (name: string) => string | undefined): Generator<Entry> {
  for (const [whole, name = "", single, double, plain] of text.replace(/^\uFEFF/, "").matchAll(line)) {
    if (single !== undefined) yield { name, value: single };
    else if (double !== undefined) yield { name, value: expanded(unescaped(double), look) };
    else if (plain !== undefined)
      yield { name, value: expanded(plain.replace(/(^|[ \t])#.*$/, "").trim(), look) };
    // A name alone, and nothing else on its line.
    else if (/^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*(?:#.*)?\r?$/.test(whole))
      yield { name, value: undefined };
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  // An escaped dollar stays escaped until variables have been put in.
  return text.replace(/\\([nrt"\\])/g, (_, it: string) => escapes[it] ?? it);
}

function expanded(text: string, look: (name: string) => string | undefined): string {
  return text.replace(
    /\\\$|\$\{(\w+)(?:(:?)-([^}]*))?\}|\$(\w+)/g,
    (whole: string, braced?: string, colon?: string, fallback?: string, bare?: string) => {
      if (whole === "\\$") return "$";
      const found = look(braced ?? bare ?? "");
      const isSet = colon === ":" ? found !== undefined && found !== "" : found !== undefined;
      return (isSet ? found : fallback) ?? "";
    },
  );
}
