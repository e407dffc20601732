import type { Changes } from "../../contents/changes.ts";
import { joinPath } from "../../paths.ts";
import { type NodeProject, packageDirectories, runPackageScripts } from "../../projects/node/project.ts";
import { workspaceMembers } from "../../projects/node/workspace.ts";
import { mayBuildProject, writesBeside } from "../../projects/project-build.ts";
import type { Call } from "../command-family.ts";

/** Words of package managers that change what is installed. */
export const INSTALLS: ReadonlySet<string> = new Set(
  "ci clean-install install i add in isntall install-clean uninstall remove rm rebuild prune dedupe fetch link".split(
    " ",
  ),
);

/** Files that package managers write beside package.json. */
const LOCK_FILES = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
  ".pnp.cjs",
  ".pnp.loader.mjs",
  ".yarn",
];

/** What an installation runs of a project's own scripts, in this order (docs.npmjs.com, scripts; read 2026-11). */
const SCRIPTS = ["preinstall", "install", "postinstall", "prepublish", "prepare"];

/** Packages of a project, or of all of its workspace; `runsOwn`: none is named, so that the project's own scripts run too. */
export function install(
  call: Call,
  changes: Changes,
  project: NodeProject,
  options: ReadonlyMap<string, string | undefined>,
  runsOwn: boolean,
): void {
  const { directory } = project;
  const settings = [".npmrc", ".yarnrc", ".yarnrc.yml", "pnpm-workspace.yaml"].map((it) => project.read(it));
  // Projects below have packages, and scripts, of their own.
  if (settings.some((it) => it === undefined || (it !== null && PLACE.test(it)))) changes.mayWriteAnywhere();
  else if (project.isWorkspace) installMembers(call, changes, project, options.has("--ignore-scripts"));
  else if (!writesBeside(call, changes, directory)) changes.mayWriteAnywhere();
  for (const it of packageDirectories(directory)) changes.mayBuildBelow(it);
  for (const it of LOCK_FILES) changes.mayBuildBelow(joinPath(directory, it));
  if (!runsOwn || options.has("--ignore-scripts") || options.get("--mode") === "skip-build") return;
  runPackageScripts(SCRIPTS, [], call, changes, project);
}

/** Packages of each project of a workspace, and the scripts that they have for it. */
function installMembers(call: Call, changes: Changes, root: NodeProject, ignoresScripts: boolean): void {
  const members = workspaceMembers(root, call, changes);
  if (!members || !writesBeside(call, changes, root.directory)) {
    mayBuildProject(call, changes, root.directory);
    return;
  }
  for (const it of members) changes.mayBuildBelow(joinPath(it.directory, "node_modules"));
  if (ignoresScripts) return;
  for (const it of members) runPackageScripts(SCRIPTS, [], call, changes, it);
}

/** A setting that puts packages elsewhere: `modules-folder "/x"`, `virtual-store-dir=../x`. */
const PLACE = /(dir|folder|path|prefix)["']?\s*[:=\s]\s*["']?(\/|\.\.)/i;
