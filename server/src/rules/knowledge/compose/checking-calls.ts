import type { ResolvedText, Service } from "../../../model/compose/project.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
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
export function checkingCalls(service: Service): readonly CheckingCall[] {
  const { healthcheck } = service;
  if (!healthcheck?.test || healthcheck.disabled || !healthcheck.certain) return [];
  const [kind, ...words] = healthcheck.test;
  const [first, second, third] = healthcheck.texts;
  if (!first || healthcheck.texts.length !== words.length) return [];
  if (kind?.value === "CMD-SHELL") return words.length === 1 ? callsOfScript(first, service) : [];
  if (kind?.value !== "CMD") return [];
  if (/^(?:ba|da|a)?sh$/.test(baseName(first.value)))
    return second && third && /^-[elux]*c$/.test(second.value) && words.length === 3
      ? callsOfScript(third, service)
      : [];
  const [program, ...rest] = healthcheck.texts.map(
    // Without a shell a variable is no more than its name, which is another mistake.
    (text): CheckingWord => ({
      value: text.value.includes("$") ? HOLE : text.value,
      text,
      start: 0,
      end: text.value.length,
    }),
  );
  return program
    ? [{ program: { ...program, value: baseName(program.value) }, words: rest, sought: undefined }]
    : [];
}

/** Quotes are taken as they come; a word with anything else of the shell's in it ends the reading. */
const WORD = /"([^"\\`]*)"(?=[\s;&|>]|$)|'([^']*)'(?=[\s;&|>]|$)|([^\s;&|<>()`"'\\*?~]+)(?=[\s;&|>]|$)/y;
const BLANK = /\s*/y;
const TO_NOTHING = /[12]?>\s*\/dev\/null|2>\s*&1|&>\s*\/dev\/null/y;
const GREP = /\|\s*grep\s+(?:-[a-zA-Z]+\s+)*(?:"([\w ]+)"|'([\w ]+)'|([\w]+))\s*/y;
const OTHERWISE = /\|\|\s*(?:exit\s+[1-9]\d*|false|\(exit\s+1\))\s*;?\s*$/y;

function callsOfScript(text: ResolvedText, service: Service): readonly CheckingCall[] {
  const calls: CheckingCall[] = [];
  const script = text.value;
  let at = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(script);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    const words: CheckingWord[] = [];
    skip(BLANK);
    for (;;) {
      if (skip(TO_NOTHING)) {
        skip(BLANK);
        continue;
      }
      const start = at;
      const match = skip(WORD);
      if (!match) break;
      const written = match[1] ?? match[2] ?? match[3] ?? "";
      const value = match[2] === undefined ? expanded(written, service) : written;
      words.push({ value, text, start, end: at });
      skip(BLANK);
    }
    const grep = skip(GREP);
    const [program, ...rest] = words;
    // A variable that is set for the call alone may say anything.
    if (!program || program.value.includes("=")) return [];
    while (grep && skip(TO_NOTHING)) skip(BLANK);
    calls.push({
      program: { ...program, value: baseName(program.value) },
      words: rest,
      sought: grep ? (grep[1] ?? grep[2] ?? grep[3]) : undefined,
    });
    if (at === script.length || skip(OTHERWISE)) return calls;
    if (!script.startsWith("&&", at)) return [];
    at += 2;
  }
}

/** What the shell makes of a variable of the container. */
function expanded(written: string, service: Service): string {
  return written.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*)|.?)/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain;
    const setting = name === undefined ? undefined : settingOf(service, [name]);
    return setting?.is === "set" ? setting.value : HOLE;
  });
}
