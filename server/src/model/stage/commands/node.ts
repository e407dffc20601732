import { type CommandFamily, readWords } from "./command-family.ts";
import { NPM_VALUED } from "./manager-options.ts";

/** Installs below the project, or with `-g` programs; scripts are the author's own. */
export const npm: CommandFamily = {
  programs: ["npm", "yarn", "pnpm", "bun", "npx", "pnpx", "bunx", "lerna", "nx", "turbo"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, NPM_VALUED);
    const [verb, ...rest] = operands;
    if (verb !== undefined && QUIET.has(verb)) return;
    const global = options.has("-g") || options.has("--global") || verb === "global";
    if (global) {
      for (const name of rest) if (name !== undefined) changes.addTool(programOf(name));
      changes.mayInstallPrograms();
      for (const directory of ["/usr", "/opt", "/root", "/home"]) changes.mayBuildBelow(directory);
      return;
    }
    // Packages run scripts when they are installed, and `run` is anything that package.json says.
    changes.mayWriteAnywhere();
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

/** `typescript@5` brings `tsc`; most are named as their program. */
function programOf(name: string): string {
  const plain = name.replace(/(.)@.*$/, "$1").replace(/^@[^/]+\//, "");
  return plain === "typescript" ? "tsc" : plain;
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

/** Runs the author's code, which may do what it is for: a bundler's does not change owners. */
export const node: CommandFamily = {
  programs: ["node", "deno", "tsc", "vite", "next", "ng", "webpack", "esbuild", "rollup", "hugo"],
  run(call, changes) {
    if (call.words.length === 1 && /^(-v|--version)$/.test(call.words[0] ?? "")) return;
    changes.mayWriteAnywhere();
    if (call.program === "node" || call.program === "deno") changes.changeOwner("/", undefined, true);
  },
};
