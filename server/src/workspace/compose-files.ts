import { basename, dirname, join, resolve } from "node:path";
import { buildsOf } from "../model/compose/builds.ts";
import { platformBuildsOf } from "../model/compose/built-platforms.ts";
import { namedContextsOf } from "../model/compose/named-contexts.ts";
import { otherFilesOf, servicesIn, servicesMissingIn } from "../model/compose/other-files.ts";
import type { BuildArguments } from "../model/stage/dockerfile-model.ts";
import { parseCompose } from "../syntax/compose/parse.ts";
import type { ComposeFile } from "../syntax/compose/tree.ts";
import { foldersUpFrom } from "./context-folder.ts";
import type { ReadResult } from "./disk.ts";
import { composeVariables } from "./env-file.ts";
import { kindOfFile } from "./languages.ts";
import type { Surroundings } from "./models.ts";

/**
 * Whether Compose reads this file alone when it is started in its folder. It looks for the four default names, and adds
 * `compose.override.yaml` by itself; a file with another name is given with `-f` or named by another file, mostly as a part
 * of a project. A file with a default name is a part too when one beside it extends or includes it, or has a
 * service that it depends on and lacks.
 */
export function standsAlone(path: string, around: Pick<Surroundings, "disk" | "textAt">): boolean {
  const folder = dirname(path);
  // A development container's file is mostly read after the project's own.
  if (!isDefaultName(basename(path)) || basename(folder) === ".devcontainer") return false;
  const beside = composeFilesIn(folder, around).filter((it) => it !== basename(path));
  return (
    !beside.some((it) => /^(docker-)?compose\.override\.ya?ml$/.test(it)) &&
    composeVariables(folder, around)("COMPOSE_FILE") === undefined &&
    !beside.some((it) => names(path, join(folder, it), around)) &&
    !isCompletedBeside(path, around)
  );
}

/** Does a file beside it have a service that this one needs? They are read together then, as with `-f` twice. */
function isCompletedBeside(path: string, { disk, textAt }: Pick<Surroundings, "disk" | "textAt">): boolean {
  const folder = dirname(path);
  const isOther = (it: string) => /compose.*\.ya?ml$/i.test(it) && it !== basename(path);
  const others = (disk.list(folder) ?? []).filter(isOther);
  const text = others.length > 0 ? textAt(path) : undefined;
  const missing = text === undefined ? [] : servicesMissingIn(parseCompose(text));
  if (missing.length === 0) return false;
  return others.some((it) => {
    const other = textAt(join(folder, it));
    const named = missing.filter((name) => other?.includes(name));
    if (other === undefined || named.length === 0) return false;
    const services = servicesIn(parseCompose(other));
    return named.some((name) => services.has(name));
  });
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
  return textsAround(folder, around)
    .filter((it) => it.read.text.includes("additional_contexts"))
    .flatMap((it) => namedContextsOf(parsed(it.read)));
}

/**
 * Build arguments that a Dockerfile is given by each service around that builds it, with one known value. Where services
 * differ, or one gives nothing, the Dockerfile's own default says as much. Files are looked for as for
 * `contextsNamedAround`, and none is parsed unless one of them has `args`.
 */
export function argumentsGivenAround(
  path: string,
  around: Pick<Surroundings, "disk" | "folders" | "textAt" | "images">,
): BuildArguments {
  const building = textsAround(dirname(path), around).filter((it) => /\bbuild\b/.test(it.read.text));
  if (!building.some((it) => /\bargs\b/.test(it.read.text))) return {};
  const given = buildsOfDockerfile(path, building, around).map((it) => it.args);
  const [first = {}, ...others] = given;
  return Object.fromEntries(
    Object.entries(first).filter(
      ([name, value]) =>
        value !== undefined && others.every((it) => Object.hasOwn(it, name) && it[name] === value),
    ),
  );
}

type ReadText = Extract<ReadResult, { readonly kind: "text" }>;

/** The Compose files in a folder and those above it. */
function textsAround(
  folder: string,
  around: Pick<Surroundings, "disk" | "folders">,
): readonly { readonly folder: string; readonly read: ReadText }[] {
  return foldersUpFrom(folder, around).flatMap((it) =>
    composeFilesIn(it, around).flatMap((file) => {
      const read = around.disk.read(join(it, file));
      return read.kind === "text" ? [{ folder: it, read }] : [];
    }),
  );
}

/** The builds in these files that name the Dockerfile at `path`, each with its context as an absolute path. */
function buildsOfDockerfile(
  path: string,
  files: ReturnType<typeof textsAround>,
  around: Pick<Surroundings, "disk" | "folders" | "textAt" | "images">,
): readonly { readonly context: string; readonly args: BuildArguments }[] {
  return files.flatMap(({ folder, read }) =>
    buildsOf(parsed(read), composeVariables(folder, around), around.images)
      .map(({ context, dockerfile, args }) => ({ context: resolve(folder, context), dockerfile, args }))
      .filter((it) => resolve(it.context, it.dockerfile ?? "Dockerfile") === path),
  );
}

/** A file is parsed once as long as the disk remembers it: a Dockerfile beside it asks at every keystroke. */
function parsed(read: ReadText): ComposeFile {
  const file = files.get(read) ?? parseCompose(read.text);
  files.set(read, file);
  return file;
}

const files = new WeakMap<ReadText, ComposeFile>();

/**
 * The one folder that the Compose files around build this Dockerfile in; undefined where none does, or several do in
 * different folders. Read from the disk, each file once until it changes.
 */
export function contextGivenTo(
  path: string,
  around: Pick<Surroundings, "disk" | "folders" | "textAt" | "images">,
): string | undefined {
  const building = textsAround(dirname(path), around).filter((it) => /\bbuild\b/.test(it.read.text));
  const found = new Set(buildsOfDockerfile(path, building, around).map((it) => it.context));
  const [only, ...more] = found;
  return more.length === 0 ? only : undefined;
}

/** Platforms that Compose files in the folder of a Dockerfile and above build it for. */
export function platformsBuiltAround(
  path: string,
  around: Pick<Surroundings, "disk" | "folders">,
): readonly string[] {
  const platforms = textsAround(dirname(path), around)
    .filter((it) => it.read.text.includes("platforms"))
    .flatMap(({ folder, read }) =>
      platformBuildsOf(parsed(read))
        .filter((it) => resolve(folder, it.context, it.dockerfile) === path)
        .flatMap((it) => it.platforms),
    );
  return [...new Set(platforms)];
}
