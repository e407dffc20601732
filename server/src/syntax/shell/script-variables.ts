import type { Command, Script, ShellReference, ShellWord } from "./script.ts";
import { shellReferences } from "./word.ts";

/** A variable that a script reads, and where. */
export interface ScriptReference extends ShellReference {
  /** The command whose word it is in; undefined for the word of a `case`. */
  readonly command: Command | undefined;
}

/**
 * The variables that a script takes from its environment with certainty: it sets them nowhere, and asks nowhere whether
 * they are set. `text` is what the script was read from, with `spanOf` for its places. Empty where something in the
 * script may set any variable: a file that is sourced, `eval`, a part that could not be read. `isWanted`: which names are
 * looked for.
 */
export function readFromEnvironment(
  script: Script,
  text: string,
  spanOf: (start: number, end: number) => ShellReference["span"],
  isWanted: (name: string) => boolean,
): ScriptReference[] {
  if (!script.complete || !text.includes("$") || script.commands.some(mayTouchAny)) return [];
  const references: ScriptReference[] = [];
  // Most that a script reads and nothing else sets is set by itself.
  const set = namesSetIn(script, text);
  const isOpen = (name: string) => !set.has(name) && isWanted(name);
  const read = (word: ShellWord | undefined, command: Command) => {
    if (word?.variables.some(isOpen))
      for (const it of shellReferences(word))
        if (isOpen(it.name))
          references.push({ name: it.name, operator: it.operator, span: it.span, command });
  };
  for (const command of script.commands) {
    read(command.name, command);
    for (const it of command.arguments) read(it, command);
    for (const it of command.assignments) read(it.value, command);
    for (const it of command.redirections) read(it.target, command);
  }
  // A here-document may hold another script.
  const subjects = text.includes("<<") || !text.includes("case") ? [] : [...text.matchAll(CASE)];
  const cases = subjects.map((match): ScriptReference => {
    const [whole, variable = "", name = ""] = match;
    const start = match.index + whole.indexOf(variable);
    return { name, operator: "", span: spanOf(start, start + variable.length), command: undefined };
  });
  const all = [...references, ...cases.filter((it) => isOpen(it.name))];
  if (all.length === 0) return [];
  const handled = namesAskedAbout(script, text, all);
  return all
    .filter((it) => !handled.has(it.name) && !OWN.has(it.name) && !/^(BASH|FUNC|DIRS)/.test(it.name))
    .sort((a, b) => a.span.start - b.span.start);
}

/** `case $NAME in`: the word belongs to no command. Not in a comment or in quotes. */
const CASE = /(?<=^|[;&|({\n]|\b(?:then|do|else))[ \t]*case\s+"?(\$\{?([A-Za-z_]\w*)\}?)"?\s+in\s/g;

/** Set by the shell itself (POSIX.1-2024 XCU 2.5.3, bash 5.2 manual), or by what starts it. */
const OWN: ReadonlySet<string> = new Set(
  (
    "HOME PATH PWD OLDPWD SHELL SHLVL USER LOGNAME HOSTNAME HOSTTYPE MACHTYPE OSTYPE TERM IFS PPID UID EUID GROUPS RANDOM SRANDOM " +
    "SECONDS LINENO OPTARG OPTIND OPTERR PS1 PS2 PS4 ENV REPLY PIPESTATUS EPOCHSECONDS EPOCHREALTIME COLUMNS LINES MAPFILE COPROC _"
  ).split(" "),
);

/** They declare variables, and may give them a value. */
export const DECLARATIONS: ReadonlySet<string> = new Set([
  "export",
  "declare",
  "typeset",
  "local",
  "readonly",
]);

function mayTouchAny({ name, arguments: words }: Command): boolean {
  const program = name?.literal;
  // A variable may stand for `eval`; a path cannot.
  if (name && program === undefined) return !name.raw.includes("/");
  // `export $(xargs < .env)`
  if (DECLARATIONS.has(program ?? "") && words.some((it) => /^["']?[$`]/.test(it.raw))) return true;
  return program === "." || program === "source" || program === "eval";
}

/** Names that the script sets or unsets. */
function namesSetIn({ commands }: Script, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (text.includes("for") || text.includes("select"))
    for (const [, name = ""] of text.matchAll(/(?<![\w-])(?:for|select)\s+([A-Za-z_]\w*)/g)) names.add(name);
  // Arithmetic sets without a word of its own, and a `case` may have a branch for nothing.
  if (text.includes("(("))
    for (const [arithmetic] of text.matchAll(/\(\([^()]*\)\)/g))
      for (const [name] of arithmetic.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
  for (const command of commands) {
    for (const { name } of command.assignments) names.add(name.replace(/\[.*$/s, ""));
    if (SETTERS.has(command.name?.literal ?? ""))
      for (const { raw } of command.arguments) names.add(/^["']?([A-Za-z_]\w*)/.exec(raw)?.[1] ?? "");
  }
  return names;
}

/** Names that the script has a default for, or asks about. */
function namesAskedAbout(
  { commands }: Script,
  text: string,
  references: readonly ScriptReference[],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, operator } of references) if (/^:?[-+=?]$/.test(operator)) names.add(name);
  if (text.includes("case") && /(?:""|'')\s*[|)]/.test(text))
    for (const [, , name = ""] of text.matchAll(CASE)) names.add(name);
  for (const command of commands)
    if (TESTS.has(command.name?.literal ?? "") && asksForNothing(command))
      for (const { variables } of command.arguments) for (const name of variables) names.add(name);
  return names;
}

const SETTERS: ReadonlySet<string> = new Set(
  "export declare typeset local readonly read mapfile readarray getopts unset printf let set wait".split(" "),
);
const TESTS: ReadonlySet<string> = new Set(["[", "[[", "test"]);

/** `-z`, `-n`, `[ "$X" ]`, `= ""`, `"x$X" = x`: a test whether there is something rather than what it is. */
function asksForNothing({ arguments: words }: Command): boolean {
  const operands = words.filter((it) => it.raw !== "]" && it.raw !== "]]");
  if (operands.some((it) => /^-[znv]$/.test(it.raw) || it.literal === "")) return true;
  if (operands.filter((it) => it.raw !== "!").length < 3) return true;
  return operands.some((it) => /^["']?[\w.-]\$/.test(it.raw));
}
