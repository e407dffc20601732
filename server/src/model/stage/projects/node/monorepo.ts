import { isObject } from "../../../../text/json.ts";
import { type Call, readWords } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { directoryOf, joinPath, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { writesBeside } from "../project-build.ts";
import { buildWithNx } from "./nx.ts";
import { type NodeProject, nodeProject, runPackageScripts } from "./project.ts";
import { type Member, membersFiltered, standingOn, workspaceMembers } from "./workspace.ts";

/** The project that holds others, here or above: tools of monorepos look for it. */
export function workspaceAround(
  call: Call,
  changes: Changes,
  directory: string | undefined,
): NodeProject | undefined {
  for (let at = directory; at !== undefined; at = directoryOf(at)) {
    const project = nodeProject(call, changes, at);
    if (
      project &&
      (project.isWorkspace || project.read("lerna.json") !== null || project.read("nx.json") !== null)
    )
      return project;
    if (at === "/") return undefined;
  }
  return undefined;
}

/** Turborepo, Lerna and Nx: they run scripts of the projects of a workspace, each in its folder. */
export function runMonorepoTool(call: Call, changes: Changes): void {
  if (call.words.length === 1 && /^(--version|--help)$/.test(call.words[0] ?? "")) return;
  const root = call.words.includes(undefined) ? undefined : workspaceAround(call, changes, call.directory);
  const words = call.words.flatMap((it) => it ?? []);
  if (!root || !run(call.program, words, root, call, changes)) changes.mayWriteAnywhere();
}

/** Gives false where it is not known what is run. */
function run(
  program: string,
  words: readonly string[],
  root: NodeProject,
  call: Call,
  changes: Changes,
): boolean {
  if (program === "turbo" && words[0] === "prune") return prune(words.slice(1), root, call, changes);
  if (
    program === "turbo" &&
    /^(telemetry|login|logout|link|unlink|config|info|ls|daemon|bin)$/.test(words[0] ?? "")
  )
    return true;
  if (program === "nx")
    return buildWithNx(words, root, call, changes, (tasks, chosen, members) =>
      runTasks(tasks, chosen, members, root, call, changes),
    );
  const members = workspaceMembers(root, call, changes);
  if (!members) return false;
  const { operands } = readWords(words, VALUED);
  const given = operands.flatMap((it) => it ?? []);
  const [verb = "", ...rest] = given;
  if (words.includes("--")) return false;
  const filters = [...valuesOf(words, "--filter", "-F"), ...valuesOf(words, "--scope")];
  const chosen = filters.length === 0 ? members : membersFiltered(filters, members, root.directory);
  if (!chosen || (program === "lerna" && verb !== "run")) return false;
  return runTasks(verb === "run" ? rest : given, chosen, members, root, call, changes);
}

const VALUED: ReadonlySet<string> = new Set(
  "--filter -F --scope --concurrency --cache-dir --output-logs --log-order --env-mode --token --team --api --remote-cache-timeout --ui --log-prefix --ignore --since".split(
    " ",
  ),
);

/** All values of an option that may be given several times. */
export function valuesOf(
  words: readonly (string | undefined)[],
  ...names: readonly string[]
): readonly string[] {
  return words.flatMap((word, at) => {
    if (word === undefined) return [];
    if (names.includes(word)) return words[at + 1] ?? [];
    const name = names.find((it) => word.startsWith(`${it}=`));
    return name === undefined ? [] : word.slice(name.length + 1);
  });
}

/**
 * Scripts by the names of tasks, in the chosen projects and those that they depend on, with the tasks that the configuration puts in
 * front of them (turborepo.com, nx.dev: `dependsOn`; read 2026-11).
 */
function runTasks(
  tasks: readonly string[],
  chosen: readonly Member[],
  members: readonly Member[],
  root: NodeProject,
  call: Call,
  changes: Changes,
): boolean {
  if (tasks.length === 0) return false;
  let all = standingOn(
    members.filter((it) => chosen.includes(it)),
    members,
  );
  const names = new Set(tasks);
  const texts = [root, ...all].flatMap((it) =>
    ["turbo.json", "turbo.jsonc", "nx.json"].map((name) => it.read(name)),
  );
  for (const text of texts) {
    const json = text ? readJsonWithComments(text) : {};
    if (text === undefined || !json) return false;
    const part = json["tasks"] ?? json["pipeline"] ?? json["targetDefaults"];
    for (const name of names)
      for (const it of dependenciesOf(name, isObject(part) ? part : {})) {
        if (it.startsWith("//#")) return false;
        names.add(it.replace(/^.*#/, ""));
        // `@shop/db#generate`: of a project that none of these has to stand on.
        const others = members.filter((one) => it.startsWith(`${one.name}#`));
        all = standingOn([...all, ...others], members);
      }
  }
  for (const member of all)
    for (const name of [...names].reverse()) runPackageScripts([name], [], call, changes, member);
  for (const it of [root, ...all]) changes.mayBuildBelow(joinPath(it.directory, ".turbo"));
  return writesBeside(call, changes, root.directory);
}

function dependenciesOf(task: string, part: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(part).flatMap(([key, value]) => {
    if (key !== task && !key.endsWith(`#${task}`)) return [];
    const list = isObject(value) ? value["dependsOn"] : undefined;
    if (!Array.isArray(list)) return [];
    return list.flatMap((it: unknown) => {
      const name = isObject(it) ? it["target"] : it;
      if (typeof name !== "string" || name.startsWith("$")) return [];
      return name.startsWith("//#") ? name : name.replace(/^\^/, "");
    });
  });
}

const LOCKS = /\/(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|\.gitignore|\.yarn|patches)$/;

/**
 * `turbo prune web --docker`: `out/json` has the manifests of the project and of those that it depends on, `out/full` all of their
 * files, each in its folder; without `--docker` the files are in `out` itself (turborepo.com/docs/reference/prune; tried with 2.11,
 * 2026-11).
 */
function prune(words: readonly string[], root: NodeProject, call: Call, changes: Changes): boolean {
  const { options, operands } = readWords(words, new Set(["--scope", "--out-dir"]));
  const members = workspaceMembers(root, call, changes);
  const names = [...operands.flatMap((it) => it ?? []), ...valuesOf(words, "--scope")];
  const output = resolvePath(root.directory, options.get("--out-dir") ?? "out");
  const chosen = members?.filter((it) => names.includes(it.name));
  if (!members || !chosen || chosen.length !== names.length || output === undefined) return false;
  const kept = standingOn(chosen, members);
  const full = options.has("--docker") ? joinPath(output, "full") : output;
  const json = options.has("--docker") ? joinPath(output, "json") : undefined;
  const source = changes.before;
  for (const folder of [output, full, ...(json === undefined ? [] : [json])]) {
    changes.write(folder, "directory");
    // Lock files, and what package managers need beside them, stand there too.
    changes.mayBuildBelow(folder, (path) => directoryOf(path) === folder && LOCKS.test(path));
  }
  for (const folder of [full, ...(json === undefined ? [] : [json])])
    for (const name of ["package.json", "pnpm-workspace.yaml", "turbo.json", ".npmrc", ".yarnrc.yml"]) {
      const from = joinPath(root.directory, name);
      if (source.hasPath(from).is === "yes" && (folder === full || name !== "turbo.json"))
        changes.write(joinPath(folder, name), "file", { content: source.contentAt(from) });
    }
  for (const it of kept) {
    const place = it.directory.slice(root.directory === "/" ? 0 : root.directory.length);
    changes.write(joinPath(full, place), "directory");
    changes.overlay(joinPath(full, place), source, it.directory);
    if (json === undefined) continue;
    const manifest = joinPath(it.directory, "package.json");
    changes.write(joinPath(json, `${place}/package.json`), "file", { content: source.contentAt(manifest) });
  }
  changes.mayBuildBelow(joinPath(root.directory, ".turbo"));
  return true;
}
