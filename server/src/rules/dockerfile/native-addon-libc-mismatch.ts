import { baseName } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { listed } from "../../text/listed.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { bringsLoader } from "../knowledge/binaries/foreign-binaries.ts";
import {
  type CompiledInstall,
  compiledInstalls,
  holds,
} from "../knowledge/packages/compiled/compiled-installs.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { instructionRule } from "../rule.ts";

export const nativeAddonLibcMismatch = instructionRule({
  id: "native-addon-libc-mismatch",
  title: "Compiled packages copied to an image with another C library",
  severity: "warning",
  tags: ["run"],
  aliases: ["S18"],
  since: "0.3.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`COPY --from\` of \`node_modules\`, \`site-packages\` or a virtual environment between a stage with glibc (Debian, Ubuntu)
      and one with musl (Alpine), where a package among them is known to hold compiled code for one of the two: better-sqlite3,
      bcrypt 5, canvas, numpy, psycopg2, cryptography and others.`,
    why: source`
      Both npm and pip fetch or compile such packages for the C library of the image that they run in. With the other one the first
      \`require\` or \`import\` fails, with "Error loading shared library" or "No module named". Take bases of one family for both
      stages, or install in the stage that runs it.`,
    bad: source`
      FROM node:24 AS builder
      WORKDIR /app
      RUN npm install better-sqlite3@12
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=builder /app/node_modules ./node_modules
                          ^^^^^^^^^^^^^^^^^ native-addon-libc-mismatch: better-sqlite3 in /app/node_modules is compiled for glibc, and this image has musl.`,
    good: source`
      FROM node:24-alpine AS builder
      WORKDIR /app
      RUN npm install better-sqlite3@12
      FROM node:24-alpine
      WORKDIR /app
      COPY --from=builder /app/node_modules ./node_modules`,
  },
  instructions: ["COPY"],

  check(copy, stage, report) {
    const other = stageCopiedFrom(copy, stage);
    if (!other || copy.flags.some((it) => it.name === "exclude")) return;
    const [there, here] = [other.result.libc, stage.result.libc];
    if (!there.known || !here.known || there.value === "none" || here.value === "none") return;
    if (there.value === here.value) return;
    const installs = compiledInstalls(other, there.value).filter((it) => isUsed(it, stage));
    if (installs.length === 0) return;
    for (const { word, path } of stageSources(copy, stage)) {
      const taken = path === "/" ? [] : installs.filter((it) => isIn(path, it, other));
      const [first] = taken;
      if (!first || mayBeMended(copy, taken, stage)) continue;
      const names = [...new Set(taken.flatMap((it) => it.names))];
      const where = first.path === undefined ? "" : ` in ${first.path}`;
      report(
        word.span,
        `${listed(names, 3)}${where} ${names.length > 1 ? "are" : "is"} compiled for ${there.value}, and this image has ${here.value}.`,
        {
          related: [
            ...taken.map(({ span }) => ({ message: `This installs for ${there.value}.`, span })),
            ...there.because,
            ...here.because,
          ],
        },
      );
    }
  },
});

/** Only where something is there to load it. */
function isUsed({ runtime }: CompiledInstall, { result }: Stage): boolean {
  const programs = runtime === "node" ? ["node"] : ["python3", "python"];
  const entrypoint = result.entrypoint.known ? result.entrypoint.value?.words[0]?.raw : undefined;
  return programs.some((it) => result.hasTool(it).is === "yes" || it === baseName(entrypoint ?? ""));
}

function isIn(source: string, install: CompiledInstall, other: Stage): boolean {
  return (
    holds(source, install) && (install.path === undefined || other.result.hasPath(install.path).is !== "no")
  );
}

/**
 * A package manager that runs further down may fetch them anew, another COPY or RUN may put others in their place, and a
 * compatibility package makes them run.
 */
function mayBeMended(copy: Instruction, installs: readonly CompiledInstall[], stage: Stage): boolean {
  const last = installs.map(({ path }) =>
    lastMending(path === undefined ? "site-packages" : baseName(path), stage),
  );
  return Math.max(...last) > copy.span.start;
}

const remembered = rememberedBy<Stage, number>(notedOnStage);

/** Where the last instruction starts that may put another folder of this name in place; -1 where none does. */
function lastMending(folder: string, stage: Stage): number {
  return remembered(stage, folder, () => {
    if (bringsLoader(stage, stage.result.files)) return Number.POSITIVE_INFINITY;
    const mends = new RegExp(`${MANAGERS.source}|${literally(folder)}`);
    const last = stage.instructions.findLast((it) =>
      it.name === "RUN"
        ? says(mends, it)
        : it.name === "COPY" &&
          it.flags.some((flag) => flag.name === "from") &&
          it.words.some(({ raw }) => raw.includes(folder)),
    );
    return last?.span.start ?? -1;
  });
}

const MANAGERS = /\b(npm|npx|yarn|pnpm|bun|node-gyp|pip3?|uv|poetry|pipenv|pdm|conda)\b/;
