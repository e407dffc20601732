import type { Program } from "./program.ts";

/** A call in a program's source. */
export interface ProgramCall {
  readonly program: Program;
  /** Where the name begins. */
  readonly start: number;
  readonly name: string;
  readonly arguments: readonly ProgramArgument[];
}

/** One of a call's arguments, or of the entries of an object. */
export interface ProgramArgument {
  /** `host` for `host="x"` of Python, and for `host: "x"` of an object. */
  readonly name: string | undefined;
  /** Without comments. */
  readonly text: string;
  /** Where the text begins. */
  readonly start: number;
}

/** The calls of a name, as a sticky or global expression says that ends before the bracket; in order. */
export function callsOf(program: Program, name: RegExp): readonly ProgramCall[] {
  const { bare } = program;
  return [...bare.matchAll(name)].slice(0, MOST_CALLS).flatMap((match) => {
    const open = match.index + match[0].length;
    const list = /^\s*[({[]/.exec(bare.slice(open, open + 40));
    const start = match.index + (match[0].length - match[0].trimStart().length);
    return list
      ? {
          ...{ program, start, name: match[0].trim() },
          arguments: listAt(program, open + list[0].length - 1) ?? [],
        }
      : [];
  });
}

/** Calls of which only few are looked for; more of them would be gone through to the file's end, each. */
const MOST_CALLS = 50;

/** What stands between the bracket at an offset and the one that closes it, taken apart at commas; undefined where nothing closes it. */
export function listAt(program: Program, open: number): readonly ProgramArgument[] | undefined {
  const { bare } = program;
  const found: ProgramArgument[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < bare.length; at++) {
    const char = bare.charAt(at);
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    if (depth > 1 || (depth === 1 && char !== ",")) continue;
    const argument = argumentIn(program, from, at);
    if (argument) found.push(argument);
    from = at + 1;
    if (depth === 0) return found;
  }
  return undefined;
}

function argumentIn({ code }: Program, from: number, to: number): ProgramArgument | undefined {
  const text = code.slice(from, to);
  if (text.trim() === "") return undefined;
  const name = /^\s*(?:(\w+)|["']([\w.-]+)["'])\s*(?:=(?![=>])|:(?![:=]))\s*/.exec(text);
  const skipped = name?.[0] ?? /^\s*/.exec(text)?.[0] ?? "";
  return {
    name: name?.[1] ?? name?.[2],
    text: text.slice(skipped.length).trimEnd(),
    start: from + skipped.length,
  };
}

/** The entries of an argument that is an object; undefined for anything else, and where another object is spread in it. */
export function entriesOf(
  program: Program,
  { text, start }: ProgramArgument,
): readonly ProgramArgument[] | undefined {
  const entries = text.startsWith("{") ? listAt(program, start) : undefined;
  return entries?.some((it) => it.text.startsWith("...")) ? undefined : entries;
}

/**
 * Is the call certainly made when the program runs: it stands in no branch and no loop, and a function around it is called? `others`:
 * what other files may call it.
 */
export function isMade({ program, start }: ProgramCall, others: readonly Program[] = []): boolean {
  const everything = [program, ...others];
  return program.language === "python"
    ? isMadeInBlocks(program, start, everything)
    : isMadeInBrackets(program, start, everything);
}

function isMadeInBlocks({ bare }: Program, start: number, everything: readonly Program[]): boolean {
  const lines = bare.slice(0, start).split("\n");
  let indent = /^\s*/.exec(lines.at(-1) ?? "")?.[0].length ?? 0;
  if (/\b(?:if|else|and|or|lambda)\b/.test(lines.at(-1) ?? "")) return false;
  for (let at = lines.length - 2; at >= 0 && indent > 0; at--) {
    const line = lines[at] ?? "";
    const own = /^\s*/.exec(line)?.[0].length ?? 0;
    if (line.trim() === "" || own >= indent) continue;
    indent = own;
    const head = line.trim();
    const name = /^(?:async\s+)?def\s+(\w+)/.exec(head)?.[1];
    if (name !== undefined) {
      if (!isCalled(name, everything)) return false;
    } else if (!/^(?:if\s+__name__\s*==|try\s*:|(?:async\s+)?with\b|class\b|[)\]}]|if\s+['"])/.test(head))
      return false;
  }
  return true;
}

function isMadeInBrackets({ bare }: Program, start: number, everything: readonly Program[]): boolean {
  const heads: string[] = [];
  let from = 0;
  const starts: number[] = [];
  for (let at = 0; at < start; at++) {
    const char = bare.charAt(at);
    if (char === "{") {
      heads.push(bare.slice(from, at));
      starts.push(from);
      from = at + 1;
    } else if (char === "}") {
      heads.pop();
      from = at + 1;
    } else if (char === ";") from = at + 1;
  }
  const statement = bare.slice(Math.max(from, bare.lastIndexOf("\n", start) + 1), start);
  if (/&&|\|\||\?[^.]|\bif\s*\([^{]*\)\s*$|\belse\b/.test(statement)) return false;
  return heads.every((head) => isHeadOfCalled(head, everything));
}

function isHeadOfCalled(whole: string, everything: readonly Program[]): boolean {
  const head = whole.trim();
  if (/\b(?:require\.main\s*===?\s*module|import\.meta\.main|__FILE__\s*==)/.test(head)) return true;
  // The last statement in front of the bracket may stand behind others that end without a semicolon, and go over lines.
  const last = head.slice(head.lastIndexOf("\n", openingOf(head)) + 1);
  if (/\b(?:if|else|for|while|switch|catch|case|select|match|unless)\b/.test(last)) return false;
  const name =
    /\b(?:function\s*\*?|func|fn)\s+(\w+)/.exec(last)?.[1] ??
    /\bfunc\s*\([^)]*\)\s*(\w+)/.exec(last)?.[1] ??
    /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:async\s*)?(?:function\b|\(|\w+\s*=>)/.exec(last)?.[1];
  return name === undefined || name === "main" || name === "rocket" || isCalled(name, everything);
}

/** Where the bracket opens that the last letter closes; the end where it is none. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text.charAt(at);
    if (char === ")") depth++;
    else if (char === "(") depth--;
    if (depth === 0) return at;
  }
  return text.length;
}

/** Does its name stand before a bracket, or as a value, at another place than where it is declared? */
function isCalled(name: string, everything: readonly Program[]): boolean {
  return everything.some(({ bare }) =>
    [...bare.matchAll(new RegExp(`\\b${name}\\b`, "g"))].some(({ index }) => {
      const before = bare.slice(Math.max(0, index - MOST_LETTERS), index);
      const behind = /^\s*(.)/.exec(bare.slice(index + name.length, index + name.length + 20))?.[1] ?? "";
      if (/\b(?:function|func|fn|def)\s*\*?\s*(?:\([^()]*\)\s*)?$/.test(before)) return false;
      return behind === "(" || (/[(,=]\s*$/.test(before) && /[,)\n]/.test(behind));
    }),
  );
}

/**
 * What an argument is: the text of a string, the digits of a number, or of a name that is given one of both once and nothing else.
 * Undefined for everything else.
 */
export function literalValue(program: Program, text: string): string | undefined {
  const given = literalOf(text) === undefined ? expressionOf(program, text) : text;
  return given === undefined ? undefined : literalOf(given);
}

/** What a name is given, where that happens once in the file; undefined for what is no name. */
export function expressionOf({ code, bare }: Program, name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const given = [
    ...bare.matchAll(
      new RegExp(
        `(?<![.\\w])${name}(?:[ \\t]*:[ \\t]*[\\w&']+|[ \\t]+string)?[ \\t]*(?::=|=(?![=>]))[ \\t]*`,
        "g",
      ),
    ),
  ];
  const [only] = given;
  if (!only || given.length > 1 || new RegExp(`\\b${name}[ \\t]*(?:\\+=|\\|\\|=|\\?\\?=)`).test(bare))
    return undefined;
  const from = only.index + only[0].length;
  let depth = 0;
  let to = from;
  for (const most = from + MOST_LETTERS; to < bare.length && to < most; to++) {
    const char = bare.charAt(to);
    if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char)) depth--;
    if (depth < 0 || char === "\n" || char === ";" || (depth === 0 && char === ",")) break;
  }
  return code.slice(from, to).trim();
}

/** Hosts and ports are short. */
const MOST_LETTERS = 200;

function literalOf(text: string): string | undefined {
  const string = /^(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$\n]*)`)(?:\.to_string\(\)|\.into\(\))?$/.exec(text);
  if (string) return string[1] ?? string[2] ?? string[3];
  return /^\d+$/.test(text) ? text : undefined;
}
