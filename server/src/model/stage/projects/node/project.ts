import { isObject, textsOf } from "../../../../text/json.ts";
import type { Call } from "../../commands/command-family.ts";
import type { Changes } from "../../contents/changes.ts";
import { joinPath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { type ProjectFiles, projectFiles } from "../project-files.ts";

/** A project of Node's, by the package.json in a directory of the image. */
export interface NodeProject extends ProjectFiles {
  readonly scripts: Readonly<Record<string, string>>;
  /** Names of all packages that it depends on, for development too. */
  readonly packages: ReadonlySet<string>;
  /** What it asks for of each of them. */
  readonly versions: Readonly<Record<string, string>>;
  /** `module` or `commonjs`, as Node takes its files. */
  readonly type: "module" | "commonjs";
  /** Does it hold projects of its own? */
  readonly isWorkspace: boolean;
}

/** Undefined where it is not known what the package.json says. */
export function nodeProject(
  call: Call,
  changes: Changes,
  directory: string | undefined,
): NodeProject | undefined {
  if (directory === undefined) return undefined;
  const files = projectFiles(call.context, changes, directory);
  const text = files.read("package.json");
  const json = text ? readJsonWithComments(text) : undefined;
  if (!json) return undefined;
  const names = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  return {
    ...files,
    scripts: textsOf(json["scripts"]),
    packages: new Set(
      names.flatMap((it) => {
        const part = json[it];
        return isObject(part) ? Object.keys(part) : [];
      }),
    ),
    versions: Object.assign({}, ...names.map((it) => textsOf(json[it]))),
    type: json["type"] === "module" ? "module" : "commonjs",
    isWorkspace: json["workspaces"] !== undefined || files.read("pnpm-workspace.yaml") !== null,
  };
}

/** Runs scripts of a project; those that are missing are left out, as `--if-present` does: without it the build fails. */
export function runPackageScripts(
  names: readonly string[],
  more: readonly string[],
  call: Call,
  changes: Changes,
  { scripts, directory }: NodeProject,
): void {
  for (const name of names) {
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    if (script === undefined) continue;
    const before = scripts[`pre${name}`];
    const after = scripts[`post${name}`];
    if (before !== undefined) call.runProjectScript(before, directory, changes);
    const words = more.map((it) => ` ${/^[\w./:=@-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`}`);
    call.runProjectScript(`${script}${words.join("")}`, directory, changes);
    if (after !== undefined) call.runProjectScript(after, directory, changes);
  }
}

/** The directory of packages in a project, and in those that it may be a part of. */
export function packageDirectories(directory: string): readonly string[] {
  const found: string[] = [];
  for (let at = directory; ; at = at.slice(0, at.lastIndexOf("/"))) {
    found.push(joinPath(at === "" ? "/" : at, "node_modules"));
    if (at === "" || at === "/") return found;
  }
}
