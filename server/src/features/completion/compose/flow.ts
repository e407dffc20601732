import type { Span } from "../../../text/span.ts";

/** The cursor inside braces or brackets. */
export interface FlowPlace {
  /** Steps from the collection to the cursor. */
  readonly steps: readonly string[];
  readonly at: "key" | "value";
  /** The word at the cursor, its quotes left out. */
  readonly word: Span;
  readonly quote: '"' | "'" | undefined;
  /** False where the quote that opens the word is never closed. */
  readonly closed: boolean;
  /** A colon follows the word. */
  readonly hasColon: boolean;
  /** Another entry follows without a comma between. */
  readonly needsComma: boolean;
  /** Keys, or entries of the list, that stand beside the word. */
  readonly beside: readonly string[];
}

interface Frame {
  readonly open: string;
  key: string | undefined;
  readonly items: string[];
}

interface Found {
  readonly frame: Frame;
  readonly place: Omit<FlowPlace, "beside">;
}

/**
 * Looks for the cursor in what is opened at `start`. `owner` is the column of the line that opens it: a line that is indented no
 * further begins something new, so that a bracket that is missing spoils nothing below. `closed` when the collection ends before the cursor,
 * `nowhere` when the cursor is inside but where nothing can be written.
 */
export function flowPlaceAt(
  text: string,
  start: number,
  cursor: number,
  owner: number,
): FlowPlace | "closed" | "nowhere" {
  const frames: Frame[] = [];
  let found: Found | undefined;
  let isNowhere = false;
  /** The word in front of a comma, colon or bracket. */
  let word: { readonly text: string; readonly isQuoted: boolean; readonly holdsCursor: boolean } | undefined;
  let at = start;

  const endEntry = (): void => {
    const frame = frames.at(-1);
    if (frame && word?.text && !word.holdsCursor && (frame.open === "[" || frame.key === undefined))
      frame.items.push(word.text);
    if (frame) frame.key = undefined;
    word = undefined;
  };
  const take = (span: Span, quote: FlowPlace["quote"], closed: boolean): void => {
    const frame = frames.at(-1);
    const holdsCursor = span.start <= cursor && cursor <= span.end && !found && !isNowhere;
    if (word || !frame) {
      // Two words in a row are a slip.
      isNowhere ||= holdsCursor;
      return;
    }
    word = { text: text.slice(span.start, span.end), isQuoted: quote !== undefined, holdsCursor };
    if (!holdsCursor) return;
    const steps = frames.flatMap((it) => [
      ...(it.open === "[" ? ["[]"] : []),
      ...(it.key === undefined ? [] : [it.key]),
    ]);
    const behind = span.end + (quote && closed ? 1 : 0);
    const isKey = frame.open === "{" && frame.key === undefined;
    const isEmpty = span.start === span.end && !quote;
    const needsComma =
      isEmpty &&
      /^\s*[^\s,\]}#]/.test(text.slice(cursor, cursor + 500)) &&
      !isNewBlockBehind(text, cursor, owner);
    const hasColon = /^[ \t]*:/.test(text.slice(behind, behind + 20));
    found = {
      frame,
      place: { steps, at: isKey ? "key" : "value", word: span, quote, closed, hasColon, needsComma },
    };
  };
  /** Where nothing stands at the cursor a word may begin. */
  const takeEmpty = (): void => {
    if (at === cursor && !found && !isNowhere && frames.length > 0) {
      if (word) isNowhere = true;
      else {
        take({ start: cursor, end: cursor }, undefined, true);
        word = undefined;
      }
    }
  };

  for (; at < text.length; ) {
    const character = text[at] ?? "";
    if (at > cursor && !found && !isNowhere) isNowhere = true;
    if (character === "\n" || character === "\r" || character === " " || character === "\t") {
      takeEmpty();
      at++;
      if (character === "\n" && isNewBlock(text, at, cursor, owner)) {
        if (at > cursor) break;
        return "closed";
      }
      continue;
    }
    if (character === "#" && /\s/.test(text[at - 1] ?? "")) {
      const lineEnd = text.indexOf("\n", at);
      const end = lineEnd < 0 ? text.length : lineEnd;
      if (at < cursor && cursor <= end) isNowhere = true;
      else takeEmpty();
      at = end;
      continue;
    }
    if (character === "{" || character === "[") {
      if (at === cursor && frames.length > 0) isNowhere = true;
      frames.push({ open: character, key: undefined, items: [] });
      word = undefined;
      at++;
      continue;
    }
    if (character === "}" || character === "]") {
      takeEmpty();
      endEntry();
      const ended = frames.pop();
      at++;
      if (found && ended === found.frame) break;
      if (frames.length === 0) {
        if (at <= cursor) return "closed";
        break;
      }
      word = { text: "", isQuoted: false, holdsCursor: false };
      continue;
    }
    if (character === ",") {
      takeEmpty();
      endEntry();
      at++;
      continue;
    }
    const frame = frames.at(-1);
    if (
      character === ":" &&
      word &&
      frame &&
      frame.key === undefined &&
      (word.isQuoted || /^[\s,\]}"'[{]|^$/.test(text[at + 1] ?? ""))
    ) {
      frame.key = word.text;
      if (!word.holdsCursor && frame.open === "{") frame.items.push(word.text);
      if (at === cursor && !found) isNowhere = true;
      word = undefined;
      at++;
      // Right behind the colon a blank is missing.
      if (at === cursor && !/["'[{]/.test(text[at] ?? "")) isNowhere = true;
      continue;
    }
    if (character === '"' || character === "'") {
      if (at === cursor) isNowhere ||= !found;
      const end = endOfQuote(text, at);
      take({ start: at + 1, end: end.offset }, character, end.closed);
      at = end.offset + (end.closed ? 1 : 0);
      if (at === cursor && !found && end.closed) isNowhere = true;
      continue;
    }
    const end = endOfPlain(text, at);
    take({ start: at, end }, undefined, true);
    at = end;
  }
  takeEmpty();
  if (found) return { ...found.place, beside: found.frame.items };
  return frames.length > 0 && !isNowhere ? "closed" : "nowhere";
}

/** Is the next line that has anything on it one of the block around? */
function isNewBlockBehind(text: string, cursor: number, owner: number): boolean {
  const behind = /^[ \t]*\r?\n(?:[ \t]*\r?\n)*/.exec(text.slice(cursor, cursor + 500))?.[0];
  return behind !== undefined && isNewBlock(text, cursor + behind.length, cursor, owner);
}

/** A line that starts at `at` and belongs to what is around the collection. */
function isNewBlock(text: string, at: number, cursor: number, owner: number): boolean {
  let start = at;
  while (text[start] === " " || text[start] === "\t") start++;
  const character = text[start] ?? "";
  if (character === "" || /[\r\n#}\],"'{[]/.test(character)) return false;
  // What is being written there may be anything yet.
  const isOwn = at <= cursor && cursor <= start;
  return (
    !isOwn && start - at <= owner && /^(?:-\s|[^\s:]+[ \t]*:(?:\s|$))/.test(text.slice(start, start + 200))
  );
}

/** A quote that is not closed ends with its line. */
function endOfQuote(text: string, start: number): { readonly offset: number; readonly closed: boolean } {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\n" || character === "\r") return { offset: at, closed: false };
    if (quote === '"' && character === "\\") at++;
    else if (character === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return { offset: at, closed: true };
      at++;
    }
  }
  return { offset: text.length, closed: false };
}

function endOfPlain(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "$" && text[at + 1] === "{") {
      // Not YAML yet, but what is meant is plain: quotes are still to come.
      const close = /^[^}\n\r]*\}?/.exec(text.slice(at + 2))?.[0].length ?? 0;
      at += 1 + close;
      continue;
    }
    if (/[,\]}[{\n\r]/.test(character)) break;
    if (character === ":" && /^[\s,\]}]|^$/.test(text[at + 1] ?? "")) break;
    if (character === "#" && /\s/.test(text[at - 1] ?? "")) break;
  }
  while (at > start && /[ \t]/.test(text[at - 1] ?? "")) at--;
  return at;
}
