import type { Library } from "../../../../model/image/facts.ts";
import { isWithin } from "../../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import { notedAlongChain } from "../../../../model/stage/stage-graph.ts";
import { saysText } from "../../../../syntax/dockerfile/says.ts";
import type { Span } from "../../../../text/span.ts";
import { gemFolder } from "../gem-folders.ts";
import { PHP_EXTENSION_LIBRARIES, PHP_EXTENSIONS } from "../php-extensions.ts";
import { compiledInstalls, holds } from "./compiled-installs.ts";

/** A package with code that is compiled against a library of the system, which it loads when it starts. */
export interface LoadedLibrary {
  readonly name: string;
  readonly library: Library;
  /** What installs it. */
  readonly span: Span;
  /** Does a COPY of this path, absolute and without a pattern, take it along? */
  readonly isIn: (path: string) => boolean;
}

/** Those that a stage, or one that it is built on, certainly compiles, and that do not bring the library along. */
export const loadedLibraries = notedOnStage((stage): readonly LoadedLibrary[] => [
  ...ofPython(stage),
  ...ofOtherLanguages(stage),
]);

/** None on top of none is the same none, however long the chain. */
const ofOtherLanguages = notedAlongChain<readonly LoadedLibrary[]>((stage, below = []) => {
  const own = [...ofRuby(stage), ...ofPhp(stage)];
  return own.length > 0 ? [...own, ...below] : below;
});

/** Packages of PyPI that have no wheels for Linux (PyPI's lists of files, as they are known). */
const PYTHON: Readonly<Record<string, Library>> = { psycopg2: "libpq", mysqlclient: "libmariadb" };

function ofPython(stage: Stage): readonly LoadedLibrary[] {
  const { libc } = stage.result;
  if (!libc.known || libc.value === "none") return [];
  return compiledInstalls(stage, libc.value).flatMap((install) =>
    install.runtime === "python"
      ? install.names.flatMap((name) => {
          const library = Object.hasOwn(PYTHON, name) ? PYTHON[name] : undefined;
          return library
            ? [
                {
                  name,
                  library,
                  span: install.span,
                  isIn: (path: string) => path !== "/" && holds(path, install),
                },
              ]
            : [];
        })
      : [],
  );
}

/** pg has compiled gems with the library from 1.6 on, mysql2 has none (rubygems.org, as they are known). */
const GEMS: readonly (readonly [name: string, locked: RegExp, library: Library])[] = [
  ["pg", /^ {4}pg \((?:0|1\.[0-5])\.[\d.]+\)$/m, "libpq"],
  ["mysql2", /^ {4}mysql2 \([\d.]+\)$/m, "libmariadb"],
];

function ofRuby(stage: Stage): readonly LoadedLibrary[] {
  const folder = gemFolder(stage);
  const locked = folder && stage.model.inputs.context?.read("Gemfile.lock");
  if (!folder || locked === undefined) return [];
  return GEMS.filter(([, pattern]) => pattern.test(locked)).map(([name, , library]) => ({
    ...{ name, library, span: folder.installedBy.span },
    isIn: (path) => path !== "/" && isWithin(folder.path, path),
  }));
}

function ofPhp(stage: Stage): readonly LoadedLibrary[] {
  const isIn = (path: string) =>
    isWithin(path, PHP_EXTENSIONS) || (path !== "/" && isWithin(PHP_EXTENSIONS, path));
  return stage.instructions.flatMap((run) => {
    if (run.name !== "RUN" || !saysText("docker-php-ext-install", run)) return [];
    const commands = stage.commandsOf(run)?.commands ?? [];
    return commands.flatMap(({ name, arguments: words, conditional }) =>
      name?.literal === "docker-php-ext-install" && !conditional
        ? words.flatMap(({ literal = "", span }) => {
            const library = PHP_EXTENSION_LIBRARIES.get(literal);
            return library ? [{ name: `PHP's ${literal}`, library, span, isIn }] : [];
          })
        : [],
    );
  });
}
