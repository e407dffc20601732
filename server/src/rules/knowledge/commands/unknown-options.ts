import { readWords } from "../../../model/stage/commands/command-family.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import { nearestName } from "../../../text/nearest-name.ts";
import { readPackageCommand } from "../packages/package-commands.ts";
import { type KnownOptions, knownOptions } from "./known-options.ts";
import { programCommands } from "./program-commands.ts";

/** An option that the program does not have. */
export interface UnknownOption {
  readonly word: ShellWord;
  /** As a reader knows it: `pip`, `go build`. */
  readonly program: string;
  /** As written, without its value: `--no-cahce`. */
  readonly option: string;
  /** What it was meant for, with dashes; empty where the program has no such thing. */
  readonly meant: string;
  /** Is it a slip of what was meant? Else it is another program's name for it. */
  readonly isSlip: boolean;
  readonly unknown: KnownOptions["unknown"];
}

/** The options of a call that its program does not have, as far as they are slips of its own or another program's. */
export function unknownOptions(called: string, command: Command): readonly UnknownOption[] {
  if (!command.arguments.some(({ literal }) => literal !== undefined && /^-/.test(literal))) return [];
  const pip = knownOptions.has(called) ? undefined : readPackageCommand(command);
  if (pip && pip.manager !== "pip") return [];
  const program = pip ? "pip" : called;
  const all = knownOptions.get(program);
  if (!all) return [];
  const start =
    pip && /^python/.test(called) ? command.arguments.findIndex((it) => it.literal === "pip") + 1 : 0;
  const words = command.arguments.slice(start);
  const verb = verbOf(program, words);
  const known = all.find((it) => it.commands.size === 0 || it.commands.has(verb));
  return known ? unknownAmong(words, known, known.commands.size > 0 ? `${program} ${verb}` : program) : [];
}

/** The command of a call; yarn and bundle without any install. */
function verbOf(program: string, words: readonly ShellWord[]): string {
  const valued = programCommands.get(program)?.valued;
  if (!valued) return "";
  const [first] = readWords(
    words.map((it) => it.literal),
    valued,
  ).operands;
  return first ?? (program === "yarn" || program === "bundle" ? "install" : "");
}

function unknownAmong(
  words: readonly ShellWord[],
  known: KnownOptions,
  program: string,
): readonly UnknownOption[] {
  const found: UnknownOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const text = word?.literal;
    if (text === "--") break;
    if (!word || text === undefined || !text.startsWith("-")) continue;
    if (known.valued.has(text)) at++;
    else {
      const unknown = readOption(text, known);
      if (unknown) found.push({ word, program, unknown: known.unknown, ...unknown });
    }
  }
  return found;
}

type Read = Pick<UnknownOption, "option" | "meant" | "isSlip">;

function readOption(text: string, known: KnownOptions): Read | undefined {
  const letter = /^-([A-Za-z])[A-Za-z]*$/.exec(text)?.[1];
  if (letter !== undefined && known.noLetters.includes(letter))
    return { option: `-${letter}`, meant: "", isSlip: false };
  const [, dashes = "", name = ""] = /^(--?)([A-Za-z][\w.-]*)(?:=|$)/.exec(text) ?? [];
  // `--config.store-dir=/s` of pnpm is any setting.
  if (name === "" || name.includes(".")) return undefined;
  const option = `${dashes}${name}`;
  if (dashes === "-" && !known.oneDash) {
    const isMeant = known.needsTwoDashes && name.length > SHORTEST && known.names.has(name);
    return isMeant ? { option, meant: `--${name}`, isSlip: true } : undefined;
  }
  const other = known.instead.get(name);
  if (other !== undefined) return { option, meant: other, isSlip: false };
  const isNegated = known.negates && name.startsWith("no-");
  const positive = isNegated ? name.slice("no-".length) : name;
  if (isKnown(name, known) || isKnown(positive, known)) return undefined;
  if (name.length < SHORTEST) return undefined;
  const near = nearestName(positive, known.names, MOST) ?? nearestName(name, known.names, MOST);
  if (near === undefined) return undefined;
  return {
    option,
    meant: `${dashes}${isNegated && !near.startsWith("no-") ? "no-" : ""}${near}`,
    isSlip: true,
  };
}

/** Shorter names are near too much. */
const SHORTEST = 4;
/** How many letters a slip may be away. */
const MOST = 2;

function isKnown(name: string, { names, abbreviates }: KnownOptions): boolean {
  if (names.has(name)) return true;
  if (abbreviates) for (const it of names) if (it.startsWith(name)) return true;
  return false;
}
