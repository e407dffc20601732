import { dirname, join } from "node:path";
import { isAddress } from "../model/stage/add-source.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import type { Surroundings } from "./models.ts";

/**
 * The folder that a Dockerfile is most likely built in, which is not written in it: the nearest one, from its own up to
 * the opened folder or the repository's root, that holds every literal source of its COPYs. Undefined when no folder does:
 * then nothing is said about the context.
 */
export function folderOfContext(
  file: Dockerfile,
  own: string,
  { disk, folders }: Pick<Surroundings, "disk" | "folders">,
): string | undefined {
  // A folder that is there in every context says nothing.
  const sources = literalSources(file).filter(({ path }) => !/^[./]*$/.test(path));
  if (sources.length === 0) return own;
  return foldersUpFrom(own, { disk, folders }).find((folder) =>
    sources.every(({ path }) => disk.kindOf(join(folder, path)) !== "absent"),
  );
}

/** A folder and those above it, up to the opened folder or the repository's root; only so many as files are built from. */
export function foldersUpFrom(
  own: string,
  { disk, folders }: Pick<Surroundings, "disk" | "folders">,
): readonly string[] {
  const found = [own];
  for (let folder = own; found.length < MOST_LEVELS; ) {
    const isTop = folders.includes(folder) || disk.kindOf(join(folder, ".git")) !== "absent";
    const above = dirname(folder);
    if (isTop || above === folder) break;
    found.push(above);
    folder = above;
  }
  return found;
}

const MOST_LEVELS = 5;

/** Sources of COPY and ADD that name something of the context, as they are written: without variables, patterns and addresses. */
export function literalSources({ instructions }: Dockerfile): readonly LiteralSource[] {
  return instructions
    .filter(
      (it) => (it.name === "COPY" || it.name === "ADD") && !it.flags.some(({ name }) => name === "from"),
    )
    .flatMap((it) => it.words.slice(0, -1).map(({ raw }) => ({ path: raw, line: it.startLine })))
    .filter(({ path }) => !/[$*?[\]\\"'<]/.test(path) && !isAddress(path));
}

export interface LiteralSource {
  readonly path: string;
  /** Of the instruction. */
  readonly line: number;
}
