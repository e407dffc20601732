/**
 * Markdown of what Plimsoll did not write itself: names, paths and values of files that somebody opens, and what images say of themselves.
 * A picture in it would be fetched by whoever only looks at the hover, so none of it may become one, nor a link or a format.
 */

/** A text as it stands, in one line. */
export function plain(text: string): string {
  return inOneLine(text).replace(/[\\`*[\]<>]/g, "\\$&");
}

/** The same in bold. */
export function bold(text: string): string {
  return `**${plain(text)}**`;
}

/** As code, in one line; the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = inOneLine(text);
  const runs = runsOfBackticks(line);
  const fence = "`".repeat(runs + 1);
  return runs > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Lines as a block of code, which nothing in them ends. */
export function codeBlock(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, runsOfBackticks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A blank line, or one that begins a list, would end what it stands in. */
function inOneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.split(/[\r\n]+/).join(" ") : text;
}

/** The length of the longest one. */
function runsOfBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
