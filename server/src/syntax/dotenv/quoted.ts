/** What stands between two quotes. */
export interface Quoted {
  /** A backslash before the own kind of quote is taken off. */
  readonly content: string;
  /** Behind the closing quote. */
  readonly end: number;
}

/** Reads from the opening quote at `start`, over line breaks too; undefined where nothing closes it. */
export function quotedAt(text: string, start: number): Quoted | undefined {
  const quote = text[start];
  let content = "";
  let isEscaped = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === quote && !isEscaped) return { content, end: at + 1 };
    if (character === "\\" && !isEscaped) {
      isEscaped = true;
      continue;
    }
    if (isEscaped && character !== quote) content += "\\";
    isEscaped = false;
    content += character;
  }
  return undefined;
}

const CONTROLS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** Escapes of double quotes: those of Go that Compose lets through, `\0` with three octal digits, and `\$` for a dollar that is no variable. */
export function withoutEscapes(content: string): string {
  return content.replace(/\\([abcfnrtv$"\\]|0\d{0,3})/g, (all, code: string) => {
    if (code === "$") return "$$";
    if (!code.startsWith("0")) return CONTROLS[code] ?? all;
    const digits = code.slice(1);
    const isByte = /^[0-3][0-7]{2}$/.test(digits);
    return isByte ? String.fromCharCode(Number.parseInt(digits, 8)) : `\\${digits}`;
  });
}
