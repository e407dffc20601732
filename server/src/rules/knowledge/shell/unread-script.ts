/** Where the shell stops reading a script, as what stands there cannot be, or something that was begun does not end. */
export type Unread =
  /** A word that would end or go on with `opener`, but is an argument of the command in front of it. */
  | {
      readonly kind: "argument";
      readonly word: string;
      readonly of: string;
      readonly opener: string;
      readonly start: number;
      readonly end: number;
    }
  /** Nothing ends `opener`. */
  | {
      readonly kind: "open";
      readonly opener: string;
      readonly closer: string;
      readonly start: number;
      readonly end: number;
    }
  /** An operator or a closing word with no command between it and `before`; that is empty at the beginning. */
  | {
      readonly kind: "operator";
      readonly word: string;
      readonly before: string;
      readonly start: number;
      readonly end: number;
    }
  /** The script ends behind an operator that joins. */
  | { readonly kind: "end"; readonly word: string; readonly start: number; readonly end: number };

/** What a shell makes of a whole script. */
export interface Reading {
  readonly unread: Unread | undefined;
  /** Where a comment begins that goes on to the end of the script. */
  readonly comment: number | undefined;
  /** Does something that was begun in front of that comment not end? */
  readonly isUnfinished: boolean;
  /** Calls of `[` whose bracket stands in one word with what is beside it. */
  readonly joinedTests: readonly JoinedTest[];
}

/** `[ "$A" = b]` or `[-f x ]`: the shell knows a bracket by the blanks around it. */
export interface JoinedTest {
  /** Of the opening bracket, or of the closing one where that alone is joined. */
  readonly bracket: number;
  readonly isOpening: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Where a POSIX shell cannot read a script (XCU 2.10, Shell Grammar); undefined for one that is not certain: here-documents, arrays,
 * arithmetic, `function`, quotes that do not end and templates. Linear in the text.
 */
export function readThrough(text: string): Reading | undefined {
  return TEMPLATE.test(text) ? undefined : new Scan(text).run();
}

const TEMPLATE = /\{\{|\{%|<%|<<(?!<)/;

interface Opener {
  readonly word: string;
  readonly start: number;
  /** Is its `then` or `do` read? */
  isBegun: boolean;
  suspect: Extract<Unread, { kind: "argument" }> | undefined;
}

const CLOSERS: Readonly<Record<string, string>> = {
  if: "fi",
  for: "done",
  while: "done",
  until: "done",
  case: "esac",
  "{": "}",
  "(": ")",
};

/** What has to stand between the beginning and the end. */
const MIDDLES: Readonly<Record<string, string>> = { if: "then", for: "do", while: "do", until: "do" };

const JOINING: ReadonlySet<string> = new Set(["&&", "||", "|", "|&"]);

type Place =
  /** Where a command begins. */
  | "command"
  /** Behind assignments or a redirection, which may be all. */
  | "begun"
  | "arguments"
  /** Behind a compound command. */
  | "behind"
  /** Behind `case`. */
  | "subject"
  | "pattern"
  /** In `[[ … ]]`. */
  | "test";

class Scan {
  private at = 0;
  private place: Place = "command";
  private readonly open: Opener[] = [];
  /** The operator that wants a command. */
  private joining: { readonly word: string; readonly start: number } | undefined;
  /** What stands in front of where a command begins. */
  private before = "";
  private name = "";
  private test: { readonly start: number; last: string; end: number } | undefined;
  private readonly joinedTests: JoinedTest[] = [];
  private isTarget = false;
  private comment: number | undefined;
  private found: Unread | undefined;
  private isOver = false;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  run(): Reading | undefined {
    while (!this.isOver && this.at < this.text.length) this.step();
    const { found, joinedTests } = this;
    if (this.isOver)
      return found && { unread: found, comment: undefined, isUnfinished: true, joinedTests: [] };
    this.endTest();
    if (this.place === "test" || this.place === "subject" || this.isTarget) return undefined;
    const unread = this.atEnd();
    return { unread, comment: this.comment, isUnfinished: unread !== undefined, joinedTests };
  }

  private step() {
    const { text, at } = this;
    const sign = text[at] ?? "";
    if (sign === " " || sign === "\t" || sign === "\r") this.at += 1;
    else if (text.startsWith("\\\n", at)) this.at += 2;
    else if (sign === "#") this.skipComment();
    else if (sign === "<" || sign === ">" || text.startsWith("&>", at)) this.redirection();
    else if (/[\n;&|()]/.test(sign))
      this.operator(/^(?:\n|;;&?|;&|;|&&|&|\|\||\|&|\||[()])/.exec(text.slice(at, at + 3))?.[0] ?? sign);
    else this.word();
  }

  private skipComment() {
    const end = this.text.indexOf("\n", this.at);
    if (end < 0 && this.text.slice(this.at).trim().length > 1) this.comment = this.at;
    this.at = end < 0 ? this.text.length : end;
  }

  private redirection() {
    const written = /^(?:&?>>?|<<<|[<>]&?|>\|)/.exec(this.text.slice(this.at, this.at + 3))?.[0] ?? "";
    this.at += written.length;
    if (this.text[this.at] === "(") this.giveUp();
    this.isTarget = true;
    if (this.place === "command") this.place = "begun";
  }

  private operator(word: string) {
    const start = this.at;
    this.endTest();
    this.at += word.length;
    if (this.isTarget || word === ";&" || word === ";;&") return this.giveUp();
    if (this.place === "test" || this.place === "subject") {
      if (word === "\n" && this.place === "subject") this.giveUp();
      return;
    }
    if (this.place === "pattern") return this.inPattern(word);
    if (word === "(" || word === ")") return this.bracket(word, start);
    if (this.place === "command") {
      if (word === "\n") return;
      if (word !== ";;" || this.joining) return this.report(word, start);
    }
    if (word === ";;") {
      if (this.open.at(-1)?.word !== "case") return this.giveUp();
      this.place = "pattern";
      return;
    }
    this.command(word);
    this.joining = JOINING.has(word) ? { word, start } : undefined;
  }

  private inPattern(word: string) {
    if (word === ")") this.command(")");
    else if (word !== "(" && word !== "|" && word !== "\n") this.giveUp();
  }

  private bracket(word: string, start: number) {
    if (word === "(") {
      if (this.place === "command" && this.text[this.at] !== "(") return this.begin("(", start, true);
      // A function: `name() …`.
      const end = /^\s*\)/.exec(this.text.slice(this.at, this.at + 9))?.[0].length;
      if (
        this.place !== "arguments" ||
        !this.text.slice(0, start).trimEnd().endsWith(this.name) ||
        end === undefined
      )
        return this.giveUp();
      this.at += end;
      return this.command("(");
    }
    this.close(")", start);
  }

  private word() {
    const start = this.at;
    const end = endOfWord(this.text, start);
    if (end === undefined) return this.giveUp();
    this.at = end;
    const raw = this.text.slice(start, end).replaceAll("\\\n", "");
    if (this.isTarget) this.isTarget = false;
    else this.takeWord(raw, start);
  }

  private takeWord(raw: string, start: number) {
    switch (this.place) {
      case "test":
        if (raw === "]]") this.place = "arguments";
        return;
      case "subject":
        if (raw === "in") this.place = "pattern";
        return;
      case "pattern":
        if (raw === "esac") this.close(raw, start);
        return;
      case "arguments":
        if (this.test && !this.isDescriptor(raw)) this.test = { ...this.test, last: raw, end: this.at };
        return this.suspect(raw, start);
      case "begun":
        return this.begunWord(raw);
      case "command":
      case "behind":
        return this.commandWord(raw, start);
    }
  }

  /** The number in front of a redirection. */
  private isDescriptor(raw: string): boolean {
    return /^\d+$/.test(raw) && /[<>]/.test(this.text[this.at] ?? "");
  }

  private begunWord(raw: string) {
    if (ASSIGNMENT.test(raw)) return;
    this.name = raw;
    this.place = "arguments";
  }

  private commandWord(raw: string, start: number) {
    if (raw === "fi" || raw === "done" || raw === "esac" || raw === "}") return this.close(raw, start);
    if (raw === "then" || raw === "do" || raw === "else" || raw === "elif") return this.middle(raw, start);
    if (this.place === "behind") return this.giveUp();
    if (raw === "!" || raw === "time") return;
    if (raw === "function" || raw === "select" || raw === "coproc") return this.giveUp();
    if (Object.hasOwn(CLOSERS, raw)) return this.begin(raw, start, MIDDLES[raw] === undefined);
    this.joining = undefined;
    if (raw === "[[") this.place = "test";
    else if (ASSIGNMENT.test(raw)) this.place = "begun";
    else {
      this.name = raw;
      this.place = "arguments";
      if (raw.startsWith("[")) this.test = { start, last: raw, end: this.at };
    }
  }

  /** Where a call of `[` ends, or of what was meant for one. */
  private endTest() {
    const { test, name } = this;
    this.test = undefined;
    if (!test) return;
    const { start, end, last } = test;
    if (name === "[") {
      if (/[^\\\]]\]$/.test(last)) this.joinedTests.push({ bracket: end - 1, isOpening: false, start, end });
    } else if (TEST_BEGINS.test(name) && (last === "]" || /[^\\\]]\]$/.test(last)))
      this.joinedTests.push({ bracket: start, isOpening: true, start, end });
  }

  private begin(word: string, start: number, isBegun: boolean) {
    this.open.push({ word, start, isBegun, suspect: undefined });
    this.command(word);
    this.name = word;
    if (word === "for") this.place = "arguments";
    if (word === "case") this.place = "subject";
  }

  private middle(word: string, start: number) {
    const top = this.open.at(-1);
    if (this.joining) return this.report(word, start);
    const isNext = word === "then" || word === "do" ? !top?.isBegun : top?.isBegun;
    const wanted = word === "do" ? "do" : "then";
    if (!top || MIDDLES[top.word] !== wanted || !isNext) return this.giveUp();
    top.isBegun = word !== "elif";
    this.command(word);
  }

  private close(word: string, start: number) {
    const top = this.open.at(-1);
    if (this.joining) return this.report(word, start);
    if (top && CLOSERS[top.word] === word && top.isBegun) {
      this.open.pop();
      this.place = "behind";
      return;
    }
    this.found = top?.suspect;
    this.giveUp();
  }

  /** Is this word meant for what is open? */
  private suspect(word: string, start: number) {
    const top = this.open.at(-1);
    if (!top || word !== (top.isBegun ? CLOSERS[top.word] : MIDDLES[top.word])) return;
    // `for name do` is in order.
    if (this.name === "for" && word === "do" && /^for\s+\w+\s+$/.test(this.text.slice(top.start, start)))
      return this.giveUp();
    top.suspect = {
      kind: "argument",
      word,
      of: this.name,
      opener: top.word,
      start,
      end: start + word.length,
    };
  }

  private command(before: string) {
    this.place = "command";
    this.before = before;
    this.joining = undefined;
  }

  private report(word: string, start: number) {
    const before = this.joining?.word ?? this.before;
    this.found = { kind: "operator", word, before, start, end: start + word.length };
    this.isOver = true;
  }

  private giveUp() {
    this.isOver = true;
  }

  private atEnd(): Unread | undefined {
    const top = this.open.at(-1);
    const { joining } = this;
    if (joining) return { kind: "end", ...joining, end: joining.start + joining.word.length };
    if (!top || top.suspect) return top?.suspect;
    const closer = CLOSERS[top.word] ?? "";
    return { kind: "open", opener: top.word, closer, start: top.start, end: top.start + top.word.length };
  }
}

/** `[-f`, `["$A"` and `[$A`, which name no program that anybody has. */
const TEST_BEGINS = /^\[(?:-[a-zA-Z]$|["$!])/;

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/** Behind the word that begins at `start`; undefined where that is not certain. */
function endOfWord(text: string, start: number): number | undefined {
  let at = start;
  while (at < text.length) {
    const sign = text[at] ?? "";
    if (/[\s;&|()<>]/.test(sign)) return at;
    const next = behind(text, at);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

/** Behind one sign, or all that stands in quotes or brackets of an expansion. */
function behind(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === "\\") return at + 2;
  if (sign === "'") return behindQuote(text, at + 1, "'", false);
  if (sign === "`") return behindQuote(text, at + 1, "`", true);
  if (sign === '"') return until(text, at + 1, '"');
  if (sign !== "$") return at + 1;
  const next = text[at + 1];
  if (next === "'") return behindQuote(text, at + 2, "'", true);
  if (next === "{") return until(text, at + 2, "}");
  return next === "(" ? until(text, at + 2, ")") : at + 1;
}

function behindQuote(text: string, from: number, quote: string, escapes: boolean): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === quote) return at + 1;
    if (escapes && text[at] === "\\") at += 1;
  }
  return undefined;
}

/** Behind the sign that ends it. In a substitution brackets are counted; patterns of `case` and comments have some that are none. */
function until(text: string, from: number, last: string, depth = 0): number | undefined {
  if (depth > DEEPEST) return undefined;
  let open = 0;
  for (let at = from; at < text.length; ) {
    const sign = text[at] ?? "";
    if (sign === last && open === 0) return at + 1;
    if (last === ")") {
      if (sign === "(") open += 1;
      if (sign === ")") open -= 1;
      if (sign === "#" && /\s/.test(text[at - 1] ?? "")) return undefined;
      if (sign === "c" && /^case\s/.test(text.slice(at, at + 5))) return undefined;
    }
    const isQuoted = last !== '"' && (sign === '"' || sign === "'");
    const opening = sign === "$" ? { "{": "}", "(": ")" }[text[at + 1] ?? ""] : undefined;
    const next: number | undefined =
      opening !== undefined
        ? until(text, at + 2, opening, depth + 1)
        : sign === '"'
          ? until(text, at + 1, '"', depth + 1)
          : sign === "\\" || sign === "`" || isQuoted
            ? behind(text, at)
            : at + 1;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

const DEEPEST = 50;
