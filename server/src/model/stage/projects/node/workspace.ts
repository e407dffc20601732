import { matchesName } from "../../../../text/glob.ts";
import { isObject } from "../../../../text/json.ts";
import type { Call } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { baseName, directoryOf, isWithin, joinPath, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { type NodeProject, nodeProject } from "./project.ts";

/** One of the projects that a project of Node's holds. */
export interface Member extends NodeProject {
  /** As its package.json says it; that of its folder without. */
  readonly name: string;
}

/**
 * The projects of a workspace: `workspaces` of package.json, `packages` of pnpm-workspace.yaml or lerna.json (docs.npmjs.com, pnpm.io,
 * yarnpkg.com; read 2026-11). Undefined where one of them may be another than the build context has, or their folders are not told.
 */
export function workspaceMembers(
  project: NodeProject,
  call: Call,
  changes: Changes,
): readonly Member[] | undefined {
  const patterns = patternsOf(project);
  const manifest = project.sourceOf("package.json");
  const { context } = call;
  if (!patterns || manifest === undefined || !context) return undefined;
  const root = directoryOf(`/${manifest}`);
  const folders = new Set<string>();
  for (const pattern of patterns.filter((it) => !it.startsWith("!"))) {
    const found = foldersOf(pattern, root, (folder) => context.list(folder === "/" ? "." : folder.slice(1)));
    if (!found) return undefined;
    for (const it of found) folders.add(it);
  }
  const members: Member[] = [];
  for (const folder of folders) {
    const path = resolvePath(project.directory, folder);
    if (path === undefined || folders.size > MOST_FOLDERS) return undefined;
    const text = project.read(`${path}/package.json`);
    if (text === null) continue;
    const member = text === undefined ? undefined : nodeProject(call, changes, path);
    const json = text ? readJsonWithComments(text) : undefined;
    if (!member || !json) return undefined;
    const name = typeof json["name"] === "string" ? json["name"] : baseName(path);
    members.push({ ...member, name });
  }
  return members;
}

const MOST_FOLDERS = 200;

/** Undefined for a workspace whose patterns are not plain. */
function patternsOf(project: NodeProject): readonly string[] | undefined {
  const yaml = project.read("pnpm-workspace.yaml");
  if (yaml === undefined) return undefined;
  const text = project.read("package.json");
  const json = text ? readJsonWithComments(text) : undefined;
  if (!json) return undefined;
  const own = isObject(json["workspaces"]) ? json["workspaces"]["packages"] : json["workspaces"];
  const lerna = own === undefined && yaml === null ? project.read("lerna.json") : null;
  if (lerna === undefined) return undefined;
  const ofLerna = lerna === null ? undefined : readJsonWithComments(lerna)?.["packages"];
  const list = yaml === null ? (own ?? ofLerna) : packagesOf(yaml);
  if (!Array.isArray(list) || !list.every((it): it is string => typeof it === "string")) return undefined;
  const plain = list.map((it) => it.replace(/^\.\//, "").replace(/\/$/, ""));
  // What is taken out again is only where nothing else is meant.
  const isPlain = plain.every((it) => /^(?!.*\.\.)[\w@.*/-]+$/.test(it) || /^!\*\*\//.test(it));
  return isPlain ? plain : undefined;
}

/** The list below `packages:`, one a line. */
function packagesOf(yaml: string): readonly string[] | undefined {
  const lines = yaml.replace(/(^|\s)#.*$/gm, "").split("\n");
  const at = lines.findIndex((it) => /^packages:\s*$/.test(it));
  if (at < 0) return undefined;
  const items: string[] = [];
  for (const line of lines.slice(at + 1)) {
    if (line.trim() === "") continue;
    const item = /^\s*-\s+["']?([^"']+?)["']?\s*$/.exec(line)?.[1];
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}

/** Folders by a pattern, seen from the workspace; `**` goes three folders down. */
function foldersOf(
  pattern: string,
  root: string,
  list: (folder: string) => readonly string[] | undefined,
): readonly string[] | undefined {
  let found: string[] = ["."];
  for (const part of pattern.split("/")) {
    if (!part.includes("*")) {
      found = found.map((it) => `${it}/${part}`);
      continue;
    }
    const depths = part === "**" ? [0, 1, 2] : [0];
    let level = found;
    const next: string[] = part === "**" ? [...found] : [];
    for (const _ of depths) {
      const below: string[] = [];
      for (const folder of level) {
        const names = list(joinPath(root, folder));
        if (!names) {
          if (level === found && part !== "**") return undefined;
          continue;
        }
        for (const name of names)
          if (
            !/^\.|^node_modules$|\.(json|md|ya?ml|[cm]?[jt]sx?|lock)$/.test(name) &&
            (part === "**" || matchesName(name, part))
          )
            below.push(`${folder}/${name}`);
      }
      if (below.length > MOST_FOLDERS) return undefined;
      next.push(...below);
      level = below;
    }
    found = next;
  }
  return found;
}

/** A member by its name, its folder, or the last part of either where that is the only one. */
export function membersNamed(
  selector: string,
  members: readonly Member[],
  directory: string,
): readonly Member[] | undefined {
  const path = resolvePath(directory, selector);
  const named = members.filter((it) => it.name === selector);
  if (named.length > 0) return named;
  const within = members.filter((it) => path !== undefined && isWithin(it.directory, path));
  return within.length > 0 ? within : undefined;
}

/**
 * What `--filter` of pnpm and Turborepo chooses: names with `*`, folders, `...` for what they stand on (pnpm.io/filtering,
 * turborepo.com/docs; read 2026-11). Undefined for changes since a commit, and where nothing is chosen.
 */
export function membersFiltered(
  filters: readonly string[],
  members: readonly Member[],
  directory: string,
): readonly Member[] | undefined {
  const chosen = new Set<Member>();
  for (const filter of filters) {
    const [, name = "", more] = /^(?:\{?)([\w@./*-]+?)\}?(\.\.\.)?$/.exec(filter) ?? [];
    const isFolder = name.startsWith("./") || filter.startsWith("{");
    const path = resolvePath(directory, name.replace(/\/\*+$/, ""));
    const found = members.filter((it) =>
      isFolder
        ? path !== undefined && isWithin(it.directory, path)
        : matchesName(it.name, name) || (!name.includes("*") && it.name.replace(/^@[^/]+\//, "") === name),
    );
    if (name === "" || found.length === 0) return undefined;
    for (const it of found) chosen.add(it);
    if (more !== undefined) for (const it of standingOn(found, members)) chosen.add(it);
  }
  return chosen.size === 0 ? undefined : [...chosen];
}

/** The members that these depend on, and those that they do, the deepest first. */
export function standingOn(chosen: readonly Member[], members: readonly Member[]): readonly Member[] {
  const found = new Set<Member>();
  const seen = new Set<Member>();
  const visit = (member: Member) => {
    if (seen.has(member)) return;
    seen.add(member);
    for (const it of members) if (member.packages.has(it.name)) visit(it);
    found.add(member);
  };
  for (const it of chosen) visit(it);
  return [...found];
}
