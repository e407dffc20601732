import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createShellReader } from "../syntax/shell/reader.ts";
import type { ShellReader } from "../syntax/shell/script.ts";

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

/** The bundle is CommonJS, where `import.meta.url` is nothing and `__dirname` is the bundle's folder. */
function scriptFolder(): string {
  return typeof __dirname === "string" ? __dirname : dirname(fileURLToPath(import.meta.url));
}
