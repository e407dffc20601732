import { relative } from "node:path";
import { fixAll } from "../../../features/fix-all.ts";
import type { CheckOptions } from "../../../rules/check-options.ts";
import type { Problem, Severity } from "../../../rules/rule.ts";
import { checkFile, optionsOf } from "../../../workspace/check-file.ts";
import type { ConfigurationFile } from "../../../workspace/configuration/configuration-files.ts";
import { usualShellcheck } from "../../../workspace/configuration/settings.ts";
import { Disk } from "../../../workspace/disk.ts";
import { type ConfiguredArguments, modelOfDockerfile, type Surroundings } from "../../../workspace/models.ts";
import { Shellcheck } from "../../../workspace/shellcheck.ts";
import {
  configurationFindings,
  configurationFlags,
  configurationFor,
  ignoredNote,
} from "../configuration.ts";
import { type Finding, findingsOf, isAtLeast } from "../finding.ts";
import { fixOtherFiles } from "../fix-other-files.ts";
import { checkstyle } from "../format/checkstyle.ts";
import type { Format } from "../format/format.ts";
import { github } from "../format/github.ts";
import { gitlab } from "../format/gitlab.ts";
import { json } from "../format/json.ts";
import { sarif } from "../format/sarif.ts";
import { text } from "../format/text.ts";
import { type Input, readInputs, type Unreadable } from "../inputs.ts";
import type { Command } from "../run.ts";
import { surroundings } from "../surroundings.ts";
import { printable, type Terminal } from "../terminal.ts";
import { type Arguments, UsageError } from "../usage.ts";
import { writeBack } from "../write-back.ts";

const formats: Readonly<Record<string, Format>> = { text, json, sarif, github, gitlab, checkstyle };
const limits = ["error", "warning", "info", "hint", "never"] as const;

export const checkCommand: Command = {
  spec: {
    name: "check",
    summary:
      "Find problems in Dockerfiles, Compose files, and the .env and ignore files beside them; fix them.",
    usage: "check [flags] FILES|FOLDERS",
    flags: [
      {
        name: "format",
        summary: "How findings are printed; text when not given.",
        value: { placeholder: Object.keys(formats).join("|"), oneOf: Object.keys(formats) },
      },
      { name: "fix", summary: "Make the fixes that keep what the build does." },
      { name: "fix-unsafe", summary: "Make those too that may change the build, or another file." },
      { name: "all-rules", summary: "Run the rules too that are off by default." },
      ...configurationFlags,
      { name: "no-shellcheck", summary: "Do not ask ShellCheck about RUN, where it is installed." },
      {
        name: "fail-on",
        summary: "Lowest severity that makes the exit code 1; as configured, else error.",
        value: { placeholder: limits.join("|"), oneOf: limits },
      },
      {
        name: "stdin-filename",
        summary: "Name of what `-` reads: tells its kind and its folder.",
        value: { placeholder: "PATH" },
      },
    ],
    notes: [
      "Folders are searched for Dockerfiles, Compose files, .env and ignore files; node_modules and .git are left out.",
      "Each file is checked by the .plimsoll.yaml, .hadolint.yaml and .dclintrc in its folder and above.",
      "`-` reads standard input; with --fix the fixed text goes to standard output and findings to standard error.",
      "Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input.",
    ],
  },
  run: check,
};

async function check({ switches, values, operands }: Arguments, terminal: Terminal): Promise<number> {
  if (operands.length === 0)
    throw new UsageError("Name files or folders to check, for example: plimsoll check .");
  const fixes = switches.has("fix-unsafe") ? "unsafe" : switches.has("fix") ? "safe" : undefined;
  const disk = new Disk();
  const { readable, unreadable, empty } = await readInputs(operands, {
    disk,
    terminal,
    stdinName: values.get("stdin-filename"),
  });
  for (const folder of empty)
    terminal.error(`${printable(folder)}: there is no Dockerfile or Compose file in this folder.\n`);

  const around = await surroundings(disk, terminal);
  const configuration = configurationFor(switches, values.get("config"), around, terminal);
  const shellcheck = switches.has("no-shellcheck") ? undefined : new Shellcheck(usualShellcheck);
  const failed: Unreadable[] = [...unreadable];
  const results = new Map<Input, Result>();
  const used = new Set<ConfigurationFile>();
  let fixed = 0;
  const lookAt = async (named: Input): Promise<Outcome | undefined> => {
    const input = afresh(named, disk);
    const configured = configuration(input.path);
    for (const file of configured.files) used.add(file);
    if (configured.ignoredBy !== undefined) {
      if (operands.includes(input.name) || input.standardInput)
        terminal.error(ignoredNote(input, configured.ignoredBy, terminal));
      // What comes in has to go out, also where nothing is looked at.
      if (fixes && input.standardInput) terminal.out(input.text);
      return undefined;
    }
    const buildArguments: ConfiguredArguments = (path) => configuration(path).buildArguments;
    const options = {
      ...optionsOf(configured),
      allRules: switches.has("all-rules") || configured.allRules,
      onFailure: failure(terminal),
    };
    const check: Check = (text) =>
      checkFile(input.kind, text, input.path, around, options, buildArguments, shellcheck);
    const ask = async (text: string) => {
      if (input.kind === "dockerfile")
        await shellcheck?.askAbout(modelOfDockerfile(text, input.path, around, buildArguments));
    };
    await ask(input.text);
    const first = fixes ? fix(input, fixes, check, around, terminal) : checked(input, check);
    // What was fixed has other scripts.
    if (first.made > 0) await ask(first.input.text);
    const outcome = first.made > 0 ? { ...first, problems: check(first.input.text) } : first;
    if (outcome.failed) failed.push(outcome.failed);
    fixed += outcome.made;
    results.set(named, {
      findings: findingsOf(outcome.input, outcome.problems, around.textAt),
      failOn: values.get("fail-on") ?? configured.failOn ?? "error",
    });
    return outcome;
  };
  // A file that is written for another one may be an input too, or may matter for one that was looked at already.
  let waiting: readonly Input[] = readable;
  for (let round = 0; round < MOST_ROUNDS && waiting.length > 0; round++) {
    const again: Input[] = [];
    let wroteOthers = false;
    for (const input of waiting) {
      const outcome = await lookAt(input);
      if (outcome?.wroteOthers) wroteOthers = true;
      if (outcome && !outcome.failed && !input.standardInput) again.push(input);
    }
    waiting = wroteOthers ? again : [];
  }
  const slips = {
    findings: [...used].flatMap((it) => configurationFindings(it, terminal, around.textAt)),
    failOn: values.get("fail-on") ?? "error",
  };
  const all = [slips, ...results.values()];
  const findings = all.flatMap((it) => it.findings);

  for (const { name, message } of failed) terminal.error(`${printable(name)}: ${message}\n`);
  const format = formats[values.get("format") ?? "text"] ?? text;
  const report = format({ findings, unreadable: failed, files: results.size, fixed }, terminal);
  // Standard output belongs to the fixed text then.
  if (fixes && readable.some((it) => it.standardInput)) terminal.error(report);
  else terminal.out(report);
  return exitCode(all, failed);
}

/** What was found in one file, and from which severity on it fails the check. */
interface Result {
  readonly findings: readonly Finding[];
  readonly failOn: string;
}

/** The problems of a text in the place of a file. */
type Check = (text: string) => readonly Problem[];

interface Outcome {
  /** With the text that the problems are in. */
  readonly input: Input;
  readonly problems: readonly Problem[];
  readonly made: number;
  readonly failed: Unreadable | undefined;
  readonly wroteOthers?: boolean;
}

/** How often files are looked at where fixes in one call for fixes in another. */
const MOST_ROUNDS = 4;

/** The input as it is now: a fix in another file may have written it. */
function afresh(input: Input, disk: Disk): Input {
  if (input.standardInput || input.path === undefined) return input;
  const read = disk.read(input.path);
  return read.kind === "text" ? { ...input, text: read.text, faithful: read.faithful } : input;
}

function checked(input: Input, check: Check): Outcome {
  return { input, problems: check(input.text), made: 0, failed: undefined };
}

function fix(
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

function failure(terminal: Terminal): NonNullable<CheckOptions["onFailure"]> {
  return ({ rule, error }) =>
    terminal.error(
      `Rule ${rule} failed, please report this: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
}

function exitCode(results: readonly Result[], failed: readonly Unreadable[]): number {
  if (failed.length > 0) return 2;
  const fails = results.some(({ findings, failOn }) => {
    const limit = severities.find((it) => it === failOn);
    return limit && findings.some((it) => isAtLeast(it.severity, limit));
  });
  return fails ? 1 : 0;
}

const severities: readonly Severity[] = ["error", "warning", "info", "hint"];
