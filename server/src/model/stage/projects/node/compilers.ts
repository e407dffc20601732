import { isObject } from "../../../../text/json.ts";
import { directoryOf, joinPath, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import { areWithin } from "./configuration.ts";
import type { NodeProject } from "./project.ts";
import { builds, buildsBeside, optionOf, type ToolCall } from "./tool-call.ts";
import { type CompilerOutput, compilerOutput } from "./typescript.ts";
import { type CompilerInputs, type Emission, emissionOf } from "./typescript-sources.ts";

export function tsc(tool: ToolCall): boolean {
  const { project, words } = tool;
  if (words.includes("--noEmit")) return true;
  const isBuild = words[0] === "-b" || words[0] === "--build";
  const named = optionOf(words, "-p", "--project");
  const operands = words.filter(
    (it, at) => !it.startsWith("-") && !/^-(-\w+|[bp])$/.test(words[at - 1] ?? ""),
  );
  const builtFirst = isBuild && words[1] !== undefined && !words[1].startsWith("-") ? [words[1]] : [];
  const projects = isBuild ? [...builtFirst, ...operands.filter((it) => it !== words[1])] : [];
  if (!isBuild && operands.length > 0) return buildsBeside(tool);
  const output = compilerOutput(project, {
    isBuild,
    projects: named !== undefined ? [named] : projects.length > 0 ? projects : ["."],
  });
  const given = optionOf(words, "--outDir");
  const at = given === undefined ? undefined : resolvePath(project.directory, given);
  if (at !== undefined) return builds(tool, "tsc", [at]);
  if (!output || words.some((it) => /^--(declarationDir|outFile)/.test(it))) return false;
  if (output.isBeside) return areWithin(output.directories, project.directory) && buildsBeside(tool);
  // With `noEmit` everywhere it only looks at types.
  if (output.directories.length === 0) return true;
  const isPlain = words.every((it) =>
    /^(-p|--project|-b|--build|--pretty|--force|--verbose|\.|[\w./-]+\.json)$/.test(it),
  );
  const { mayBe, files } = compiled(tool, output);
  return isPlain
    ? builds(tool, "tsc", output.directories, [], { mayBe, files })
    : builds(tool, "tsc", output.directories);
}

/** Which files a compilation writes below its directories: asked for late, as all sources are read for it. */
function compiled(
  { call, changes, project }: ToolCall,
  { directories, inputs }: CompilerOutput,
): { mayBe(path: string): boolean; files(): readonly string[] | undefined } {
  const { context } = call;
  const manifest = project.sourceOf("package.json");
  const now = changes.before;
  const old = /^[\^~]?[2-5]\.[\w.-]+$/.test(project.versions["typescript"] ?? "");
  const isPart = isPartOfAnother(project);
  const emissions = new Map<CompilerInputs, Emission | undefined>();
  const emission = (it: CompilerInputs) => {
    if (!emissions.has(it)) {
      const isKnown =
        context !== undefined && manifest !== undefined && !(isPart && it.rootDir === undefined);
      const place = {
        context,
        folder: directoryOf(`/${manifest}`).slice(1),
        directory: project.directory,
        now,
        packages: publicPackages(project),
        isOld: old,
      };
      emissions.set(it, isKnown ? emissionOf(it, { ...place, context }) : undefined);
    }
    return emissions.get(it);
  };
  const isOne = directories.length === 1 && inputs.length === 1;
  return {
    mayBe: (path) => !isOne || inputs.some((it) => emission(it)?.has(path) ?? true),
    files: () => (isOne ? inputs.flatMap((it) => emission(it)?.files ?? []) : undefined),
  };
}

/** Packages that come from a registry, and so hold no sources that are compiled with the project's own. */
function publicPackages({ versions }: NodeProject): ReadonlySet<string> {
  return new Set(
    Object.entries(versions).flatMap(([name, it]) => (/^[\^~>=<\d]|^latest$/.test(it) ? name : [])),
  );
}

/** May it be one of several projects whose sources are next to it? */
function isPartOfAnother({ directory, read }: NodeProject): boolean {
  for (let at = directory; at !== "/"; ) {
    at = directoryOf(at);
    if (read(joinPath(at, "package.json")) !== null) return true;
  }
  return false;
}

export function nest(tool: ToolCall): boolean {
  const { project, words } = tool;
  const [verb, ...rest] = words;
  const text = project.read("nest-cli.json");
  if (verb !== "build" || text === undefined) return false;
  const json = text === null ? {} : readJsonWithComments(text);
  if (!json || json["monorepo"] === true || json["projects"] !== undefined) return buildsBeside(tool);
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  const named = optionOf(rest, "-p", "--path") ?? options["tsConfigPath"];
  const configuration =
    typeof named === "string"
      ? named
      : project.read("tsconfig.build.json") === null
        ? "tsconfig.json"
        : "tsconfig.build.json";
  const output = compilerOutput(project, { isBuild: false, projects: [configuration] });
  if (!output) return false;
  const isPlain =
    !/webpackConfigPath|"outDir"|swcrc|"options"/.test(text ?? "") &&
    !rest.some((it) => /webpackPath|-c|--config/.test(it));
  if (!isPlain || output.isBeside)
    return areWithin(output.directories, project.directory) && buildsBeside(tool);
  const byCompiler =
    !/"(webpack|builder|swc|rspack)"/.test(text ?? "") && !words.some((it) => /webpack|builder|-b/.test(it));
  const { mayBe, files } = compiled(tool, output);
  // Assets that the configuration names are copied too.
  const mayCopy = (path: string) => !/\.[cm]?js$/.test(path) || mayBe(path);
  return byCompiler
    ? builds(tool, "nest build", output.directories, [], {
        mayBe: text?.includes("assets") ? mayCopy : mayBe,
        files,
      })
    : builds(tool, "nest build", output.directories, [joinPath(project.directory, "dist")]);
}
