import { relative } from "node:path";
import { fixAll } from "../../features/fix-all.ts";
import type { Problem } from "../../rules/rule.ts";
import type { Surroundings } from "../../workspace/models.ts";
import { fixOtherFiles } from "./fix-other-files.ts";
import type { Input, Unreadable } from "./inputs.ts";
import { printable, type Terminal } from "./terminal.ts";
import { writeBack } from "./write-back.ts";

/** The problems of a text in the place of a file. */
export type Check = (text: string) => readonly Problem[];

/** What came of looking at one file. */
export interface Outcome {
  /** With the text that the problems are in. */
  readonly input: Input;
  readonly problems: readonly Problem[];
  readonly made: number;
  readonly failed: Unreadable | undefined;
  readonly wroteOthers?: boolean;
}

/** What is wrong, and nothing fixed. */
export function checked(input: Input, check: Check): Outcome {
  return { input, problems: check(input.text), made: 0, failed: undefined };
}

/** Makes the fixes of these kinds, and writes what they make: to the file, or to standard output for what came from standard input. */
export function fixInput(
  input: Input,
  kinds: "safe" | "unsafe",
  check: Check,
  around: Surroundings,
  terminal: Terminal,
): Outcome {
  const fixed = fixAll(input.text, check, kinds);
  const done: Outcome = {
    input: { ...input, text: fixed.text },
    problems: fixed.left,
    made: fixed.made,
    failed: undefined,
  };
  // A filter has one output.
  if (input.standardInput) {
    terminal.out(fixed.text);
    return done;
  }
  const written = writeFixed(input, done, check, around, terminal);
  return kinds === "unsafe" && !written.failed ? withOthers(written, check, around, terminal) : written;
}

function writeFixed(
  input: Input,
  done: Outcome,
  check: Check,
  around: Surroundings,
  terminal: Terminal,
): Outcome {
  if (done.input.text === input.text || input.path === undefined) return done;
  if (!input.faithful) {
    terminal.error(`${printable(input.name)}: this is no valid UTF-8, so it is left as it is.\n`);
    return checked(input, check);
  }
  const why = writeBack(input.path, done.input.text);
  around.disk.forget(input.path);
  if (why === undefined) return done;
  return {
    ...checked(input, check),
    failed: { name: input.name, message: `this cannot be written (${why}).` },
  };
}

/** The fixes that change other files too, e.g. the ignore file. */
function withOthers(outcome: Outcome, check: Check, around: Surroundings, terminal: Terminal): Outcome {
  const { input } = outcome;
  const others = fixOtherFiles(input.text, check, around.disk);
  const { written, failed } = others;
  // Files that are new may show more.
  const { text, made } =
    others.made > 0 ? fixedAgain(others, check) : { text: input.text, made: others.made };
  const nameOf = (file: string) => relative(terminal.folder, file);
  for (const file of written)
    terminal.error(`${printable(nameOf(file))}: written for ${printable(input.name)}.\n`);
  const fixed = writeFixed(
    input,
    {
      ...outcome,
      input: { ...input, text },
      problems: made > 0 ? check(text) : outcome.problems,
      made: outcome.made + made,
    },
    check,
    around,
    terminal,
  );
  const wroteOthers = written.length > 0;
  if (!failed) return { ...fixed, wroteOthers };
  return {
    ...fixed,
    wroteOthers,
    failed: { name: nameOf(failed.file), message: `this cannot be written (${failed.why}).` },
  };
}

function fixedAgain(others: { text: string; made: number }, check: Check): { text: string; made: number } {
  const { text, made } = fixAll(others.text, check, "unsafe");
  return { text, made: others.made + made };
}
