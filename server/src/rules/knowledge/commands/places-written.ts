import { baseName, directoryOf } from "../../../model/stage/paths.ts";
import { type Command, notedOnCommand, type ShellWord } from "../../../syntax/shell/script.ts";
import { type GivenOption, type GivenWords, onlyWithKnown } from "../shell/shell-options.ts";
import { downloadOptions } from "./downloads.ts";
import { isPathOfLayer } from "./plain-path.ts";

/** A directory that a command writes to and does not make. */
export interface DirectoryWritten {
  /** What names it, alone or with a file below it. */
  readonly word: ShellWord;
  /** As written, relative or absolute. */
  readonly directory: string;
  /** Who writes: the program, or nobody in particular where the shell does. */
  readonly program: string | undefined;
  /** It has to be there only where this is a file: a directory is moved or copied to that name. */
  readonly ifFile?: ShellWord;
}

/**
 * Where a command puts what it writes, as far as it needs the directory to be there: `touch a/b`, `echo … > a/b`, `cp x a/b`,
 * `curl -o a/b`. The directory that it starts in is left out, and so is what is expanded.
 */
export function directoriesWritten(command: Command): readonly DirectoryWritten[] {
  const written = placesWritten(command).flatMap(({ word, isDirectory, program, ifFile }) => [
    ...(isDirectory ? itself(word, program) : above(word, program)),
    ...(ifFile ? itself(word, program).map((it) => ({ ...it, ifFile })) : []),
  ]);
  // `mkdir a a/b` makes the first one itself.
  const made = command.name?.literal === "mkdir" ? command.arguments.map((it) => it.literal) : [];
  return written.filter((it) => !made.includes(it.directory));
}

export interface WrittenPlace {
  readonly word: ShellWord;
  /** The word names a directory that is written to; else a file or directory that is made, or written anew. */
  readonly isDirectory: boolean;
  /** Undefined where the shell writes. */
  readonly program: string | undefined;
  /** The word has a `/` at its end, so that it names a directory that is written to where this is a file. */
  readonly ifFile?: ShellWord;
}

/** What a command writes, by the words that say so; nothing where an option is given that may change what they mean. */
export const placesWritten = notedOnCommand(
  ({ name, arguments: words, redirections }): readonly WrittenPlace[] => {
    const program = baseName(name?.literal ?? "");
    const places = Object.hasOwn(WRITERS, program) ? (WRITERS[program]?.(words) ?? []) : [];
    const outputs = redirections.flatMap(({ operator, target }) =>
      target && /^(>|>>|>\||&>|&>>)$/.test(operator)
        ? [{ word: target, isDirectory: false, program: undefined }]
        : [],
    );
    return [...outputs, ...places.map((it) => ({ ...it, program }))];
  },
);

type Place = Omit<WrittenPlace, "program">;

type Writer = (words: readonly ShellWord[]) => readonly Place[];

const each = ({ operands }: GivenWords) => operands.map((word) => ({ word, isDirectory: false }));

/** The last of several operands: several things only go to a directory that is there. */
function target({ operands }: GivenWords): readonly Place[] {
  const word = operands.at(-1);
  if (!word || operands.length < 2) return [];
  return [{ word, isDirectory: operands.length > 2 }];
}

/** The same for what may be a directory itself: `mv a b/` makes b then. A file is not moved to such a name. */
function targetOfAny(given: GivenWords): readonly Place[] {
  const [source] = given.operands;
  return target(given).map(({ word, isDirectory }) => {
    if (isDirectory || !word.literal?.endsWith("/")) return { word, isDirectory };
    const plain = { ...word, literal: word.literal.replace(/(?<=.)\/+$/, "") };
    return { word: plain, isDirectory, ...(source && { ifFile: source }) };
  });
}

function targetOfCopy(given: GivenWords): readonly Place[] {
  const isRecursive = given.options.some((it) => /^(a|r|R|archive|recursive)$/.test(it.name));
  return isRecursive ? targetOfAny(given) : target(given);
}

/** The value of each of these options is a file that is written. */
function valuesOf(options: readonly GivenOption[], ...names: readonly string[]): readonly Place[] {
  return options.flatMap(({ name, valueWord }) =>
    valueWord && names.includes(name) ? [{ word: valueWord, isDirectory: false }] : [],
  );
}

const WRITERS: Readonly<Record<string, Writer>> = {
  touch: onlyWithKnown("", "a m", each),
  mkdir: onlyWithKnown("m mode", "v verbose", each),
  tee: onlyWithKnown("", "a i append", each),
  cp: onlyWithKnown("", "a R r p d L P H v f u archive recursive verbose force preserve", targetOfCopy),
  mv: onlyWithKnown("", "f v u force verbose", targetOfAny),
  ln: onlyWithKnown("", "s f v n T symbolic force", target),
  install: onlyWithKnown("m o g mode owner group", "v p C c s verbose", target),
  curl: (words) => {
    const options = downloadOptions("curl", words);
    const makesThem = options.some((it) => it.name === "create-dirs" || it.name === "output-dir");
    return makesThem ? [] : valuesOf(options, "o", "output");
  },
  wget: (words) => valuesOf(downloadOptions("wget", words), "O", "output-document"),
  dd: (words) =>
    words.flatMap((word) => {
      const file = /^of=(.+)$/.exec(word.literal ?? "")?.[1];
      return file === undefined ? [] : [{ word: { ...word, literal: file }, isDirectory: false }];
    }),
  gpg: onlyWithKnown("o output", "dearmor yes batch no-tty q quiet", ({ options }) =>
    valuesOf(options, "o", "output"),
  ),
  openssl: (words) =>
    words.flatMap((it, at) =>
      /^-(out|keyout)$/.test(words[at - 1]?.literal ?? "") ? [{ word: it, isDirectory: false }] : [],
    ),
};

function above(word: ShellWord, program: string | undefined): readonly DirectoryWritten[] {
  const { literal } = word;
  if (literal === undefined || !isPathOfLayer(literal)) return [];
  const end = literal.lastIndexOf("/");
  // `cp x y/` goes into y; `mkdir y/` makes it.
  const isInto = end === literal.length - 1;
  if (isInto)
    return program === "mkdir"
      ? above({ ...word, literal: literal.slice(0, end) }, program)
      : itself(word, program);
  const directory = literal.startsWith("/") ? directoryOf(literal) : literal.slice(0, Math.max(end, 0));
  return directory === "" || directory === "/" ? [] : [{ word, directory, program }];
}

function itself(word: ShellWord, program: string | undefined): readonly DirectoryWritten[] {
  const directory = word.literal?.replace(/\/+$/, "");
  return directory !== undefined && isPathOfLayer(directory) ? [{ word, directory, program }] : [];
}
