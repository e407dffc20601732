import { isOwn } from "../../model/stage/holding-stage.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { remove, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, instructionRule, type Report } from "../rule.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const noShellExpansion = instructionRule({
  id: "no-shell-expansion",
  title: "Shell syntax where no shell reads it",
  severity: "warning",
  tags: ["build"],
  aliases: ["S39"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`$(…)\`, backticks and \`~\` in the values of ENV, ARG and LABEL and in the paths of WORKDIR, COPY and ADD, and
      wildcards in a WORKDIR or a target, \`{a,b}\` in the paths of COPY and ADD, and \`|| true\` or \`2>/dev/null\` behind the paths of COPY and ADD. In single quotes or behind \`\\\` they are meant as they stand.`,
    why: source`
      The builder reads these instructions itself and knows variables only: \`$NAME\` and \`\${NAME}\`. It starts no
      command, knows no home directory, and keeps the characters as they are: \`WORKDIR ~/app\` makes a directory
      with the name \`~\`.`,
    bad: source`
      FROM debian:trixie-slim
      WORKDIR ~/app
              ^^^^^ no-shell-expansion: No shell reads this: ~ stays as it is written.`,
    good: source`
      FROM debian:trixie-slim
      WORKDIR /root/app`,
  },
  instructions: ["ENV", "ARG", "LABEL", "WORKDIR", "COPY", "ADD"],
  triggers: true,

  check(instruction, stage, report) {
    // Most instructions have nothing that a shell would read. A backslash may hide it from view.
    if (!/[$`~*?\\|&>;{]/.test(instruction.body.text)) return;
    const { name, words, pairs, hereDocuments } = instruction;
    if (name === "ARG") checkDeclared(pairs, report);
    for (const { name: key, value } of pairs)
      if (value && MAY_BE_READ.test(value.raw) && !isReadLater(key.raw))
        checkValue(value, instruction, stage, report);
    if (name === "WORKDIR") for (const word of words) checkPath(word, true, instruction, stage, report);
    if ((name !== "COPY" && name !== "ADD") || hereDocuments.length > 0) return;
    if (checkOperators(instruction, stage, report)) return;
    for (const word of words) checkPath(word, word === words.at(-1), instruction, stage, report);
  },
});

/** What is taken away in front of the search, quotes and escapes, may stand between the `$` and the `(`. */
const MAY_BE_READ = /\$\(|[`~\\']/;

/** Variables that a shell reads as a script of its own. */
function isReadLater(name: string): boolean {
  return /^(PS[0-4]|PROMPT)$|(^|_)(CMD|COMMAND|SCRIPT|OPTS|OPTIONS|ARGS)$/.test(name);
}

/** `ARG VERSION=$(git describe)`: the blank ends the value, and what follows declares ARGs of odd names. */
function checkDeclared(pairs: Instruction["pairs"], report: Report): void {
  for (const [at, { value }] of pairs.entries()) {
    if (!value || !/^[^"'`\\]*\$\([^()\s]*$/.test(value.raw)) continue;
    const end = pairs.slice(at + 1).find((it) => it.name.raw.endsWith(")") && it.value === undefined);
    if (end)
      report(
        { start: value.span.start, end: end.span.end },
        "No shell reads this: $(…) stays as it is written, and ends at its first blank.",
      );
  }
}

function checkValue(value: Word, instruction: Instruction, stage: Stage, report: Report): void {
  const text = withoutQuoted(value.raw, stage.model.file.escape);
  // A label may tell how the image is used, or what it is in Markdown; then its whole value is no command.
  const isWhole = /^["']?(\$\([^()]*\)|`[^`]*`)["']?$/.test(text);
  const command = commandIn(text);
  if (command && (isWhole || instruction.name !== "LABEL")) {
    tell(command, value, instruction, stage, report);
    return;
  }
  const isHome = /^"?~\//.test(value.raw) || /^"?[^\s"']*:~\//.test(value.raw);
  if (isHome && instruction.name !== "LABEL" && !value.raw.includes("://"))
    tell("~", value, instruction, stage, report);
}

/** `|| true` and `2>/dev/null` behind the paths, which the builder takes for more paths. True if they were reported. */
function checkOperators(
  { name, words, exec }: Instruction,
  { model: { file } }: Stage,
  report: Report,
): boolean {
  const at = exec ? -1 : words.findIndex(({ raw }, index) => index > 1 && OPERATOR.test(raw));
  const [before, first, last] = [words[at - 1], words[at], words.at(-1)];
  if (!before || !first || !last) return false;
  const tail = { start: before.span.end, end: last.span.end };
  report(
    { start: first.span.start, end: last.span.end },
    `No shell reads this: ${first.raw} is a path like any other here, and ${name} ends where one is not there.`,
    {
      fixes: holdsComment(file, tail)
        ? []
        : [{ kind: "unsafe", title: "Remove what only a shell reads", edits: [remove(tail)] }],
    },
  );
  return true;
}

const OPERATOR = /^(\|\|?|&&?|;|(\d|&)?>>?\S*)$/;

function checkPath(
  word: Word,
  isTarget: boolean,
  instruction: Instruction,
  stage: Stage,
  report: Report,
): void {
  if (!/[$`~*?{]/.test(word.raw)) return;
  const text = withoutQuoted(word.raw, stage.model.file.escape);
  const command = commandIn(text);
  if (command) tell(command, word, instruction, stage, report);
  else if (/^"?~(\/|"?$)/.test(word.raw)) tell("~", word, instruction, stage, report);
  else if (isTarget && /[*?]/.test(text.replace(/\$\{[^}$]*\}/g, "")))
    tell("the wildcard", word, instruction, stage, report);
  // A name with braces of its own has hardly a comma in them too.
  else if (instruction.name !== "WORKDIR" && /\{[^{}\s]*,[^{}\s]*\}/.test(text.replace(/\$\{[^}]*\}/g, "")))
    tell("the braces", word, instruction, stage, report);
}

/** The first `$(` or backtick that is closed again; arithmetic is no command. */
function commandIn(text: string): "$(…)" | "the backticks" | undefined {
  const substitution = text.search(/\$\((?!\()/);
  if (substitution >= 0 && text.includes(")", substitution)) return "$(…)";
  const tick = text.indexOf("`");
  return tick >= 0 && text.indexOf("`", tick + 1) > tick + 1 ? "the backticks" : undefined;
}

/** Without what is in single quotes or behind the escape character. A backtick that escapes is no quote. */
function withoutQuoted(raw: string, escapeCharacter: string): string {
  const text = escapeCharacter === "`" ? raw.replaceAll("`", "") : raw.replace(/\\./gs, "");
  return text.startsWith('"') ? text : text.replace(/'[^']*'/g, "");
}

function tell(what: string, word: Word, instruction: Instruction, stage: Stage, report: Report): void {
  const verb = what === "the backticks" || what === "the braces" ? "stay as they are" : "stays as it is";
  report(word.span, `No shell reads this: ${what} ${verb} written.`, {
    // Sources are paths of the build context, where nobody has a home.
    fixes: what === "~" && !isSource(word, instruction) ? homeFix(word, instruction, stage) : [],
  });
}

function isSource(word: Word, { name, words }: Instruction): boolean {
  return (name === "COPY" || name === "ADD") && word !== words.at(-1);
}

function homeFix(word: Word, instruction: Instruction, stage: Stage): Fix[] {
  const home = homeAt(instruction, stage);
  const at = word.span.start + word.raw.indexOf("~");
  const isOnce = word.raw.split("~").length === 2 && stage.model.file.text[at] === "~";
  if (!isOwn(instruction, stage) || !isOnce || home === undefined) return [];
  const edits = [replace({ start: at, end: at + 1 }, home)];
  return [{ kind: "unsafe", title: `Use ${home}`, edits }];
}

/** What a shell would put in the place of `~`. */
function homeAt(instruction: Instruction, stage: Stage): string | undefined {
  const state = stage.before(instruction);
  const home = state.variable("HOME");
  if (home.known && /^\/[\w./-]+$/.test(home.value)) return home.value;
  return state.isSet("HOME").is !== "yes" && state.user.known && state.user.value.isRoot
    ? "/root"
    : undefined;
}
