import type { Library, PackageManager } from "../../model/image/facts.ts";
import { directoryOf } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import { loadedLibraries } from "../knowledge/packages/compiled/loaded-libraries.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { installBelowFrom } from "../writing/dockerfile/install-below-from.ts";

export const sharedLibraryMissing = stageRule({
  id: "shared-library-missing",
  title: "Compiled package without the library that it loads",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports Python packages, gems and PHP extensions that are compiled against a library of the system, in an image that certainly
      lacks it: psycopg2, the gem pg before 1.6 and PHP's pgsql load libpq, mysqlclient and mysql2 load libmariadb, PHP's intl, zip, gd
      and xsl load ICU, libzip, libpng and libxslt. Either \`COPY --from\` takes them to an image without it, or \`apk del\` of the
      packages for the build takes it away. What is installed is read from the command, its requirements file or Gemfile.lock.`,
    why: source`
      The stage that compiles has the library, since its \`-dev\` package brings it, and the slim image has not: the service ends with
      "libpq.so.5: cannot open shared object file". The library alone is a small package of its own.`,
    bad: source`
      FROM python:3.14 AS builder
      RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir psycopg2
      FROM python:3.14-slim
      COPY --from=builder /venv /venv
                          ^^^^^ shared-library-missing: psycopg2 loads libpq, which is not in this image.`,
    good: source`
      FROM python:3.14 AS builder
      RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir psycopg2
      FROM python:3.14-slim
      RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
      COPY --from=builder /venv /venv`,
  },
  check(stage, report) {
    if (!isShipped(stage)) return;
    for (const copy of stage.instructions) checkCopy(copy, stage, report);
    if (stage.isFinal) checkRemoved(stage, report);
  },
});

function checkCopy(copy: Instruction, stage: Stage, report: Report): void {
  const other = stageCopiedFrom(copy, stage);
  const loaded = other ? loadedLibraries(other) : [];
  if (!other || loaded.length === 0 || looksElsewhere(stage)) return;
  for (const { word, path: whole } of stageSources(copy, stage)) {
    const path = /[*?[]/.test(whole) ? directoryOf(whole) : whole;
    for (const { name, library, span, isIn } of loaded) {
      // Where the other stage lacks it too nothing was compiled against it.
      if (!isIn(path) || other.result.hasLibrary(library).is === "no") continue;
      const there = stage.result.hasLibrary(library);
      if (there.is !== "no") continue;
      report(word.span, `${name} loads ${library}, which is not in this image.`, {
        related: [{ message: "It is installed here.", span }, ...there.because],
        fixes: install(library, stage),
      });
    }
  }
}

function checkRemoved(final: Stage, report: Report): void {
  const loaded = loadedLibraries(final);
  if (loaded.length === 0 || looksElsewhere(final)) return;
  for (const { name, library, span } of loaded) {
    const there = final.result.hasLibrary(library);
    const removal = there.because.find((it) => it.message.includes(" removes "));
    if (there.is !== "no" || !removal) continue;
    report(span, `${name} loads ${library}, which is removed with the packages for the build.`, {
      related: [removal],
      fixes: install(library, final),
    });
  }
}

/** May the loader be told to look in other directories? */
const looksElsewhere = notedAlongChain<boolean>(
  ({ instructions }, below = false) =>
    below ||
    instructions.some((it) =>
      says(/LD_LIBRARY_PATH|ldconfig|ld\.so\.conf|patchelf|\b(?:make|cmake|ninja|meson)\b.*\binstall\b/, it),
    ),
);

/** What brings it in the releases of Debian from 11 on and of Alpine; of ICU and libzip Debian's names change with the release. */
const PACKAGES: Readonly<Record<Library, Readonly<Partial<Record<PackageManager, string>>>>> = {
  libicu: { apk: "icu-libs" },
  libmariadb: { apt: "libmariadb3", apk: "mariadb-connector-c" },
  libpng: { apk: "libpng" },
  libpq: { apt: "libpq5", apk: "libpq" },
  libxslt: { apk: "libxslt" },
  libzip: { apk: "libzip" },
};

function install(library: Library, stage: Stage): Fix[] {
  const found = installBelowFrom(stage, (manager) => PACKAGES[library][manager]);
  return found ? [{ kind: "unsafe", title: `Install ${found.name}`, edits: found.edits }] : [];
}
