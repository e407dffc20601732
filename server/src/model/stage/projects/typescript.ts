import { directoryOf, resolvePath } from "../paths.ts";
import { isObject, readJsonWithComments } from "./json-with-comments.ts";
import type { ProjectFiles } from "./project-files.ts";

/** Where TypeScript's compiler writes to. */
export interface CompilerOutput {
  /** Absolute. */
  readonly directories: readonly string[];
  /** Does it write beside the sources? */
  readonly isBeside: boolean;
}

/** What a call of `tsc` says, beside its files. */
export interface CompilerOptions {
  /** `-p`, `--project`, or the operands of `-b`; `.` without. */
  readonly projects: readonly string[];
  /** `-b`: what the projects refer to is built too. */
  readonly isBuild: boolean;
}

/** Undefined where a configuration cannot be read, or stands on one that is not known. */
export function compilerOutput(
  files: ProjectFiles,
  { projects, isBuild }: CompilerOptions,
): CompilerOutput | undefined {
  const directories = new Set<string>();
  let isBeside = false;
  const seen = new Set<string>();
  for (const start of projects.map((it) => configurationAt(files, it))) {
    if (start === undefined) return undefined;
    seen.add(start);
  }
  for (const path of seen) {
    const configuration = seen.size > MOST ? undefined : readConfiguration(files, path);
    if (!configuration) return undefined;
    if (isBuild)
      for (const it of configuration.references) {
        const reference = configurationAt(files, it);
        if (reference === undefined) return undefined;
        seen.add(reference);
      }
    // A configuration that only refers to others compiles nothing itself.
    if (configuration.isEmpty || configuration.emitsNothing) continue;
    for (const it of [configuration.outDir, configuration.declarationDir]) if (it) directories.add(it);
    if (configuration.outFile !== undefined) directories.add(configuration.outFile);
    isBeside ||= configuration.outDir === undefined && configuration.outFile === undefined;
  }
  return { directories: [...directories], isBeside };
}

const MOST = 30;

interface Configuration {
  readonly outDir?: string;
  readonly declarationDir?: string;
  readonly outFile?: string;
  readonly emitsNothing?: boolean;
  readonly isEmpty?: boolean;
  readonly references: readonly string[];
}

/** Of a folder its tsconfig.json. */
function configurationAt(files: ProjectFiles, path: string): string | undefined {
  const absolute = resolvePath(files.directory, path);
  return absolute === undefined || absolute.endsWith(".json")
    ? absolute
    : resolvePath(absolute, "tsconfig.json");
}

function readConfiguration(files: ProjectFiles, path: string, depth = 0): Configuration | undefined {
  const text = depth > 5 ? undefined : files.read(path);
  const json = text ? readJsonWithComments(text) : undefined;
  if (!json) return undefined;
  const folder = directoryOf(path);
  let base: Configuration = { references: [] };
  for (const it of [json["extends"]].flat()) {
    if (it === undefined || (typeof it === "string" && HARMLESS.test(it))) continue;
    if (typeof it !== "string" || !it.startsWith(".")) return undefined;
    const above = resolvePath(folder, it.endsWith(".json") ? it : `${it}.json`);
    const read = above === undefined ? undefined : readConfiguration(files, above, depth + 1);
    if (!read) return undefined;
    base = { ...base, ...read, references: [] };
  }
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  // `${configDir}` stands for the folder of the configuration that is started with.
  if (JSON.stringify(options).includes("${configDir}")) return undefined;
  const place = (name: string) => {
    const value = options[name];
    const at = typeof value === "string" ? resolvePath(folder, value) : undefined;
    return at === undefined ? {} : { [name]: at };
  };
  const references = Array.isArray(json["references"]) ? json["references"] : [];
  return {
    ...base,
    ...place("outDir"),
    ...place("declarationDir"),
    ...place("outFile"),
    ...(typeof options["noEmit"] === "boolean" && { emitsNothing: options["noEmit"] }),
    ...(Array.isArray(json["files"]) && { isEmpty: json["files"].length === 0 && !json["include"] }),
    references: references.flatMap((it: unknown) =>
      isObject(it) && typeof it["path"] === "string" ? (resolvePath(folder, it["path"]) ?? []) : [],
    ),
  };
}

/** Configurations of packages that say nothing of where to write (2026-11, as generally known). */
const HARMLESS = /^(@tsconfig\/[\w-]+|@vue\/tsconfig|astro\/tsconfigs|expo)\b/;
