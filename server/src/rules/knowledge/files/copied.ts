import { joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import { type Instruction, notedOnInstruction } from "../../../syntax/dockerfile/tree.ts";

/** Where a COPY or ADD puts things; absolute paths. */
export interface Copied {
  /** The target that takes what directories among the sources hold; undefined when it is a file's own name. */
  readonly directory: string | undefined;
  /** Where each source goes if it is a file, in order of the sources. */
  readonly files: readonly string[];
  /** True if each of `files` is a file rather than a directory with certainty. */
  readonly areFiles: boolean;
}

/** Undefined for variables that are not known, wildcards, archives that ADD unpacks, here-documents and `--parents`. */
export const whatIsCopied = notedOnInstruction(readCopy);

function readCopy(copy: Instruction, stage: Stage): Copied | undefined {
  const words = copy.words.flatMap((it) => wordValue(it, copy, stage) ?? []);
  const target = words.at(-1);
  const sources = words.slice(0, -1);
  if (target === undefined || words.length !== copy.words.length || sources.length === 0) return undefined;
  if (words.some((it) => /[*?[\\]/.test(it)) || copy.hereDocuments.length > 0) return undefined;
  if (copy.flags.some((it) => it.name === "parents")) return undefined;
  if (copy.name === "ADD" && sources.some((it) => /\.(tar|tgz|t?xz|tbz2|tar\.\w+)$|\.git(#|$)/.test(it)))
    return undefined;
  const before = stage.before(copy);
  const path = resolvePath(before.workdir.known ? before.workdir.value : undefined, target);
  if (path === undefined) return undefined;

  const isFolder = COMMON_FOLDERS.test(path) || before.fileAt(path)?.kind === "directory";
  const isInto = isFolder || /(^|\/)\.{0,2}$/.test(target) || sources.length > 1;
  if (isInto) {
    const files = sources.map((it) => joinPath(path, it.split("/").at(-1) ?? ""));
    // The content of a directory source is not named here, so `files` of such a source do not exist.
    return { directory: path, files: files.filter((it) => it !== path), areFiles: true };
  }
  const written = stage.after(copy).fileAt(path);
  const areFiles =
    written?.kind === "file" || written?.binary !== undefined || isFileName(sources[0] ?? "", path);
  return { directory: written?.kind === "file" ? undefined : path, files: [path], areFiles };
}

/** Folders that every image with files has, and those for programs below /usr/local. */
export const COMMON_FOLDERS = /^\/((usr\/)?(local\/)?s?bin|etc|home|lib|opt|root|srv|tmp|usr|var)?$/;

/** `entrypoint.sh`, or anything put under its own name into a directory for programs. */
function isFileName(from: string, to: string): boolean {
  return /[^/.][^/]*\.(?!d$)[A-Za-z0-9]{1,5}$/.test(from) || /^\/(usr\/)?(local\/)?s?bin\/[^/]+$/.test(to);
}
