import type { Library } from "../../model/image/facts.ts";
import { imageNameBelow } from "../../model/stage/base-image.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { projectText } from "../knowledge/files/project-text.ts";
import { sourcePackages } from "../knowledge/packages/compiled/source-packages.ts";
import { LIBRARY_HEADERS, PYTHON_HEADERS } from "../knowledge/packages/system/library-headers.ts";
import { namedInstalls } from "../knowledge/packages/system/named-installs.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { installPackage } from "../writing/dockerfile/install-program.ts";

export const libraryHeadersMissing = commandRule({
  id: "library-headers-missing",
  title: "Package compiled without the library that it is compiled against",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports an install of psycopg2, mysqlclient, python-ldap, GDAL, PyAudio, pycairo, dbus-python, pygraphviz 1, or the gems pg (before 1.6) and mysql2, where the image has a compiler and certainly not the
      library that they are compiled against: by pip, uv, Poetry, PDM, Pipenv and Bundler. Silent where a package that is not known is
      installed before. Without a compiler \`command-not-found\` tells it.`,
    why: source`
      These packages come as sources. The build ends with "pg_config executable not found", "Can't find the PostgreSQL client library"
      or "mysql client is missing".`,
    bad: source`
      FROM python:3.14-slim
      RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
      RUN pip install --no-cache-dir psycopg2
                                     ^^^^^^^^ library-headers-missing: psycopg2 is compiled against libpq, and nothing up to here installs libpq-dev.`,
    good: source`
      FROM python:3.14-slim
      RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev && rm -rf /var/lib/apt/lists/*
      RUN pip install --no-cache-dir psycopg2`,
  },
  programs: "pip pip3 uv poetry pdm pipenv python python3 bundle".split(" "),

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const compiled = compiledBy(call);
    if (compiled.length === 0 || run !== instruction) return;
    const failure = failureOf(command, script, run, stage);
    const state = stage.beforeCommand(command, run);
    const { packageManager: manager } = state;
    if (failure === "allowed" || !manager.known || manager.value === "none" || state.lacksTool("gcc")) return;
    const told = { severity: failure === "stops" ? "error" : "warning" } as const;
    for (const { name, library, word } of compiled) {
      if (!library) {
        const headers = mayHaveHeaders(name, call) ? undefined : PYTHON_HEADERS.get(name);
        const missing = headers?.packages[manager.value];
        if (headers && missing !== undefined)
          report(
            word.span,
            `${name} is compiled against ${headers.library}, and nothing up to here installs ${missing.replace(" ", " and ")}.`,
            { ...told, fixes: installPackage(missing, run, stage, state) },
          );
        continue;
      }
      const there = state.hasLibrary(library);
      const headers = LIBRARY_HEADERS[library]?.[manager.value];
      if (there.is !== "no" || headers === undefined) continue;
      // It asks pkg-config where the library is, which comes with Alpine's package.
      const asks = name === "mysqlclient" && manager.value === "apt" && state.lacksTool("pkg-config");
      report(
        word.span,
        `${name} is compiled against ${library}, and nothing up to here installs ${headers}.`,
        {
          ...told,
          related: there.because,
          fixes: installPackage(asks ? `${headers} pkg-config` : headers, run, stage, state),
        },
      );
    }
  },
});

interface Compiled {
  readonly name: string;
  /** Undefined where the model does not know whether it is there. */
  readonly library: Library | undefined;
  readonly word: ShellWord;
}

/** Images that have no headers but those of the language: others, the full ones of Python among them, may have any. */
const PLAIN_IMAGES = /^(?:python:[\w.-]*(?:slim|alpine)|(?:debian|ubuntu|alpine):)/;

/** May a package, or the image below, have brought what a package is compiled against? */
function mayHaveHeaders(name: string, call: CommandCall): boolean {
  const image = imageNameBelow(call.stage);
  if (!image || !PLAIN_IMAGES.test(`${image.name}:${image.tag ?? ""}`)) return true;
  const pattern = PYTHON_HEADERS.get(name)?.broughtBy;
  const installed = namedInstalls(call)?.flatMap((it) =>
    it.command.operands.map(({ literal }) => literal ?? ""),
  );
  return !pattern || !installed || installed.some((it) => pattern.test(it.replace(/[=<>~@:].*$/, "")));
}

function compiledBy({ command, run, stage }: CommandCall): readonly Compiled[] {
  const read = (file: string) => projectText(file, run, stage);
  if (command.name?.literal !== "bundle") {
    const files = { context: stage.model.inputs.context, read };
    return sourcePackages(command, stage.before(run), files)
      .filter((it) => it.library !== undefined || PYTHON_HEADERS.has(it.name))
      .map(({ name, library, word }) => ({ name, library, word }));
  }
  const [word, ...more] = command.arguments;
  if (
    word?.literal !== "install" ||
    more.some((it) => !/^(?:--?(?:j|jobs|retry|quiet|no-cache)\b|\d+$)/.test(it.raw))
  )
    return [];
  const state = stage.before(run);
  // Groups may be left out, and Bundler may be told where the library is.
  if (["BUNDLE_GEMFILE", "BUNDLE_WITHOUT", "BUNDLE_ONLY"].some((it) => state.isSet(it).is === "yes"))
    return [];
  const manifest = read("Gemfile") ?? "optional: true";
  const mayLeaveOut = /optional:\s*true|install_if|platforms?\b/.test(manifest);
  const isTold = [...stagesDownFrom(stage)].some(({ instructions }) =>
    instructions.some((it) => says(/bundle config|\.bundle/, it) && says(/without|only|build|with/, it)),
  );
  if (mayLeaveOut || isTold || stage.model.inputs.context?.exists(".bundle/config") === "file") return [];
  const locked = read("Gemfile.lock") ?? "";
  return GEMS.flatMap(([name, pattern, library]) => (pattern.test(locked) ? [{ name, library, word }] : []));
}

/** As Gemfile.lock has them where no build for a platform is taken (rubygems.org, as generally known, 2026-11). */
const GEMS: readonly (readonly [name: string, pattern: RegExp, library: Library])[] = [
  ["pg", /^ {4}pg \((?:0|1\.[0-5])\.[\d.]+\)\r?$/m, "libpq"],
  ["mysql2", /^ {4}mysql2 \([\d.]+\)\r?$/m, "libmariadb"],
];
