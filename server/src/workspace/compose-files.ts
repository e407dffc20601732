import { basename, dirname, join, resolve } from "node:path";
import { platformBuildsOf } from "../model/compose/built-platforms.ts";
import { namedContextsOf } from "../model/compose/named-contexts.ts";
import { otherFilesOf } from "../model/compose/other-files.ts";
import { parseCompose } from "../syntax/compose/parse.ts";
import { foldersUpFrom } from "./context-folder.ts";
import { composeVariables } from "./env-file.ts";
import { kindOfFile } from "./languages.ts";
import type { Surroundings } from "./models.ts";

/**
 * Whether Compose reads this file alone when it is started in its folder. It looks for the four default names, and adds
 * `compose.override.yaml` by itself; a file with another name is given with `-f` or named by another file, mostly as a part
 * of a project. A file with a default name is a part too when one beside it extends or includes it.
 */
export function standsAlone(path: string, around: Pick<Surroundings, "disk" | "textAt">): boolean {
  const folder = dirname(path);
  // A development container's file is mostly read after the project's own.
  if (!isDefaultName(basename(path)) || basename(folder) === ".devcontainer") return false;
  const beside = composeFilesIn(folder, around).filter((it) => it !== basename(path));
  return (
    !beside.some((it) => /^(docker-)?compose\.override\.ya?ml$/.test(it)) &&
    composeVariables(folder, around)("COMPOSE_FILE") === undefined &&
    !beside.some((it) => names(path, join(folder, it), around))
  );
}

function isDefaultName(name: string): boolean {
  return /^(docker-)?compose\.ya?ml$/.test(name);
}

function composeFilesIn(folder: string, { disk }: Pick<Surroundings, "disk">): readonly string[] {
  return (disk.list(folder) ?? []).filter((it) => kindOfFile(it) === "compose");
}

function names(path: string, other: string, { textAt }: Pick<Surroundings, "textAt">): boolean {
  const text = textAt(other);
  const name = basename(path);
  // Most files name no other one, and need no parsing to tell.
  if (!text?.includes(name)) return false;
  return otherFilesOf(parseCompose(text)).some((it) =>
    // What stands in a variable may lead anywhere.
    it.includes("$") ? it.endsWith(name) : resolve(dirname(other), it) === path,
  );
}

/**
 * Additional contexts that a Dockerfile in this folder may be built with: those of the Compose files there and in the folders
 * above, up to the opened folder or the repository's root. Read from the disk, which an answer about a Dockerfile rests on.
 */
export function contextsNamedAround(
  folder: string,
  around: Pick<Surroundings, "disk" | "folders">,
): readonly string[] {
  return foldersUpFrom(folder, around).flatMap((it) =>
    composeFilesIn(it, around).flatMap((file) => {
      const read = around.disk.read(join(it, file));
      return read.kind === "text" && read.text.includes("additional_contexts")
        ? namedContextsOf(parseCompose(read.text))
        : [];
    }),
  );
}

/** Platforms that Compose files in the folder of a Dockerfile and above build it for. */
export function platformsBuiltAround(
  path: string,
  around: Pick<Surroundings, "disk" | "folders">,
): readonly string[] {
  const platforms = foldersUpFrom(dirname(path), around).flatMap((folder) =>
    composeFilesIn(folder, around).flatMap((file) => {
      const read = around.disk.read(join(folder, file));
      if (read.kind !== "text" || !read.text.includes("platforms")) return [];
      return platformBuildsOf(parseCompose(read.text))
        .filter((it) => resolve(folder, it.context, it.dockerfile) === path)
        .flatMap((it) => it.platforms);
    }),
  );
  return [...new Set(platforms)];
}
