import { dirname, isAbsolute, resolve } from "node:path";
import type { ComposeProject } from "../model/compose/project.ts";
import type { ComposeInputs } from "../model/compose/reading/inputs.ts";
import { readComposeProject } from "../model/compose/reading/read-project.ts";
import type { ImageFactsSource } from "../model/image/facts.ts";
import type { PackageIndex } from "../model/image/package-index.ts";
import type { BuildArguments, DockerfileModel, ModelInputs } from "../model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../model/stage/evaluate.ts";
import type { Defaults } from "../syntax/compose/interpolate.ts";
import { parseCompose } from "../syntax/compose/parse.ts";
import type { ComposeFile } from "../syntax/compose/tree.ts";
import { parseDockerfile } from "../syntax/dockerfile/parse.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import type { ShellReader } from "../syntax/shell/script.ts";
import { buildsAround } from "./compose/builds-around.ts";
import { composeFilesIn, isFirst, pathsFolderOf, standsAlone } from "./compose/compose-files.ts";
import type { KnownCompose } from "./compose/compose-versions.ts";
import { effectiveProjectAt, ParsedFiles } from "./compose/effective-files.ts";
import { mainFileOf, wholeProjects } from "./compose/whole-projects.ts";
import { folderOfContext, foldersUpFrom } from "./context-folder.ts";
import type { Disk } from "./disk.ts";
import { composeVariables } from "./environment/env-file.ts";

/** What files are evaluated with: the disk, and what ships with the server. */
export interface Surroundings {
  readonly disk: Disk;
  readonly shell: ShellReader;
  readonly images: ImageFactsSource;
  readonly packages?: PackageIndex | undefined;
  /** Text of a file as the user sees it: an open document goes before the disk. Undefined when it cannot be read. */
  textAt(path: string): string | undefined;
  /** Changes with every change of an open Compose file. */
  composeGeneration(): number;
  /** Compose files that were read for projects of several; absent where nothing is kept. */
  readonly parsed?: ParsedFiles;
  /** Folders that the user opened; a build context is looked for up to them. */
  readonly folders: readonly string[];
}

/** Build arguments that the user configured for the Dockerfile at a path; undefined for a text without a place. */
export type ConfiguredArguments = (path: string | undefined) => BuildArguments;

const noneConfigured: ConfiguredArguments = () => ({});

/**
 * Evaluates a Dockerfile, with the build arguments that are configured for it, or else those that the Compose files around
 * agree on. Without a path nothing is known of its build context. What an edit left as it was is taken over from the model
 * `before` it, which is used no more then.
 */
export function modelOfDockerfile(
  text: string,
  path: string | undefined,
  around: Surroundings,
  configured: ConfiguredArguments = noneConfigured,
  before?: DockerfileModel,
): DockerfileModel {
  const file = parseDockerfile(text, before?.file);
  const builds = path === undefined ? undefined : buildsAround(path, around);
  const given = builds?.context;
  const folder = path === undefined ? undefined : folderBuiltIn(file, path, around);
  const isOpen = path !== undefined && folder === undefined;
  const inputs: ModelInputs = {
    images: around.images,
    shell: around.shell,
    packages: around.packages,
    context:
      folder === undefined
        ? undefined
        : around.disk.contextAt(folder, path, given === undefined ? "guessed" : "given"),
    ...(isOpen && { ownFolder: around.disk.contextAt(dirname(path), path) }),
    buildArguments: {
      ...builds?.buildArguments,
      ...configured(path),
    },
    contexts: builds?.contexts ?? [],
    platforms: builds?.platforms ?? [],
  };
  return evaluateDockerfile(file, inputs, before);
}

/** The folder that the Dockerfile at `path` is built in: a Compose file says which, or it is guessed. Undefined where none fits. */
export function folderBuiltIn(file: Dockerfile, path: string, around: Surroundings): string | undefined {
  return buildsAround(path, around).context ?? folderOfContext(file, dirname(path), around);
}

/**
 * Reads a Compose file with the Dockerfiles that its services are built from. `defaults` are taken to show and build what
 * the file says as it stands, and left open to judge it. `known` is what is already there of this text.
 */
export function projectOfCompose(
  text: string,
  path: string | undefined,
  around: Surroundings,
  defaults: Defaults,
  configured: ConfiguredArguments = noneConfigured,
  known?: KnownCompose,
): ComposeProject {
  const folder = path === undefined ? undefined : pathsFolderOf(path, around);
  const alone = path !== undefined && standsAlone(path, around);
  const parsed = around.parsed ?? new ParsedFiles();
  const inputs: ComposeInputs = {
    ...inputsIn(folder, around, defaults, configured),
    alone,
    ...(path !== undefined && {
      composition(file: ComposeFile) {
        // Elsewhere than in its own folder its paths mean something only as a part of the others.
        const main = folder === dirname(path) ? path : (mainFileOf(path, around) ?? path);
        return effectiveProjectAt(main, { path, file }, around, parsed).problems;
      },
      whole: wholeProjects(path, { ...around, parsed }, alone, (at) =>
        inputsIn(at, around, "open", configured),
      ),
    }),
    single: alone && path !== undefined && composeFilesIn(dirname(path), around).length === 1,
    first: path !== undefined && isFirst(path, around),
  };
  return readComposeProject(known?.file ?? parseCompose(text), inputs, known?.before);
}

/** What a project is read with whose paths count from a folder. */
function inputsIn(
  folder: string | undefined,
  around: Surroundings,
  defaults: Defaults,
  configured: ConfiguredArguments,
): Omit<ComposeInputs, "alone" | "single" | "first"> {
  const dockerfiles = new Map<string, DockerfileModel | undefined>();
  return {
    images: around.images,
    shell: around.shell,
    dockerfile(context, dockerfile, args) {
      const found = folder === undefined ? undefined : dockerfileOf(folder, context, dockerfile);
      if (!found) return undefined;
      const all = { ...configured(found.file), ...args };
      const key = [found.context, found.file, ...Object.entries(all).flat().map(String)].join("\n");
      if (!dockerfiles.has(key)) dockerfiles.set(key, modelInContext(found, all, around));
      return dockerfiles.get(key);
    },
    inlineDockerfile(context, text, args) {
      if (folder === undefined) return undefined;
      const root = resolve(folder, context);
      const key = ["inline", root, text, ...Object.entries(args).flat().map(String)].join("\n");
      if (!dockerfiles.has(key)) dockerfiles.set(key, modelOfText(text, { context: root }, args, around));
      return dockerfiles.get(key);
    },
    readFile: (file) =>
      folder === undefined && !isAbsolute(file) ? undefined : around.textAt(resolve(folder ?? "/", file)),
    kindOf: (file) =>
      folder === undefined && !isAbsolute(file) ? "unknown" : kindIn(folder ?? "/", file, around),
    list: (file) =>
      folder === undefined && !isAbsolute(file) ? undefined : around.disk.list(resolve(folder ?? "/", file)),
    variables: composeVariables(folder, around),
    defaults,
    directory: folder?.replaceAll("\\", "/"),
  };
}

/**
 * What is at a path of a Compose file. The paths of a file that is given with `-f` after one of a folder above, or included
 * with `project_directory`, begin there: what only stands there is not told to be absent.
 */
function kindIn(folder: string, file: string, around: Surroundings): ReturnType<ComposeInputs["kindOf"]> {
  // Compose puts in the home of whoever starts it.
  if (file.startsWith("~")) return "unknown";
  const kind = around.disk.kindOf(resolve(folder, file));
  if (kind !== "absent" || isAbsolute(file)) return kind;
  const isAbove = foldersUpFrom(folder, around)
    .slice(1)
    .some(
      (it) => composeFilesIn(it, around).length > 0 && around.disk.kindOf(resolve(it, file)) !== "absent",
    );
  return isAbove ? "unknown" : kind;
}

/** The Dockerfile that a service's `build` names, as absolute paths. */
function dockerfileOf(
  folder: string,
  context: string,
  dockerfile: string | undefined,
): { readonly context: string; readonly file: string } {
  const root = resolve(folder, context);
  return { context: root, file: resolve(root, dockerfile ?? "Dockerfile") };
}

function modelInContext(
  place: { readonly context: string; readonly file: string },
  buildArguments: BuildArguments,
  around: Surroundings,
): DockerfileModel | undefined {
  const text = around.textAt(place.file);
  return text === undefined ? undefined : modelOfText(text, place, buildArguments, around);
}

/** Without `file` the text is in no file of its own, so that no ignore file is for it alone. */
function modelOfText(
  text: string,
  { context, file }: { readonly context: string; readonly file?: string },
  buildArguments: BuildArguments,
  around: Surroundings,
): DockerfileModel {
  return evaluateDockerfile(parseDockerfile(text), {
    images: around.images,
    shell: around.shell,
    packages: around.packages,
    context: around.disk.contextAt(context, file, "given"),
    buildArguments,
  });
}
