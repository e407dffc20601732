import { basename, delimiter, dirname, join, resolve } from "node:path";
import { usualNames } from "../../model/compose/effective/project-paths.ts";
import { includesOf } from "../../model/compose/files/includes.ts";
import { extendedFilesOf, servicesIn, servicesMissingIn } from "../../model/compose/files/other-files.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { foldersUpFrom } from "../context-folder.ts";
import { composeVariables } from "../environment/env-file.ts";
import type { Surroundings } from "../models.ts";
import type { Asked } from "../name-sources.ts";
import { buildsAround } from "./builds-around.ts";
import { composeFilesIn, pathsFolderOf } from "./compose-files.ts";
import { parsedFilesOf } from "./parsed-files.ts";

/** A Compose file, and which others it is read with. */
export interface RelatedFile {
  readonly id: string;
  readonly path: string | undefined;
  readonly file: ComposeFile;
  readonly group: string;
  readonly inner: readonly string[];
  readonly outer: readonly string[];
  /** Of `include` where it names its own; mostly none. */
  readonly envFiles: readonly string[];
  /** Of the files that include it or extend a service of it, directly or through others. */
  readonly outerEnvFiles: readonly string[];
}

const MOST_FILES = 300;

/** The Compose files that have to do with a document; see `nameSourcesFor`. `complete` is false where there were too many. */
export function composeRelations(
  asked: Asked,
  around: Surroundings,
): { readonly files: readonly RelatedFile[]; readonly complete: boolean } {
  const read = readerOf(asked, around);
  const found = new Map<string, Read>();
  const waiting = [...startingPoints(asked, around)];
  for (let id = waiting.pop(); id !== undefined && found.size < MOST_FILES; id = waiting.pop()) {
    if (found.has(id)) continue;
    const file = read(id);
    if (!file) continue;
    const { path } = file;
    found.set(id, file);
    if (path === undefined) continue;
    waiting.push(...file.includes.flatMap((it) => it.paths), ...file.extends);
    waiting.push(...composeFilesIn(dirname(path), around).map((it) => join(dirname(path), it)));
    waiting.push(...namersOf(path, around, read));
  }
  return {
    files: related([...found.values()], around),
    complete: waiting.every((it) => found.has(it) || !read(it)),
  };
}

/** A Compose file as it was read, with what it names. */
interface Read {
  readonly id: string;
  readonly path: string | undefined;
  readonly file: ComposeFile;
  readonly includes: readonly { readonly paths: readonly string[]; readonly envFiles: readonly string[] }[];
  readonly extends: readonly string[];
}

type Reader = (id: string) => Read | undefined;

function readerOf(asked: Asked, around: Surroundings): Reader {
  const parsed = parsedFilesOf(around.disk);
  return (id) => {
    const isAsked = id === asked.id;
    const path = isAsked ? asked.path : id;
    const text = isAsked ? asked.text : around.textAt(id);
    if (text === undefined) return undefined;
    const file = (isAsked ? asked.project?.file : undefined) ?? parsed.read(id, text);
    const folder = path === undefined ? undefined : pathsFolderOf(path, around);
    const absolute = (it: string) => (folder === undefined ? [] : [resolve(folder, it)]);
    const variables = composeVariables(folder, around);
    return {
      id,
      path,
      file,
      includes: includesOf(file, variables).map((it) => ({
        paths: it.paths.flatMap(absolute),
        envFiles: it.envFiles.flatMap(absolute),
      })),
      extends: extendedFilesOf(file).flatMap(absolute),
    };
  };
}

function startingPoints(asked: Asked, around: Surroundings): readonly string[] {
  const { id, kind, path } = asked;
  if (kind === "compose") return [id];
  if (path === undefined) return [];
  const folders = foldersUpFrom(dirname(path), around);
  if (kind !== "dockerfile")
    return folders.flatMap((folder) => composeFilesIn(folder, around).map((it) => join(folder, it)));
  return buildsAround(path, around).files;
}

/** Files in its folder and above, and in the opened folders, that include it or extend a service of it. */
function namersOf(path: string, around: Surroundings, read: Reader): readonly string[] {
  const name = basename(path);
  const folders = new Set([...foldersUpFrom(dirname(path), around), ...around.folders]);
  return [...folders].flatMap((folder) =>
    composeFilesIn(folder, around)
      .map((it) => join(folder, it))
      .filter((it) => {
        // Most files name no other one, and need no parsing to tell.
        if (it === path || !around.textAt(it)?.includes(name)) return false;
        const other = read(it);
        return other?.extends.includes(path) || other?.includes.some(({ paths }) => paths.includes(path));
      }),
  );
}

function related(files: readonly Read[], around: Surroundings): readonly RelatedFile[] {
  const byId = new Map(files.map((it) => [it.id, it]));
  const groups = groupsOf(files, around);
  const groupOf = (id: string) => groups.get(id) ?? id;
  const included = new Map<string, Set<string>>();
  const named = new Map<string, Set<string>>();
  const envFiles = new Map<string, readonly string[]>();
  /** Whose variables a file is given too: of those that include it, or extend a service of it. */
  const readWith = new Map<string, Set<string>>();
  for (const { id, includes, extends: extended } of files) {
    for (const { paths, envFiles: own } of includes)
      for (const it of paths) {
        if (!byId.has(it)) continue;
        link(readWith, it, id);
        link(included, groupOf(id), groupOf(it));
        link(named, groupOf(it), groupOf(id));
        if (own.length > 0) envFiles.set(it, own);
      }
    for (const it of extended) {
      if (!byId.has(it)) continue;
      link(readWith, it, id);
      link(named, groupOf(it), groupOf(id));
    }
  }
  return files.map(({ id, path, file }) => ({
    id,
    path,
    file,
    group: groupOf(id),
    inner: reached(groupOf(id), included),
    outer: reached(groupOf(id), named),
    envFiles: envFiles.get(id) ?? [],
    outerEnvFiles: reached(id, readWith).flatMap(
      (it) => envFiles.get(it) ?? [join(dirname(byId.get(it)?.path ?? it), ".env")],
    ),
  }));
}

function link(links: Map<string, Set<string>>, from: string, to: string): void {
  if (from === to) return;
  const linked = links.get(from) ?? new Set();
  linked.add(to);
  links.set(from, linked);
}

/** The nearest first; circles end. */
function reached(from: string, links: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const found = new Set<string>([from]);
  for (const it of found) for (const next of links.get(it) ?? []) found.add(next);
  found.delete(from);
  return [...found];
}

/**
 * Which files Compose merges, each with the first of them: those that `COMPOSE_FILE` lists, those that one `include` lists, the file
 * with a default name with its override, and one beside it that is no project without it.
 */
function groupsOf(files: readonly Read[], around: Surroundings): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const merge = (ids: readonly string[]) => {
    const known = ids.flatMap((it) => groups.get(it) ?? [])[0] ?? ids[0];
    if (known !== undefined) for (const it of ids) groups.set(it, known);
  };
  for (const { includes } of files) for (const { paths } of includes) if (paths.length > 1) merge(paths);
  const folders = new Set(files.flatMap(({ path }) => (path === undefined ? [] : dirname(path))));
  for (const folder of folders) {
    const variable = composeVariables(folder, around);
    const listed = variable("COMPOSE_FILE");
    const separator = variable("COMPOSE_PATH_SEPARATOR") || delimiter;
    if (listed) {
      merge(
        listed
          .split(separator)
          .filter(Boolean)
          .map((it) => resolve(folder, it)),
      );
      continue;
    }
    const here = files.filter(({ path }) => path !== undefined && dirname(path) === folder);
    const base = usualNames.flatMap((name) => here.find(({ id }) => basename(id) === name) ?? [])[0];
    if (!base) continue;
    const extendedBy = new Set(
      files.flatMap((it) => [...it.extends, ...it.includes.flatMap(({ paths }) => paths)]),
    );
    const parts = here.filter(
      (it) => it !== base && !groups.has(it.id) && !extendedBy.has(it.id) && isPart(it, base),
    );
    if (parts.length > 0) merge([base.id, ...parts.map((it) => it.id)]);
  }
  return groups;
}

/**
 * An override file, or one with a service that has nothing to run, needs one that is not there, or is called as one of the file
 * with the default name: `compose.prod.yaml` mostly goes over that one, and where it is a project of its own, it is the same one in
 * another place, which wants the same names.
 */
function isPart({ id, file }: Read, base: Read): boolean {
  if (/^(?:docker-)?compose\.override\.ya?ml$/.test(basename(id))) return true;
  if (usualNames.includes(basename(id))) return false;
  const services = entriesOf(valueAt(file.root, "services"));
  const others = servicesIn(base.file);
  return (
    services.some(({ key }) => others.has(key.value)) ||
    services.some(
      ({ value }) => !["image", "build", "provider", "extends"].some((it) => valueAt(value, it)),
    ) ||
    servicesMissingIn(file).length > 0
  );
}
