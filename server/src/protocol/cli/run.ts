import { existsSync } from "node:fs";
import path from "node:path";
import manifest from "../../../../package.json" with { type: "json" };
import { checkCommand } from "./command/check.ts";
import { parseCommand } from "./command/parse.ts";
import { rulesCommand } from "./command/rules.ts";
import { sizeCommand } from "./command/size.ts";
import type { Terminal } from "./terminal.ts";
import {
  type Arguments,
  type CommandSpec,
  columns,
  didYouMean,
  helpOf,
  readArguments,
  UsageError,
} from "./usage.ts";

/** One command; ends with the exit code. A `UsageError` that it throws is printed, and the code is 2. */
export interface Command {
  readonly spec: CommandSpec;
  readonly run: (given: Arguments, terminal: Terminal) => Promise<number>;
}

const commands: readonly Command[] = [checkCommand, sizeCommand, rulesCommand, parseCommand];

/** Runs the command line `plimsoll …`. @returns the exit code: 0 clean, 1 findings, 2 wrong usage or unreadable input */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    const command = commands.find((it) => it.spec.name === rest[0]);
    terminal.out(command ? helpOf(command.spec) : overview());
    return first === undefined ? 2 : 0;
  }
  if (first === "--version" || first === "-V") {
    terminal.out(`${manifest.version}\n`);
    return 0;
  }
  const named = commands.find((it) => it.spec.name === first);
  // `plimsoll Dockerfile`, as with other linters.
  const command = named ?? checkCommand;
  const given = named ? rest : words;
  try {
    // A folder may well be called `checks`.
    const isOperand = existsSync(path.resolve(terminal.folder, first));
    const meant = named || isOperand ? "" : didYouMean(first, NAMES, "");
    if (meant)
      throw new UsageError(`Unknown ${first.startsWith("-") ? "flag" : "command"} ${first}.${meant}`);
    const flagsEnd = given.indexOf("--");
    const flags = flagsEnd < 0 ? given : given.slice(0, flagsEnd);
    if (flags.includes("--help") || flags.includes("-h")) {
      terminal.out(helpOf(command.spec));
      return 0;
    }
    return await command.run(readArguments(given, command.spec), terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`plimsoll${named ? ` ${first}` : ""}: ${error.message}\n`);
    return 2;
  }
}

/** The first words that are no operand of `check`. */
const NAMES = [...commands.map((it) => it.spec.name), "--version", "--help"];

function overview(): string {
  const rows = commands.map((it) => [it.spec.name, it.spec.summary] as const);
  return [
    "Plimsoll finds what will fail, leak or weigh too much in Dockerfiles and Compose files.",
    "",
    "Usage: plimsoll <command> [flags] …, or plimsoll [flags of check] FILES|FOLDERS",
    "",
    ...columns([
      ...rows,
      ["--version", "Show the version."],
      ["--help", "Show this; behind a command, its flags."],
    ]),
    "",
  ].join("\n");
}
