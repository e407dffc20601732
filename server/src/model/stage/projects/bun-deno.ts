import { textsOf } from "../../../text/json.ts";
import { type Call, pathOf, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, directoryOf, joinPath, resolvePath } from "../paths.ts";
import { readJsonWithComments } from "./json-with-comments.ts";
import { buildsInto, buildsProgram, mayBuildProject, writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

/** Options of `bun build` that take the next word (bun.sh/docs/bundler, read 2026-11). */
const BUN_VALUED: ReadonlySet<string> = new Set(
  "--outfile --outdir --target --format --root --entry-naming --chunk-naming --asset-naming --external -e --loader --define --banner --footer --env --public-path --packages --conditions --metafile --windows-icon --windows-title --compile-exec-argv".split(
    " ",
  ),
);

/**
 * `bun build --outdir dist`, and `--compile`, which makes one program: `--outfile`, or the entry's name beside it without its ending
 * (bun.sh/docs/bundler/executables, read 2026-11). Without any of them it writes to standard output.
 */
export function buildWithBun(
  words: readonly string[],
  call: Call,
  changes: Changes,
  directory: string,
): void {
  const { options, operands } = readWords(words, BUN_VALUED);
  const given = options.get("--outdir");
  const output = given === undefined ? undefined : resolvePath(directory, given);
  const name = options.get("--outfile");
  if (options.has("--compile") && !options.has("--outdir")) {
    const [entry] = operands;
    const own = entry && operands.length === 1 ? baseName(entry).replace(/\.[cm]?[jt]sx?$/, "") : undefined;
    const isWindows = options.get("--target")?.includes("windows");
    const file = name ?? own;
    const path = file === undefined || isWindows ? undefined : resolvePath(directory, file);
    // A folder's entry is called as the folder.
    if (path === undefined || (name === undefined && own === "index"))
      mayBuildProject(call, changes, directory);
    else if (!buildsProgram(call, changes, { program: "bun build", directory }, path))
      changes.mayWriteAnywhere();
    return;
  }
  if (output !== undefined) buildsInto(call, changes, { program: "bun build", directory, outputs: [output] });
  else mayBuildProject(call, changes, directory);
}

const DENO_VALUED: ReadonlySet<string> = new Set(
  "-o --output --target --config -c --import-map --include --exclude --icon --cert --lock --location --seed --ext --v8-flags --node-modules-dir".split(
    " ",
  ),
);

/**
 * `deno compile` makes the program that `--output` names, or the script's name in the working directory; `deno task` runs what
 * deno.json says; `deno cache` and `install` write to DENO_DIR and `node_modules` (docs.deno.com, command line reference; read
 * 2026-11). Gives false for what runs the author's code.
 */
export function runDeno(call: Call, changes: Changes): boolean {
  const [verb, ...rest] = call.words;
  const { directory } = call;
  if (directory === undefined || call.words.includes(undefined)) return false;
  if (/^(--version|-V|--help|fmt|lint|check|info|types|completions|doc)$/.test(verb ?? "")) return true;
  if (/^(cache|install|i|add|remove|uninstall|approve-scripts)$/.test(verb ?? "")) {
    if (!writesBeside(call, changes, directory)) return false;
    for (const it of ["node_modules", "vendor", "deno.lock"]) changes.mayBuildBelow(joinPath(directory, it));
    const cache = call.variable("DENO_DIR");
    changes.mayBuildBelow((cache.known ? pathOf(call, cache.value || "/deno-dir") : undefined) ?? "/");
    return true;
  }
  if (verb === "task")
    return runTask(
      rest.flatMap((it) => it ?? []),
      directory,
      call,
      changes,
    );
  if (verb !== "compile") return false;
  const { options, operands } = readWords(rest, DENO_VALUED);
  const [script] = operands;
  const given = options.get("--output") ?? options.get("-o");
  if (
    script === undefined ||
    /windows/.test(options.get("--target") ?? "") ||
    !writesBeside(call, changes, directory)
  )
    return false;
  const stem = baseName(script).replace(/\.[cm]?[jt]sx?$/, "");
  // Names that say nothing give way to that of the folder.
  const isPlain = /^[\w./-]+$/.test(script) && !/^(main|mod|index|cli)$/.test(stem);
  const path =
    given === undefined ? (isPlain ? joinPath(directory, stem) : undefined) : resolvePath(directory, given);
  if (path === undefined) changes.mayBuildBelow(directory, (it) => directoryOf(it) === directory);
  else if (given?.endsWith("/")) changes.mayBuildBelow(path);
  else {
    changes.write(path, "file");
    changes.addBuild({ program: "deno compile", directory, outputs: [path], files: [path] });
  }
  return true;
}

function runTask(
  [name, ...more]: readonly string[],
  directory: string,
  call: Call,
  changes: Changes,
): boolean {
  const files = projectFiles(call.context, changes, directory);
  const text = files.read("deno.json") ?? files.read("deno.jsonc");
  const tasks = textsOf(text ? readJsonWithComments(text)?.["tasks"] : undefined);
  const script = name === undefined || !Object.hasOwn(tasks, name) ? undefined : tasks[name];
  if (script === undefined || more.length > 0) return false;
  call.runProjectScript(script, directory, changes);
  return true;
}
