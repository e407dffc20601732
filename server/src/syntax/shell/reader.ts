import { Language, Parser } from "web-tree-sitter";
import type { MappedText } from "../../text/mapped-text.ts";
import { readGrammarScript } from "./grammar-script.ts";
import { placeScript, placing } from "./place-script.ts";
import { readPlainScript } from "./plain-script.ts";
import { emptyScript, type Script, type ShellReader } from "./script.ts";
import { seenThroughEnv } from "./seen-through-env.ts";

/**
 * Loads web-tree-sitter and tree-sitter-bash from their bytes (`web-tree-sitter.wasm`, `tree-sitter-bash.wasm`);
 * rejects when they are no such modules. The reader that comes of it is synchronous.
 */
export async function createShellReader(runtimeWasm: Uint8Array, bashWasm: Uint8Array): Promise<ShellReader> {
  await Parser.init({ wasmBinary: runtimeWasm });
  const parser = new Parser().setLanguage(await Language.load(bashWasm));
  return cachingReader(readPlainScript, (text) => readWithGrammar(parser, text));
}

/** Reads every script with the grammar: what the plain reading is held to. */
export async function createGrammarReader(
  runtimeWasm: Uint8Array,
  bashWasm: Uint8Array,
): Promise<ShellReader> {
  await Parser.init({ wasmBinary: runtimeWasm });
  const parser = new Parser().setLanguage(await Language.load(bashWasm));
  return cachingReader(
    () => undefined,
    (text) => readWithGrammar(parser, text),
  );
}

function readWithGrammar(parser: Parser, text: string): Script {
  const isTooMuch = mostAwaited(text) > MOST_AWAITED || leftOpen(text) > MOST_OPEN;
  const tree = isTooMuch ? null : parser.parse(text);
  if (!tree) return emptyScript(false);
  const script = readGrammarScript(text, tree.rootNode);
  tree.delete();
  return script;
}

/**
 * The grammar copies the names of all here-documents that it still waits for with each token, so that each of them costs as
 * much as there are. Nobody writes so many in one line.
 */
const MOST_AWAITED = 100;

/** How many here-documents one line begins at most, its continuations included; a shift may be counted as one. */
function mostAwaited(text: string): number {
  let most = 0;
  let count = 0;
  for (const line of text.includes("<<") ? text.split("\n") : []) {
    count += line.split("<<").length - 1;
    most = Math.max(most, count);
    if (!line.endsWith("\\")) count = 0;
  }
  return most;
}

/** Of brackets that nothing closes the grammar tries each as the beginning of something. */
const MOST_OPEN = 200;

/** How many round brackets nothing closes; those in quotes are counted too. */
function leftOpen(text: string): number {
  let open = 0;
  for (const it of text.matchAll(/[()]/g)) open = it[0] === "(" ? open + 1 : Math.max(0, open - 1);
  return open;
}

/** How much script text is remembered, in UTF-16 units: some ten long Dockerfiles. */
const REMEMBERED = 1_000_000;

/**
 * Scripts by their text, null for one that was read where it stands. The older half goes at once when the newer one is full:
 * to look for the oldest each time costs more than to read a script.
 */
class KeptScripts {
  private newer = new Map<string, Script | null>();
  private older = new Map<string, Script | null>();
  private size = 0;

  get(text: string): Script | null | undefined {
    const script = this.newer.get(text);
    return script === undefined ? this.older.get(text) : script;
  }

  set(text: string, script: Script | null): void {
    if (!this.newer.has(text)) this.size += text.length;
    if (this.size > REMEMBERED / 2) {
      this.older = this.newer;
      this.newer = new Map();
      this.size = text.length;
    }
    this.newer.set(text, script);
  }
}

/**
 * The same scripts are read again at every keystroke in the file around them, so they are kept by their text. A plain one is
 * kept when it comes for the second time: most are read once, and then at their place at once.
 */
function cachingReader(readPlain: typeof readPlainScript, read: (text: string) => Script): ShellReader {
  const scripts = new KeptScripts();
  return {
    read(mapped: MappedText): Script {
      const { text } = mapped;
      let script = scripts.get(text);
      if (script === undefined) {
        const plain = readPlain(text, placing(mapped));
        if (plain) {
          scripts.set(text, null);
          return seenThroughEnv(plain);
        }
      } else if (script === null) script = readPlain(text);
      script ??= read(text);
      scripts.set(text, script);
      return seenThroughEnv(placeScript(script, mapped));
    },
  };
}
