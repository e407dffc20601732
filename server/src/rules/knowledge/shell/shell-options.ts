import type { ShellWord } from "../../../syntax/shell/script.ts";

/** One option that a command is given. */
export interface GivenOption {
  /** Without dashes: `q`, `output-document`. */
  readonly name: string;
  /** As written, from the same word or the next; undefined for a flag. */
  readonly value: string | undefined;
  /** The word that the option stands in, alone or with others (`-fsSLk`). */
  readonly word: ShellWord;
  /** The next word, where that is the value. */
  readonly valueWord: ShellWord | undefined;
}

export interface GivenWords {
  readonly options: readonly GivenOption[];
  readonly operands: readonly ShellWord[];
}

/**
 * Options and operands as getopt_long tells them apart. `valued` are the names, separated by blanks, of options that
 * take a value; long ones may have it behind `=` as well.
 */
export function readOptions(words: readonly ShellWord[], valued: string): GivenWords {
  const names = namesIn(valued);
  const options: GivenOption[] = [];
  const operands: ShellWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const text = word.literal ?? word.raw;
    if (text === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!text.startsWith("-") || text === "-") {
      operands.push(word);
      continue;
    }
    const found = text.startsWith("--") ? longOption(text, word) : shortOptions(text, word, names);
    const last = found.at(-1);
    const next = words[at + 1];
    if (last && last.value === undefined && names.has(last.name) && next) {
      found[found.length - 1] = { ...last, value: next.literal ?? next.raw, valueWord: next };
      at++;
    }
    options.push(...found);
  }
  return { options, operands };
}

/**
 * Reads a call whose options are all understood: `take` is asked for what it names, and of a call with any other option nothing is
 * said, as it may change what the words mean. `valued` and `known` are names separated by blanks.
 */
export function onlyWithKnown<T>(
  valued: string,
  known: string,
  take: (given: GivenWords) => readonly T[],
): (words: readonly ShellWord[]) => readonly T[] {
  const names = new Set(`${valued} ${known}`.split(" "));
  return (words) => {
    const given = readOptions(words, valued);
    return given.options.every((it) => names.has(it.name)) ? take(given) : [];
  };
}

function namesIn(valued: string): ReadonlySet<string> {
  const known = nameSets.get(valued);
  if (known) return known;
  const names = new Set(valued.split(" "));
  nameSets.set(valued, names);
  return names;
}

/** Kept, since each rule has one list for all calls. */
const nameSets = new Map<string, ReadonlySet<string>>();

function longOption(text: string, word: ShellWord): GivenOption[] {
  const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  return [{ name, value, word, valueWord: undefined }];
}

function shortOptions(text: string, word: ShellWord, names: ReadonlySet<string>): GivenOption[] {
  const found: GivenOption[] = [];
  for (let at = 1; at < text.length; at++) {
    const name = text.charAt(at);
    const rest = text.slice(at + 1);
    const takesRest = names.has(name) && rest !== "";
    found.push({ name, value: takesRest ? rest : undefined, word, valueWord: undefined });
    if (takesRest) break;
  }
  return found;
}
