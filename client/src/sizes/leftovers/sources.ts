import type { VisibleEntry } from "../stack.ts";
import type { CachePlace } from "./package-caches.ts";
import type { StartedProgram } from "./started-program.ts";

/** Sources of what is compiled before it runs. */
const COMPILED: Partial<Record<StartedProgram["runtime"], RegExp>> = {
  binary: /\.(?:go|rs|c|cc|cpp|cxx|h|hh|hpp|zig)$/,
  java: /\.(?:java|kt|kts|scala)$/,
  dotnet: /\.(?:cs|fs|vb)$/,
};

/** Packages have sources and tests of their own, which came with them. */
const PACKAGES = /\/(?:node_modules|site-packages|dist-packages|vendor|gems)\//;

/** Says of a path whether it is a source of what the image starts compiled. */
export function sourcesOf(
  started: StartedProgram | undefined,
  environment: readonly string[],
): (path: string) => CachePlace | undefined {
  const pattern = started && COMPILED[started.runtime];
  if (pattern)
    return (path) => {
      const [ending] = PACKAGES.test(path) ? [] : (pattern.exec(path) ?? []);
      return ending === undefined ? undefined : { owner: ending, place: folderOf(path) };
    };
  const built = started?.runtime === "node" ? BUILT.exec(started.script ?? "")?.[1] : undefined;
  if (!started || built === undefined) return () => undefined;
  const readsMaps = [...started.words, ...environment].some((it) => /source-map/.test(it));
  return (path) => {
    if (PACKAGES.test(path)) return undefined;
    if (path.startsWith(`${built}/`))
      return path.endsWith(".js.map") && !readsMaps
        ? { owner: "source maps", place: folderOf(path) }
        : undefined;
    const [ending] = /(?<!\.d)\.tsx?$/.exec(path) ?? [];
    return ending === undefined ? undefined : { owner: ending, place: folderOf(path) };
  };
}

/** Where compilers of TypeScript put what Node runs. */
const BUILT = /^(\/.*\/(?:dist|build|out|lib))\/.+\.[mc]?js$/;

/** Where a project begins. */
const MANIFESTS = [
  "package.json",
  "go.mod",
  "pyproject.toml",
  "setup.py",
  "Cargo.toml",
  "pom.xml",
  "build.gradle",
  "Gemfile",
  "composer.json",
];

/** Says of a path whether it is in a folder of tests at the top of a project whose program is started. */
export function testsOf(
  started: StartedProgram | undefined,
  visible: ReadonlyMap<string, VisibleEntry>,
): (path: string) => CachePlace | undefined {
  if (!started) return () => undefined;
  const isProject = new Map<string, boolean>();
  return (path) => {
    const [, place, project] = TESTS.exec(path) ?? [];
    if (place === undefined || project === undefined || PACKAGES.test(path)) return undefined;
    if (started.script?.startsWith(`${place}/`) || started.words.some((it) => it.includes(place)))
      return undefined;
    let is = isProject.get(project);
    if (is === undefined) {
      is = MANIFESTS.some((it) => visible.has(`${project}/${it}`));
      isProject.set(project, is);
    }
    return is ? { owner: "tests", place } : undefined;
  };
}

const TESTS = /^((\/.+?)\/(?:__tests__|tests?|e2e|cypress))\/.+/;

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}
