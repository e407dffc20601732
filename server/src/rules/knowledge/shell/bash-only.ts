import { type Command, notedOnScript, type Script, type ShellWord } from "../../../syntax/shell/script.ts";
import { shellReferences } from "../../../syntax/shell/word.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";

/** Something in a script that bash understands and dash, the sh of Debian and Ubuntu, does not. */
export interface BashUse {
  readonly command: Command;
  readonly span: Span;
  /** What dash makes of it, behind "The sh of this image is dash, ". */
  readonly what: string;
  /**
   * What becomes of the script: nothing of it runs, it ends here, the command fails, or it goes on with something else than
   * was meant.
   */
  readonly effect: "unreadable" | "ends" | "fails" | "differs";
  /** ShellCheck's code for it. */
  readonly code: string;
  /** Says the same in words that both understand. */
  readonly plain?: TextEdit;
}

/** In the order of the commands. All of it was tried with dash 0.5.12 (2026-11). */
export const bashUses = notedOnScript((script: Script): readonly BashUse[] => {
  const uses: BashUse[] = [];
  for (const command of script.commands) {
    const name = command.name?.literal;
    if (command.name && name !== undefined && !script.functions.includes(name))
      ofProgram(name, command.name, command, uses);
    ofRedirections(command, uses);
    ofWords(command, uses);
  }
  return uses;
});

/** Builtins that dash lacks, and that are no program either. */
const BUILTINS: Readonly<Record<string, string>> = {
  ...{ source: "SC3046", "[[": "SC3010", let: "SC3039", pushd: "SC3044", popd: "SC3044", shopt: "SC3044" },
  ...{ declare: "SC3044", typeset: "SC3044", mapfile: "SC3044", readarray: "SC3044", builtin: "SC3044" },
};

function ofProgram(name: string, word: ShellWord, command: Command, uses: BashUse[]): void {
  const { arguments: words } = command;
  const code = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (code !== undefined) {
    const plain = name === "source" ? dotFor(word, words) : undefined;
    const use: BashUse = { command, span: word.span, what: `which has no ${name}`, effect: "fails", code };
    uses.push(plain ? { ...use, plain } : use);
  } else if (name === "[" || name === "test") {
    const equals = words.find((it) => it.raw === "==");
    if (!equals) return;
    const plain = replace(equals.span, "=");
    const what = `whose ${name} compares with = and fails on ==`;
    uses.push({ command, span: equals.span, what, effect: "fails", code: "SC3014", plain });
  } else if (name === "echo") {
    const [option, next] = words;
    if (!option || !/^-[neE]*e[neE]*$/.test(option.raw)) return;
    const keeps = option.raw.includes("n");
    const plain = keeps
      ? replace(option.span, "-n")
      : replace({ start: option.span.start, end: next?.span.start ?? option.span.end }, "");
    const what = `whose echo prints ${option.raw} too`;
    uses.push({ command, span: option.span, what, effect: "differs", code: "SC3037", plain });
  } else if (name === "set") {
    const option = words.find((it) => it.literal === "pipefail");
    const what = "which does not know pipefail";
    if (option) uses.push({ command, span: option.span, what, effect: "ends", code: "SC3040" });
  }
}

/** `. ./file`: without a slash the file would be looked for along PATH. Files for bash alone stay with bash. */
function dotFor(source: ShellWord, words: readonly ShellWord[]): TextEdit | undefined {
  const [file, ...more] = words;
  if (!file || more.length > 0 || /bash|[<>(`]/.test(file.raw)) return undefined;
  const isPath = /^["']?[/.~$]/.test(file.raw) || file.raw.includes("/");
  if (isPath) return replace(source.span, ".");
  if (file.literal !== file.raw) return undefined;
  return replace({ start: source.span.start, end: file.span.start }, ". ./");
}

function ofRedirections(command: Command, uses: BashUse[]): void {
  for (const { operator, target, span } of command.redirections) {
    if (operator === "<<<") {
      uses.push({ command, span, what: "which cannot read <<<", effect: "unreadable", code: "SC3011" });
    } else if (operator === ">&" && target && /^[./~A-Za-z]/.test(target.raw)) {
      const what = "which takes no file behind >&";
      uses.push({ command, span, what, effect: "unreadable", code: "SC3020" });
    } else if ((operator === "&>" || operator === "&>>") && target) {
      const plain = replace(span, `${operator.slice(1)} ${target.raw} 2>&1`);
      const what = `which reads ${operator} as & and ${operator.slice(1)}: the command goes on in the background`;
      uses.push({ command, span, what, effect: "differs", code: "SC3020", plain });
    }
    if (target) ofWord(target, command, uses);
  }
}

function ofWords(command: Command, uses: BashUse[]): void {
  for (const { value } of command.assignments) {
    if (value?.raw.startsWith("(")) {
      const use = { what: "which has no arrays", effect: "unreadable", code: "SC3030" } as const;
      uses.push({ command, span: value.span, ...use });
    } else if (value) ofWord(value, command, uses);
  }
  const takesPaths = PATH_PROGRAMS.has(command.name?.literal ?? "");
  for (const word of command.arguments) {
    // One that means just what is written holds nothing of the kind.
    if (word.literal === word.raw) continue;
    ofWord(word, command, uses);
    const braces = takesPaths && word.raw.includes("{") ? BRACES.exec(unquoted(word.raw))?.[0] : undefined;
    if (braces === undefined) continue;
    const what = `which leaves ${braces} as it stands`;
    uses.push({ command, span: word.span, what, effect: "differs", code: "SC3009" });
  }
}

/** Programs whose operands are names of files alone: what is in braces is no pattern of their own. */
const PATH_PROGRAMS: ReadonlySet<string> = new Set(
  "mkdir rmdir touch rm cp mv ln ls cat chown chmod chgrp install".split(" "),
);

const BRACES = /\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}/;

function ofWord(word: ShellWord, command: Command, uses: BashUse[]): void {
  if (/^[<>]\(/.test(word.raw)) {
    const what = `which cannot read ${word.raw.slice(0, 2)}`;
    uses.push({ command, span: word.span, what, effect: "unreadable", code: "SC3001" });
    return;
  }
  for (const { operator, span } of shellReferences(word)) {
    const code = EXPANSIONS[operator];
    if (code === undefined) continue;
    const what = "which has no such expansion";
    uses.push({ command, span, what, effect: "ends", code });
  }
}

/** By the first character behind the name of the variable: `${A/b/c}`, `${A^}`, `${A,}`, `${A:0:1}`, `${A[0]}`, `${A@Q}`. */
const EXPANSIONS: Readonly<Record<string, string>> = {
  ...{ "/": "SC3060", "^": "SC3059", ",": "SC3059", ":": "SC3057", "[": "SC3054", "@": "SC3059" },
};

/** The word with all that quotes and escapes keep as it is blanked out. */
function unquoted(raw: string): string {
  return raw.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\.|\$\{[^}]*\}/gs, (it) => " ".repeat(it.length));
}
