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

/** A collection that is open where the reader is. */
interface Frame {
  readonly open: string;
  /** The key whose value comes. */
  key: string | undefined;
  readonly items: string[];
}

interface WordBefore {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly holdsCursor: boolean;
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
  return new FlowReader(text, start, cursor, owner).place();
}

/** What a token does to the reading: `over` when what comes behind it says nothing more, `closed` when it ends before the cursor. */
type Goes = "on" | "over" | "closed";

/** Reads a collection token by token. */
class FlowReader {
  readonly #text: string;
  readonly #cursor: number;
  readonly #owner: number;
  readonly #frames: Frame[] = [];
  #at: number;
  #found: Found | undefined;
  /** The cursor was met where nothing can be written. */
  #isNowhere = false;
  /** The word in front of a comma, colon or bracket. */
  #word: WordBefore | undefined;

  constructor(text: string, start: number, cursor: number, owner: number) {
    this.#text = text;
    this.#at = start;
    this.#cursor = cursor;
    this.#owner = owner;
  }

  place(): FlowPlace | "closed" | "nowhere" {
    for (let goes: Goes = "on"; goes === "on" && this.#at < this.#text.length; ) {
      if (this.#at > this.#cursor && !this.#found) this.#isNowhere = true;
      goes = this.#read(this.#text[this.#at] ?? "");
      if (goes === "closed") return "closed";
    }
    this.#takeEmpty();
    if (this.#found) return { ...this.#found.place, beside: this.#found.frame.items };
    return this.#frames.length > 0 && !this.#isNowhere ? "closed" : "nowhere";
  }

  /** Reads the token that begins with this character. */
  #read(character: string): Goes {
    if (/[ \t\r\n]/.test(character)) return this.#readBlank(character);
    if (character === "#" && /\s/.test(this.#text[this.#at - 1] ?? "")) return this.#readComment();
    if (character === "{" || character === "[") return this.#readOpening(character);
    if (character === "}" || character === "]") return this.#readClosing();
    if (character === ",") {
      this.#takeEmpty();
      this.#endEntry();
      this.#at++;
      return "on";
    }
    if (character === ":" && this.#word && this.#isBehindKey()) return this.#readColon(this.#word);
    if (character === '"' || character === "'") return this.#readQuoted(character);
    const end = endOfPlain(this.#text, this.#at);
    this.#take({ start: this.#at, end }, undefined, true);
    // A second colon is no word, and is passed all the same.
    this.#at = Math.max(end, this.#at + 1);
    return "on";
  }

  #readBlank(character: string): Goes {
    this.#takeEmpty();
    this.#at++;
    if (character !== "\n" || !isNewBlock(this.#text, this.#at, this.#cursor, this.#owner)) return "on";
    return this.#at > this.#cursor ? "over" : "closed";
  }

  #readComment(): Goes {
    const lineEnd = this.#text.indexOf("\n", this.#at);
    const end = lineEnd < 0 ? this.#text.length : lineEnd;
    if (this.#at < this.#cursor && this.#cursor <= end) this.#isNowhere = true;
    else this.#takeEmpty();
    this.#at = end;
    return "on";
  }

  #readOpening(open: string): Goes {
    if (this.#at === this.#cursor && this.#frames.length > 0) this.#isNowhere = true;
    this.#frames.push({ open, key: undefined, items: [] });
    this.#word = undefined;
    this.#at++;
    return "on";
  }

  #readClosing(): Goes {
    this.#takeEmpty();
    this.#endEntry();
    const ended = this.#frames.pop();
    this.#at++;
    if (this.#found && ended === this.#found.frame) return "over";
    if (this.#frames.length === 0) return this.#at <= this.#cursor ? "closed" : "over";
    this.#word = { text: "", isQuoted: false, holdsCursor: false };
    return "on";
  }

  /** A colon without a blank behind is one only behind quotes. */
  #isBehindKey(): boolean {
    const frame = this.#frames.at(-1);
    if (!frame || frame.key !== undefined) return false;
    return this.#word?.isQuoted === true || /^[\s,\]}"'[{]|^$/.test(this.#text[this.#at + 1] ?? "");
  }

  #readColon(key: WordBefore): Goes {
    const frame = this.#frames.at(-1);
    if (frame) frame.key = key.text;
    if (!key.holdsCursor && frame?.open === "{") frame.items.push(key.text);
    if (this.#at === this.#cursor && !this.#found) this.#isNowhere = true;
    this.#word = undefined;
    this.#at++;
    // Right behind the colon a blank is missing.
    if (this.#at === this.#cursor && !/["'[{]/.test(this.#text[this.#at] ?? "")) this.#isNowhere = true;
    return "on";
  }

  #readQuoted(quote: '"' | "'"): Goes {
    if (this.#at === this.#cursor) this.#isNowhere ||= !this.#found;
    const end = endOfQuote(this.#text, this.#at);
    this.#take({ start: this.#at + 1, end: end.offset }, quote, end.closed);
    this.#at = end.offset + (end.closed ? 1 : 0);
    if (this.#at === this.#cursor && !this.#found && end.closed) this.#isNowhere = true;
    return "on";
  }

  #endEntry(): void {
    const frame = this.#frames.at(-1);
    const word = this.#word;
    if (frame && word?.text && !word.holdsCursor && (frame.open === "[" || frame.key === undefined))
      frame.items.push(word.text);
    if (frame) frame.key = undefined;
    this.#word = undefined;
  }

  /** Where nothing stands at the cursor a word may begin. */
  #takeEmpty(): void {
    if (this.#at !== this.#cursor || this.#found || this.#isNowhere || this.#frames.length === 0) return;
    if (this.#word) this.#isNowhere = true;
    else {
      this.#take({ start: this.#cursor, end: this.#cursor }, undefined, true);
      this.#word = undefined;
    }
  }

  #take(span: Span, quote: FlowPlace["quote"], closed: boolean): void {
    const frame = this.#frames.at(-1);
    const holdsCursor =
      span.start <= this.#cursor && this.#cursor <= span.end && !this.#found && !this.#isNowhere;
    if (this.#word || !frame) {
      // Two words in a row are a slip.
      this.#isNowhere ||= holdsCursor;
      return;
    }
    const text = this.#text.slice(span.start, span.end);
    this.#word = { text, isQuoted: quote !== undefined, holdsCursor };
    if (holdsCursor) this.#found = { frame, place: this.#placeOf(frame, span, quote, closed) };
  }

  #placeOf(frame: Frame, word: Span, quote: FlowPlace["quote"], closed: boolean): Found["place"] {
    const steps = this.#frames.flatMap((it) => [
      ...(it.open === "[" ? ["[]"] : []),
      ...(it.key === undefined ? [] : [it.key]),
    ]);
    const behind = word.end + (quote && closed ? 1 : 0);
    const isKey = frame.open === "{" && frame.key === undefined;
    const isEmpty = word.start === word.end && !quote;
    const needsComma =
      isEmpty &&
      /^\s*[^\s,\]}#]/.test(this.#text.slice(this.#cursor, this.#cursor + 500)) &&
      !isNewBlockBehind(this.#text, this.#cursor, this.#owner);
    const hasColon = /^[ \t]*:/.test(this.#text.slice(behind, behind + 20));
    return { steps, at: isKey ? "key" : "value", word, quote, closed, hasColon, needsComma };
  }
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
