import { basename, delimiter, dirname, join, resolve } from "node:path";
import { usualNames } from "../../model/compose/effective/project-paths.ts";
import { includesOf } from "../../model/compose/files/includes.ts";
import { otherFilesOf, servicesIn, servicesMissingIn } from "../../model/compose/files/other-files.ts";
import { entriesOf, entryAt, valueAt } from "../../syntax/compose/find.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import type { ComposeFile, MappingEntry } from "../../syntax/compose/tree.ts";
import { foldersUpFrom } from "../context-folder.ts";
import { composeVariables } from "../environment/env-file.ts";
import { kindOfFile } from "../languages.ts";
import type { Surroundings } from "../models.ts";

/** What is asked about the files around a Compose file. */
export type Around = Pick<Surroundings, "disk" | "textAt" | "folders" | "parsed">;

/**
 * Whether Compose reads this file alone when it is started in its folder. It looks for the four default names, and adds
 * `compose.override.yaml` by itself; a file with another name is given with `-f` or named by another file, mostly as a part
 * of a project: it stands alone only where all of its services can be started as they are, and no other Compose file is around.
 * A file with a default name is a part too when one beside it extends it, one beside it or above includes it, or one
 * beside it has a service that it depends on and lacks.
 */
export function standsAlone(path: string, around: Around): boolean {
  const folder = dirname(path);
  // A development container's file is mostly read after the project's own.
  if (basename(folder) === ".devcontainer") return false;
  if (!isDefaultName(basename(path)) && !isOnlyOne(path, around)) return false;
  const itself = new Set([path]);
  return (
    !filesBeside(path, around).some(isOverride) &&
    isNamedNowhere(path, around) &&
    !isCompletedBeside(() => missingIn(path, around), folder, itself, around)
  );
}

/** Does Compose, started in the folder of this file, lay it beneath all others: has it a default name, and only overrides beside it? */
export function isFirst(path: string, around: Around): boolean {
  return (
    isDefaultName(basename(path)) &&
    basename(dirname(path)) !== ".devcontainer" &&
    filesBeside(path, around).every(isOverride) &&
    isNamedNowhere(path, around)
  );
}

function filesBeside(path: string, around: Around): readonly string[] {
  return composeFilesIn(dirname(path), around).filter((it) => it !== basename(path));
}

/** Compose takes such a file by itself too, as the last one. */
function isOverride(name: string): boolean {
  return /^(docker-)?compose\.override\.ya?ml$/.test(name);
}

/** No other file, and no `.env`, says what this one belongs to. */
function isNamedNowhere(path: string, around: Around): boolean {
  return (
    composeVariables(dirname(path), around)("COMPOSE_FILE") === undefined &&
    !isNamedBeside(path, new Set([path]), around) &&
    includersOf(path, around).length === 0
  );
}

/** Is a file with a name of its own the one Compose file far and wide, and lacks nothing that another one would bring? */
function isOnlyOne(path: string, around: Around): boolean {
  const folder = dirname(path);
  const text = /override|base|common|shared/i.test(basename(path)) ? undefined : around.textAt(path);
  if (text === undefined) return false;
  const services = entriesOf(valueAt(parsed(path, text, around).root, "services"));
  const canStart = ({ value }: MappingEntry) =>
    ["image", "build", "provider"].some((it) => entryAt(value, it));
  if (services.length === 0 || !services.every(canStart)) return false;
  const above = foldersUpFrom(folder, around);
  const outer = above[1];
  const besides = outer === undefined ? [] : (around.disk.list(outer) ?? []).map((it) => join(outer, it));
  if (besides.length > MOST_FOLDERS_BESIDE) return false;
  return [...above, ...besides].every((at) =>
    composeFilesIn(at, around).every((it) => join(at, it) === path),
  );
}

/** More are not looked into. */
const MOST_FOLDERS_BESIDE = 100;

/** Files in its folder and above that include the one at `path`. */
export function includersOf(path: string, around: Around): readonly string[] {
  return [...new Set(inclusionsOf(path, around, []).map((it) => it.by))];
}

/**
 * The folder from which the paths of the Compose file at `path` count: its own, unless a file that includes it, or `COMPOSE_FILE` of
 * a folder above, says another one and none says a third.
 */
export function pathsFolderOf(path: string, around: Around, seen: readonly string[] = []): string {
  const own = dirname(path);
  if (seen.includes(path)) return own;
  const folders = new Set(inclusionsOf(path, around, [...seen, path]).map((it) => it.directory));
  for (const folder of foldersUpFrom(own, around)) {
    const [first, ...others] = listedFiles(folder, around);
    if (first !== undefined && others.includes(path)) folders.add(dirname(first));
  }
  const [only, ...more] = folders;
  return only === undefined || more.length > 0 ? own : only;
}

/** The files that `COMPOSE_FILE` names in the `.env` of a folder; none where nothing does. */
export function listedFiles(folder: string, around: Around): readonly string[] {
  const variables = composeVariables(folder, around);
  const separator = variables("COMPOSE_PATH_SEPARATOR") || delimiter;
  const listed = variables("COMPOSE_FILE")?.split(separator) ?? [];
  return listed.filter(Boolean).map((it) => resolve(folder, it));
}

/** One `include` of a file: where it stands, and the folder from which the file's paths count then. */
interface Inclusion {
  readonly by: string;
  readonly directory: string;
}

function inclusionsOf(path: string, around: Around, seen: readonly string[]): readonly Inclusion[] {
  const name = basename(path);
  return foldersUpFrom(dirname(path), around).flatMap((above) =>
    composeFilesIn(above, around).flatMap((it): readonly Inclusion[] => {
      const by = join(above, it);
      const text = by === path ? undefined : around.textAt(by);
      // Most files include none, and need no parsing to tell.
      if (!text?.includes(name) || !/^["']?include\b/m.test(text)) return [];
      const folder = pathsFolderOf(by, around, seen);
      const includes = includesOf(parsed(by, text, around), composeVariables(folder, around));
      return includes.flatMap(({ paths, directory }) => {
        const [first = path, ...others] = paths.map((to) => resolve(folder, to));
        if (first !== path && !others.includes(path)) return [];
        return { by, directory: directory === undefined ? dirname(first) : resolve(folder, directory) };
      });
    }),
  );
}

/** Does a file beside the one at `path`, and none of `except`, include it or extend a service of it? */
export function isNamedBeside(path: string, except: ReadonlySet<string>, around: Around): boolean {
  const folder = dirname(path);
  return composeFilesIn(folder, around).some((it) => {
    const other = join(folder, it);
    return !except.has(other) && names(path, other, around);
  });
}

function missingIn(path: string, around: Around): readonly string[] {
  const text = around.textAt(path);
  return text === undefined ? [] : servicesMissingIn(parsed(path, text, around));
}

/** Has a file in the folder, and none of `except`, a service that is missing? They are read together then, as with `-f` twice. */
export function isCompletedBeside(
  missing: readonly string[] | (() => readonly string[]),
  folder: string,
  except: ReadonlySet<string>,
  around: Around,
): boolean {
  const { disk, textAt } = around;
  const isOther = (it: string) => /compose.*\.ya?ml$/i.test(it) && !except.has(join(folder, it));
  const others = (disk.list(folder) ?? []).filter(isOther);
  const wanted = others.length === 0 ? [] : typeof missing === "function" ? missing() : missing;
  return (
    wanted.length > 0 &&
    others.some((it) => {
      const path = join(folder, it);
      const other = textAt(path);
      const named = wanted.filter((name) => other?.includes(name));
      if (other === undefined || named.length === 0) return false;
      const services = servicesIn(parsed(path, other, around));
      return named.some((name) => services.has(name));
    })
  );
}

/** A Compose file as it was last read. */
export function parsed(path: string, text: string, around: Around): ComposeFile {
  return around.parsed?.read(path.replaceAll("\\", "/"), text) ?? parseCompose(text);
}

/** Does Compose find a file of this name without being told? */
export function isDefaultName(name: string): boolean {
  return usualNames.includes(name);
}

/** Names of the Compose files in a folder. */
export function composeFilesIn(folder: string, { disk }: Pick<Surroundings, "disk">): readonly string[] {
  return (disk.list(folder) ?? []).filter((it) => kindOfFile(it) === "compose");
}

function names(path: string, other: string, around: Around): boolean {
  const text = around.textAt(other);
  const name = basename(path);
  // Most files name no other one, and need no parsing to tell.
  if (!text?.includes(name)) return false;
  return otherFilesOf(parsed(other, text, around)).some((it) =>
    // What stands in a variable may lead anywhere.
    it.includes("$") ? it.endsWith(name) : resolve(dirname(other), it) === path,
  );
}
