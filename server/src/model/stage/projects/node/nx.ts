import { isObject } from "../../../../text/json.ts";
import type { Call } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { joinPath, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { mayBuildProject, writesBeside } from "../project-build.ts";
import type { NodeProject } from "./project.ts";
import { type Member, workspaceMembers } from "./workspace.ts";

/** A project that a project.json describes. */
interface NxProject {
  readonly name: string;
  /** Absolute, in the image. */
  readonly directory: string;
  readonly targets: Readonly<Record<string, unknown>>;
}

/**
 * `nx build api`, `nx run api:build`, `nx run-many -t build`: what a target of project.json names as `outputPath`, seen from the root
 * of the workspace (nx.dev, executors; read 2026-11). Where all projects are packages with scripts `runTasks` runs those. Gives false
 * where it is not known what is run.
 */
export function buildWithNx(
  words: readonly string[],
  root: NodeProject,
  call: Call,
  changes: Changes,
  runTasks: (tasks: readonly string[], chosen: readonly Member[], members: readonly Member[]) => boolean,
): boolean {
  if (/^(reset|report|list|show|daemon|graph|format|lint|test|sync)/.test(words[0] ?? "")) {
    if (words[0] === "lint" || words[0] === "test") mayBuildProject(call, changes, root.directory);
    return true;
  }
  const asked = askedOf(words);
  const projects = asked && readProjects(root, call);
  if (!asked || !projects) return false;
  const { tasks, names } = asked;
  if (projects.length === 0) {
    const members = workspaceMembers(root, call, changes);
    if (!members) return false;
    const chosen = names ? members.filter((it) => names.includes(it.name)) : members;
    return (!names || chosen.length === names.length) && runTasks(tasks, chosen, members);
  }
  const chosen = names ? projects.filter((it) => names.includes(it.name)) : projects;
  const all = projects.flatMap((it) => tasks.flatMap((task) => outputsOf(it, task, root.directory)));
  const made = chosen.flatMap((it) => tasks.flatMap((task) => outputsOf(it, task, root.directory)));
  const defaults = root.read("nx.json");
  const isPlain =
    !all.includes(undefined) &&
    made.length > 0 &&
    (!names || chosen.length === names.length) &&
    typeof defaults === "string";
  const dependsOn = [...(defaults ?? "").matchAll(/"dependsOn"\s*:\s*\[([^\]]*)\]/g)].flatMap(
    (it) => it[1]?.split(",") ?? [],
  );
  const isOwn = dependsOn.every((it) => tasks.includes(it.trim().replace(/^"\^?|"$/g, "")));
  if (!isPlain || !isOwn || !writesBeside(call, changes, root.directory)) return false;
  const outputs = made.flatMap((it) => it ?? []);
  for (const it of [
    ...all.flatMap((one) => one ?? []),
    ...[".nx", "node_modules", "tmp"].map((one) => joinPath(root.directory, one)),
  ])
    changes.mayBuildBelow(it);
  changes.addBuild({ program: `nx ${tasks.join(" ")}`, directory: root.directory, outputs });
  return true;
}

/** Undefined names stand for all projects. */
function askedOf(
  words: readonly string[],
): { readonly tasks: readonly string[]; readonly names: readonly string[] | undefined } | undefined {
  const plain = words.filter(
    (it) =>
      !/^--(prod|production|skip-nx-cache|skipNxCache|verbose|parallel(=\d+)?|configuration=\w+|no-cloud|output-style=[\w-]+|outputStyle=[\w-]+)$/.test(
        it,
      ),
  );
  const list = (names: readonly string[]) => {
    const at = plain.findIndex((it) => names.includes(it));
    const joined = plain.find((it) => names.some((name) => it.startsWith(`${name}=`)));
    const text = joined === undefined ? (at < 0 ? undefined : plain[at + 1]) : joined.replace(/^[^=]*=/, "");
    return text?.split(",");
  };
  if (plain[0] === "run-many") {
    const tasks = list(["-t", "--target", "--targets"]);
    const names = list(["-p", "--projects"]);
    const isKnown = plain
      .slice(1)
      .every(
        (it, at, all) => /^(-t|-p|--targets?|--projects|--all)(=|$)/.test(it) || /^-/.test(all[at - 1] ?? ""),
      );
    return tasks && isKnown && !names?.some((it) => /[*!]/.test(it)) ? { tasks, names } : undefined;
  }
  if (plain[0] === "run") {
    const [name, task, ...more] = (plain[1] ?? "").split(":");
    return name && task && more.length < 2 && plain.length === 2
      ? { tasks: [task], names: [name] }
      : undefined;
  }
  const [task, name, ...more] = plain.filter(
    (it, at) =>
      it !== "-c" && it !== "--configuration" && !/^(-c|--configuration)$/.test(plain[at - 1] ?? ""),
  );
  return task !== undefined &&
    name !== undefined &&
    more.length === 0 &&
    /^[a-z][\w:-]*$/.test(task) &&
    !name.startsWith("-")
    ? { tasks: [task], names: [name] }
    : undefined;
}

const MOST_FOLDERS = 300;

/** Every project.json below the root; undefined where one cannot be read. */
function readProjects(root: NodeProject, { context }: Call): readonly NxProject[] | undefined {
  const manifest = root.sourceOf("package.json");
  if (!context || manifest === undefined) return undefined;
  const base = manifest.replace(/package\.json$/, "");
  const folders = [""];
  const found: NxProject[] = [];
  for (const folder of folders) {
    const names = context.list(`${base}${folder}` || ".");
    if (!names || folders.length > MOST_FOLDERS) return undefined;
    if (names.includes("project.json")) {
      const text = root.read(joinPath(root.directory, `${folder}/project.json`));
      const json = text ? readJsonWithComments(text) : undefined;
      if (text !== null && !json) return undefined;
      const targets = json?.["targets"] ?? json?.["architect"];
      if (json)
        found.push({
          name: typeof json["name"] === "string" ? json["name"] : (folder.split("/").at(-1) ?? ""),
          directory: joinPath(root.directory, folder),
          targets: isObject(targets) ? targets : {},
        });
      continue;
    }
    for (const name of names)
      if (
        folder.split("/").length < 4 &&
        !/\.\w+$|^\.|^(node_modules|dist|tmp|coverage)$/.test(name) &&
        context.exists(`${base}${folder}${folder && "/"}${name}`) === "directory"
      )
        folders.push(`${folder}${folder && "/"}${name}`);
  }
  return found;
}

/** Nothing for a project without the target: `undefined` among them where it is not known what it writes. */
function outputsOf(
  { targets, directory }: NxProject,
  task: string,
  root: string,
): readonly (string | undefined)[] {
  const target = targets[task];
  if (target === undefined) return [];
  const options = isObject(target) ? target["options"] : undefined;
  const path = isObject(options) ? options["outputPath"] : undefined;
  const executor = isObject(target) ? String(target["executor"]) : "";
  const isPlain = typeof path === "string" && /^[\w./@-]+$/.test(path) && EXECUTORS.test(executor);
  const text = JSON.stringify(target);
  if (
    !isPlain ||
    text.split("outputPath").length - 1 > (text.includes("{options.outputPath}") ? 2 : 1) ||
    (text.includes('"dependsOn":[') && !/"dependsOn":\[("\^\w+",?)*\]/.test(text))
  )
    return [undefined];
  return [resolvePath(root, path) ?? directory];
}

/** Those that write nothing but their `outputPath`. */
const EXECUTORS =
  /^@(nx|nrwl)\/(webpack:webpack|node:(build|webpack)|js:(tsc|swc)|esbuild:esbuild|next:build|rollup:rollup|rspack:rspack|web:build|vite:build)$/;
