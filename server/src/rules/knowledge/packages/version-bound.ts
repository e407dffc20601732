import { directoryOf, isWithin, resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { ProjectBuild, TargetRuntime } from "../../../model/stage/state.ts";
import type { Span } from "../../../text/span.ts";
import { type Runtime, runtimeBelow } from "../images/runtimes.ts";
import { syncedEnvironments, virtualEnvironments } from "./virtual-environments.ts";

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
    if (run.name !== "RUN" || !run.body.text.includes("pip")) continue;
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
 * Below `BUNDLE_PATH` stands a folder named after Ruby's version, where Bundler looks; in GEM_HOME the compiled parts of gems do, which
 * are looked for in Gemfile.lock (bundle-config(1), RubyGems; read 2026-11).
 */
function holdsGems(path: string, stage: Stage): boolean {
  if (!callsBundler(stage)) return false;
  const { result } = stage;
  const told = result.variable("BUNDLE_PATH");
  if (told.known && told.value !== "") {
    const workdir = result.workdir.known ? result.workdir.value : undefined;
    const directory = resolvePath(workdir, told.value);
    if (directory !== undefined && directory !== GEM_HOME) return holds(path, directory);
  }
  const locked = stage.model.inputs.context?.read("Gemfile.lock") ?? "";
  return path === GEM_HOME && COMPILED_GEMS.test(locked);
}

const callsBundler = notedOnStage((stage): boolean =>
  stage.instructions.some((it) => it.name === "RUN" && /\bbundle\b/.test(it.body.text)),
);

/** Of the official images (docker-library/ruby, read 2026-11). */
const GEM_HOME = "/usr/local/bundle";

/** Gems with extensions in C that come without compiled ones. */
const COMPILED_GEMS =
  /^ {4}(?:puma|bootsnap|bcrypt|pg|mysql2|msgpack|nio4r|websocket-driver|racc|bigdecimal) \(/m;

/** Where the official images have compiled extensions, in a folder named after PHP's API (docker-library/php, read 2026-11). */
const PHP_EXTENSIONS = "/usr/local/lib/php/extensions";

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
