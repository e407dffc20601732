import { basename, dirname, join, resolve } from "node:path";
import { buildsOf } from "../model/compose/builds/builds.ts";
import type { IgnoreFileModel, IgnoringDockerfile } from "../model/context/ignore-file-model.ts";
import { parseDockerfile } from "../syntax/dockerfile/parse.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import { parseIgnoreFile } from "../syntax/dockerignore/ignore-file.ts";
import { LineIndex } from "../text/line-index.ts";
import { composeFilesIn } from "./compose/compose-files.ts";
import { parsedFilesOf } from "./compose/parsed-files.ts";
import { literalSources } from "./context-folder.ts";
import { composeVariables } from "./environment/env-file.ts";
import { kindOfFile } from "./languages.ts";
import { folderBuiltIn, type Surroundings } from "./models.ts";

/** An ignore file with the folder that it is about and the Dockerfiles that read it. */
export function ignoreFileAt(text: string, path: string | undefined, around: Surroundings): IgnoreFileModel {
  const common = { text, lines: new LineIndex(text), ignore: parseIgnoreFile(text), path };
  if (path === undefined)
    return { ...common, kind: "common", context: undefined, dockerfiles: [], hasDockerfile: true };
  const name = basename(path);
  const kind = name === ".dockerignore" ? "common" : name === ".containerignore" ? "podman" : "own";
  if (kind !== "own") {
    const root = dirname(path);
    const context = around.disk.contextAt(root);
    return { ...common, kind, context, dockerfiles: dockerfilesIn(root, path, around), hasDockerfile: true };
  }
  const dockerfile = path.replace(/\.(docker|container)ignore$/i, "");
  const read = around.textAt(dockerfile);
  const file = read === undefined ? undefined : parseDockerfile(read);
  const root = file && folderBuiltIn(file, dockerfile, around);
  return {
    ...common,
    kind,
    context: root === undefined ? undefined : around.disk.contextAt(root, dockerfile),
    dockerfiles: file ? [{ path: dockerfile, reads: "this", sources: sourcesOf(file) }] : [],
    hasDockerfile: around.disk.kindOf(dockerfile) !== "absent",
  };
}

/** Dockerfiles of a context: those that stand in it, those in folders right below that are built in it, those that Compose builds in it. */
function dockerfilesIn(root: string, path: string, around: Surroundings): readonly IgnoringDockerfile[] {
  const { disk } = around;
  const inside = (folder: string) =>
    (disk.list(folder) ?? []).filter((it) => kindOfFile(it) === "dockerfile").map((it) => join(folder, it));
  const below = (disk.list(root) ?? [])
    .filter((it) => it !== "node_modules" && it !== ".git")
    .map((it) => join(root, it))
    .filter((it) => disk.kindOf(it) === "directory")
    .slice(0, MOST_FOLDERS);
  const built = builtIn(root, around);
  const candidates = new Set([...inside(root), ...below.flatMap(inside), ...built]);
  return [...candidates].flatMap((dockerfile): readonly IgnoringDockerfile[] => {
    const text = disk.kindOf(dockerfile) === "file" ? around.textAt(dockerfile) : undefined;
    if (text === undefined) return [];
    const file = parseDockerfile(text);
    if (!built.includes(dockerfile) && folderBuiltIn(file, dockerfile, around) !== root) return [];
    const own = `${dockerfile}.dockerignore`;
    const reads = own !== path && disk.kindOf(own) === "file" ? { other: own } : ("this" as const);
    return [{ path: dockerfile, reads, sources: sourcesOf(file) }];
  });
}

const MOST_FOLDERS = 50;

function builtIn(root: string, around: Surroundings): readonly string[] {
  const parsed = parsedFilesOf(around.disk);
  return composeFilesIn(root, around).flatMap((name) => {
    const path = join(root, name);
    const text = around.textAt(path);
    if (text === undefined || !/\bbuild\b/.test(text)) return [];
    return buildsOf(parsed.read(path, text), composeVariables(root, around), around.images).flatMap(
      (build) => {
        const context = resolve(root, build.context);
        return context === root ? [resolve(context, build.dockerfile ?? "Dockerfile")] : [];
      },
    );
  });
}

function sourcesOf(file: Dockerfile): IgnoringDockerfile["sources"] {
  return literalSources(file)
    .map(({ path, line }) => ({ path: path.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, ""), line }))
    .filter(({ path }) => path !== "" && path !== ".");
}
