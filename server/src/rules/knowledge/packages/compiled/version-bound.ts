import { directoryOf, isWithin } from "../../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import type { ProjectBuild, TargetRuntime } from "../../../../model/stage/state.ts";
import { saysText } from "../../../../syntax/dockerfile/says.ts";
import type { Span } from "../../../../text/span.ts";
import { type Runtime, runtimeBelow } from "../../images/runtimes.ts";
import { gemFolder } from "../gem-folders.ts";
import { PHP_EXTENSIONS } from "../php-extensions.ts";
import { syncedEnvironments, virtualEnvironments } from "../python/virtual-environments.ts";

/** Something in a stage that runs on one version of a language's runtime. */
export interface VersionBound {
  readonly runtime: Runtime;
  readonly version: string;
  /** As messages call it: `These packages are`. */
  readonly called: string;
  /** Why it is for that version. */
  readonly because: { readonly message: string; readonly span: Span };
}

/** What a path of a stage, absolute and without a pattern, is or holds of this kind. */
export function versionBound(path: string, stage: Stage): readonly VersionBound[] {
  return [
    ofStage("Python", "These packages are", stage, (it) => holdsPackages(path, it, stage)),
    ofStage("Ruby", "These gems are", stage, () => holdsGems(path, stage)),
    ofStage("PHP", "These extensions are", stage, () => isWithin(path, PHP_EXTENSIONS)),
    ofBuild(path, stage),
  ].flatMap((it) => it ?? []);
}

function ofStage(
  runtime: Runtime,
  called: string,
  stage: Stage,
  holds: (version: string) => boolean,
): VersionBound | undefined {
  const version = runtimeBelow(stage, runtime)?.version;
  if (version === undefined || !holds(version)) return undefined;
  const message = `The other stage has ${runtime} ${version}.`;
  return { runtime, version, called, because: { message, span: stage.from.span } };
}

function holdsPackages(path: string, version: string, stage: Stage): boolean {
  if (new RegExp(`/python${version.replace(".", "\\.")}(/(site|dist)-packages(/.*)?)?$`).test(path))
    return true;
  const environments = [...virtualEnvironments(stage), ...syncedEnvironments(stage, version)];
  return prefixes(stage).includes(path) || environments.some((it) => holds(path, it));
}

/** Is it this directory, or one around it that is the author's? */
function holds(path: string, directory: string): boolean {
  return path !== "/" && isWithin(directory, path);
}

/** Where pip is told to install: `--prefix=/install`, and root's own folder with `--user`. */
const prefixes = notedOnStage((stage): readonly string[] => {
  const found: string[] = [];
  for (const run of stage.instructions) {
    if (run.name !== "RUN" || !saysText("pip", run)) continue;
    for (const { name, arguments: words } of stage.commandsOf(run)?.commands ?? []) {
      const line = words.map((it) => it.literal ?? "");
      if (!/^(pip3?|python3?)$/.test(name?.literal ?? "") || !line.includes("install")) continue;
      const at = line.indexOf("--prefix");
      const prefix = at >= 0 ? line[at + 1] : line.find((it) => it.startsWith("--prefix="))?.slice(9);
      if (prefix?.startsWith("/")) found.push(prefix.replace(/\/+$/, ""));
      const { user } = stage.before(run);
      if (line.includes("--user") && user.known && user.value.isRoot) found.push("/root/.local");
    }
  }
  return found;
});

/**
 * Bundler looks in the folder of Ruby's version only; in GEM_HOME it is the compiled parts of gems that it misses, and those are looked
 * for in Gemfile.lock.
 */
function holdsGems(path: string, stage: Stage): boolean {
  const folder = gemFolder(stage);
  if (!folder) return false;
  if (folder.isOfVersion) return holds(path, folder.path);
  return path === folder.path && COMPILED_GEMS.test(stage.model.inputs.context?.read("Gemfile.lock") ?? "");
}

/** Gems with extensions in C that come without compiled ones. */
const COMPILED_GEMS =
  /^ {4}(?:puma|bootsnap|bcrypt|mysql2|msgpack|nio4r|websocket-driver|racc|bigdecimal) \(/m;

function ofBuild(path: string, stage: Stage): VersionBound | undefined {
  const build = stage.result.builds.findLast((it) => isMadeBy(path, it));
  const { target } = build ?? {};
  if (!build || !target) return undefined;
  return {
    ...{ runtime: target.runtime, version: target.version, called: "This is built" },
    because: { message: `${build.program} builds it here: ${writtenIn(target)}.`, span: build.builtBy.span },
  };
}

function writtenIn({ written }: TargetRuntime): string {
  return `the project says ${written}`;
}

function isMadeBy(path: string, { outputs }: ProjectBuild): boolean {
  return outputs.some((it) => {
    const directory = /\.(?:jar|war|ear)$/.test(it) ? directoryOf(it) : it;
    return isWithin(path, directory) || holds(path, directory);
  });
}
