import { cpSync, existsSync, globSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { Expected } from "./ending.ts";
import { dist, fromRoot, root } from "./places.ts";

/** A file that the build wrote. */
export interface Bundle {
  readonly file: string;
  readonly bytes: number;
}

/** dockerode brings an SSH client, a third of the bundle's weight; engines over SSH are reached through the user's own (client/src/engine/transport/ssh.ts). */
const withoutSsh2: Plugin = {
  name: "without ssh2",
  setup(build) {
    build.onResolve({ filter: /^ssh2$/ }, () => ({ path: "ssh2", namespace: "left-out" }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
  },
};

/**
 * VS Code 1.91, the oldest that the extension supports, runs extensions on Node 20.
 * Its webviews are Chromium 122 (Electron 29; the release notes of VS Code 1.90 and 1.91).
 */
const onNode: BuildOptions = {
  platform: "node",
  format: "cjs",
  target: "node20",
  plugins: [withoutSsh2],
  external: ["vscode"],
  // The sources are ES modules, and CommonJS has other words for where a file is.
  define: {
    "import.meta.url": "importMetaUrl",
    "import.meta.dirname": "__dirname",
    "import.meta.filename": "__filename",
  },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const inWebview: BuildOptions = { platform: "browser", format: "iife", target: "chrome122" };

const common: BuildOptions = {
  bundle: true,
  minify: true,
  // Names of functions and classes stay: stack traces in a bug report are worth more than 5 %.
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: root,
  outdir: dist,
};

/** What runs on Node, by the name of its bundle. */
const programs = {
  extension: "client/src/extension.ts",
  // On their own, as they weigh more than all the rest and activation does not wait for them: client/src/bundles.ts.
  engine: "client/src/engine/connect.ts",
  "language-client": "client/src/language-client.ts",
  server: "server/src/protocol/main.ts",
  cli: "server/src/protocol/cli/main.ts",
  // What the command line needs for an engine; the others of its commands load none of it.
  size: "client/src/cli/size.ts",
} as const;

/**
 * Builds everything that ships, into an empty `dist/`. Ends with the files that were written, largest first.
 * Throws `Expected` when a source is wrong; esbuild has printed what.
 */
export async function buildShipped(): Promise<readonly Bundle[]> {
  for (const file of globSync("*", { cwd: dist }))
    if (file !== "test") rmSync(path.join(dist, file), { recursive: true });
  mkdirSync(dist, { recursive: true });

  await Promise.all([bundle(onNode, programs), bundle(inWebview, pages())]);
  finishPrograms(dist);

  return globSync(["*.{js,wasm,br}", "webview/*"], { cwd: dist })
    .map((file) => ({ file: path.join(dist, file), bytes: statSync(path.join(dist, file)).size }))
    .sort((one, other) => other.bytes - one.bytes);
}

/** Builds the command line alone into `dist/` of a folder, as it ships. @returns the path of what `plimsoll` runs */
export async function buildCommandLine(folder: string): Promise<string> {
  const { engine, cli, size } = programs;
  return path.join(await buildInto(folder, { engine, cli, size }), "cli.js");
}

/** Builds the language server alone into `dist/` of a folder, as it ships. @returns the path of its program */
export async function buildServer(folder: string): Promise<string> {
  const { server } = programs;
  return path.join(await buildInto(folder, { server }), "server.js");
}

async function buildInto(folder: string, entryPoints: Record<string, string>): Promise<string> {
  const outdir = path.join(folder, "dist");
  await buildOrSay({ ...common, ...onNode, entryPoints, outdir });
  finishPrograms(outdir);
  return outdir;
}

/** What the programs of a folder find beside them. */
function finishPrograms(folder: string): void {
  for (const wasm of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-bash/tree-sitter-bash.wasm"])
    cpSync(path.join(root, "node_modules", wasm), path.join(folder, path.basename(wasm)));
  const packages = "debian-packages.txt.br";
  cpSync(path.join(root, "server/src/model/image", packages), path.join(folder, packages));
  // The repository is of ES modules; the bundles are not, as VS Code 1.91 loads extensions with require().
  writeFileSync(path.join(folder, "package.json"), '{"type":"commonjs"}\n');
}

/** Builds the mocha suites of `test/editor/suite` into `dist/test`, readable and with source maps. */
export async function buildEditorTests(): Promise<void> {
  const out = path.join(dist, "test");
  for (const file of globSync("*.{js,map}", { cwd: out })) rmSync(path.join(out, file));
  const files = globSync(["test/editor/suite/index.ts", "test/editor/suite/*.test.ts"], { cwd: root });
  await buildOrSay({
    ...common,
    ...onNode,
    entryPoints: files,
    outdir: out,
    minify: false,
    sourcemap: "inline",
    external: ["vscode", "mocha/*"],
    // mocha's entry is an ES module, which older VS Code cannot require(); what it exports again is not.
    alias: { mocha: "mocha/lib/mocha.cjs" },
  });
  writeFileSync(path.join(out, "package.json"), '{"type":"commonjs"}\n');
}

/** Each component at the top of `client/webview` is a page of its own. */
function pages(): Record<string, string> {
  const files = globSync("client/webview/*.tsx", { cwd: root });
  return Object.fromEntries(files.map((file) => [`webview/${path.basename(file, ".tsx")}`, file]));
}

async function bundle(kind: BuildOptions, entries: Record<string, string>): Promise<void> {
  const missing = Object.values(entries).filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0)
    throw new Expected(
      `Cannot build without ${missing.map((it) => fromRoot(path.join(root, it))).join(", ")}.`,
    );
  await buildOrSay({ ...common, ...kind, entryPoints: entries });
}

/** esbuild prints its errors itself, each with its line. */
async function buildOrSay(options: BuildOptions): Promise<void> {
  try {
    await build(options);
  } catch (error) {
    throw new Expected(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}
