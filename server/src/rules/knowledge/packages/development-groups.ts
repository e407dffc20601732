import { baseName, isWithin, joinPath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stageCopiedFrom, stageSources } from "../../../model/stage/stage-sources.ts";
import { saysText } from "../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { isObject, readJsonObject } from "../../../text/json.ts";
import { insertWordBehind } from "../../writing/commands/command-words.ts";
import { insertAbove } from "../../writing/dockerfile/lines.ts";
import { projectText } from "../files/project-text.ts";
import { runsSaying } from "../stages/runs-saying.ts";
import { isLeftUnset } from "./manager-images.ts";
import { listsIn, tableIn } from "./toml-lists.ts";

/** An install that certainly brings what its project's manifest lists for development only. */
export interface GroupInstall {
  readonly manager: GroupManager;
  readonly command: Command;
  readonly verb: ShellWord;
  readonly run: Instruction;
  /** What the manifest lists, by name: packages, or the group that they are in. */
  readonly listed: readonly string[];
  /** Leaves them out, in this install and the others of the stage. */
  readonly edits: readonly TextEdit[];
}

/** How a package manager is told which of its projects' dependencies are for development. */
export interface GroupManager {
  readonly program: string;
  readonly verb: string;
  readonly manifest: string;
  /** As findings call them. */
  readonly called: string;
  /** What the manifest lists for development and the manager installs unless told otherwise. */
  readonly listed: (manifest: string) => readonly string[];
  /** An option that says which groups come. */
  readonly chooses: RegExp;
  /** Variables that say the same. */
  readonly variables: readonly string[];
  /** Without this variable set to `production` the service needs them when it runs. */
  readonly production?: readonly string[];
  /** Where they are installed, from the project's folder. */
  readonly folder: string;
  /** What leaves them out: an option, or a variable for all that follows. */
  readonly without: (
    listed: readonly string[],
  ) => { readonly option: string } | { readonly variable: string };
}

/** From the managers' own documentation (getcomposer.org, docs.astral.sh/uv, python-poetry.org, bundler.io, read 2026-11). */
const managers: readonly GroupManager[] = [
  {
    program: "composer",
    verb: "install",
    manifest: "composer.json",
    called: "the packages of require-dev",
    listed: requireDev,
    chooses: /^--(no-)?dev$|^(-d|--working-dir)\b/,
    variables: ["COMPOSER_NO_DEV", "COMPOSER"],
    folder: "vendor",
    without: () => ({ option: "--no-dev" }),
  },
  {
    program: "uv",
    verb: "sync",
    manifest: "pyproject.toml",
    called: "the packages of the group dev",
    listed: developmentPackagesOfUv,
    chooses: /^--((no-)?dev|only-dev|(no-|only-)?group|no-default-groups|project|directory|active)(=|$)/,
    variables: [
      "UV_NO_DEV",
      "UV_NO_GROUP",
      "UV_NO_DEFAULT_GROUPS",
      "UV_PROJECT_ENVIRONMENT",
      "UV_PROJECT",
      "UV_WORKING_DIR",
    ],
    folder: ".venv",
    without: () => ({ option: "--no-dev" }),
  },
  {
    program: "poetry",
    verb: "install",
    manifest: "pyproject.toml",
    called: "the packages of its groups",
    listed: poetryGroups,
    chooses: /^--(no-dev|dev-only|only|without|only-root|directory|project)(=|$)|^-[CP]$/,
    variables: ["POETRY_VIRTUALENVS_PATH"],
    folder: ".venv",
    without: (groups) => ({ option: `--without ${groups.join(",")}` }),
  },
  {
    program: "bundle",
    verb: "install",
    manifest: "Gemfile",
    called: "the gems of the group development",
    listed: (text) =>
      /^\s*group\s*\(?\s*:development\b/m.test(text) || /,\s*groups?:\s*\[?:development\s*\]?\s*$/m.test(text)
        ? ["development"]
        : [],
    chooses: /^--(without|with|gemfile|path)(=|$)/,
    variables: ["BUNDLE_WITHOUT", "BUNDLE_ONLY", "BUNDLE_WITH", "BUNDLE_GEMFILE", "BUNDLE_APP_CONFIG_FILE"],
    production: ["RAILS_ENV", "RACK_ENV"],
    folder: ".",
    without: () => ({ variable: 'BUNDLE_WITHOUT="development"' }),
  },
];

/** What uv installs of a pyproject.toml for development unless told otherwise, as far as that is certain. */
export function developmentPackagesOfUv(text: string): readonly string[] {
  return /^\s*default-groups\s*=/m.test(text) ? [] : namesIn(text);
}

const PROGRAMS = new RegExp(managers.map((it) => it.program).join("|"));

/** The first install of a stage that brings what is for development, where no other one of it takes that away again. */
export function groupInstall(stage: Stage): GroupInstall | undefined {
  for (const manager of managers) {
    const calls = callsOf(manager, stage);
    const [first] = calls ?? [];
    if (!calls || !first) continue;
    const text = manifestText(manager, first.run, stage);
    const listed = text === undefined ? [] : manager.listed(text);
    if (listed.length === 0) continue;
    const edits = leaveOut(manager, listed, calls, stage);
    return { manager, ...first, listed, edits };
  }
  return undefined;
}

interface Call {
  readonly command: Command;
  readonly verb: ShellWord;
  readonly run: Instruction;
}

/** All installs by a manager in a stage; undefined where one of them, or the stage, says which groups come, or may say it. */
function callsOf(manager: GroupManager, stage: Stage): readonly Call[] | undefined {
  const calls: Call[] = [];
  for (const run of runsSaying(PROGRAMS, stage)) {
    if (!saysText(manager.program, run)) continue;
    const script = stage.commandsOf(run);
    if (!script?.complete) return undefined;
    let moved = false;
    for (const command of script.commands) {
      const name = baseName(command.name?.literal ?? "");
      if (name === "cd" || name === "pushd") moved = true;
      if (name !== manager.program) continue;
      const words = command.arguments;
      const verb = words.find((it) => !it.raw.startsWith("-"));
      // Bundler's settings may say which groups come; Poetry's do not.
      if (
        verb?.literal === "config" &&
        words.some(({ literal = "without" }) => /without|with$|only/i.test(literal))
      )
        return undefined;
      if (verb?.literal !== manager.verb) continue;
      if (words.some((it) => it.literal === undefined || manager.chooses.test(it.literal))) return undefined;
      if (moved || command.conditional || !isOpen(manager, command, run, stage)) return undefined;
      calls.push({ command, verb, run });
    }
  }
  return calls;
}

function isOpen(
  { variables }: GroupManager,
  { assignments }: Command,
  run: Instruction,
  stage: Stage,
): boolean {
  if (assignments.some((it) => variables.includes(it.name))) return false;
  const state = stage.before(run);
  return variables.every((it) => isLeftUnset(it, state, stage));
}

/** Is the environment that the service runs in certainly one that needs nothing for development? */
export function runsInProduction({ production }: GroupManager, { result }: Stage): boolean {
  if (!production) return true;
  return production.some((it) => {
    const value = result.variable(it);
    return value.known && value.value === "production";
  });
}

/** The manifest in the working directory, copied or bound there from the context. */
function manifestText(
  { manifest, program }: GroupManager,
  run: Instruction,
  stage: Stage,
): string | undefined {
  const { context } = stage.model.inputs;
  // What the project keeps beside it may choose the groups.
  if (program === "bundle" && context?.read(".bundle/config")?.includes("WITHOUT")) return undefined;
  if (program === "poetry" && context?.read("poetry.toml") !== undefined) return undefined;
  return projectText(manifest, run, stage);
}

/** Does the stage that is shipped take the folder that they are in from this stage? */
export function isTakenFrom(
  stage: Stage,
  run: Instruction,
  { folder }: GroupManager,
  shipped: Stage,
): boolean {
  const { workdir } = stage.before(run);
  if (!workdir.known || folder === ".") return false;
  const at = joinPath(workdir.value, folder);
  return shipped.instructions.some(
    (copy) =>
      stageCopiedFrom(copy, shipped) === stage &&
      stageSources(copy, shipped).some(({ path }) => isWithin(at, path)),
  );
}

function leaveOut(
  { without }: GroupManager,
  listed: readonly string[],
  calls: readonly Call[],
  { model: { file } }: Stage,
): readonly TextEdit[] {
  const how = without(listed);
  const [first] = calls;
  if ("variable" in how) return first ? [insertAbove(file, first.run, `ENV ${how.variable}`)] : [];
  return calls.map(({ verb, run }) => insertWordBehind(verb, how.option, run));
}

function requireDev(text: string): readonly string[] {
  const dev = readJsonObject(text)?.["require-dev"];
  return isObject(dev) ? Object.keys(dev) : [];
}

/** `dev = [` below `[dependency-groups]`, or `dev-dependencies = [` below `[tool.uv]`. */
const UV_DEV: Readonly<Record<string, RegExp>> = {
  "dependency-groups": /^dev\s*=\s*\[/,
  "tool.uv": /^dev-dependencies\s*=\s*\[/,
};

function namesIn(text: string): readonly string[] {
  return listsIn(text, UV_DEV).flatMap((it) => /^[A-Za-z0-9][\w.-]*/.exec(it)?.[0] ?? []);
}

/** Groups of Poetry's that are not optional; the one for development had a table of its own before. */
function poetryGroups(text: string): readonly string[] {
  const groups: string[] = [];
  const optional = new Set<string>();
  let group: string | undefined;
  for (const line of text.split("\n")) {
    const table = tableIn(line);
    if (table !== undefined) {
      group = /^tool\.poetry\.group\.([\w-]+)(?:\.dependencies)?$/.exec(table)?.[1];
      if (table === "tool.poetry.dev-dependencies") group = "dev";
      continue;
    }
    if (group === undefined) continue;
    if (/^optional\s*=\s*true\b/.test(line)) optional.add(group);
    else if (/^[\w."-]+\s*=/.test(line) && !groups.includes(group)) groups.push(group);
  }
  // Of other names it is not known what they are for.
  return groups.filter((it) => /^(dev|test|tests|lint|typing|docs?|ci)$/.test(it) && !optional.has(it));
}
