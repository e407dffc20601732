import { isOwn } from "../../../model/stage/holding-stage.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Binary, KnownFile } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Related } from "../../rule.ts";

/** A program that a stage compiled, where it is copied to. */
export interface BuiltFile {
  readonly path: string;
  readonly binary: Binary;
  readonly builtBy: Instruction;
}

export interface Stranger {
  readonly file: BuiltFile;
  readonly libc: "glibc" | "musl";
  readonly because: readonly Related[];
}

/** Binaries in a stage whose C library is not the stage's own. */
export function strangersIn(stage: Stage, isOf: (language: Binary["language"]) => boolean): Stranger[] {
  const { libc, files } = stage.result;
  if (!libc.known) return [];
  const strangers = files.flatMap((it) => {
    if (!it.binary || !isOf(it.binary.language) || !it.binary.linkage.known) return [];
    const { value, because } = it.binary.linkage;
    if (value === "static" || value.libc === libc.value || isOwn(it.binary.builtBy, stage)) return [];
    const file = { path: it.path, binary: it.binary, builtBy: it.binary.builtBy };
    return [{ file, libc: value.libc, because: [...because, ...libc.because] }];
  });
  return strangers.length > 0 && bringsLoader(stage, files) ? [] : strangers;
}

/** The loader of glibc on linux/amd64, which programs name in themselves. */
const GLIBC = "/lib64/ld-linux-x86-64.so.2";

/** A compatibility package or the other library's own loader makes foreign binaries run. */
export function bringsLoader(stage: Stage, files: readonly KnownFile[]): boolean {
  if (
    files.some(
      (it) => /\/(ld-(linux|musl)|libc\.(so|musl))/.test(it.path) || /^\/(usr\/)?lib(64)?$/.test(it.path),
    )
  )
    return true;
  // Of a base image that has both libraries, as Deno's on Alpine.
  if (
    stage.result.libc.known &&
    stage.result.libc.value === "musl" &&
    stage.result.hasPath(GLIBC).is === "yes"
  )
    return true;
  return stage.instructions.some((it) =>
    (stage.scriptOf(it)?.commands ?? []).some((command) =>
      command.arguments.some(
        (word) =>
          /^(gcompat|libc6-compat|musl|glibc)\b/.test(word.literal ?? "") || /glibc.*\.apk$/.test(word.raw),
      ),
    ),
  );
}
