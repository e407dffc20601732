/** The word at the cursor. */
export interface Word {
  /** What is written of it up to the cursor; an opening quote left out. */
  readonly typed: string;
  /** What is written of it behind the cursor; a closing quote left out. */
  readonly rest: string;
  readonly quote: '"' | "'" | undefined;
  /** False where the quote that opens it is never closed. */
  readonly closed: boolean;
  /** It is written as a key already: a colon follows. */
  readonly hasColon: boolean;
}

/** A scalar that begins with `value`, up to the cursor, and goes on `behind` it. */
export function wordAt(value: string, behind: string): Word | undefined {
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const typed = value.slice(1);
    if (closeOf(typed, quote) !== undefined) return undefined;
    const close = closeOf(behind, quote);
    const hasColon = close !== undefined && /^[ \t]*:(?:\s|$)/.test(behind.slice(close + 1));
    return { typed, rest: behind.slice(0, close ?? 0), quote, closed: close !== undefined, hasColon };
  }
  if (/^[|>[{?]/.test(value)) return undefined;
  if (value === "" && /^["'[\]{},|>&#!*?:]/.test(behind)) return undefined;
  const [, key] = /^([^\s:#"']*)[ \t]*:(?:\s|$)/.exec(behind) ?? [];
  if (key !== undefined) return { typed: value, rest: key, quote: undefined, closed: true, hasColon: true };
  const rest = behind.replace(/(?:^|\s)#.*$/, "").trimEnd();
  if (rest === "" && /^\s*#/.test(behind) && !/^\s/.test(behind)) return undefined;
  return {
    typed: value,
    rest: /^\s/.test(rest) && value === "" ? "" : rest,
    quote: undefined,
    closed: true,
    hasColon: false,
  };
}

/** Where a quote that is open at the start of a text is closed. */
export function closeOf(text: string, quote: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return undefined;
}
