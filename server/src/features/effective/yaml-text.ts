/** What a plain scalar may start with, and what it may not hold. */
const START = /^(?:[A-Za-z0-9_./~$•(+]|-(?=[^\s-]))/;
const BROKEN = /[\n\t]|:(?:\s|$)|\s#|\s$/;
/** What YAML 1.2 or an older reader takes for a number, a boolean or nothing. */
const AMBIGUOUS =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?(?=\.?\d)(?:\d[\d_]*)?\.?\d*(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|\d+(?::\d+)+|\d{4}-\d\d?-\d\d?.*)$/i;

/** A text on one line of YAML, in quotes where it needs them. */
export function scalarText(value: string): string {
  const isPlain = START.test(value) && !BROKEN.test(value) && !AMBIGUOUS.test(value) && isPrintable(value);
  return isPlain ? value : JSON.stringify(value);
}

/** The lines of a text as a block behind `|`; undefined where it has one line only, or no block can hold it. */
export function blockLines(
  value: string,
): { readonly head: string; readonly lines: readonly string[] } | undefined {
  const body = value.replace(/\n+$/, "");
  const ends = value.length - body.length;
  if (!body.includes("\n") || /^[\s#]/.test(body) || / +$/m.test(body) || !isPrintable(value))
    return undefined;
  const head = ends === 0 ? "|-" : ends === 1 ? "|" : "|+";
  return { head, lines: [...body.split("\n"), ...Array.from({ length: Math.max(0, ends - 1) }, () => "")] };
}

function isPrintable(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: YAML has no such characters but in escapes.
  return !/[\x00-\x08\x0B-\x1F\x7F\uFEFF]/.test(value);
}
