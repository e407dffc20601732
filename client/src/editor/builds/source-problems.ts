import { RelativePattern, Uri, workspace } from "vscode";
import { compilerMessages } from "../../builds/compiler-messages.ts";
import { copiedFiles, type Instruction } from "../../builds/copied-files.ts";
import { type ContextFiles, type SourceMessage, sourceMessages } from "../../builds/source-places.ts";
import type { StagesResult } from "../../shared/server-messages.ts";

/** More files of one name than this cannot be told apart anyway. */
const mostOfOneName = 50;

/**
 * What compilers said of files of the build context.
 * @param log - all that the failing step wrote
 * @param line - of its instruction, from 0; undefined when it is not known
 * @param context - absolute path
 */
export function problemsInSources(
  log: string,
  line: number | undefined,
  stages: StagesResult | undefined,
  context: string,
): Promise<readonly SourceMessage[]> {
  return sourceMessages(
    compilerMessages(log),
    copiedFiles(instructionsUpTo(line, stages)),
    contextFiles(context),
  );
}

/** Those that make the stage of the instruction on this line, that one included. */
function instructionsUpTo(
  line: number | undefined,
  stages: StagesResult | undefined,
): readonly Instruction[] {
  const isThere = (it: { readonly line: number; readonly endLine: number }) =>
    line !== undefined && it.line <= line && line <= it.endLine;
  for (const { index, chain } of stages?.stages ?? []) {
    const at = chain.findIndex((it) => it.stage === index && isThere(it));
    if (at !== -1) return chain.slice(0, at + 1);
  }
  return [];
}

function contextFiles(context: string): ContextFiles {
  const folder = Uri.file(context);
  const prefix = `${folder.path}/`;
  return {
    async isFile(path) {
      try {
        // Bit 1 is a file, also behind a symbolic link.
        return ((await workspace.fs.stat(Uri.joinPath(folder, path))).type & 1) !== 0;
      } catch {
        return false;
      }
    },
    async named(name) {
      const pattern = new RelativePattern(folder, `**/${name.replace(/[[\]{}*?]/g, "[$&]")}`);
      const found = await workspace.findFiles(
        pattern,
        "**/{node_modules,vendor,.git,.venv,target,dist}/**",
        mostOfOneName,
      );
      return found.map((it) => (it.path.startsWith(prefix) ? it.path.slice(prefix.length) : it.path));
    },
  };
}
