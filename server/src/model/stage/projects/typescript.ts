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
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  let base: Configuration = { references: [] };
  for (const it of [json["extends"]].flat()) {
    if (it === undefined || (typeof it === "string" && HARMLESS.test(it))) continue;
    // What the project says itself counts, and else the version of the package.
    if (typeof it === "string" && MAY_EMIT_NOTHING.test(it) && typeof options["noEmit"] === "boolean")
      continue;
    if (typeof it !== "string" || !it.startsWith(".")) return undefined;
    const above = resolvePath(folder, it.endsWith(".json") ? it : `${it}.json`);
    const read = above === undefined ? undefined : readConfiguration(files, above, depth + 1);
    if (!read) return undefined;
    base = { ...base, ...read, references: [] };
  }
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

/**
 * Configurations of packages that say nothing of where to write, and nothing of writing (their files in the npm registry, read
 * 2026-11-27: node14 to node26, lts, strictest, recommended, svelte, esm, cypress and deno).
 */
const HARMLESS =
  /^@tsconfig\/(?:node(?:\d+|-(?:lts|ts))|strictest|recommended|svelte|esm|cypress|deno)(?:$|\/tsconfig)/;
/**
 * Those that set `noEmit`, in some of their versions or in all, and nothing else of it (the same, of @vue/tsconfig 0.9, Astro 7, expo
 * 58 and the rest of @tsconfig).
 */
const MAY_EMIT_NOTHING =
  /^(?:@tsconfig\/(?:next|nuxt|remix|bun|ember|docusaurus|react-native|create-react-app|vite-react)(?:$|\/)|@vue\/tsconfig(?:$|\/tsconfig(?:\.dom|\.node)?\.json)|astro\/tsconfigs\/|expo\/tsconfig)/;
