import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createShellReader } from "../syntax/shell/reader.ts";
import type { ShellReader } from "../syntax/shell/script.ts";
import { scriptFolder } from "./script-folder.ts";

let reader: Promise<ShellReader> | undefined;

/**
 * The reader of shell scripts, loaded when it is first asked for and once a process. Its two WebAssembly files lie beside
 * the bundle; run from source they come from `node_modules`. Rejects when they are missing or broken.
 */
export function shellReader(): Promise<ShellReader> {
  reader ??= load();
  return reader;
}

async function load(): Promise<ShellReader> {
  const [runtime, bash] = await Promise.all([
    bytesOf("web-tree-sitter.wasm", "web-tree-sitter"),
    bytesOf("tree-sitter-bash.wasm", "tree-sitter-bash"),
  ]);
  return createShellReader(runtime, bash);
}

async function bytesOf(file: string, packageName: string): Promise<Uint8Array> {
  const here = scriptFolder();
  try {
    return await readFile(join(here, file));
  } catch {
    return readFile(createRequire(join(here, "wasm.ts")).resolve(`${packageName}/${file}`));
  }
}
