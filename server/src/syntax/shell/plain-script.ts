import { type Flow, flowOf } from "./flow.ts";
import type { Placing } from "./place-script.ts";
import type { Assignment, Command, Redirection, Script, ShellWord } from "./script.ts";
import { shellWord } from "./word.ts";

/**
 * Reads a script that is made of simple commands in lists and pipes, `if`, `for` and `$( … )`, as nearly every RUN is, some
 * ten times as fast as the grammar. Whatever else a script holds (another compound, one in a list or a pipe, a
 * here-document, `&`), the answer is undefined and the grammar reads it; a property test holds both to the same answer.
 * Spans are what `place` makes of offsets of `text`.
 */
export function readPlainScript(text: string, place: Placing = asWritten): Script | undefined {
  if (/[`\r]/.test(text)) return undefined;
  const scanner = new PlainScanner(text, place);
  return scanner.script();
}

const asWritten: Placing = (start, end) => ({ start, end });

type Operator = Command["after"];
/** A command before it is known what follows from its place; `inside` are those in its words, read by themselves. */
interface Draft {
  readonly command: Placeable;
  readonly inside: readonly Placeable[];
}
/** It is filled in where it stands: each copy of a command would cost as much as reading it. */
interface Placeable extends Command {
  conditional: boolean;
  mayFail: boolean;
  subshell: boolean;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(?!.*\$\w+=)/;
/** `a+=1`, `-x=1` and the like are read by the grammar in ways of its own. */
const PLAIN_NAME = /^(?:\[|(?!(?:export|local|readonly|unset)\b.)[^-={}+?%@*^,!][^={]*)$/;
const VARIABLE = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/y;
const BRACKET = /(?:\[|\]|!)(?=[\s;]|$)/y;
const WHOLE_WORD = /(?:\{\}|\\[;()])(?=[\s;]|$)/y;
const REDIRECTION = /([0-9]?)(>>|>&|>|<)/y;
/** Syntax where a command starts. */
const RESERVED = /(?:if|then|else|fi|for|do|done)(?=[\s;]|$)/y;
const LOOP = /for[ \t]+[A-Za-z_]\w*[ \t]+in(?=[ \t])/y;
const COMMENT = /#[^\n]*/y;

/** Where one of them cannot begin it is not looked for. */
const BEGINS_RESERVED = asciiTable((it) => "itefd".includes(it));
const BEGINS_REDIRECTION = asciiTable((it) => "0123456789<>".includes(it));
const BEGINS_WHOLE_WORD = asciiTable((it) => "{\\[]!".includes(it));
/** What may stand for itself in a word. Quotes, `$` and `\` are read one by one; anything else is no plain script. */
const PLAIN = asciiTable((it) => /[^\s;&|<>()$"'\\{}[\]!]/.test(it));

/** Of each ASCII character, by its code, 1 where it `is` one of a kind: each character of a script is looked at so. */
function asciiTable(is: (character: string) => boolean): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (is(String.fromCharCode(code)) ? 1 : 0));
}

const LINE_FEED = 0x0a;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const DOLLAR = 0x24;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/** A blank or a tab. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isPlain(code: number): boolean {
  return code < 128 ? PLAIN[code] === 1 : !/\s/.test(String.fromCharCode(code));
}

/** Words that are syntax where a command starts, and builtins whose arguments the grammar reads in its own way. */
const NOT_PLAIN: ReadonlySet<string> = new Set(
  "if then else elif fi for while until select do done case esac in function time coproc declare typeset".split(
    " ",
  ),
);

/** What is deeper is left to the grammar: the stack has an end. */
const DEEPEST = 20;

class PlainScanner {
  private at = 0;
  private readonly text: string;
  private failed = false;
  private hasPipe = false;
  /** How many `$( … )` are open here, and how many parts of anything. */
  private depth = 0;
  private level = 0;
  /** Commands in the words that were read since the last command. */
  private inside: Placeable[] = [];
  private readonly place: Placing;

  constructor(text: string, place: Placing) {
    this.text = text;
    this.place = place;
  }

  script(): Script | undefined {
    const commands: Placeable[] = [];
    const end = this.statements(commands, TOP, false);
    if (this.failed || end !== "") return undefined;
    return { commands, complete: true, hasPipe: this.hasPipe, functions: [], notes: [] };
  }

  /**
   * Reads statements up to the end of what they stand in: "" at the end of the text or of a substitution, else the reserved
   * word that closes a part of a compound. `isPart`: in a compound the last list is as any other.
   */
  private statements(commands: Placeable[], place: Place, isPart: boolean): string {
    this.level++;
    const end = this.level > DEEPEST ? undefined : this.listsUpToEnd(commands, place, isPart);
    this.level--;
    this.failed ||= end === undefined;
    return end ?? "";
  }

  private listsUpToEnd(commands: Placeable[], place: Place, isPart: boolean): string | undefined {
    let list: Draft[] = [];
    let after: Operator = "first";
    const count = commands.length;
    this.skip(true);
    while (!this.isAtEnd() && !this.failed) {
      const mayBegin = after === "first" || after === ";";
      const reserved = mayBegin ? this.reservedWord() : undefined;
      if (reserved !== undefined) {
        addWithFlow(list, commands, place, isPart);
        list = [];
        const opens = reserved === "if" || reserved === "for";
        if (!opens) return commands.length > count ? reserved : undefined;
        if (!this.compound(reserved, commands, place)) return undefined;
      } else {
        if (after === ";") {
          addWithFlow(list, commands, place, isPart);
          list = [];
        }
        const draft = this.command(after);
        if (this.failed || !draft) break;
        list.push(draft);
      }
      const operator = this.operator();
      // Of a compound the grammar hangs what follows it in a list or a pipe on something else.
      if (operator === undefined || (reserved !== undefined && operator !== ";" && operator !== "end")) break;
      this.skip(true);
      if (operator !== "end") after = operator;
      // An operator wants a command behind it; only `;` may be the last.
      if (operator === "end" || (operator === ";" && this.isAtEnd())) {
        addWithFlow(list, commands, place, true);
        return commands.length > count ? "" : undefined;
      }
    }
    return undefined;
  }

  private isAtEnd(): boolean {
    return this.at >= this.text.length || (this.depth > 0 && this.text.charAt(this.at) === ")");
  }

  private reservedWord(): string | undefined {
    const start = this.at;
    if (BEGINS_RESERVED[this.text.charCodeAt(start)] !== 1) return undefined;
    return this.advance(RESERVED) ? this.text.slice(start, this.at) : undefined;
  }

  /** `if … then … else … fi` or `for … in …; do … done`; false where it is no plain one. */
  private compound(opening: string, commands: Placeable[], place: Place): boolean {
    const inner: Place = { ...place, conditional: true };
    if (opening === "if") {
      if (this.statements(commands, { ...place, mayFail: true }, true) !== "then") return false;
      const end = this.statements(commands, inner, true);
      return end === "fi" || (end === "else" && this.statements(commands, inner, true) === "fi");
    }
    this.at -= opening.length;
    if (!this.advance(LOOP)) return false;
    this.skip(false);
    while (!this.failed && this.word()) this.skip(false);
    // Commands among the words of a loop belong to no command.
    if (this.failed || this.inside.length > 0 || this.operator() !== ";") return false;
    this.skip(true);
    if (this.reservedWord() !== "do") return false;
    return this.statements(commands, inner, true) === "done";
  }

  /** `$( … )`, whose commands are read at once. */
  private substitution(): void {
    const outer = this.inside;
    this.inside = [];
    this.at += 2;
    this.depth++;
    const commands: Placeable[] = [];
    const isArithmetic = this.text.charAt(this.at) === "(";
    const end = isArithmetic ? undefined : this.statements(commands, IN_SUBSTITUTION, false);
    if (end !== "" || this.text.charAt(this.at) !== ")") this.failed = true;
    this.at++;
    this.depth--;
    outer.push(...commands);
    this.inside = outer;
  }

  private operator(): Operator | "end" | undefined {
    const { text, at } = this;
    if (this.isAtEnd()) return "end";
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === ";" || character === "\n") {
      this.at++;
      return next === ";" ? undefined : ";";
    }
    if (character === "&" && next === "&") {
      this.at += 2;
      return "&&";
    }
    if (character !== "|" || next === "&") return undefined;
    this.hasPipe ||= next !== "|";
    this.at += next === "|" ? 2 : 1;
    return next === "|" ? "||" : "|";
  }

  private command(after: Operator): Draft | undefined {
    const start = this.at;
    let end = start;
    let name: ShellWord | undefined;
    const words: ShellWord[] = [];
    const assignments: Assignment[] = [];
    const redirections: Redirection[] = [];
    while (this.at < this.text.length) {
      const from = this.at;
      const redirection = this.redirection();
      if (this.failed) return undefined;
      if (redirection) {
        // The grammar hangs a redirection that comes first, or touches a word, on something else than the command.
        if (!name || !/\s/.test(this.text.charAt(from - 1))) return undefined;
        redirections.push(redirection);
        end = this.at;
        this.skip(false);
        continue;
      }
      const word = this.word(!name || name.raw === "[");
      if (this.failed) return undefined;
      if (!word) break;
      end = this.at;
      this.skip(false);
      const assigned = name || !word.raw.includes("=") ? null : ASSIGNMENT.exec(word.raw);
      if (assigned) {
        const [whole, variable = ""] = assigned;
        if (this.text.charAt(end) === "\\") return undefined;
        const start = from + whole.length;
        assignments.push({
          name: variable,
          value: end > start ? this.wordAt(start, end) : undefined,
          span: word.span,
        });
      } else if (!name) {
        if (NOT_PLAIN.has(word.raw) || !PLAIN_NAME.test(word.raw)) return undefined;
        name = word;
      } else words.push(word);
    }
    if (!name && assignments.length === 0) return undefined;
    if (name?.raw === "[" && words.at(-1)?.raw !== "]") return undefined;
    const { inside } = this;
    this.inside = [];
    const command = {
      name,
      arguments: words,
      assignments,
      redirections,
      span: this.place(start, end),
      after,
      conditional: false,
      mayFail: false,
      subshell: false,
      background: false,
      notes: [],
    };
    return { command, inside };
  }

  private redirection(): Redirection | undefined {
    if (BEGINS_REDIRECTION[this.text.charCodeAt(this.at)] !== 1) return undefined;
    REDIRECTION.lastIndex = this.at;
    const match = REDIRECTION.exec(this.text);
    if (!match) return undefined;
    const start = this.at;
    this.at = REDIRECTION.lastIndex;
    this.skip(false);
    const target = this.word();
    if (!target) {
      this.failed = true;
      return undefined;
    }
    return { operator: match[2] ?? "", target, span: this.place(start, this.at) };
  }

  /** The word that starts here; undefined at an operator. */
  private word(brackets = false): ShellWord | undefined {
    const start = this.at;
    const { text } = this;
    const first = text.charCodeAt(start);
    // The grammar reads comparisons and escapes inside words in ways of its own.
    if (first === EQUALS && /[=~]/.test(text.charAt(start + 1))) this.failed = true;
    const mayBeWhole = BEGINS_WHOLE_WORD[first] === 1;
    if (mayBeWhole && (this.advance(WHOLE_WORD) || (brackets && this.advance(BRACKET))))
      return this.wordAt(start, this.at);
    while (!this.failed) {
      this.plainRun();
      if (this.at >= text.length) break;
      const character = text.charAt(this.at);
      if (character === "'") this.singleQuoted();
      else if (character === '"') this.doubleQuoted();
      else if (character === "$") this.expansion();
      else if (character === ")" && this.depth > 0) break;
      else if (" \t\n;&|".includes(character) || text.startsWith("\\\n", this.at)) break;
      else if ((character === ">" || character === "<") && this.at > start) break;
      else this.failed = true;
    }
    if (this.at === start || this.failed) return undefined;
    return this.wordAt(start, this.at);
  }

  private plainRun(): void {
    const { text } = this;
    let { at } = this;
    while (at < text.length && isPlain(text.charCodeAt(at))) at++;
    this.at = at;
  }

  private wordAt(start: number, end: number): ShellWord {
    return shellWord(this.text.slice(start, end), this.place(start, end));
  }

  private singleQuoted(): void {
    const close = this.text.indexOf("'", this.at + 1);
    if (close < 0) this.failed = true;
    else this.at = close + 1;
  }

  private doubleQuoted(): void {
    const { text } = this;
    this.at++;
    while (this.at < text.length && !this.failed) {
      const code = text.charCodeAt(this.at);
      if (code === DOLLAR) this.expansion();
      else if (code === BACKSLASH) this.at += 2;
      else this.at++;
      if (code === DOUBLE_QUOTE) return;
    }
    this.failed = true;
  }

  private expansion(): void {
    if (this.text.charAt(this.at + 1) === "(") this.substitution();
    else this.failed = !this.advance(VARIABLE);
  }

  /** Blanks, and with `lines` also line breaks and comments, as they may stand before a command. */
  private skip(lines: boolean): void {
    const { text } = this;
    for (;;) {
      let code = text.charCodeAt(this.at);
      while (isBlank(code) || (code === BACKSLASH && text.charCodeAt(this.at + 1) === LINE_FEED)) {
        this.at += code === BACKSLASH ? 2 : 1;
        code = text.charCodeAt(this.at);
      }
      if (code === HASH) {
        // It would hide the end of the substitution.
        this.failed ||= this.depth > 0;
        this.advance(COMMENT);
      }
      if (!lines || text.charCodeAt(this.at) !== LINE_FEED) return;
      this.at++;
    }
  }

  private advance(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}

/** What commands have from what they stand in. */
interface Place {
  readonly conditional: boolean;
  readonly mayFail: boolean;
  readonly subshell: boolean;
}

const TOP: Place = { conditional: false, mayFail: false, subshell: false };
const IN_SUBSTITUTION: Place = { conditional: false, mayFail: true, subshell: true };

/** Adds an and-or list, with what follows for each command from its place. `last`: see `flowOf`. */
function addWithFlow(drafts: readonly Draft[], commands: Placeable[], place: Place, last: boolean): void {
  // Most lists are one command.
  if (drafts.length === 1) {
    addPipeline(drafts, commands, place, NO_FLOW);
    return;
  }
  const list: Draft[][] = [];
  for (const draft of drafts) {
    if (draft.command.after === "|") list.at(-1)?.push(draft);
    else list.push([draft]);
  }
  const flows = flowOf(
    list.map(([first, second]) => {
      const after = first?.command.after;
      return {
        after: after === "&&" || after === "||" ? after : "first",
        name: second ? undefined : first?.command.name?.literal,
      };
    }),
    last,
  );
  for (let at = 0; at < list.length; at++) addPipeline(list[at] ?? [], commands, place, flows[at] ?? NO_FLOW);
}

const NO_FLOW: Flow = { conditional: false, mayFail: false };

function addPipeline(pipeline: readonly Draft[], commands: Placeable[], place: Place, flow: Flow): void {
  const conditional = place.conditional || flow.conditional;
  const mayFail = place.mayFail || flow.mayFail;
  for (let at = 0; at < pipeline.length; at++) {
    const draft = pipeline[at];
    if (!draft) continue;
    const { command, inside } = draft;
    command.conditional = conditional;
    command.mayFail = mayFail || at < pipeline.length - 1;
    command.subshell = place.subshell || pipeline.length > 1;
    commands.push(command);
    for (const it of inside) {
      it.conditional ||= conditional;
      commands.push(it);
    }
  }
}
