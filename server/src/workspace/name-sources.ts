import { basename, join, resolve } from "node:path";
import { buildsIn } from "../features/names/builds.ts";
import { isConfiguration, mountedPaths } from "../features/names/mounted.ts";
import { servicesWith } from "../features/names/service-entries.ts";
import type {
  ComposeSource,
  DockerfileSource,
  EnvSource,
  MountedSource,
  NameSources,
} from "../features/names/sources.ts";
import { environmentFilesOf } from "../features/names/variables.ts";
import type { ComposeProject } from "../model/compose/project.ts";
import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import { parseDotenv } from "../syntax/dotenv/parse.ts";
import { pathsFolderOf } from "./compose/compose-files.ts";
import { composeRelations, type RelatedFile } from "./compose/compose-relations.ts";
import { composeVariables } from "./environment/env-file.ts";
import { kindOfFile } from "./languages.ts";
import type { Surroundings } from "./models.ts";

/** More files are no project that somebody renames things in. */
const MOST_FILES = 1_000;

/** The document that was asked about: its name among the sources, and its place on disk if it has one. */
export interface Asked {
  readonly id: string;
  readonly path: string | undefined;
  readonly kind: string;
  readonly text: string;
  /** Of a Compose file, where it was read already. */
  readonly project?: Pick<ComposeProject, "file" | "services">;
}

/**
 * The files that may share names with a document, open ones as they stand in the editor: the Compose files in its folder, those
 * they include and extend, those above that include, extend or build it, the Dockerfiles that all these build, and their
 * `.env` files. `modelOf` gives the Dockerfile at a path.
 */
export function nameSourcesFor(
  asked: Asked,
  around: Surroundings,
  modelOf: (path: string, text: string) => DockerfileModel,
): NameSources {
  const { files, complete } = composeRelations(asked, around);
  const compose = files.flatMap((it): readonly ComposeSource[] => {
    const source = sourceOf(it, around);
    const { project } = asked;
    const isAsked = project?.file === source.file;
    return [
      isAsked ? { ...source, services: project.services } : source,
      // Further documents are layers of the same project that stand in the same file.
      ...source.file.furtherRoots.map((root) => ({
        ...source,
        file: { ...source.file, root, parts: undefined },
      })),
    ];
  });

  const dockerfiles = new Map<string, DockerfileSource>();
  const addDockerfile = (id: string, text: string) =>
    dockerfiles.set(id, { path: id, model: modelOf(id, text) });
  if (asked.kind === "dockerfile") addDockerfile(asked.id, asked.text);
  let isComplete = complete;
  for (const { dockerfile } of buildsIn(compose)) {
    if (dockerfile === undefined || dockerfiles.has(dockerfile)) continue;
    const text = around.textAt(dockerfile);
    if (text === undefined) continue;
    if (dockerfiles.size >= MOST_FILES) isComplete = false;
    else addDockerfile(dockerfile, text);
  }

  const env = new Map<string, EnvSource>();
  for (const source of compose) {
    const handedOn = servicesWith(source, "env_file").flatMap((it) => environmentFilesOf(source, it.value));
    for (const path of [...source.envFiles, ...handedOn]) {
      const text = env.has(path) ? undefined : around.textAt(path);
      if (text !== undefined) env.set(path, { path, file: parseDotenv(text) });
    }
  }
  const mounted = compose.flatMap((source) => mountedBy(source, around));
  return {
    mounted,
    compose,
    dockerfiles: [...dockerfiles.values()],
    env: [...env.values()],
    complete: isComplete,
  };
}

/** Configurations that services mount by themselves or in a folder. */
function mountedBy(source: ComposeSource, around: Surroundings): readonly MountedSource[] {
  const { disk } = around;
  return mountedPaths(source).flatMap(({ service, path, mayBeFolder }) => {
    const isFolder = disk.kindOf(path) === "directory";
    if (isFolder && !mayBeFolder) return [];
    const paths = isFolder ? (disk.list(path) ?? []).map((it) => join(path, it)) : [path];
    return paths
      .filter((it) => isConfiguration(basename(it)) && kindOfFile(it) === undefined)
      .slice(0, MOST_MOUNTED)
      .flatMap((it) => {
        const text = around.textAt(it);
        return text === undefined ? [] : [{ path: it, text, source, service }];
      });
  });
}

const MOST_MOUNTED = 50;

function sourceOf(
  { id, path, file, group, inner, outer, envFiles, outerEnvFiles }: RelatedFile,
  around: Surroundings,
): ComposeSource {
  const folder = path === undefined ? undefined : pathsFolderOf(path, around);
  return {
    path: id,
    file,
    variables: composeVariables(folder, around),
    envFiles: envFiles.length > 0 ? envFiles : [folder === undefined ? `${id}#env` : join(folder, ".env")],
    outerEnvFiles,
    group,
    inner,
    outer,
    // A document without a place has nothing beside it.
    resolve: (...steps) => (folder === undefined ? [id, ...steps].join("#") : resolve(folder, ...steps)),
  };
}
