import type { CheckOptions } from "../../../rules/check-options.ts";
import { SEVERITIES } from "../../../rules/rule.ts";
import { checkFile, optionsOf } from "../../../workspace/check-file.ts";
import type { ConfigurationFile, Configured } from "../../../workspace/configuration/configuration-files.ts";
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
import { type Check, checked, fixInput, type Outcome } from "../fix-input.ts";
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

const formats: Readonly<Record<string, Format>> = { text, json, sarif, github, gitlab, checkstyle };
const limits = [...SEVERITIES, "never"] as const;

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

async function check(call: Arguments, terminal: Terminal): Promise<number> {
  const { switches, values, operands } = call;
  if (operands.length === 0)
    throw new UsageError("Name files or folders to check, for example: plimsoll check .");
  const disk = new Disk();
  const { readable, unreadable, empty } = await readInputs(operands, {
    disk,
    terminal,
    stdinName: values.get("stdin-filename"),
  });
  for (const folder of empty)
    terminal.error(`${printable(folder)}: there is no Dockerfile or Compose file in this folder.\n`);

  const run = new CheckRun(call, terminal, await surroundings(disk, terminal));
  await run.lookAtAll(readable);
  const failed = [...unreadable, ...run.failed];
  const findings = run.results().flatMap((it) => it.findings);

  for (const { name, message } of failed) terminal.error(`${printable(name)}: ${message}\n`);
  const format = formats[values.get("format") ?? "text"] ?? text;
  const report = format({ findings, unreadable: failed, files: run.files, fixed: run.fixed }, terminal);
  // Standard output belongs to the fixed text then.
  if (fixesOf(switches) && readable.some((it) => it.standardInput)) terminal.error(report);
  else terminal.out(report);
  return exitCode(run.results(), failed);
}

/** Which fixes are made; none when not asked for. */
function fixesOf(switches: Arguments["switches"]): "safe" | "unsafe" | undefined {
  if (switches.has("fix-unsafe")) return "unsafe";
  return switches.has("fix") ? "safe" : undefined;
}

/** Files looked at one after the other, with what was found in them. */
class CheckRun {
  readonly failed: Unreadable[] = [];
  /** How many problems were fixed. */
  fixed = 0;
  readonly #call: Arguments;
  readonly #terminal: Terminal;
  readonly #around: Surroundings;
  readonly #configuration: ReturnType<typeof configurationFor>;
  readonly #shellcheck: Shellcheck | undefined;
  readonly #results = new Map<Input, Result>();
  readonly #used = new Set<ConfigurationFile>();

  constructor(call: Arguments, terminal: Terminal, around: Surroundings) {
    this.#call = call;
    this.#terminal = terminal;
    this.#around = around;
    this.#configuration = configurationFor(call.switches, call.values.get("config"), around, terminal);
    this.#shellcheck = call.switches.has("no-shellcheck") ? undefined : new Shellcheck(usualShellcheck);
  }

  get files(): number {
    return this.#results.size;
  }

  /** Of what is wrong in the configuration first, then of each file. */
  results(): readonly Result[] {
    const findings = [...this.#used].flatMap((it) =>
      configurationFindings(it, this.#terminal, this.#around.textAt),
    );
    return [{ findings, failOn: this.#call.values.get("fail-on") ?? "error" }, ...this.#results.values()];
  }

  /** A file that is written for another one may be an input too, or may matter for one that was looked at already. */
  async lookAtAll(inputs: readonly Input[]): Promise<void> {
    let waiting = inputs;
    for (let round = 0; round < MOST_ROUNDS && waiting.length > 0; round++) {
      const again: Input[] = [];
      let wroteOthers = false;
      for (const input of waiting) {
        const outcome = await this.#lookAt(input);
        if (outcome?.wroteOthers) wroteOthers = true;
        if (outcome && !outcome.failed && !input.standardInput) again.push(input);
      }
      waiting = wroteOthers ? again : [];
    }
  }

  /** Undefined for a file that the configuration leaves out. */
  async #lookAt(named: Input): Promise<Outcome | undefined> {
    const input = afresh(named, this.#around.disk);
    const configured = this.#configuration(input.path);
    for (const file of configured.files) this.#used.add(file);
    if (configured.ignoredBy !== undefined) {
      this.#tellIgnored(input, configured.ignoredBy);
      return undefined;
    }
    const outcome = await this.#outcomeOf(input, configured);
    if (outcome.failed) this.failed.push(outcome.failed);
    this.fixed += outcome.made;
    this.#results.set(named, {
      findings: findingsOf(outcome.input, outcome.problems, this.#around.textAt),
      failOn: this.#call.values.get("fail-on") ?? configured.failOn ?? "error",
    });
    return outcome;
  }

  #tellIgnored(input: Input, by: NonNullable<Configured["ignoredBy"]>): void {
    const { switches, operands } = this.#call;
    if (operands.includes(input.name) || input.standardInput)
      this.#terminal.error(ignoredNote(input, by, this.#terminal));
    // What comes in has to go out, also where nothing is looked at.
    if (fixesOf(switches) && input.standardInput) this.#terminal.out(input.text);
  }

  async #outcomeOf(input: Input, configured: Configured): Promise<Outcome> {
    const { switches } = this.#call;
    const options = {
      ...optionsOf(configured),
      allRules: switches.has("all-rules") || configured.allRules,
      onFailure: failure(this.#terminal),
    };
    const check: Check = (text) =>
      checkFile(input.kind, text, input.path, this.#around, options, this.#buildArguments, this.#shellcheck);
    const fixes = fixesOf(switches);
    await this.#askShellcheck(input, input.text);
    const first = fixes ? fixInput(input, fixes, check, this.#around, this.#terminal) : checked(input, check);
    if (first.made === 0) return first;
    // What was fixed has other scripts.
    await this.#askShellcheck(input, first.input.text);
    return { ...first, problems: check(first.input.text) };
  }

  readonly #buildArguments: ConfiguredArguments = (path) => this.#configuration(path).buildArguments;

  async #askShellcheck({ kind, path }: Input, text: string): Promise<void> {
    if (kind !== "dockerfile") return;
    await this.#shellcheck?.askAbout(modelOfDockerfile(text, path, this.#around, this.#buildArguments));
  }
}

/** What was found in one file, and from which severity on it fails the check. */
interface Result {
  readonly findings: readonly Finding[];
  readonly failOn: string;
}

/** How often files are looked at where fixes in one call for fixes in another. */
const MOST_ROUNDS = 4;

/** The input as it is now: a fix in another file may have written it. */
function afresh(input: Input, disk: Disk): Input {
  if (input.standardInput || input.path === undefined) return input;
  const read = disk.read(input.path);
  return read.kind === "text" ? { ...input, text: read.text, faithful: read.faithful } : input;
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
    const limit = SEVERITIES.find((it) => it === failOn);
    return limit && findings.some((it) => isAtLeast(it.severity, limit));
  });
  return fails ? 1 : 0;
}
