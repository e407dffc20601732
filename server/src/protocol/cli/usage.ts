import { nearestName } from "../../text/nearest-name.ts";

/** A flag of a command. `value` is undefined for a switch; one with `many` may be given more than once. */
export interface FlagSpec {
  readonly name: string;
  readonly summary: string;
  readonly value?: { readonly placeholder: string; readonly oneOf?: readonly string[]; readonly many?: true };
}

export interface CommandSpec {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  readonly flags: readonly FlagSpec[];
  /** What else `--help` says. */
  readonly notes: readonly string[];
}

/** The words behind a command, read. */
export interface Arguments {
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  /** Of the flags with `many`, in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** What is wrong with the words: one line for the user, exit code 2. */
export class UsageError extends Error {}

/**
 * Reads `--flag`, `--flag value`, `--flag=value` and operands in any order; `--` ends the flags, and `-` is an operand.
 * Throws a `UsageError` that says what was probably meant.
 */
export function readArguments(words: readonly string[], { flags }: CommandSpec): Arguments {
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      operands.push(...words.slice(at + 1));
      break;
    }
    // Taken for a path it would be the folder with all that is in it.
    if (word === "") throw new UsageError(`"" names nothing; is a variable empty?`);
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const [, name = word, written] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const flag = flags.find((it) => it.name === name);
    if (!flag)
      throw new UsageError(
        `Unknown flag ${word.replace(/=.*$/s, "")}.${didYouMean(
          name,
          flags.map((it) => it.name),
          "--",
        )}`,
      );
    if (!flag.value) {
      if (written !== undefined) throw new UsageError(`--${name} takes no value.`);
      switches.add(name);
      continue;
    }
    const value = written ?? words[++at];
    const { oneOf, placeholder } = flag.value;
    if (value === undefined || (value === "" && !oneOf))
      throw new UsageError(`--${name} needs a value: ${placeholder}.`);
    if (oneOf && !oneOf.includes(value)) {
      throw new UsageError(
        `--${name} is one of ${oneOf.join(", ")}, not "${value}".${didYouMean(value, oneOf, "")}`,
      );
    }
    if (flag.value.many) lists.set(name, [...(lists.get(name) ?? []), value]);
    else values.set(name, value);
  }
  return { switches, values, lists, operands };
}

/** ` Did you mean --fix?`, or nothing. */
export function didYouMean(name: string, names: readonly string[], before: string): string {
  const near = nearestName(name, names);
  return near === undefined ? "" : ` Did you mean ${before}${near}?`;
}

/** What `--help` prints for a command. */
export function helpOf({ summary, usage, flags, notes }: CommandSpec): string {
  const rows = [...flags, { name: "help", summary: "Show this." } satisfies FlagSpec].map(
    (it) =>
      [`--${it.name}${"value" in it && it.value ? ` ${it.value.placeholder}` : ""}`, it.summary] as const,
  );
  return `${[summary, "", `Usage: plimsoll ${usage}`, "", ...columns(rows), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n")}\n`;
}

/** Two columns, indented; the second one starts where the longest first one ends. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
