import { basename, dirname, join, relative, sep } from "node:path";
import {
  type LayeredConfiguration,
  layered,
  noConfiguration,
  type ReadConfiguration,
} from "../../rules/configuration/configuration.ts";
import { readDclintConfiguration } from "../../rules/configuration/read-dclint.ts";
import { readHadolintConfiguration } from "../../rules/configuration/read-hadolint.ts";
import { readPlimsollConfiguration } from "../../rules/configuration/read-plimsoll.ts";
import { mappingAt } from "../../syntax/compose/find.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import { globMatcher } from "../../text/glob.ts";
import { foldersUpFrom } from "../context-folder.ts";
import type { ReadResult } from "../decode.ts";
import type { Disk } from "../disk.ts";
import { kindOfFile } from "../languages.ts";
import type { Settings } from "./settings.ts";
import { budgetsFor, type ConfiguredBudget } from "./size-budgets.ts";

/** A file that says how others are checked. */
export interface ConfigurationFile extends ReadConfiguration {
  /** Absolute. */
  readonly path: string;
  /** Empty when it could not be read. */
  readonly text: string;
  /** Where its globs start from. */
  readonly folder: string;
  /** True for dclint's, which speaks of Compose files alone. */
  readonly onlyCompose?: boolean;
}

/** How one file is checked. */
export interface Configured extends LayeredConfiguration {
  /** The files that say so, nearest first; what is wrong in them is told of there. */
  readonly files: readonly ConfigurationFile[];
  /** Who says that this one is not to be checked: the path of a configuration, or `settings`. */
  readonly ignoredBy: string | undefined;
  /** What images may weigh, nearest first. */
  readonly budgets: readonly ConfiguredBudget[];
}

/** In a folder the first of each kind is read. */
const plimsollNames: readonly string[] = [".plimsoll.yaml", ".plimsoll.yml", ".plimsoll.json"];
const hadolintNames: readonly string[] = [".hadolint.yaml", ".hadolint.yml", "hadolint.yaml", "hadolint.yml"];

/** In the order in which dclint looks for them (cosmiconfig 9); the last ones are programs, of which is told that they are not read. */
const dclintNames: readonly string[] = [
  "package.json",
  ...["", ".json", ".yaml", ".yml"].map((it) => `.dclintrc${it}`),
  ...["", ".json", ".yaml", ".yml"].map((it) => `.config/dclintrc${it}`),
  ...[".js", ".ts", ".cjs", ".mjs"].flatMap((it) => [`.dclintrc${it}`, `dclint.config${it}`]),
];

type Around = { readonly disk: Disk; readonly folders: readonly string[] };

/**
 * How the file at `path` is checked: by the configurations around it, the nearer folder's before the farther's and in one
 * folder ours before hadolint's and dclint's, and by the editor's settings where these say nothing. So the same file gives the same
 * findings in every editor and on the command line. `given` stands in place of all that is around.
 */
export function configuredFor(
  path: string | undefined,
  settings: Settings,
  around: Around,
  given?: readonly ConfigurationFile[],
): Configured {
  const isDockerfile = path !== undefined && kindOfFile(path) === "dockerfile";
  const found = given ?? (path === undefined ? [] : configurationsAround(dirname(path), around));
  const files = isDockerfile ? found.filter((it) => !it.onlyCompose) : found;
  return {
    ...layered([...files.map((it) => it.configuration), settings.configuration]),
    files,
    ignoredBy: path === undefined ? undefined : ignoring(path, settings, around, files),
    budgets: budgetsFor(path, [
      ...files,
      ...around.folders.map((folder) => ({ folder, configuration: settings.configuration })),
    ]),
  };
}

/** The configurations of a folder and of those above it, nearest first. Of hadolint's and dclint's the nearest alone, as they read one only. */
function configurationsAround(folder: string, around: Around): readonly ConfigurationFile[] {
  const found: ConfigurationFile[] = [];
  let hadolint: ConfigurationFile | undefined;
  let dclint: ConfigurationFile | undefined;
  for (const at of foldersOfProject(folder, around)) {
    const own = firstOf(plimsollNames, at, around);
    if (own) found.push(own);
    if (!hadolint) {
      hadolint = firstOf(hadolintNames, at, around);
      if (hadolint) found.push(hadolint);
    }
    if (!dclint) {
      dclint = firstOf(dclintNames, at, around);
      if (dclint) found.push(dclint);
    }
  }
  return found;
}

/** A configuration named outright; its globs start from `folder`. Undefined when there is no such file. */
export function configurationAt(
  path: string,
  folder: string,
  { disk }: Pick<Around, "disk">,
): ConfigurationFile | undefined {
  const read = disk.read(path);
  return read.kind === "absent" ? undefined : readFile(path, folder, read);
}

/** A configuration as it stands in an editor, saved or not. Undefined when the file is another tool's. */
export function configurationOfText(path: string, text: string): ConfigurationFile | undefined {
  const name = basename(path);
  const read = { kind: "text", text, faithful: true } as const;
  return isOther(name, read) ? undefined : readFile(path, dirname(path), read, dclintNames.includes(name));
}

function firstOf(names: readonly string[], folder: string, { disk }: Around): ConfigurationFile | undefined {
  for (const name of names) {
    const path = join(folder, name);
    const read = disk.read(path);
    if (read.kind === "absent" || isOther(name, read)) continue;
    const known = files.get(read);
    if (known?.path === path) return known;
    const file = readFile(path, folder, read, dclintNames.includes(name));
    files.set(read, file);
    return file;
  }
  return undefined;
}

/** Keys that only hadolint's form has. */
const HADOLINT_KEY =
  /^(?:ignored|override|trustedRegistries|label-schema|failure-threshold|no-fail|disable-ignore-pragma)\s*:/m;

/** Keys of workflows and pipelines, which call hadolint with the names of its rules. */
const OF_PIPELINE = /^\s*(?:- )?(?:image|jobs|name|on|pipeline|repos|run|script|stages?|steps|uses):/m;

/** hadolint reads `hadolint.yaml` by that name in its own folders only; elsewhere it may be another tool's, e.g. a workflow. */
function isOther(name: string, read: ReadResult): boolean {
  if (name === "package.json") return !(read.kind === "text" && hasDclintKey(read.text));
  // Programs have names that nothing else has.
  if (dclintNames.includes(name)) return false;
  if (name.startsWith(".")) return false;
  // One that is broken still names hadolint's rules, or cannot be read at all: that is told.
  if (read.kind === "text")
    return (
      !HADOLINT_KEY.test(read.text) && (!/\bDL[1-4]\d{3}\b/.test(read.text) || OF_PIPELINE.test(read.text))
    );
  return read.kind === "directory";
}

function hasDclintKey(text: string): boolean {
  return text.includes('"dclint"') && mappingAt(parseCompose(text).root, "dclint") !== undefined;
}

/** A file is read once as long as the disk remembers it. */
const files = new WeakMap<ReadResult, ConfigurationFile>();

function readFile(path: string, folder: string, read: ReadResult, isDclints = false): ConfigurationFile {
  if (read.kind !== "text") {
    const message = `This configuration ${unreadable[read.kind]}, so it is not used.`;
    const span = { start: 0, end: 0 };
    const problems = [{ code: "configuration-unreadable", message, span, severity: "error" } as const];
    return { path, folder, text: "", configuration: noConfiguration, problems };
  }
  const { text } = read;
  if (isDclints || /dclint/i.test(basename(path)))
    return { path, folder, text, onlyCompose: true, ...readDclints(basename(path), text) };
  // One that is named outright may have any name.
  const name = basename(path).toLowerCase();
  const isHadolints = !name.includes("plimsoll") && (name.includes("hadolint") || HADOLINT_KEY.test(text));
  return {
    path,
    folder,
    text,
    ...(isHadolints ? readHadolintConfiguration(text) : readPlimsollConfiguration(text)),
  };
}

function readDclints(name: string, text: string): ReadConfiguration {
  if (!/\.(?:[cm]?js|ts)$/.test(name)) return readDclintConfiguration(text, name === "package.json");
  const message =
    "This configuration of dclint is a program, which Plimsoll does not run. What it says is not used; a `.dclintrc` or `.plimsoll.yaml` is.";
  const span = { start: 0, end: 0 };
  return {
    configuration: noConfiguration,
    problems: [{ code: "configuration-unreadable", message, span, severity: "info" }],
  };
}

const unreadable: Readonly<Record<Exclude<ReadResult["kind"], "text">, string>> = {
  absent: "is not there",
  directory: "is a folder",
  "too-large": "is larger than 4 MiB",
  binary: "is binary, not text",
  unreadable: "cannot be read",
};

/**
 * From a folder up to the repository's root, so that what holds does not depend on which part of it was opened; outside of
 * a repository up to the opened folder.
 */
function foldersOfProject(own: string, around: Around): readonly string[] {
  const above: string[] = [];
  for (let at = own; above.length < MOST_LEVELS; at = dirname(at)) {
    above.push(at);
    if (around.disk.kindOf(join(at, ".git")) !== "absent") return above;
    if (dirname(at) === at) break;
  }
  const opened = above.findIndex((it) => around.folders.includes(it));
  return opened < 0 ? foldersUpFrom(own, around) : above.slice(0, opened + 1);
}

const MOST_LEVELS = 64;

function ignoring(
  path: string,
  { configuration }: Settings,
  { folders }: Around,
  files: readonly ConfigurationFile[],
): string | undefined {
  const file = files.find((it) => isIgnored(path, it));
  if (file) return file.path;
  return folders.some((folder) => isIgnored(path, { folder, configuration })) ? "settings" : undefined;
}

function isIgnored(
  path: string,
  { folder, configuration }: Pick<ConfigurationFile, "folder" | "configuration">,
): boolean {
  if (configuration.ignore.length === 0) return false;
  const inside = relative(folder, path).split(sep).join("/");
  return !inside.startsWith("../") && configuration.ignore.some((it) => globMatcher(it)(inside));
}
