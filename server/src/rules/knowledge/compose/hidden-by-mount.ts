import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../../model/compose/project.ts";
import { knownAt } from "../../../model/compose/reading/known-at.ts";
import { targetFolder } from "../../../model/stage/copy-target.ts";
import { type PackageJson, packageJson, parsePackageJson } from "../../../model/stage/package-json.ts";
import { below, directoryOf, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";
import { isMadeFirst } from "../files/made-first.ts";
import { type InstalledFolder, installedFolders } from "../packages/installed-folders.ts";
import { type ContainerProgram, containerPrograms } from "../started/container-programs.ts";
import { missedBuild } from "../started/missed-build.ts";
import { scriptOf } from "../started/started-script.ts";
import { type ContainerView, isHidden, mountOver, onHost, pathFolders } from "./container-view.ts";
import { needsFolder } from "./needed-folder.ts";

/** Something of the image that a service needs, and that a mounted folder of the host hides without having it. */
export interface Hidden extends Missing {
  readonly mount: Mount;
}

interface Missing {
  readonly path: string;
  /** Who has installed the dependencies; undefined for a program or script. */
  readonly by: string | undefined;
  /** What brought it into the image, in the Dockerfile. */
  readonly madeAt: Span;
  /** It is a file of the project, put elsewhere. */
  readonly isCopied?: boolean;
}

/** The first of it that the container runs into; undefined where that is not certain. */
export function hiddenByMount(service: Service, project: ComposeProject): Hidden | undefined {
  const missing = firstMissing(service, project);
  if (!missing || mayBeFilled(service, missing, project)) return undefined;
  const mount = mountOver(service, missing.path);
  return mount && { ...missing, mount };
}

/** Without places in the Compose file. */
const firstMissing = notedOnService((service, project: ComposeProject): Missing | undefined => {
  const stage = service.imageBuild?.stage;
  if (!stage || !service.complete || !service.mounts.some((it) => it.kind === "bind")) return undefined;
  if (service.mounts.some((it) => !it.target.known)) return undefined;
  const { result } = stage;
  const inherited = result.workdir.known ? result.workdir.value : undefined;
  const own = knownAt(project, service.node, "working_dir")?.value;
  const workdir = valueAt(service.node, "working_dir") ? own && resolvePath(inherited, own) : inherited;
  if (workdir === undefined) return undefined;
  const view: ContainerView = { service, project, stage, workdir };
  const manifest = manifestOf(view);
  const { shell } = project.files;
  for (const program of containerPrograms(service, stage, { shell, scripts: manifest?.scripts ?? {} })) {
    if (!program) return undefined;
    const missing = neededBy(program, manifest, view);
    if (missing) return missing;
    if (!HARMLESS.test(program.program.text)) return undefined;
  }
  return undefined;
});

/** They make nothing that a later program needs. */
const HARMLESS =
  /^(?:echo|printf|sleep|true|:|set|export|test|\[|date|env|ls|pwd|whoami|id|nc|pg_isready|mysqladmin|redis-cli|mkdir|chown|chmod)$/;

/** May a hook, another service or what it inherits bring what is missing into a mounted folder? */
function mayBeFilled(
  { node, mounts, name }: Service,
  { by }: Missing,
  { services }: ComposeProject,
): boolean {
  if (["pre_start", "post_start", "volumes_from"].some((it) => valueAt(node, it))) return true;
  const own = foldersOf(mounts);
  for (const it of services.values()) {
    const { installs, builds } = workOf(it);
    if (it.name.value === name.value || !(installs || (builds && by === undefined))) continue;
    if (foldersOf(it.mounts).some((to) => own.some((one) => overlap(one, to)))) return true;
  }
  return false;
}

/** What the words of a service's command speak of; a script may do anything. */
const workOf = notedOnService(({ command, entrypoint, image, imageBuild }) => {
  const words = [command, entrypoint].flatMap((it) => it?.words ?? it?.text?.value ?? []);
  const text = words.join(" ").replace(/[\w./-]*wait-for[\w-]*\.sh/g, "");
  const isTool = !imageBuild && /(?:^|\/)composer$/.test(image?.value.name ?? "");
  return {
    installs: isTool || /(?:^|\s)(?:install|ci|i|add|sync|update|make)(?:\s|$)|\.sh(?:\s|$)/.test(text),
    builds: /\b(?:build|compile|watch|dev)\b/.test(text),
  };
});

function foldersOf(mounts: readonly Mount[]): readonly string[] {
  return mounts.flatMap(({ kind, source }) =>
    kind === "bind" && source ? [source.value.replace(/^\.\/|\/+$/g, "")] : [],
  );
}

function overlap(one: string, other: string): boolean {
  const isRoot = (it: string) => it === "" || it === ".";
  return isRoot(one) || isRoot(other) || isWithin(one, other) || isWithin(other, one);
}

/** The package.json that the container sees in its working directory: the mounted one, else that of the image. */
function manifestOf({ service, project, stage, workdir }: ContainerView): PackageJson | undefined {
  const path = joinPath(workdir, "package.json");
  const mount = mountOver(service, path);
  const text = mount && project.files.readFile(onHost(mount, path));
  return text === undefined ? packageJson(stage.model) : parsePackageJson(text);
}

function neededBy(
  program: ContainerProgram,
  manifest: PackageJson | undefined,
  view: ContainerView,
): Missing | undefined {
  return (
    startedFile(program, view) ??
    startedScript(program, view) ??
    installedFolders(view.stage)
      .filter((it) => needsFolder(program, it, manifest, view))
      .map((it) => installed(it, view))
      .find((it) => it !== undefined)
  );
}

function installed({ path, by, span }: InstalledFolder, view: ContainerView): Missing | undefined {
  return isHidden(path, view) ? { path, by, madeAt: span } : undefined;
}

/** A file that is started, in a folder of dependencies or not. */
function started(path: string, view: ContainerView): Missing | undefined {
  const folder = folderAround(path, view.stage);
  if (folder) return installed(folder, view);
  return isHidden(path, view) ? made(path, view.stage) : undefined;
}

/** The program itself, by its path or found on PATH among what the image has compiled. */
function startedFile({ path, program }: ContainerProgram, view: ContainerView): Missing | undefined {
  const { result } = view.stage;
  if (path.includes("/")) {
    const at = resolvePath(view.workdir, path);
    return at === undefined ? undefined : started(at, view);
  }
  for (const folder of pathFolders(view)) {
    const at = joinPath(folder, program.text);
    if (result.fileAt(at)?.binary) return started(at, view);
  }
  return undefined;
}

function folderAround(path: string, stage: Stage): InstalledFolder | undefined {
  return installedFolders(stage).find((it) => path !== it.path && isWithin(path, it.path));
}

/** `node dist/server.js`, `java -jar app.jar`, `dotnet Api.dll`. */
function startedScript(program: ContainerProgram, view: ContainerView): Missing | undefined {
  const { text } = program.program;
  const [first] = program.words;
  const isModule = text === "node" && /^[\w./-]*\/[\w-]+$/.test(first?.text ?? "");
  const word =
    text === "dotnet" && first?.text?.endsWith(".dll")
      ? first.text
      : isModule
        ? `${first?.text}.js`
        : scriptOf(program)?.text;
  const path = word === undefined ? undefined : resolvePath(view.workdir, word);
  return path === undefined ? undefined : started(path, view);
}

/**
 * How a file that the mounted folder does not have came into the image: compiled, made by a build, copied from another stage, or
 * from elsewhere in the project. Undefined for what may be made on the host before the build.
 */
function made(path: string, stage: Stage): Missing | undefined {
  const of = ({ span }: Instruction, isCopied = false): Missing => ({
    path,
    by: undefined,
    madeAt: span,
    isCopied,
  });
  // Its builds are known to write elsewhere: it is nowhere, which is another mistake.
  const there = stage.result.hasPath(path);
  if (there.is === "no" || (there.asContextIs && missedBuild(path, stage.result.builds))) return undefined;
  const file = stage.result.fileAt(path);
  if (file?.binary) return of(file.binary.builtBy);
  if (file) {
    const { writtenBy, content } = file;
    if (writtenBy.name === "RUN" || isFromStage(writtenBy)) return of(writtenBy);
    const inContext =
      content && typeof content === "object" && "contextPath" in content ? content.contextPath : undefined;
    const isThere = inContext !== undefined && stage.model.inputs.context?.exists(inContext) === "file";
    return isThere ? of(writtenBy, true) : undefined;
  }
  for (const it of stagesDownFrom(stage))
    for (const instruction of it.instructions.toReversed()) {
      if (instruction.name === "RUN" && isBuild(instruction, it, path)) return of(instruction);
      const target = isFromStage(instruction) ? targetFolder(instruction, it) : undefined;
      if (target !== undefined && target !== "/" && isWithin(path, target)) return of(instruction);
    }
  return undefined;
}

function isFromStage({ name, flags }: Instruction): boolean {
  return name === "COPY" && flags.some((it) => it.name === "from") && !flags.some(isOpenFlag);
}

const isOpenFlag = ({ name }: { readonly name: string }) => /^(?:exclude|parents)$/.test(name);

/** A build of the project around it, which puts what it makes into a folder such as `dist`. */
function isBuild(run: Instruction, stage: Stage, path: string): boolean {
  const { workdir } = stage.before(run);
  if (!workdir.known || workdir.value === "/" || !isWithin(path, workdir.value)) return false;
  if (!isMadeFirst(below(directoryOf(path), workdir.value))) return false;
  const commands = stage.commandsOf(run)?.commands ?? [];
  return commands.some(({ name, arguments: words }) => {
    const line = [name, ...words].map((it) => it?.literal ?? "").join(" ");
    return BUILDS.test(line);
  });
}

const BUILDS =
  /^(?:(?:npm|pnpm|yarn|bun)(?: run)? [\w:-]*(?:build|compile|bundle)|(?:npx |pnpm exec |yarn )?(?:tsc|nest build|vite build|tsup|esbuild|webpack|rollup)(?: |$)|(?:\.\/)?(?:mvnw?|gradlew?) |cargo build|dotnet (?:build|publish)|make(?: |$))/;
