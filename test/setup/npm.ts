import { output } from "./programs.ts";

/** Runs npm quietly in a folder; throws an `Expected` with its errors. */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  // npm names itself to the scripts it runs; that file works on Windows too, where `npm` is no program.
  const { npm_execpath: own } = process.env;
  const [program, before] = own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
  await output(program, [...before, ...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    env: environment(),
  });
}

/** What an outer `npm run` says about its own folder would be taken as settings by the inner one. */
function environment(): NodeJS.ProcessEnv {
  const own =
    /^npm_(config_(prefix|local_prefix|global_prefix|workspace|workspaces)|lifecycle|package|command)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
