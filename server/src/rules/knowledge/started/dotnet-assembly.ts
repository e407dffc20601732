import { targetFolder } from "../../../model/stage/copy-target.ts";
import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import {
  assemblyName,
  type DotnetCall,
  isProjectFile,
  publishFolder,
  readDotnet,
  SHARED_FILES,
} from "../../../model/stage/projects/dotnet-call.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import type { StartedWord } from "../../../model/stage/started/started-word.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { directoryOfCommand } from "../commands/command-directory.ts";
import { originOf } from "../files/file-origin.ts";
import { mayBeInVolume } from "../files/volumes.ts";
import type { MissingScript } from "./started-script.ts";

/**
 * `dotnet Wrong.dll`, where one `dotnet publish` of one project is all that writes the folder, and that project's assembly has
 * another name: that of its file unless AssemblyName says otherwise (learn.microsoft.com, MSBuild properties, read 2026-11).
 */
export function missingAssembly(stage: Stage): MissingScript | undefined {
  const started = startedCommand(stage);
  const word = started?.program.text === "dotnet" ? started.words[0] : undefined;
  if (!word?.text?.endsWith(".dll") || word.written === "elsewhere") return undefined;
  const { workdir } = stage.result;
  const path = resolvePath(workdir.known ? workdir.value : undefined, word.text);
  if (path === undefined || mayBeInVolume(path, stage.result)) return undefined;
  const publish = publishedTo(directoryOf(path), stage, MOST_STAGES);
  const name = publish && assemblyOf(publish, baseName(path).slice(0, -".dll".length));
  if (name === undefined || `${name}.dll` === baseName(path)) return undefined;
  return { word, path, near: nearOf(word, path, `${name}.dll`) };
}

/** Builds come through few stages. */
const MOST_STAGES = 10;

function nearOf({ text = "" }: StartedWord, path: string, name: string): string {
  return text.slice(0, text.length - baseName(path).length) + name;
}

interface Publish {
  readonly command: Command;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

/** The one `dotnet publish` that wrote a folder of a stage, where nothing else does. */
function publishedTo(folder: string, stage: Stage, stages: number): Publish | undefined {
  if (stages === 0) return undefined;
  let found: Publish | undefined;
  for (const it of stagesDownFrom(stage)) {
    for (const instruction of it.instructions) {
      const written = writesTo(folder, instruction, it, stages);
      if (written === "unknown" || (written && found)) return undefined;
      found = written ?? found;
    }
  }
  return found;
}

function writesTo(
  folder: string,
  instruction: Instruction,
  stage: Stage,
  stages: number,
): Publish | "unknown" | undefined {
  if (instruction.name === "RUN") return publishIn(folder, instruction, stage);
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return undefined;
  const to = targetFolder(instruction, stage);
  if (to === undefined) return "unknown";
  const from = instruction.flags.find((it) => it.name === "from")?.value;
  // Sources that are copied there have no assemblies.
  if (from === undefined) return to === folder && stage.isFinal ? "unknown" : undefined;
  if (!isWithin(folder, to)) return isWithin(to, folder) ? "unknown" : undefined;
  const [word, ...more] = instruction.words.slice(0, -1);
  const source = word && wordValue(word, instruction, stage);
  const other = stage.model.findStage(from, stage);
  if (source === undefined || more.length > 0 || !other || /[*?[]/.test(source)) return "unknown";
  const { workdir } = other.result;
  const absolute = resolvePath("/", source);
  if (absolute === undefined || !workdir.known) return "unknown";
  const inside = folder === to ? absolute : joinPath(absolute, below(folder, to));
  return publishedTo(inside, other, stages - 1) ?? "unknown";
}

function publishIn(folder: string, run: Instruction, stage: Stage): Publish | "unknown" | undefined {
  const script = stage.commandsOf(run);
  if (!script?.complete) return "unknown";
  let found: Publish | undefined;
  for (const command of script.commands) {
    const words = command.name?.literal === "dotnet" ? command.arguments : undefined;
    if (words?.[0]?.literal === "publish") {
      const published = { command, script, run, stage };
      const to = folderOf(published);
      // Below `bin` of a project that is not known there is none that anybody starts.
      if (to === "elsewhere") continue;
      if (to === undefined || command.conditional) return "unknown";
      if (to !== folder) continue;
      if (found) return "unknown";
      found = published;
    } else if (
      MOVERS.test(command.name?.literal ?? "") &&
      command.arguments.some((it) => it.raw.includes(baseName(folder)))
    )
      return "unknown";
  }
  return found;
}

const MOVERS = /^(?:cp|mv|rm|ln|rsync|unzip|tar|find|sh|bash)$/;

/** Where a publish writes to; `elsewhere` without `-o` where the project does not say it. */
function folderOf(publish: Publish): string | "elsewhere" | undefined {
  const call = callOf(publish.command);
  const directory = directoryOfCommand(publish.command, publish.script, publish.stage.before(publish.run));
  if (!call)
    return publish.command.arguments.some((it) => /^(?:-o|--output)/.test(it.raw)) ? undefined : "elsewhere";
  if (call.hasOutput) return call.output === undefined ? undefined : resolvePath(directory, call.output);
  const project = projectOf(publish, call);
  return (project && publishFolder(call, project)) ?? "elsewhere";
}

function callOf({ arguments: words }: Command): DotnetCall | undefined {
  return readDotnet(words.map((it) => it.literal));
}

function projectOf(publish: Publish, { target = "." }: DotnetCall): Project | undefined {
  const directory = directoryOfCommand(publish.command, publish.script, publish.stage.before(publish.run));
  const path = directory === undefined ? undefined : resolvePath(directory, target);
  return path === undefined || /\.slnx?$/.test(target) ? undefined : projectAt(path, publish);
}

/** The name of the assembly that a publish makes; undefined where it may be another one, or `asked` another assembly of its own. */
function assemblyOf(publish: Publish, asked: string): string | undefined {
  const { command, stage } = publish;
  const call = callOf(command);
  // What a variable holds may name it too.
  if (
    !call ||
    call.namesAssembly ||
    command.arguments.some(({ raw }) => /AssemblyName|PublishSingleFile|PublishAot/i.test(raw))
  )
    return undefined;
  const project = projectOf(publish, call);
  const { context } = stage.model.inputs;
  if (!project || !context || bringsAlong(asked, project, stage)) return undefined;
  const shared: (string | undefined)[] = [];
  for (let folder = directoryOf(`/${project.contextPath}`); ; folder = directoryOf(folder)) {
    for (const name of SHARED_FILES) {
      const file = joinPath(folder, name).slice(1);
      if (context.exists(file) !== "absent") shared.push(context.read(file));
    }
    if (folder === "/") break;
  }
  return assemblyName(project.contextPath, project.text, shared);
}

/** May an assembly of this name be published beside the project's own: of a package, or of another project that it refers to? */
function bringsAlong(asked: string, { text, contextPath }: Project, stage: Stage): boolean {
  const includes = [...text.matchAll(/\b(?:Include|Update)\s*=\s*"([^"]*)"/g)].map((it) => it[1] ?? "");
  return includes.some((include) => {
    if (include.toLowerCase() === asked.toLowerCase()) return true;
    if (!/\.\w+proj$/.test(include)) return /\.dll$/i.test(include) || include.includes("$(");
    const path = resolvePath(directoryOf(`/${contextPath}`), include.replaceAll("\\", "/"));
    const other = path === undefined ? undefined : stage.model.inputs.context?.read(path.slice(1));
    if (other === undefined || path === undefined) return true;
    return baseName(path).replace(/\.\w+proj$/, "") === asked || /<AssemblyName\b/.test(other);
  });
}

interface Project {
  /** In the image. */
  readonly path: string;
  readonly text: string;
  readonly contextPath: string;
}

/** A project's file, or the only one in a folder, as the build context has it. */
function projectAt(path: string, { run, stage }: Publish): Project | undefined {
  const { context } = stage.model.inputs;
  const read = (file: string): Project | undefined => {
    const origin = originOf(file, stage, run);
    return origin?.contextPath === undefined
      ? undefined
      : { path: file, text: origin.text, contextPath: origin.contextPath };
  };
  if (isProjectFile(path)) return read(path);
  const parts = path.split("/").filter(Boolean);
  const folders = [...parts.map((_, at) => parts.slice(at).join("/")), ""];
  const projects = folders.flatMap((folder) =>
    (context?.list(folder === "" ? "." : folder) ?? []).filter(isProjectFile).flatMap((it) => {
      const project = read(joinPath(path, it));
      return project?.contextPath === (folder === "" ? it : `${folder}/${it}`) ? [project] : [];
    }),
  );
  return projects.length === 1 ? projects[0] : undefined;
}
