import type { ResolvedText, Service } from "../../../model/compose/project.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { Command, Redirection, ShellReader, ShellWord } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import { settingOf } from "./database-settings.ts";

/** A call of a program that has to succeed for a health check to do so. */
export interface CheckingCall {
  /** Without its folder. */
  readonly program: CheckingWord;
  readonly words: readonly CheckingWord[];
  /** What `grep` has to find in what it says; undefined where nothing of that kind follows. */
  readonly sought: string | undefined;
}

export interface CheckingWord {
  /** As the program is given it; with a hole where that is not known. */
  readonly value: string;
  readonly text: ResolvedText;
  /** Offsets in `text`, quotes included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The calls of which each has to succeed: the one of the list form, or those of a script that are joined by `&&`, with `|| exit 1` behind
 * them at most. None where a script is anything else.
 */
export function checkingCalls(service: Service, shell: ShellReader | undefined): readonly CheckingCall[] {
  const { healthcheck } = service;
  if (!healthcheck?.test || healthcheck.disabled || !healthcheck.certain) return [];
  const [kind, ...words] = healthcheck.test;
  const [first, second, third] = healthcheck.texts;
  if (!first || healthcheck.texts.length !== words.length) return [];
  if (kind?.value === "CMD-SHELL") return words.length === 1 ? callsOfScript(first, service, shell) : [];
  if (kind?.value !== "CMD") return [];
  if (/^(?:ba|da|a)?sh$/.test(baseName(first.value)))
    return second && third && /^-[elux]*c$/.test(second.value) && words.length === 3
      ? callsOfScript(third, service, shell)
      : [];
  // Without a shell a variable is no more than its name, which is another mistake.
  return callOf(
    healthcheck.texts.map((text) => ({
      value: text.value.includes("$") ? HOLE : text.value,
      text,
      start: 0,
      end: text.value.length,
    })),
  );
}

function callOf([program, ...words]: readonly CheckingWord[]): readonly CheckingCall[] {
  return program
    ? [{ program: { ...program, value: baseName(program.value) }, words, sought: undefined }]
    : [];
}

function callsOfScript(
  text: ResolvedText,
  service: Service,
  shell: ShellReader | undefined,
): readonly CheckingCall[] {
  const script = shell?.read(unmapped(text.value));
  if (!script?.complete) return [];
  const calls: CheckingCall[] = [];
  let end = 0;
  for (const command of script.commands) {
    // What joins two commands is all that may stand between them: no `if`, no `!`, no group.
    const joint = text.value.slice(end, command.span.start).trim();
    ({ end } = command.span);
    const words = wordsOf(command, text, service);
    if (!words) return [];
    if (/^\|\|\s*\(?$/.test(joint))
      return fails(words) && /^\s*\)?\s*;?\s*$/.test(text.value.slice(end)) ? calls : [];
    if (joint === "|") {
      const last = calls.pop();
      const sought = last?.sought === undefined ? soughtBy(words) : undefined;
      if (!last || sought === undefined) return [];
      calls.push({ ...last, sought });
    } else if (joint === (calls.length === 0 ? "" : "&&")) calls.push(...callOf(words));
    else return [];
  }
  return text.value.slice(end).trim() === "" ? calls : [];
}

/** The words of a command; undefined where one is more than a text with variables in it, or what is said goes elsewhere. */
function wordsOf(
  { name, arguments: words, assignments, redirections }: Command,
  text: ResolvedText,
  service: Service,
): readonly CheckingWord[] | undefined {
  // A variable that is set for the call alone may say anything.
  if (!name || assignments.length > 0 || !redirections.every(isToNothing)) return undefined;
  const found: CheckingWord[] = [];
  for (const word of [name, ...words]) {
    const value = givenAs(word, service);
    if (value === undefined) return undefined;
    found.push({ value, text, ...word.span });
  }
  return found;
}

function givenAs({ literal, raw }: ShellWord, service: Service): string | undefined {
  if (literal !== undefined) return literal;
  const [, quoted, bare] = /^(?:"([^"\\`]*)"|([^"'\\`*?~()]+))$/.exec(raw) ?? [];
  const written = quoted ?? bare;
  return written === undefined ? undefined : expanded(written, service);
}

function isToNothing({ operator, target }: Redirection): boolean {
  return operator === ">&"
    ? target?.literal === "1"
    : /^&?>$/.test(operator) && target?.literal === "/dev/null";
}

function soughtBy([program, ...words]: readonly CheckingWord[]): string | undefined {
  const [sought, ...more] = words.filter(({ value }) => !/^-[a-zA-Z]+$/.test(value));
  if (program?.value !== "grep" || !sought || more.length > 0) return undefined;
  return words.at(-1) === sought && /^[\w ]+$/.test(sought.value) ? sought.value : undefined;
}

function fails([program, status, ...more]: readonly CheckingWord[]): boolean {
  if (program?.value === "false") return !status;
  return program?.value === "exit" && more.length === 0 && /^[1-9]\d*$/.test(status?.value ?? "");
}

/** What the shell makes of a variable of the container. */
function expanded(written: string, service: Service): string {
  return written.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*)|.?)/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    const setting = name === undefined ? undefined : settingOf(service, [name]);
    return setting?.is === "set" ? setting.value : HOLE;
  });
}
