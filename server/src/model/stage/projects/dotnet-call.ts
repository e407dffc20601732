import { readWords } from "../commands/command-family.ts";
import { baseName, directoryOf } from "../paths.ts";

/** What the words of a call of `dotnet` say, as far as it is known. */
export interface DotnetCall {
  readonly verb: string;
  /** The project, its folder or a solution; undefined for the working directory. */
  readonly target: string | undefined;
  /** As `-o` says it; undefined without, or where it is not known (`hasOutput`). */
  readonly output: string | undefined;
  readonly hasOutput: boolean;
  /** Undefined where it is not said, or not known. */
  readonly configuration: string | undefined;
  /** A platform, of which there is a folder below `bin` then. */
  readonly runtime: string | undefined;
  /** Is it for another framework or platform than the project says, or in a way that is not known? */
  readonly isSpecial: boolean;
  /** Do properties put what is built elsewhere? */
  readonly isElsewhere: boolean;
  /** May the assembly have another name than the project says, or none of its own? */
  readonly namesAssembly: boolean;
}

const VALUED: ReadonlySet<string> = new Set(
  "-o --output -c --configuration -r --runtime -f --framework -a --arch --os -v --verbosity -s --source --packages --configfile --version-suffix --logger --results-directory --collect --settings --filter --property -p --manifest --artifacts-path".split(
    " ",
  ),
);

/**
 * `dotnet publish Api/Api.csproj -c Release -o /out` (learn.microsoft.com, dotnet-publish; read 2026-11). `words` stand behind the
 * program's name, undefined for one that is not known; so is the answer where it is not known what is built.
 */
export function readDotnet(words: readonly (string | undefined)[]): DotnetCall | undefined {
  // MSBuild's own way of options: `-o:/out`, `/p:Name=value`
  const plain = words.map((it) =>
    it?.replace(/^(--?[a-z-]+):(?!\/\/)/, "$1=").replace(/^\/(?=[a-z]+:)/i, "-"),
  );
  const { options, operands } = readWords(plain, VALUED);
  const [verb, target, ...more] = operands;
  if (verb === undefined || operands.includes(undefined) || more.length > 0) return undefined;
  const lastOf = (...names: string[]) => names.map((it) => options.get(it)).find((it) => it !== undefined);
  const hasOption = (...names: string[]) => names.some((it) => options.has(it));
  const known = words.flatMap((it) => it ?? []);
  return {
    verb,
    target,
    output: lastOf("-o", "--output"),
    hasOutput: hasOption("-o", "--output"),
    configuration: lastOf("-c", "--configuration"),
    runtime: lastOf("-r", "--runtime"),
    isSpecial:
      hasOption("-f", "--framework", "-a", "--arch", "--os") ||
      (hasOption("-r", "--runtime") && lastOf("-r", "--runtime") === undefined),
    isElsewhere: known.some((it) => ELSEWHERE.test(it)),
    namesAssembly: known.some((it) => NAMING.test(it)),
  };
}

/** Properties and options that move what is built. */
const ELSEWHERE = /PublishProfile|PublishDir|OutputPath|OutDir|ArtifactsPath|artifacts-path/i;

/** Options that say how the assembly is called, or that there is none. */
const NAMING = /AssemblyName|TargetName|PublishSingleFile|PublishAot|DOTNET_/i;

/**
 * The folder that `dotnet publish` writes to: `-o`, else below `bin` of the project by configuration, framework and platform. Undefined
 * where it is not known; the default configuration depends on the version.
 */
export function publishFolder(
  { output, hasOutput, configuration, runtime, isSpecial, isElsewhere }: DotnetCall,
  project: { readonly path: string; readonly text: string },
): string | undefined {
  if (hasOutput) return output;
  const framework = /<TargetFramework>\s*([\w.-]+)\s*<\/TargetFramework>/.exec(project.text)?.[1];
  const isPlain =
    !isSpecial &&
    !isElsewhere &&
    !/<RuntimeIdentifier>|<AppendTargetFramework|<(Base)?OutputPath>|<PublishDir>/.test(project.text);
  if (framework === undefined || configuration === undefined || !isPlain) return undefined;
  const parts = [`${directoryOf(project.path)}/bin`, configuration, framework, runtime, "publish"];
  return parts.filter((it) => it !== undefined).join("/");
}

/**
 * The assembly's name: that of the project's file unless AssemblyName says otherwise (learn.microsoft.com, MSBuild properties; read
 * 2026-11). `shared`: properties of the folders above it. Undefined where it may be another.
 */
export function assemblyName(
  file: string,
  text: string,
  shared: readonly (string | undefined)[],
): string | undefined {
  if (/<Import\b|<TargetName\b|<PublishSingleFile\b|<PublishAot\b/.test(text)) return undefined;
  if (
    shared.some(
      (it) => it === undefined || /AssemblyName|TargetName|PublishSingleFile|PublishAot|<Import\b/.test(it),
    )
  )
    return undefined;
  const [only, ...more] = text.matchAll(/<AssemblyName>([^<]*)<\/AssemblyName>/g);
  if (!only) return /<AssemblyName\b/.test(text) ? undefined : baseName(file).replace(/\.\w+proj$/, "");
  const name = (only[1] ?? "").trim();
  return more.length > 0 || !/^[\w.-]+$/.test(name) ? undefined : name;
}

/** Files whose properties MSBuild takes from the folders above a project. */
export const SHARED_FILES = ["Directory.Build.props", "Directory.Build.targets"];

/** Is this the file of a project? */
export function isProjectFile(path: string): boolean {
  return /\.(cs|fs|vb)proj$/.test(path);
}
