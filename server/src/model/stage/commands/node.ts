import { matchesName } from "../../../text/glob.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import { buildWithBun, runDeno } from "../projects/bun-deno.ts";
import { runMonorepoTool, valuesOf, workspaceAround } from "../projects/node/monorepo.ts";
import {
  type NodeProject,
  nodeProject,
  packageDirectories,
  runPackageScripts,
} from "../projects/node/project.ts";
import { NODE_TOOLS, runNodeTool } from "../projects/node/tools.ts";
import {
  type Member,
  membersFiltered,
  membersNamed,
  standingOn,
  workspaceMembers,
} from "../projects/node/workspace.ts";
import { mayBuildProject, writesBeside } from "../projects/project-build.ts";
import { type Call, type CommandFamily, pathOf, readWords } from "./command-family.ts";
import { NPM_VALUED } from "./manager-options.ts";

/** Installs below the project, or with `-g` programs; scripts are the author's own, and read where package.json is. */
export const npm: CommandFamily = {
  programs: ["npm", "yarn", "pnpm", "bun"],
  run(call, changes) {
    // Of pnpm it is a flag: the root of the workspace.
    const given =
      call.program === "pnpm" ? call.words.map((it) => (it === "-w" ? "--workspace-root" : it)) : call.words;
    const { options, operands, places } = readWords(given, NPM_VALUED);
    const [verb, ...rest] = operands;
    if (verb !== undefined && QUIET.has(verb)) return;
    const global = options.has("-g") || options.has("--global") || verb === "global";
    if (global) {
      for (const name of rest) if (name !== undefined) changes.addTool(programOf(name));
      changes.mayInstallPrograms();
      const prefix = options.has("--prefix") ? pathOf(call, options.get("--prefix")) : "/usr";
      for (const it of ["/usr", "/opt", "/root", "/home", prefix ?? "/"]) changes.mayBuildBelow(it);
      return;
    }
    const directory = directoryOf(call, options);
    const project = nodeProject(call, changes, directory);
    // Packages run scripts when they are installed, and `run` is anything that package.json says.
    if (!project || call.words.includes(undefined)) {
      changes.mayWriteAnywhere();
      return;
    }
    const behind = call.words.slice((places[0] ?? -1) + 1).flatMap((it) => it ?? []);
    if (call.program === "bun" && verb === "build") {
      buildWithBun(behind, call, changes, project.directory);
      return;
    }
    const isInstall =
      verb === undefined ? call.program === "yarn" || call.program === "pnpm" : INSTALLS.has(verb);
    if (
      ELSEWHERE.some((it) => options.has(it)) ||
      (call.program === "yarn" && /^workspaces?$/.test(verb ?? ""))
    ) {
      const { root, members } = isInstall
        ? { root: workspaceAround(call, changes, directory), members: undefined }
        : chosenMembers(call, changes, project);
      if (root && isInstall) install(call, changes, root, options, rest.length === 0);
      else if (!root || !members || !runInMembers(members, call, changes, root)) changes.mayWriteAnywhere();
    } else if (verb === undefined ? call.program !== "npm" && call.program !== "bun" : INSTALLS.has(verb))
      install(call, changes, project, options, rest.length === 0);
    else if (verb === "run" || verb === "run-script")
      runNamed(
        rest[0],
        call.words.slice((places[1] ?? -1) + 1).flatMap((it) => it ?? []),
        call,
        changes,
        project,
      );
    else if (verb === "start" || verb === "test" || verb === "t" || verb === "stop")
      runNamed(verb === "t" ? "test" : verb, behind, call, changes, project);
    else if (verb === "exec" || verb === "x" || verb === "dlx")
      runProgram((places[0] ?? 0) + 1, call, changes, project);
    else if (verb === "pkg" || verb === "set-script" || verb === "version")
      changes.mayRewrite(joinPath(project.directory, "package.json"));
    else if (call.program === "npm" || verb === undefined) changes.mayWriteAnywhere();
    // `yarn build`, `pnpm vite build`
    else if (Object.hasOwn(project.scripts, verb)) runNamed(verb, behind, call, changes, project);
    else if (isTool(verb)) runNodeTool(verb, call.as(verb, behind), changes, project);
    else if (monorepo.programs.includes(verb)) runMonorepoTool(call.as(verb, behind), changes);
    else changes.mayWriteAnywhere();
  },
};

const QUIET: ReadonlySet<string> = new Set([
  "config",
  "cache",
  "set",
  "ls",
  "list",
  "audit",
  "version",
  "whoami",
  "ping",
  "view",
  "outdated",
]);

/** Options that choose other projects below this one. */
const ELSEWHERE = [
  "--filter",
  "-F",
  "--workspace",
  "-w",
  "--workspaces",
  "-ws",
  "-r",
  "--recursive",
  "--filter-prod",
];

/** Where a package manager is told to work: the root of the workspace, and the projects that are chosen there. */
interface Chosen {
  readonly root?: NodeProject | undefined;
  readonly members?: readonly Member[] | undefined;
}

/**
 * `npm -w web`, `yarn workspace web`, `yarn workspaces foreach`, `pnpm --filter web`, `pnpm -r` (docs.npmjs.com, yarnpkg.com, pnpm.io;
 * read 2026-11).
 */
function chosenMembers(call: Call, changes: Changes, project: NodeProject): Chosen {
  const root = workspaceAround(call, changes, project.directory);
  const members = root && workspaceMembers(root, call, changes);
  const words = call.words.flatMap((it) => it ?? []);
  if (!root || !members) return {};
  if (call.program === "yarn" && words.includes("workspace")) {
    const name = words[words.indexOf("workspace") + 1];
    return { root, members: members.filter((it) => it.name === name) };
  }
  if (call.program === "yarn") return { root, members };
  if (call.program === "npm") {
    const named = valuesOf(words, "-w", "--workspace").map((it) => membersNamed(it, members, root.directory));
    const isKnown = named.every((it) => it !== undefined);
    return {
      root,
      members: named.length === 0 ? members : isKnown ? named.flatMap((it) => it ?? []) : undefined,
    };
  }
  const filters = valuesOf(words, "--filter", "-F");
  return {
    root,
    members: filters.length === 0 ? members : membersFiltered(filters, members, root.directory),
  };
}

/** Runs in each of them what the words behind the choice say. */
function runInMembers(members: readonly Member[], call: Call, changes: Changes, root: NodeProject): boolean {
  const words = call.words.flatMap((it) => it ?? []);
  const plain =
    call.program === "yarn"
      ? words.filter(
          (it, at) =>
            !it.startsWith("-") && !/^--(include|exclude|from|jobs)$|^-j$/.test(words[at - 1] ?? ""),
        )
      : readWords(
          call.program === "pnpm" ? words.map((it) => (it === "-w" ? "--workspace-root" : it)) : words,
          NPM_VALUED,
        ).operands.flatMap((it) => it ?? []);
  const behind =
    plain[0] === "workspace"
      ? plain.slice(2)
      : plain[0] === "workspaces"
        ? plain.slice(plain[1] === "foreach" ? 2 : 1)
        : plain;
  const [verb = "", ...rest] = behind;
  if (verb === "deploy") return deploy(rest, call, changes, root);
  if (/^(exec|dlx|x)$/.test(verb) && words.indexOf(rest[0] ?? "") > 0) {
    for (const it of members) runProgram(words.indexOf(rest[0] ?? ""), call, changes, it);
    return true;
  }
  const [name = verb, ...more] = verb === "run" || verb === "run-script" ? rest : behind;
  if (more.length > 0 || members.length === 0 || words.includes("--")) return false;
  const ordered = standingOn(members, members);
  if (!ordered.some((it) => Object.hasOwn(it.scripts, name))) return false;
  for (const it of ordered) runPackageScripts([name], [], call, changes, it);
  return true;
}

/** The project's files and its packages, in a folder of their own (pnpm.io/cli/deploy, read 2026-11). */
function deploy(
  operands: readonly string[],
  call: Call,
  changes: Changes,
  { directory }: NodeProject,
): boolean {
  const [target, ...more] = operands;
  const path = target === undefined || more.length > 0 ? undefined : pathOf(call, target);
  if (path === undefined || !writesBeside(call, changes, directory)) return false;
  changes.write(path, "directory");
  changes.mayBuildBelow(path);
  return true;
}

const INSTALLS: ReadonlySet<string> = new Set(
  "ci clean-install install i add in isntall install-clean uninstall remove rm rebuild prune dedupe fetch link".split(
    " ",
  ),
);

/** Where the package.json is that is meant. */
function directoryOf(call: Call, options: ReadonlyMap<string, string | undefined>): string | undefined {
  for (const name of ["--prefix", "-C", "--cwd", "--dir"])
    if (options.has(name)) return pathOf(call, options.get(name));
  return call.directory;
}

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

function install(
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
  runPackageScripts(
    ["preinstall", "install", "postinstall", "prepublish", "prepare"],
    [],
    call,
    changes,
    project,
  );
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
  for (const it of members)
    runPackageScripts(
      ["preinstall", "install", "postinstall", "prepublish", "prepare"],
      [],
      call,
      changes,
      it,
    );
}

/** A setting that puts packages elsewhere: `modules-folder "/x"`, `virtual-store-dir=../x`. */
const PLACE = /(dir|folder|path|prefix)["']?\s*[:=\s]\s*["']?(\/|\.\.)/i;

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

/** `npx vite build`: a program of the project's packages. */
export const npx: CommandFamily = {
  programs: ["npx", "pnpx", "bunx"],
  run(call, changes) {
    runProgram(0, call, changes, nodeProject(call, changes, call.directory));
  },
};

function runProgram(from: number, call: Call, changes: Changes, project: NodeProject | undefined): void {
  let at = from;
  while (/^(--|-y|--yes|--no|--no-install|--bun|-q|--quiet)$/.test(call.words[at] ?? "")) at++;
  // A version may be named: `npx prisma@5 generate`
  const program = call.words[at]?.replace(/(.)@[\w.^~-]+$/, "$1");
  if (program !== undefined && isTool(program))
    runNodeTool(program, call.as(program, call.words.slice(at + 1)), changes, project);
  else if (program !== undefined && program === call.words[at] && isWrapper(program))
    call.runWords(at, changes);
  else changes.mayWriteAnywhere();
}

const TOOL_NAMES: ReadonlySet<string> = new Set(NODE_TOOLS);

function isTool(name: string): boolean {
  return TOOL_NAMES.has(name);
}

function isWrapper(name: string): boolean {
  return (
    scripts.programs.includes(name) ||
    crossEnv.programs.includes(name) ||
    removal.programs.includes(name) ||
    monorepo.programs.includes(name)
  );
}

/** Several projects, each with scripts of its own. */
export const monorepo: CommandFamily = {
  programs: ["lerna", "nx", "turbo"],
  run(call, changes) {
    runMonorepoTool(call, changes);
  },
};

/** Tools that package.json brings; in RUN they are on PATH where it names `node_modules/.bin`, or were installed for all. */
export const nodeTools: CommandFamily = {
  programs: NODE_TOOLS,
  run(call, changes) {
    runNodeTool(call.program, call, changes, nodeProject(call, changes, call.directory));
  },
};

/** `run-s clean build:*`, `run-p check "compile {@}" --`: scripts of package.json by their names. */
export const scripts: CommandFamily = {
  programs: ["run-s", "run-p", "npm-run-all", "npm-run-all2", "concurrently"],
  run(call, changes) {
    const project = nodeProject(call, changes, call.directory);
    // A pattern is one of names, unless files are called so.
    const words = call.words.flatMap((it, at) => {
      const { raw = "" } = call.arguments[at] ?? {};
      return it ?? (/^[\w:*-]+$/.test(raw) ? raw : []);
    });
    const options = words.filter((it) => it.startsWith("-"));
    if (
      !project ||
      words.length !== call.words.length ||
      options.some(
        (it) =>
          !/^(--|-[splckn]|--(silent|parallel|sequential|serial|print-label|continue-on-error|kill-others(-on-fail)?))$/.test(
            it,
          ),
      )
    ) {
      changes.mayWriteAnywhere();
      return;
    }
    for (const word of words.filter((it) => !it.startsWith("-"))) {
      if (call.program === "concurrently" && !word.startsWith("npm:"))
        call.runProjectScript(word, project.directory, changes);
      else {
        const [pattern = ""] = word.replace(/^npm:/, "").split(" ");
        const names = Object.keys(project.scripts).filter((it) => matchesName(it, pattern));
        runPackageScripts(names, [], call, changes, project);
      }
    }
  },
};

/** `cross-env NODE_ENV=production vite build`. What is assigned is not seen by the command, so that nothing is said of paths. */
export const crossEnv: CommandFamily = {
  programs: ["cross-env", "cross-env-shell"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it === undefined || !/^\w+=/.test(it));
    const assigned = call.words.slice(0, Math.max(at, 0));
    if (at < 0) return;
    if (assigned.some((it) => /^\w*(PATH|DIR|OUT|DIST|STANDALONE|PRESET|TARGET)\w*=/i.test(it ?? "")))
      changes.mayWriteAnywhere();
    else call.runWords(at, changes);
  },
};

/** What exactly is removed is not followed. */
export const removal: CommandFamily = {
  programs: ["rimraf", "del-cli", "del", "trash"],
  run: () => {},
};

/** `typescript@5` brings `tsc`; most are named as their program. */
function programOf(name: string): string {
  const plainName = name.replace(/(.)@.*$/, "$1").replace(/^@[^/]+\//, "");
  return plainName === "typescript" ? "tsc" : plainName;
}

export const corepack: CommandFamily = {
  programs: ["corepack"],
  run(call, changes) {
    const names = call.words
      .slice(1)
      .flatMap((it) => (it === undefined || it.startsWith("-") ? [] : it.replace(/@.*$/, "")));
    if (call.words[0] === "enable" && names.length === 0)
      for (const name of ["yarn", "pnpm"]) changes.addTool(name);
    else for (const name of names) changes.addTool(name);
  },
};

export const deno: CommandFamily = {
  programs: ["deno"],
  run(call, changes) {
    if (!runDeno(call, changes)) node.run(call, changes);
  },
};

/** Runs the author's code, which may do what it is for. */
export const node: CommandFamily = {
  programs: ["node", "ts-node", "tsx", "hugo"],
  run(call, changes) {
    if (call.words.length === 1 && /^(-v|--version)$/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
    if (call.program !== "hugo" && !call.inProject) changes.changeOwner("/", undefined, true);
  },
};
