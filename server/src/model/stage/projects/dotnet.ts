import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { directoryOf, isWithin, resolvePath } from "../paths.ts";
import { isProjectFile, publishFolder, readDotnet, SHARED_FILES } from "./dotnet-call.ts";
import { writesBeside } from "./project-build.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";
import { frameworkOfDotnet } from "./target-runtime.ts";

/**
 * `dotnet restore`, `build`, `publish`, `test`, `pack`: writes `bin` and `obj` of the projects, which lie beside each other, and where
 * `-o` says (learn.microsoft.com, dotnet-publish; read 2026-11).
 */
export function buildWithDotnet(call: Call, changes: Changes): void {
  const { directory } = call;
  const read = readDotnet(call.words);
  if (!read || directory === undefined || call.words.includes(undefined) || !VERBS.has(read.verb)) {
    changes.mayWriteAnywhere();
    return;
  }
  // Of a container other than root nothing is above its first directory but the whole image.
  const root = rootOf(directory);
  const { verb, target, configuration } = read;
  const output = read.output === undefined ? undefined : resolvePath(directory, read.output);
  if (read.isElsewhere) {
    changes.mayWriteAnywhere();
    return;
  }
  if (verb === "restore" && root !== "/") {
    // It reads projects, whose sources are mostly not there yet.
    if (writesBeside(call, changes, directory)) changes.mayBuildBelow(root, isIntermediate);
    return;
  }
  const files = projectFiles(call.context, changes, directory);
  const project = projectFile(files, target, call);
  const texts = project && [project.text, ...sharedFiles(files, project.path)];
  if (
    !project ||
    !texts ||
    texts.some((it) => it === undefined) ||
    root === "/" ||
    !isWithin(project.path, root)
  ) {
    changes.mayWriteAnywhere();
    return;
  }
  const all = texts.map((it) => (it ?? "").replace(/<!--[\s\S]*?-->/g, "")).join("\n");
  if (/>\s*\/(?!\/)|["']\/(?!\/)[\w.$]/.test(all) || !writesBeside(call, changes, directory)) {
    changes.mayWriteAnywhere();
    return;
  }
  if (output !== undefined) changes.mayBuildBelow(output);
  if (!isPlainProject(all)) {
    changes.mayBuildBelow(root);
    return;
  }
  const framework = /<TargetFramework>\s*([\w.-]+)\s*<\/TargetFramework>/.exec(all)?.[1];
  const bin = `${directoryOf(project.path)}/bin/`;
  changes.mayBuildBelow(root, (path) => {
    if (!/\/(bin|obj|artifacts|packages\.lock\.json|node_modules)(\/|$)/.test(path)) return false;
    if (!path.startsWith(bin) || framework === undefined) return true;
    const [kind, moniker] = path.slice(bin.length).split("/");
    return (
      (moniker === undefined || moniker === framework) &&
      (configuration === undefined || verb === "test" || kind === configuration)
    );
  });
  if (verb !== "publish") return;
  const made = output ?? publishFolder(read, project);
  if (made !== undefined)
    changes.addBuild({
      program: "dotnet publish",
      directory: root,
      outputs: [made],
      // It may say how far the program goes for another version.
      target:
        files.read(`${directoryOf(project.path)}/runtimeconfig.template.json`) === null
          ? frameworkOfDotnet(all, call.words)
          : undefined,
    });
}

function isIntermediate(path: string): boolean {
  return /\/(obj|artifacts|packages\.lock\.json|node_modules|packages)(\/|$)/.test(path);
}

const VERBS: ReadonlySet<string> = new Set("restore build publish test pack clean build-server".split(" "));

/** The directory that holds the projects that refer to each other: the one below `/`, or below a system's directory. */
function rootOf(directory: string): string {
  const parts = directory.split("/").slice(1);
  const depth = /^(usr|home|opt|var|root|srv|mnt|tmp)$/.test(parts[0] ?? "") ? 2 : 1;
  const first = parts[0] === "usr" && parts[1] === "src" ? 3 : depth;
  return `/${parts.slice(0, first).join("/")}`;
}

/** The project that is built: named, or the only one in its folder of the build context. */
function projectFile(
  files: ProjectFiles,
  target: string | undefined,
  call: Call,
): { readonly path: string; readonly text: string } | undefined {
  const path = target === undefined ? undefined : resolvePath(files.directory, target);
  if (path !== undefined && isProjectFile(path)) {
    const text = files.read(path);
    return text ? { path, text } : undefined;
  }
  const folder = path ?? files.directory;
  if (/\.(sln|slnx|slnf)$/.test(folder)) return undefined;
  for (const name of PROBES) {
    const from = files.sourceOf(`${folder}/${name}`);
    const names =
      from === undefined ? undefined : call.context?.list(directoryOf(`/${from}`).slice(1) || ".");
    const [only, ...more] = names?.filter((it) => /\.((cs|fs|vb)proj|sln|slnx)$/.test(it)) ?? [];
    if (only === undefined || more.length > 0 || !only.endsWith("proj")) continue;
    const text = files.read(`${folder}/${only}`);
    if (text) return { path: `${folder}/${only}`, text };
  }
  return undefined;
}

/** Files of which one is in most projects' folders. */
const PROBES = [
  "Program.cs",
  "appsettings.json",
  "Startup.cs",
  "Program.fs",
  "Program.vb",
  "global.json",
  "NuGet.config",
];

/** Properties that MSBuild takes from the folders above a project. */
function sharedFiles(files: ProjectFiles, project: string): readonly (string | null | undefined)[] {
  const texts: (string | null | undefined)[] = [];
  for (let at = directoryOf(project); at !== "/"; at = directoryOf(at))
    for (const name of SHARED_FILES) texts.push(files.read(`${at}/${name}`));
  return texts;
}

/** Does a project leave its output where .NET puts it? */
function isPlainProject(text: string): boolean {
  return !/<(OutputPath|OutDir|PublishDir|BaseOutputPath|BaseIntermediateOutputPath|IntermediateOutputPath|ArtifactsPath|UseArtifactsOutput|AppendTargetFramework\w*|AppendRuntime\w*|PublishUrl|DestinationFolder|DestinationFiles)\b|<(Copy|Exec|Target|Import)\b|<TargetFrameworks>|Microsoft\.Build\.NoTargets|SpaRoot/.test(
    text,
  );
}
