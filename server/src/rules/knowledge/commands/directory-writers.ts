import { optionSet, readWords } from "../../../model/stage/commands/command-family.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import { placesWritten } from "./places-written.ts";

/** What a command makes in the directory that it starts in. */
export interface MadeEntry {
  readonly name: string;
  /** Would it have been made even if something of this name were there: nothing of it comes with the sources, or the command fails then. */
  readonly isCertain: boolean;
}

/**
 * What the command certainly makes, or writes anew, in the directory that it starts in. Package managers of JavaScript make
 * `node_modules`, whatever stands in the manifest; `go build` the binary.
 */
export function entriesMade(command: Command): readonly MadeEntry[] {
  const { name, arguments: words } = command;
  const program = name?.literal ?? "";
  const output = Object.hasOwn(OUTPUTS, program) ? OUTPUTS[program]?.(words) : undefined;
  const made = output ?? writtenNames(command);
  const isCertain = output !== undefined && !words.some((it) => /^(-\w*p\w*|--parents)$/.test(it.raw));
  return made.flatMap((it) =>
    it !== undefined && HERE.test(it) ? [{ name: it.replace(/^\.\/|\/$/g, ""), isCertain }] : [],
  );
}

/** A name in this directory itself: one further down may be somebody else's. */
const HERE = /^(\.\/)?\.?[\w-][\w.-]*\/?$/;

const MKDIR_VALUED = optionSet("-m --mode");

function writtenNames(command: Command): readonly (string | undefined)[] {
  return placesWritten(command).flatMap(({ word, isDirectory }) => (isDirectory ? [] : word.literal));
}

type Output = (words: readonly ShellWord[]) => readonly (string | undefined)[];

const OUTPUTS: Readonly<Record<string, Output>> = {
  mkdir: (words) => operandsOf(words, MKDIR_VALUED),
  npm: (words) => installed(words, /^(ci|clean-install|install|i)$/),
  pnpm: (words) => installed(words, /^(install|i)$/),
  python: environment,
  python3: environment,
  go: (words) => {
    const texts = words.map((it) => it.literal);
    const at = texts.indexOf("-o");
    return texts[0] === "build" && at > 0 ? [texts[at + 1]] : [];
  },
};

function installed(words: readonly ShellWord[], verbs: RegExp): readonly string[] {
  const [verb, ...rest] = operandsOf(words, optionSet(""));
  const isElsewhere = words.some(({ literal, raw }) => ELSEWHERE.test(literal ?? raw));
  return verb !== undefined && verbs.test(verb) && rest.length === 0 && !isElsewhere ? ["node_modules"] : [];
}

const ELSEWHERE =
  /^(-g|--global|--prefix|-C|--dir|--dry-run|--package-lock-only|--lockfile-only|--location)(=|$)/;

/** `python -m venv .venv` */
function environment(words: readonly ShellWord[]): readonly string[] {
  const [option, module, directory, ...rest] = words.map((it) => it.literal);
  const isPlain = option === "-m" && module === "venv" && rest.length === 0;
  return isPlain && directory !== undefined ? [directory] : [];
}

function operandsOf(words: readonly ShellWord[], valued: ReadonlySet<string>) {
  return readWords(
    words.map((it) => it.literal),
    valued,
  ).operands;
}

export const DIRECTORY_WRITERS: readonly string[] = [
  ...Object.keys(OUTPUTS),
  ..."touch tee cp mv ln install curl wget dd gpg openssl echo printf cat".split(" "),
];
