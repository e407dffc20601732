import type { Changes } from "../../contents/changes.ts";
import { joinPath } from "../../paths.ts";
import { buildWithBun } from "../../projects/bun-deno.ts";
import { runMonorepoTool, workspaceAround } from "../../projects/node/monorepo.ts";
import { type NodeProject, nodeProject, runPackageScripts } from "../../projects/node/project.ts";
import { runNodeTool } from "../../projects/node/tools.ts";
import { type Call, type CommandFamily, pathOf } from "../command-family.ts";
import { INSTALLS, install } from "./install.ts";
import { readManagerWords } from "./manager-words.ts";
import { chosenMembers, runInMembers } from "./members.ts";
import { isTool, monorepo, runProgram } from "./programs.ts";

/** Installs below the project, or with `-g` programs; scripts are the author's own, and read where package.json is. */
export const packageManagers: CommandFamily = {
  programs: ["npm", "yarn", "pnpm", "bun"],
  run(call, changes) {
    const request = readRequest(call);
    const { verb, options, operands } = request;
    if (verb !== undefined && QUIET.has(verb)) return;
    if (options.has("-g") || options.has("--global") || verb === "global") {
      installForAll(request, call, changes);
      return;
    }
    const directory = directoryOf(call, options);
    const project = nodeProject(call, changes, directory);
    // Packages run scripts when they are installed, and `run` is anything that package.json says.
    if (!project || call.words.includes(undefined)) changes.mayWriteAnywhere();
    else if (call.program === "bun" && verb === "build")
      buildWithBun(request.behind, call, changes, project.directory);
    else if (choosesOthers(request, call)) runElsewhere(request, call, changes, project, directory);
    else if (isInstall(request, call)) install(call, changes, project, options, operands.length === 0);
    else runVerb(request, call, changes, project);
  },
};

/** What a package manager is asked for. */
interface Request {
  readonly verb: string | undefined;
  readonly options: ReadonlyMap<string, string | undefined>;
  /** Behind the verb. */
  readonly operands: readonly (string | undefined)[];
  /** All words behind the verb, and behind its first operand, that are known. */
  readonly behind: readonly string[];
  readonly behindFirst: readonly string[];
}

function readRequest(call: Call): Request {
  const { options, operands, places } = readManagerWords(call.program, call.words);
  const [verb, ...rest] = operands;
  const behind = (place = -1) => call.words.slice(place + 1).flatMap((it) => it ?? []);
  return { verb, options, operands: rest, behind: behind(places[0]), behindFirst: behind(places[1]) };
}

/** They change no file that anybody asks for. */
const QUIET: ReadonlySet<string> = new Set(
  "config cache set ls list audit version whoami ping view outdated".split(" "),
);

function installForAll({ operands, options }: Request, call: Call, changes: Changes): void {
  for (const name of operands) if (name !== undefined) changes.addTool(programOf(name));
  changes.mayInstallPrograms();
  const prefix = options.has("--prefix") ? pathOf(call, options.get("--prefix")) : "/usr";
  for (const it of ["/usr", "/opt", "/root", "/home", prefix ?? "/"]) changes.mayBuildBelow(it);
}

/** `typescript@5` brings `tsc`; most are named as their program. */
function programOf(name: string): string {
  const plainName = name.replace(/(.)@.*$/, "$1").replace(/^@[^/]+\//, "");
  return plainName === "typescript" ? "tsc" : plainName;
}

/** Where the package.json is that is meant. */
function directoryOf(call: Call, options: ReadonlyMap<string, string | undefined>): string | undefined {
  for (const name of ["--prefix", "-C", "--cwd", "--dir"])
    if (options.has(name)) return pathOf(call, options.get(name));
  return call.directory;
}

/** `yarn` alone installs, `npm` alone prints its help. */
function isInstall({ verb }: Request, { program }: Call): boolean {
  return verb === undefined ? program === "yarn" || program === "pnpm" : INSTALLS.has(verb);
}

/** Are other projects chosen, below the one that is worked in? */
function choosesOthers({ verb, options }: Request, { program }: Call): boolean {
  return ELSEWHERE.some((it) => options.has(it)) || (program === "yarn" && /^workspaces?$/.test(verb ?? ""));
}

const ELSEWHERE = "--filter -F --workspace -w --workspaces -ws -r --recursive --filter-prod".split(" ");

function runElsewhere(
  request: Request,
  call: Call,
  changes: Changes,
  project: NodeProject,
  directory: string | undefined,
): void {
  if (isInstall(request, call)) {
    const root = workspaceAround(call, changes, directory);
    if (root) install(call, changes, root, request.options, request.operands.length === 0);
    else changes.mayWriteAnywhere();
    return;
  }
  const { root, members } = chosenMembers(call, changes, project);
  if (!root || !members || !runInMembers(members, call, changes, root)) changes.mayWriteAnywhere();
}

/** Anything but an installation. */
function runVerb(request: Request, call: Call, changes: Changes, project: NodeProject): void {
  const { verb, operands, behind } = request;
  if (verb === "run" || verb === "run-script")
    runNamed(operands[0], request.behindFirst, call, changes, project);
  else if (verb === "start" || verb === "test" || verb === "t" || verb === "stop")
    runNamed(verb === "t" ? "test" : verb, behind, call, changes, project);
  else if (verb === "exec" || verb === "x" || verb === "dlx")
    runProgram(call.words.length - behind.length, call, changes, project);
  else if (verb === "pkg" || verb === "set-script")
    changes.mayRewrite(joinPath(project.directory, "package.json"));
  else if (call.program === "npm" || verb === undefined) changes.mayWriteAnywhere();
  // `yarn build`, `pnpm vite build`
  else if (Object.hasOwn(project.scripts, verb)) runNamed(verb, behind, call, changes, project);
  else if (isTool(verb)) runNodeTool(verb, call.as(verb, behind), changes, project);
  else if (monorepo.programs.includes(verb)) runMonorepoTool(call.as(verb, behind), changes);
  else changes.mayWriteAnywhere();
}

/** A script of package.json. */
function runNamed(
  name: string | undefined,
  more: readonly string[],
  call: Call,
  changes: Changes,
  project: NodeProject,
): void {
  if (name === undefined) return;
  // npm takes its own options until `--`.
  const at = more.indexOf("--");
  const words =
    call.program === "npm" || call.program === "pnpm"
      ? at < 0
        ? []
        : more.slice(at + 1)
      : more.filter((it) => it !== "--");
  if (call.program === "npm" && at < 0 && more.some((it) => !it.startsWith("-"))) words.push(...more);
  if (call.program === "pnpm" && at < 0) words.push(...more);
  runPackageScripts([name], words, call, changes, project);
  // `bun run file.ts`, `yarn run program`
  if (!Object.hasOwn(project.scripts, name) && call.program !== "npm" && call.program !== "pnpm")
    changes.mayWriteAnywhere();
}
