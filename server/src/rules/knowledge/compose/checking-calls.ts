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
  /** The program as it is written, with its folder. */
  readonly path: string;
  /** Undefined where one of them is more than a text with variables in it, what it says goes elsewhere, or a variable is set for the call. */
  readonly words: readonly CheckingWord[] | undefined;
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
 * The calls of which each has to succeed, in their order: the one of the list form, or those of a script that are joined by `&&`, with `|| exit 1`
 * behind them at most. Of a pipe that is the last one, and with a `grep` behind it the one before. None where a script is anything else.
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
    ? [
        {
          program: { ...program, value: baseName(program.value) },
          path: program.value,
          words,
          sought: undefined,
        },
      ]
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
    const call = calledBy(command, text, service);
    if (!call) return [];
    if (/^\|\|\s*\(?$/.test(joint))
      return fails(call) && /^\s*\)?\s*;?\s*$/.test(text.value.slice(end)) ? calls : [];
    if (joint === "|") {
      const before = calls.pop();
      if (!before) return [];
      const sought = before.sought === undefined ? soughtBy(call) : undefined;
      calls.push(sought === undefined ? call : { ...before, sought });
    } else if (joint === (calls.length === 0 ? "" : "&&")) calls.push(call);
    else return [];
  }
  return text.value.slice(end).trim() === "" ? calls : [];
}

/** Undefined where it is not known which program a command starts. */
function calledBy(command: Command, text: ResolvedText, service: Service): CheckingCall | undefined {
  const { name, assignments } = command;
  const value = name && givenAs(name, service);
  // With a PATH of its own it may be any program.
  if (!name || value === undefined || assignments.some((it) => it.name === "PATH")) return undefined;
  return {
    program: { value: baseName(value), text, ...name.span },
    path: value,
    words: wordsOf(command, text, service),
    sought: undefined,
  };
}

/** The words of a command; undefined where one is more than a text with variables in it, or what is said goes elsewhere. */
function wordsOf(
  { arguments: words, assignments, redirections }: Command,
  text: ResolvedText,
  service: Service,
): readonly CheckingWord[] | undefined {
  // A variable that is set for the call alone may say anything.
  if (assignments.length > 0 || !redirections.every(isToNothing)) return undefined;
  const found: CheckingWord[] = [];
  for (const word of words) {
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

function soughtBy({ program, words }: CheckingCall): string | undefined {
  if (program.value !== "grep" || !words) return undefined;
  const [sought, ...more] = words.filter(({ value }) => !/^-[a-zA-Z]+$/.test(value));
  if (!sought || more.length > 0) return undefined;
  return words.at(-1) === sought && /^[\w ]+$/.test(sought.value) ? sought.value : undefined;
}

function fails({ program, words }: CheckingCall): boolean {
  const [status, ...more] = words ?? [];
  if (program.value === "false") return !status;
  return program.value === "exit" && more.length === 0 && /^[1-9]\d*$/.test(status?.value ?? "");
}

/** What the shell makes of a variable of the container. */
function expanded(written: string, service: Service): string {
  return written.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*)|.?)/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    const setting = name === undefined ? undefined : settingOf(service, [name]);
    return setting?.is === "set" ? setting.value : HOLE;
  });
}
