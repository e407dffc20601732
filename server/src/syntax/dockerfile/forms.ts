/**
 * How an instruction reads what is behind its flags.
 * - `command`: exec form, or one shell command.
 * - `list`: exec form, or words.
 * - `words`: words.
 * - `text`: everything is one argument.
 * - `assignments`: `name=value …` or `name value`; `declarations`: `name` or `name=value`.
 * - `trigger`: another instruction; `health-check`: `NONE`, or `CMD` and a command.
 */
export type Form =
  | "command"
  | "list"
  | "words"
  | "text"
  | "assignments"
  | "declarations"
  | "trigger"
  | "health-check"
  | "unknown";

const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["ADD", "list"],
  ["ARG", "declarations"],
  ["CMD", "command"],
  ["COPY", "list"],
  ["ENTRYPOINT", "command"],
  ["ENV", "assignments"],
  ["EXPOSE", "words"],
  ["FROM", "words"],
  ["HEALTHCHECK", "health-check"],
  ["LABEL", "assignments"],
  ["MAINTAINER", "text"],
  ["ONBUILD", "trigger"],
  ["RUN", "command"],
  ["SHELL", "command"],
  ["STOPSIGNAL", "text"],
  ["USER", "text"],
  ["VOLUME", "list"],
  ["WORKDIR", "text"],
]);

/** By the instruction's name in upper case. */
export function formOf(name: string): Form {
  return FORMS.get(name) ?? "unknown";
}

/**
 * The name in upper case of an instruction's keyword. Names that BuildKit knows are always the same string, so that each of the
 * many comparisons with them is one of two addresses.
 */
export function instructionName(keyword: string): string {
  const name = keyword.toUpperCase();
  return NAMES.get(name) ?? name;
}

const NAMES: ReadonlyMap<string, string> = new Map([...FORMS.keys()].map((it) => [it, it]));

/** BuildKit refuses these behind ONBUILD (dispatchOnbuild in frontend/dockerfile/instructions/parse.go, read 2026-11). */
export const NOT_TRIGGERS: ReadonlySet<string> = new Set(["ONBUILD", "FROM", "MAINTAINER"]);

/** Every instruction BuildKit knows, in upper case and in order. */
export const instructionNames: readonly string[] = [...FORMS.keys()];
