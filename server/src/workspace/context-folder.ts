import { dirname, join } from "node:path";
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
  const sources = literalSources(file);
  if (sources.length === 0) return own;
  return foldersUpFrom(own, { disk, folders }).find((folder) =>
    sources.every((it) => disk.kindOf(join(folder, it)) !== "absent"),
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

/** Sources without variables and patterns; a folder that is there in every context says nothing. */
function literalSources({ instructions }: Dockerfile): string[] {
  return instructions
    .filter(
      (it) => (it.name === "COPY" || it.name === "ADD") && !it.flags.some(({ name }) => name === "from"),
    )
    .flatMap((it) => it.words.slice(0, -1).map(({ raw }) => raw))
    .filter((it) => !/[$*?[\]\\"'<]|:\/\/|^git@/.test(it) && !/^[./]*$/.test(it));
}
