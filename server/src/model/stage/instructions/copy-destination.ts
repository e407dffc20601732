import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Changes } from "../contents/changes.ts";
import { isDirectoryAt } from "../contents/known-directory.ts";
import { joinPath, resolvePath } from "../paths.ts";
import type { KnownFile } from "../state.ts";
import type { ContentsWalk } from "./instruction-effect.ts";

/** Where an instruction copies to. */
export interface Destination {
  readonly path: string;
  /** Sources land inside it: it ends with `/`, there are several sources, or it is known to be a directory. */
  readonly isDirectory: boolean;
}

/** Undefined where a variable or the working directory is not known. */
export function destinationOf(instruction: Instruction, walk: ContentsWalk): Destination | undefined {
  const word = instruction.words.at(-1);
  const text = word && walk.expand(word);
  const { workdir } = walk.before;
  const path = text === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, text);
  if (text === undefined || path === undefined) return undefined;
  const isDirectory =
    /(^|\/)\.{0,2}$/.test(text) || instruction.words.length > 2 || isDirectoryAt(walk.changes.now, path);
  return { path, isDirectory };
}

/** Writes a file to the destination, or into it where that is a directory. */
export function writeInto(
  destination: Destination,
  name: string,
  kind: KnownFile["kind"],
  changes: Changes,
  more: Parameters<Changes["write"]>[2] = {},
): void {
  changes.write(destination.isDirectory ? joinPath(destination.path, name) : destination.path, kind, more);
}
