import type { Span } from "../../text/span.ts";
import { flowOf } from "./flow.ts";
import type { Assignment, Command, Redirection, Script, ShellWord } from "./script.ts";
import { shellWord } from "./word.ts";

/**
 * Reads a script that is made of nothing but simple commands in lists and pipes, as nearly every RUN is, some ten
 * times as fast as the grammar. Whatever else a script holds (a compound, a substitution, a here-document, `&`),
 * the answer is undefined and the grammar reads it; a property test holds both to the same answer.
 * Spans are offsets of `text`.
 */
export function readPlainScript(text: string): Script | undefined {
  if (/[`\r]/.test(text)) return undefined;
  const scanner = new PlainScanner(text);
  return scanner.script();
}

type Operator = Command["after"];
type Draft = Omit<Command, "conditional" | "mayFail" | "subshell">;

const BLANK = /(?:[ \t]|\\\n)+/y;
/** What may stand for itself in a word. Quotes, `$` and `\` are read one by one; anything else is no plain script. */
const PLAIN_RUN = /[^\s;&|<>()$"'\\{}[\]!]+/y;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(?!.*\$\w+=)/;
/** `a+=1`, `-x=1` and the like are read by the grammar in ways of its own. */
const PLAIN_NAME = /^(?:\[|(?!(?:export|local|readonly|unset)\b.)[^-={}+?%@*^,!][^={]*)$/;
const VARIABLE = /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/y;
const BRACKET = /(?:\[|\]|!)(?=[\s;]|$)/y;
const WHOLE_WORD = /(?:\{\}|\\[;()])(?=[\s;]|$)/y;
const DOUBLE_QUOTED_RUN = /[^"\\$]+/y;
const REDIRECTION = /([0-9]?)(>>|>&|>|<)/y;
const SEPARATOR = /[;\n]/;
const COMMENT = /#[^\n]*/y;

/** Words that are syntax where a command starts, and builtins whose arguments the grammar reads in its own way. */
const NOT_PLAIN: ReadonlySet<string> = new Set(
  "if then else elif fi for while until select do done case esac in function time coproc declare typeset".split(
    " ",
  ),
);

class PlainScanner {
  private at = 0;
  private readonly text: string;
  private failed = false;

  constructor(text: string) {
    this.text = text;
  }

  script(): Script | undefined {
    const drafts: Draft[] = [];
    let after: Operator = "first";
    this.skip(true);
    while (this.at < this.text.length) {
      const draft = this.command(after);
      if (this.failed || !draft) return undefined;
      drafts.push(draft);
      const operator = this.operator();
      if (operator === undefined) return undefined;
      if (operator === "end") break;
      this.skip(true);
      // An operator wants a command behind it; only `;` may be the last.
      if (this.at >= this.text.length && operator !== ";") return undefined;
      after = operator;
    }
    return {
      commands: withFlow(drafts),
      complete: true,
      hasPipe: drafts.some((it) => it.after === "|"),
      functions: [],
    };
  }

  private operator(): Operator | "end" | undefined {
    const { text, at } = this;
    if (at >= text.length) return "end";
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (SEPARATOR.test(character)) {
      this.at++;
      return next === ";" ? undefined : ";";
    }
    if (character === "&" && next === "&") {
      this.at += 2;
      return "&&";
    }
    if (character !== "|" || next === "&") return undefined;
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
      const redirection = this.redirection();
      if (this.failed) return undefined;
      if (redirection) {
        // The grammar hangs a redirection that comes first, or touches a word, on something else than the command.
        if (!name || !/\s/.test(this.text.charAt(redirection.span.start - 1))) return undefined;
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
      const assigned = name ? null : ASSIGNMENT.exec(word.raw);
      if (assigned) {
        const [whole, variable = ""] = assigned;
        if (this.text.charAt(word.span.end) === "\\") return undefined;
        const value = { start: word.span.start + whole.length, end: word.span.end };
        assignments.push({
          name: variable,
          value: value.end > value.start ? this.wordAt(value) : undefined,
          span: word.span,
        });
      } else if (!name) {
        if (NOT_PLAIN.has(word.raw) || !PLAIN_NAME.test(word.raw)) return undefined;
        name = word;
      } else words.push(word);
    }
    if (!name && assignments.length === 0) return undefined;
    if (name?.raw === "[" && words.at(-1)?.raw !== "]") return undefined;
    return {
      name,
      arguments: words,
      assignments,
      redirections,
      span: { start, end },
      after,
      background: false,
    };
  }

  private redirection(): Redirection | undefined {
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
    return { operator: match[2] ?? "", target, span: { start, end: this.at } };
  }

  /** The word that starts here; undefined at an operator. */
  private word(brackets = false): ShellWord | undefined {
    const start = this.at;
    const { text } = this;
    // The grammar reads comparisons and escapes inside words in ways of its own.
    if (text.startsWith("==", start) || text.startsWith("=~", start)) this.failed = true;
    if (this.advance(WHOLE_WORD) || (brackets && this.advance(BRACKET)))
      return this.wordAt({ start, end: this.at });
    while (this.at < text.length && !this.failed) {
      if (this.advance(PLAIN_RUN)) continue;
      const character = text.charAt(this.at);
      if (character === "'") this.singleQuoted();
      else if (character === '"') this.doubleQuoted();
      else if (character === "$") this.failed = !this.advance(VARIABLE);
      else if (" \t\n;&|".includes(character) || text.startsWith("\\\n", this.at)) break;
      else if ((character === ">" || character === "<") && this.at > start) break;
      else this.failed = true;
    }
    if (this.at === start || this.failed) return undefined;
    return this.wordAt({ start, end: this.at });
  }

  private wordAt(span: Span): ShellWord {
    return shellWord(this.text.slice(span.start, span.end), span);
  }

  private singleQuoted(): void {
    const close = this.text.indexOf("'", this.at + 1);
    if (close < 0) this.failed = true;
    else this.at = close + 1;
  }

  private doubleQuoted(): void {
    this.at++;
    while (this.at < this.text.length && !this.failed) {
      if (this.advance(DOUBLE_QUOTED_RUN)) continue;
      const character = this.text.charAt(this.at);
      if (character === '"') {
        this.at++;
        return;
      }
      if (character === "\\") this.at += 2;
      else this.failed = !this.advance(VARIABLE);
    }
    this.failed = true;
  }

  /** Blanks, and with `lines` also line breaks and comments, as they may stand before a command. */
  private skip(lines: boolean): void {
    for (;;) {
      this.advance(BLANK);
      if (this.text.charAt(this.at) === "#") this.advance(COMMENT);
      if (!lines || this.text.charAt(this.at) !== "\n") return;
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

/** Adds what follows from the place in the and-or lists and pipelines. */
function withFlow(drafts: readonly Draft[]): Command[] {
  const commands: Command[] = [];
  let list: Draft[][] = [];
  const flush = (last: boolean): void => {
    const flows = flowOf(
      list.map((pipeline) => {
        const after = pipeline[0]?.after;
        return {
          after: after === "&&" || after === "||" ? after : "first",
          name: pipeline.length === 1 ? pipeline[0]?.name?.literal : undefined,
        };
      }),
      last,
    );
    list.forEach((pipeline, index) => {
      const flow = flows[index] ?? { conditional: false, mayFail: false };
      pipeline.forEach((draft, place) => {
        commands.push({
          ...draft,
          conditional: flow.conditional,
          mayFail: flow.mayFail || place < pipeline.length - 1,
          subshell: pipeline.length > 1,
        });
      });
    });
    list = [];
  };
  for (const draft of drafts) {
    if (draft.after === "|") list.at(-1)?.push(draft);
    else {
      if (draft.after === ";") flush(false);
      list.push([draft]);
    }
  }
  flush(true);
  return commands;
}
