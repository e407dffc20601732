import { readWords } from "../command-family.ts";
import { NPM_VALUED } from "../manager-options.ts";

/** The words of npm, yarn, pnpm or bun, read. Of pnpm `-w` is a flag, the root of the workspace, and of npm an option with a value. */
export function readManagerWords(program: string, words: readonly (string | undefined)[]) {
  const given = program === "pnpm" ? words.map((it) => (it === "-w" ? "--workspace-root" : it)) : words;
  return readWords(given, NPM_VALUED);
}
