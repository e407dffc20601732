import type { ComposeProject } from "../../../model/compose/project.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";
import { shownValue } from "../../knowledge/shown-value.ts";
import type { Asked, Proposal } from "./asked.ts";

/** Names behind `$` and `${`, operators behind a name, words behind an operator; undefined where no variable is being written. */
export function completeVariable({ project, cursor }: Asked): readonly Proposal[] | undefined {
  const { typed, rest } = cursor;
  const [, dollars = "", brace, name, operator] = /(\$+)(\{)?([A-Za-z_]\w*)?(:?)$/.exec(typed) ?? [];
  if (dollars.length % 2 === 0) return undefined;
  if (name === undefined && operator) return [];
  const word = name ?? "";
  const ahead = /^\w*/.exec(rest)?.[0].length ?? 0;
  const behind = rest.slice(ahead);
  const close = brace && !/^[^${]*\}/.test(behind) ? "}" : "";
  const operators =
    brace && word !== "" && ahead === 0 ? operatorsBehind(typed, operator ?? "", close, behind) : [];
  if (operator) return operators;
  const keep = typed.length - word.length;
  const names = variablesOf(project, cursor.offset).map(
    (it): Proposal => ({
      label: it.name,
      text: it.name + close,
      kind: "variable",
      detail: it.detail,
      rank: it.rank,
      keep,
      ahead,
    }),
  );
  return [...names.filter((it) => it.label !== word || close !== ""), ...operators];
}

export interface Named {
  readonly name: string;
  readonly detail: string;
  readonly rank: number;
}

/** Those that `.env` sets. */
export function variablesOfEnvFile({ files }: Pick<ComposeProject, "files">): readonly Named[] {
  const text = files.readFile(".env");
  if (text === undefined) return [];
  const env = parseDotenv(text);
  const found = new Map<string, Named>();
  for (const { name, value = "", nameSpan } of env.entries) {
    const shown = value === "" ? "empty" : short(shownValue(name, value));
    const line = env.lines.lineAt(nameSpan.start) + 1;
    found.set(name, { name, detail: `${shown} · .env, line ${line}`, rank: 0 });
  }
  return [...found.values()];
}

/** Variables of `.env`, those that the file uses elsewhere, and those that Compose sets. */
function variablesOf(project: ComposeProject, at: number): readonly Named[] {
  const found = new Map(variablesOfEnvFile(project).map((it) => [it.name, it]));
  // The one that is being written is no use of it.
  for (const { 0: all, 1: name = "", index } of project.file.text.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)/g))
    if (!found.has(name) && !(index < at && at <= index + all.length))
      found.set(name, { name, detail: "used in this file", rank: 2 });
  for (const [name, detail] of setByCompose) if (!found.has(name)) found.set(name, { name, detail, rank: 3 });
  return [...found.values()];
}

const setByCompose: readonly (readonly [string, string])[] = [
  ["COMPOSE_PROJECT_NAME", "name of the project"],
  ["PWD", "folder that Compose runs in"],
  ["HOME", "home folder of whoever runs Compose"],
  ["USER", "whoever runs Compose"],
];

function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

/** What may follow a name inside braces; `written` is a colon that stands there already. */
function operatorsBehind(typed: string, written: string, close: string, behind: string): readonly Proposal[] {
  if (written === "" && /^[:?+-]/.test(behind)) return [];
  return operators
    .filter((it) => it.sign.startsWith(written))
    .map(({ sign, word, summary }, at) => ({
      label: sign,
      text: `${sign}\${1:${word}}${close && "\\}"}`,
      snippet: true,
      kind: "keyword",
      detail: summary,
      rank: 4 + at,
      keep: typed.length - written.length,
      ahead: 0,
    }));
}

/** Interpolation of Compose (compose-spec 12-interpolation.md, read 2026-11). */
const operators = [
  { sign: ":-", word: "default", summary: "default when it is not set or empty" },
  { sign: ":?", word: "message", summary: "refused when it is not set or empty" },
  { sign: "-", word: "default", summary: "default when it is not set" },
  { sign: "?", word: "message", summary: "refused when it is not set" },
  { sign: ":+", word: "text", summary: "this text when it is set and not empty" },
  { sign: "+", word: "text", summary: "this text when it is set" },
] as const;
