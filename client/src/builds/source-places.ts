import { posix } from "node:path";
import type { CompilerMessage } from "./compiler-messages.ts";
import type { CopiedFiles } from "./copied-files.ts";

/** The build context's files, as far as they are asked for. Paths are relative to it, with `/`. */
export interface ContextFiles {
  isFile(path: string): Promise<boolean>;
  /** All files of this name. */
  named(name: string): Promise<readonly string[]>;
}

export interface SourceMessage extends CompilerMessage {
  /** Relative to the build context, with `/`. */
  readonly source: string;
}

/** What is installed rather than written; it is not what the user would look at. */
const installed = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|pkg\/mod|\.cargo|\.rustup)\//;

/**
 * Finds the files of the build context that messages of a step are about. By what the stage copied, and for relative paths that
 * lead nowhere (the step changed its directory), by the one file of the context whose path ends like it. What cannot be told
 * apart is left out.
 */
export async function sourceMessages(
  messages: readonly CompilerMessage[],
  copied: CopiedFiles,
  files: ContextFiles,
): Promise<readonly SourceMessage[]> {
  const found: SourceMessage[] = [];
  const known = new Map<string, Promise<string | undefined>>();
  const settled = new Set<string>();
  for (const message of messages) {
    if (message.oneOf !== undefined && settled.has(message.oneOf)) continue;
    const source = await remembered(known, message.file, () => sourceOf(message.file, copied, files));
    if (source === undefined) continue;
    if (message.oneOf !== undefined) settled.add(message.oneOf);
    found.push({ ...message, source });
  }
  return found;
}

async function sourceOf(file: string, copied: CopiedFiles, files: ContextFiles): Promise<string | undefined> {
  const written = file.replaceAll("\\", "/");
  if (installed.test(written)) return undefined;
  const { workdir } = copied;
  const absolute = posix.isAbsolute(written)
    ? posix.normalize(written)
    : workdir && posix.resolve(workdir, written);
  for (const candidate of absolute === undefined ? [] : copied.sourcesOf(absolute))
    if (!candidate.startsWith("..") && (await files.isFile(candidate))) return candidate;
  if (!posix.isAbsolute(written)) return endingLike(written, files);
  const below = workdir !== undefined && workdir !== "/" && written.startsWith(`${workdir}/`);
  return below ? endingLike(written.slice(workdir.length + 1), files) : undefined;
}

/** The one file whose path ends with what was written, `./` and `../` in front of it left out. */
async function endingLike(written: string, files: ContextFiles): Promise<string | undefined> {
  const ending = posix.normalize(written).replace(/^(?:\.\.?\/)+/, "");
  const same = (await files.named(posix.basename(ending))).filter(
    (it) => it === ending || it.endsWith(`/${ending}`),
  );
  return same.length === 1 ? same[0] : undefined;
}

function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
