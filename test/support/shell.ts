import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createGrammarReader, createShellReader } from "../../server/src/syntax/shell/reader.ts";

const require = createRequire(import.meta.url);
const runtime = readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm"));
const bash = readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm"));

/** The reader that the server uses. */
export const shellReader = await createShellReader(runtime, bash);
/** The same without the short way for plain scripts. */
export const grammarReader = await createGrammarReader(runtime, bash);
