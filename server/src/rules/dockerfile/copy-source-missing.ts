import type { BuildContext } from "../../model/context/build-context.ts";
import { notedOnModel } from "../../model/stage/dockerfile-model.ts";
import { baseName } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { pathMatcher } from "../../syntax/dockerignore/pattern.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { contextSources, mountedSources } from "../knowledge/files/context-sources.ts";
import { fewTimes } from "../knowledge/stages/few-times.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const copySourceMissing = instructionRule({
  id: "copy-source-missing",
  title: "Copied file that is not in the build context",
  severity: "warning",
  tags: ["build"],
  aliases: ["S49"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a source of COPY, ADD or \`RUN --mount=type=bind\` that is not in the build context: where a Compose file says which folder that is, or
      where a name next to it is so near that it must be meant, it is the lock file of another package manager than the project's, or its path
      begins with \`../\` or as one of the machine's (\`/home/…\`) and other sources are there. Silent for what a build before this one makes
      (\`dist\`, \`target\` …, \`*.jar\`, whatever \`.gitignore\` names).`,
    why: source`
      COPY of something that is not there ends the build, often after minutes of work in the stages above.`,
    context: { "package.json": "{}", "server.js": "" },
    bad: source`
      FROM node:24-alpine
      COPY package.json sever.js /app/
                        ^^^^^^^^ copy-source-missing: sever.js is not in the build context; did you mean server.js?`,
    good: source`
      FROM node:24-alpine
      COPY package.json server.js /app/`,
  },
  instructions: ["COPY", "ADD", "RUN"],

  check(copy, stage, report) {
    const { context, ownFolder } = stage.model.inputs;
    const seen = context ?? ownFolder;
    if (!seen) return;
    const sources = copy.name === "RUN" ? mountedSources(copy) : contextSources(copy, stage);
    for (const { word, path, isPattern } of sources) {
      if (path === "" || isPattern || seen.exists(path) !== "absent" || isMade(path, seen)) continue;
      if (/^(\.\/)*\.\.\//.test(word.raw) && isSure(stage, seen)) {
        const what = `${word.raw} is taken for ${path}, which is not in it`;
        report(word.span, `${copy.name} does not leave the build context: ${what}.`, { fixes: [] });
        continue;
      }
      if (isOfHost(word.raw, path, seen) && isSure(stage, seen)) {
        report(word.span, `${word.raw} counts from the build context, and ${path} is not in it.`, {
          fixes: [],
        });
        continue;
      }
      const other = otherLockFile(path, seen);
      if (other !== undefined && context?.origin !== "given") {
        report(word.span, `${path} is not in the build context; ${other} is there.`, { fixes: [] });
        continue;
      }
      const near = isLookedFor(stage.model) ? nearestIn(path, seen) : undefined;
      if (near === undefined && context?.origin !== "given") continue;
      report(word.span, `${path} is not in the build context${didYouMean(near)}`, {
        fixes: near === undefined ? [] : fixesOf(word, baseName(path), near),
      });
    }
  },
});

/** `/home/me/app.conf`: a path of the machine's, of which the context has not even the first folder. */
function isOfHost(raw: string, path: string, seen: BuildContext): boolean {
  const [, first = ""] = /^\/(home|Users|root|mnt|media|opt|srv|var|etc|usr|tmp)\/./.exec(raw) ?? [];
  return first !== "" && path.startsWith(`${first}/`) && seen.exists(first) === "absent";
}

/** Is the folder certainly the context: a Compose file says so, or what another COPY names stands there? */
function isSure(stage: Stage, seen: BuildContext): boolean {
  return seen.origin === "given" || namesFiles(stage);
}

const namesFiles = notedOnStage((stage): boolean => {
  const { context } = stage.model.inputs;
  return stage.instructions.some((copy) =>
    contextSources(copy, stage).some(
      ({ word, path, isPattern }) =>
        path !== "" && !isPattern && !word.raw.includes("..") && context?.exists(path) === "file",
    ),
  );
});

/** Lock files of one ecosystem: a project has one of them beside its manifest. */
const LOCK_FILES: readonly (readonly [manifest: string, ...locks: string[]])[] = [
  ["package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"],
  ["pyproject.toml", "poetry.lock", "uv.lock", "pdm.lock"],
];

/** The project's lock file, where the one of another package manager is copied. */
function otherLockFile(path: string, seen: BuildContext): string | undefined {
  const name = baseName(`/${path}`);
  const folder = path.slice(0, -name.length);
  const locks = LOCK_FILES.find((it) => it.includes(name));
  const [manifest, ...names] = locks ?? [];
  if (manifest === undefined || name === manifest || seen.exists(folder + manifest) !== "file")
    return undefined;
  const there = names.filter((it) => seen.exists(folder + it) === "file");
  return there.length === 1 ? there[0] : undefined;
}

/** Only where the word is written as it is read: neither quoted nor put together. */
function fixesOf({ raw, span }: Word, name: string, near: string): Fix[] {
  if (span.end - span.start !== raw.length || !raw.endsWith(name)) return [];
  const edit = replace(span, raw.slice(0, -name.length) + near);
  return /[\s"'\\$]/.test(near)
    ? []
    : [{ kind: "unsafe", title: `Replace ${name} with ${near}`, edits: [edit] }];
}

/** The entry of the same folder that must be meant. Names that differ in a number are versions, not slips. */
function nearestIn(path: string, context: BuildContext): string | undefined {
  const name = baseName(path);
  const names = context.list(path.slice(0, -name.length).replace(/\/$/, ""));
  const near = names && nearestName(name, names, MOST_CHANGES);
  const isNumber = near !== undefined && near.replace(/\d/g, "") === name.replace(/\d/g, "");
  return isNumber || (near !== undefined && context.isIgnored(near).is !== "no") ? undefined : near;
}

const MOST_CHANGES = 2;
const isLookedFor = fewTimes(notedOnModel, 50);

/** May something make it before the build? Outputs are named so, or are not in the repository. */
function isMade(path: string, context: BuildContext): boolean {
  const parts = path.split("/");
  if (parts.some((it) => OUTPUTS.test(it))) return true;
  // A folder's own `.gitignore` counts from that folder.
  return parts
    .slice(0, MOST_FOLDERS)
    .some((_, depth) =>
      isUntracked(parts.slice(depth), context.read([...parts.slice(0, depth), ".gitignore"].join("/"))),
    );
}

const OUTPUTS =
  /^(dist|build|target|out|output|bin|obj|release|releases|artifacts?|publish|publish_output|generated|node_modules|vendor|coverage|\.next|\.output|_build|pkg|tmp)$|\.(jar|war|ear|tar|t?gz|zip|tgz|whl|deb|rpm|apk|exe|dll|so|pem|key|crt|min\.js)$/i;

/** Named in a `.gitignore`, read loosely: what may be meant is not reported. */
function isUntracked(parts: readonly string[], text = ""): boolean {
  const path = parts.join("/");
  return text
    .split(/\r?\n/)
    .slice(0, MOST_LINES)
    .some((it) => {
      const line = it.trim().replace(/^\/|\/\*{0,2}$/g, "");
      if (line === "" || line.startsWith("#")) return false;
      if (parts.includes(line) || `${path}/`.startsWith(`${line}/`)) return true;
      const matches = line.includes("*") ? pathMatcher(line) : undefined;
      return matches !== undefined && (matches(path) || parts.some(matches));
    });
}

const MOST_LINES = 500;
const MOST_FOLDERS = 5;
