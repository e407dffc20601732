import type { ShellWord } from "../../../syntax/shell/script.ts";
import type { BuildContext } from "../../context/build-context.ts";
import type { Library } from "../../image/facts.ts";
import type { Known } from "../../known.ts";
import type { Changes } from "../contents/changes.ts";
import { resolvePath } from "../paths.ts";
import type { ImageReference } from "../stage.ts";
import type { StageState } from "../state.ts";
import type { ShellPattern } from "./shell-pattern.ts";

/**
 * What a group of programs changes when a RUN runs them. Registered in `all-commands.ts`; a program that no family
 * names may do anything.
 */
export interface CommandFamily {
  readonly programs: readonly string[];
  readonly run: (call: Call, changes: Changes) => void;
}

/** One simple command, its words expanded as far as they are known. */
export interface Call {
  /** Name of the program without its directory. */
  readonly program: string;
  /** Values of the arguments; undefined for one that depends on something unknown. */
  readonly words: readonly (string | undefined)[];
  readonly arguments: readonly ShellWord[];
  /** What a word with wildcards stands for; undefined for another one, and where its variables are not known. */
  patternAt(at: number): ShellPattern | undefined;
  /** The shell's directory; undefined when it is not known. */
  readonly directory: string | undefined;
  /** The command whose output this one is piped, where that is one alone. */
  readonly input: Pick<Call, "program" | "words"> | undefined;
  /** A variable as the program sees it: assigned in front of it, in the script, or by ENV and ARG. */
  variable(name: string): Known<string>;
  readonly context: BuildContext | undefined;
  /** The image at the bottom of the stage's chain of FROMs. */
  readonly image: ImageReference | undefined;
  /** Where apt finds packages here, and nowhere else; undefined where that is not known. */
  readonly archive: PackageArchive | undefined;
  /** The C library of the stage. */
  readonly libc: StageState["libc"];
  /** The same call as one of another program, with the words that this one hands on to it. */
  as(program: string, words: Call["words"]): Call;
  /** Runs another command that these words make, e.g. behind `sudo`. */
  runWords(from: number, changes: Changes): void;
  /** Runs a script given as one word, as `sh -c` does. */
  runText(at: number, changes: Changes): void;
  /**
   * Runs a script that stands in a file of the project, as `npm run` does, with what was assigned in front of this call. What of it
   * is not understood may write anywhere.
   */
  runProjectScript(text: string, directory: string, changes: Changes): void;
  /** Is this call one of such a script? */
  readonly inProject: boolean;
  /** Remembers something for later commands of this stage. */
  readonly memory: StageMemory;
}

/** The archive of one release of a distribution. */
export interface PackageArchive {
  /** As `PackageIndex.broughtBy`. */
  broughtBy(name: string, withRecommended: boolean): ReadonlySet<string> | undefined;
  /** The programs and features that it speaks of. */
  readonly programs: ReadonlySet<string>;
}

/** What commands of one stage know of each other. */
export interface StageMemory {
  /** Names of `apk add --virtual` → what was installed under them. */
  readonly virtualPackages: Map<string, VirtualPackage>;
  /** Programs that `apt-get autoremove` takes, or may take: any that packages brought, since `apt-mark auto`. */
  readonly unneeded: { readonly tools: Set<string>; isAny: boolean };
  /** Users that commands have made → their home, whether it is there or not. */
  readonly homes: Map<string, string>;
  /** What `go env -w` has set, of the stages below too: variable → value, undefined where that is not known. */
  readonly goSettings: Map<string, string | undefined>;
}

/** Packages that apk installs under one name, to be removed by it with all that nothing else needs. */
export interface VirtualPackage {
  readonly packages: readonly string[];
  /** Libraries that were certainly not there before. */
  readonly without: readonly Library[];
  /** What was installed since; undefined for one that is not known. */
  readonly since: (string | undefined)[];
}

/** Options and operands of a call, told apart as getopt does. */
export interface ReadWords {
  /** `--name` or `-n` → its value; empty for a flag. */
  readonly options: ReadonlyMap<string, string | undefined>;
  /** What is no option; undefined for one that is not known. */
  readonly operands: readonly (string | undefined)[];
  /** Where each operand stands among the words. */
  readonly places: readonly number[];
}

/**
 * `valued`: options that take the next word. A group of short flags counts as each of them, `-ofile` as `-o` with a
 * value where `-o` is valued.
 */
export function readWords(words: readonly (string | undefined)[], valued: ReadonlySet<string>): ReadWords {
  const options = new Map<string, string | undefined>();
  const operands: (string | undefined)[] = [];
  const places: number[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "--") {
      for (let behind = at + 1; behind < words.length; behind++) {
        operands.push(words[behind]);
        places.push(behind);
      }
      break;
    }
    if (word === undefined || !word.startsWith("-") || word === "-") {
      operands.push(word);
      places.push(at);
      continue;
    }
    const equals = word.indexOf("=");
    if (valued.has(word)) options.set(word, words[++at]);
    else if (equals > 0) options.set(word.slice(0, equals), word.slice(equals + 1));
    else if (word.startsWith("--")) options.set(word, "");
    else at += readShortOptions(word, words[at + 1], valued, options);
  }
  return { options, operands, places };
}

/** Gives how many words behind were taken. */
function readShortOptions(
  word: string,
  next: string | undefined,
  valued: ReadonlySet<string>,
  options: Map<string, string | undefined>,
): number {
  for (let at = 1; at < word.length; at++) {
    const option = `-${word.charAt(at)}`;
    if (!valued.has(option)) options.set(option, "");
    else {
      const rest = word.slice(at + 1);
      options.set(option, rest === "" ? next : rest);
      return rest === "" ? 1 : 0;
    }
  }
  // Whole too: some programs (`go`, `java`) have long options with one dash.
  options.set(word, "");
  return 0;
}

/** Options of a program, with blanks between them: `-o --output`. */
export function optionSet(names: string): ReadonlySet<string> {
  return new Set(names.split(" "));
}

/** The path that an operand names; undefined when it, or the directory it counts from, is not known. */
export function pathOf(call: Call, operand: string | undefined): string | undefined {
  return operand === undefined ? undefined : resolvePath(call.directory, operand);
}

/** A file is written to where an operand says, or anywhere when that is not known. */
export function writeTo(
  call: Call,
  changes: Changes,
  operand: string | undefined,
  kind: "file" | "directory" | "unknown" = "file",
): void {
  const path = pathOf(call, operand);
  if (path === undefined) changes.mayBuildBelow(operandRoot(call, operand));
  else changes.write(path, kind);
}

/** The smallest directory that an operand which is not known can be in. */
function operandRoot(call: Call, operand: string | undefined): string {
  return operand === undefined ? "/" : (call.directory ?? "/");
}

/** A program may write anything below the directory that it was given; below `/` when that is not known. */
export function mayWriteBelowOperand(call: Call, changes: Changes, operand: string | undefined): void {
  changes.mayWriteBelow(pathOf(call, operand) ?? "/");
}
