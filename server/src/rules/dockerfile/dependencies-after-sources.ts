import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { takesContext } from "../knowledge/files/context-sources.ts";
import { type Ecosystem, ecosystems } from "../knowledge/packages/ecosystems.ts";
import { leadsToFiles } from "../knowledge/packages/needs/leads-to-files.ts";
import {
  packageCommandsIn,
  readPackageCommand,
  SYSTEM_MANAGERS,
} from "../knowledge/packages/package-commands.ts";
import { type Fix, type Report, stageRule } from "../rule.ts";
import { type Fetch, fetchFirst } from "../writing/dockerfile/fetch-first.ts";
import { holdsComment, insertAbove, insertBelow, removeLines } from "../writing/dockerfile/lines.ts";

export const dependenciesAfterSources = stageRule({
  id: "dependencies-after-sources",
  title: "Dependencies fetched again after each edit",
  severity: "warning",
  tags: ["cache"],
  aliases: ["S48", "copy-all-before-deps"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  oncePerPlace: true,
  docs: {
    what: source`
      Reports a COPY of everything, of the folder that holds the manifests or of one with sources (\`src\`, \`cmd\` …), in front of the first command that fetches dependencies: \`go mod download\`, \`npm ci\`,
      \`pip install -r\`, \`cargo build\`, \`mvn package\`, \`bundle install\`, \`composer install\` and their like, or packages of the
      system where nothing else is fetched. Silent with a cache mount, and where they were fetched before.`,
    why: source`
      A step is taken from the cache only while everything above it is unchanged. After \`COPY . .\` every edit of any
      file downloads all dependencies again. Copied and fetched first, they are fetched again only when they change.`,
    bad: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY . .
           ^ dependencies-after-sources: Every edit of any file downloads the dependencies (npm) again.
      RUN npm ci`,
    good: source`
      FROM node:24-alpine
      WORKDIR /app
      COPY package.json package-lock.json ./
      RUN npm ci
      COPY . .`,
  },

  check(stage, report) {
    const fetches = stage.instructions
      .filter((it) => it.name === "RUN")
      .flatMap((run) =>
        (stage.scriptOf(run)?.commands ?? []).flatMap((command) => fetchOf(command, run, stage) ?? []),
      );
    if (fetches.length === 0) {
      checkSystemPackages(stage, report);
      return;
    }
    const own = copyOfEverything(stage);
    const copy = own ?? copyBelow(stage);
    if (!copy) {
      checkParts(fetches, stage, report);
      return;
    }
    const isBehind = (run: Instruction) => !own || run.span.start > own.span.start;
    const before = new Set(fetches.filter((it) => !isBehind(it.run)).map((it) => it.ecosystem.name));
    const after = fetches.filter(
      (it) => isBehind(it.run) && !before.has(it.ecosystem.name) && !isCached(it.run),
    );
    const [first] = after;
    const word = copy.words[0];
    if (!first || !word || inheritsFetch(stage, first.ecosystem)) return;

    report(word.span, `Every edit of any file downloads the dependencies (${first.ecosystem.name}) again.`, {
      related: [{ message: "They are fetched here.", span: first.command.span }],
      fixes:
        own && after.every((it) => it.ecosystem.name === first.ecosystem.name)
          ? fetchFirst(first, own, stage)
          : [],
    });
  },
});

/** Packages of the distribution, which have nothing to do with what is copied. */
function checkSystemPackages(stage: Stage, report: Report): void {
  const copy = copyOfEverything(stage);
  const [word] = copy?.words ?? [];
  if (!copy || !word) return;
  const runs = stage.instructions.flatMap((it) => systemInstall(it, copy, stage) ?? []);
  const [first] = runs;
  if (!first) return;
  const { run, script, install } = first;
  report(
    word.span,
    `Every edit of any file installs the packages of the system (${install.program}) again.`,
    {
      related: [{ message: "They are installed here.", span: install.command.span }],
      // With another one below, the mistake would stay.
      fixes: runs.length === 1 && script.commands.every(isOfPackages) ? movedUp(run, copy, stage) : [],
    },
  );
}

/** A RUN behind the COPY that installs packages of the system, none of which is copied. */
function systemInstall(run: Instruction, copy: Instruction, stage: Stage) {
  if (run.name !== "RUN" || run.span.start < copy.span.start) return undefined;
  const script = stage.scriptOf(run);
  const calls = script ? packageCommandsIn(script) : [];
  const install = calls.find((it) => it.act === "install" && SYSTEM_MANAGERS.has(it.manager));
  if (!script || !install || isCached(run)) return undefined;
  // A package, or a list of them, that is copied.
  return install.isOpen || install.words.some((it) => /^[./]|\.(deb|rpm|apk|txt)$|\$\(/.test(it))
    ? undefined
    : { run, script, install };
}

/** Calls of package managers, and what is cleaned after them. */
function isOfPackages(command: Command): boolean {
  if (readPackageCommand(command)) return true;
  const program = command.name?.literal ?? "";
  return (
    program === "set" ||
    (program === "rm" && command.arguments.every((it) => /^-|^\/(var|tmp|root)\//.test(it.raw)))
  );
}

/** Above the COPY, where nothing between them changes what the RUN does. */
function movedUp(run: Instruction, copy: Instruction, stage: Stage): Fix[] {
  const { file } = stage.model;
  const between = stage.instructions.filter(
    (it) => it.span.start > copy.span.start && it.span.start < run.span.start,
  );
  if (between.some((it) => !/^(COPY|ADD|WORKDIR|EXPOSE|LABEL)$/.test(it.name ?? ""))) return [];
  if (run.flags.length > 0 || run.hereDocuments.length > 0 || holdsComment(file, run.span)) return [];
  const text = file.text.slice(run.span.start, run.span.end);
  return [
    {
      kind: "unsafe",
      title: "Install the packages first",
      edits: [insertAbove(file, copy, text), removeLines(file, run)],
    },
  ];
}

/** A COPY of everything in a stage that this one is built on. */
function copyBelow(stage: Stage): Instruction | undefined {
  for (const it of stagesDownFrom(stage)) {
    const copy = it === stage ? undefined : copyOfEverything(it);
    if (copy) return copy;
  }
  return undefined;
}

/** Copies of a folder that the fetch has no need of, or of more than it needs. */
function checkParts(fetches: readonly Fetch[], stage: Stage, report: Report): void {
  const [first] = fetches;
  if (!first || isCached(first.run) || inheritsFetch(stage, first.ecosystem)) return;
  for (const copy of stage.instructions) {
    if (copy.span.start > first.run.span.start) return;
    for (const word of copiesOfContext(copy)) {
      const folder = needlessFolder(word.raw, first, stage);
      if (folder === undefined) continue;
      report(
        word.span,
        `Every edit of a file in ${folder} downloads the dependencies (${first.ecosystem.name}) again.`,
        {
          related: [{ message: "They are fetched here.", span: first.command.span }],
          fixes: isSources(folder) ? movedBehind(copy, first, stage) : [],
        },
      );
      return;
    }
  }
}

function copiesOfContext(copy: Instruction): readonly Word[] {
  return takesContext(copy) ? copy.words.slice(0, -1) : [];
}

/** A folder with the manifests and all the rest, or one with sources alone. */
function needlessFolder(source: string, { ecosystem, command }: Fetch, stage: Stage): string | undefined {
  const { context } = stage.model.inputs;
  const folder = source.replace(/^\.?\/|\/(\*|\.)?$/g, "");
  if (!context || !/^[\w.-]+(\/[\w.-]+)*$/.test(folder) || context.exists(folder) !== "directory")
    return undefined;
  const manifests = ecosystem
    .manifests(command)
    .filter((it) => it.presence === "must")
    .flatMap((it) => it.names);
  if (manifests.some((it) => !it.includes("/") && context.exists(`${folder}/${it}`) === "file"))
    return folder;
  const [manifest] = manifests.filter((it) => context.exists(it) === "file");
  const needsSources = manifest === undefined || leadsToFiles(context.read(manifest) ?? "./");
  return isSources(folder) && !needsSources && fetchesManifestsAlone(command) ? folder : undefined;
}

/** Names of folders that hold sources, and nothing that package managers read. */
function isSources(folder: string): boolean {
  return /^(src|app|cmd|internal|pkg|lib|public|static|assets|templates|views|components|pages|tests?)$/.test(
    folder,
  );
}

/** `npm ci`, `go mod download` and `pip install -r` read nothing else; what builds as well does. */
function fetchesManifestsAlone({ name, arguments: words }: Command): boolean {
  const verbs = words.flatMap(({ raw }) => (raw.startsWith("-") ? [] : raw)).slice(0, 2);
  if (name?.literal === "go") return verbs.join(" ") === "mod download";
  return /^(npm|yarn|pnpm|bun|(.*\/)?pip3?|(.*\/)?python[\d.]*)$/.test(name?.literal ?? "");
}

function movedBehind(copy: Instruction, { command, run }: Fetch, stage: Stage): Fix[] {
  const { file } = stage.model;
  const target = copy.words.at(-1);
  const between = stage.instructions.filter(
    (it) => it.span.start > copy.span.start && it.span.start < run.span.start,
  );
  const isPlain = between.every((it) => /^(COPY|ENV|ARG|LABEL|EXPOSE)$/.test(it.name ?? ""));
  const [only, ...more] = stage.scriptOf(run)?.commands ?? [];
  if (!isPlain || !target || only !== command || more.length > 0 || run.hereDocuments.length > 0) return [];
  if (copiesOfContext(copy).some((it) => !isSources(it.raw.replace(/^\.?\/|\/$/g, "")))) return [];
  if (holdsComment(file, copy.span) || copy.hereDocuments.length > 0) return [];
  const text = file.text.slice(copy.span.start, copy.span.end);
  return [
    {
      kind: "unsafe",
      title: "Copy it behind the dependencies",
      edits: [removeLines(file, copy), insertBelow(file, run, text)],
    },
  ];
}

function fetchOf(command: Command, run: Instruction, { model }: Stage): Fetch | undefined {
  const { context } = model.inputs;
  // Nothing is downloaded, as something in front of it has.
  if (command.arguments.some((it) => it.raw === "--offline")) return undefined;
  const ecosystem = ecosystems.find(
    ({ name, gets, evidence }) =>
      (gets(command) || (name === "pnpm" && isPnpmFetch(command))) &&
      (!evidence || (context && evidence((it) => context.exists(it) === "file"))),
  );
  return ecosystem && { ecosystem, command, run };
}

/** It fills pnpm's store by the lock file alone; what installs from there comes behind the sources. */
function isPnpmFetch({ name, arguments: words }: Command): boolean {
  return name?.literal === "pnpm" && words[0]?.raw === "fetch";
}

/** Asked of each stage by all that are built on it. */
const copyOfEverything = notedOnStage((stage) => stage.instructions.find(copiesEverything));

function copiesEverything(instruction: Instruction): boolean {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return false;
  const sources = instruction.words.slice(0, -1).map((it) => it.raw);
  return (
    sources.some((it) => /^(\.\/?|\/|\.\/\*|\*)$/.test(it)) &&
    !instruction.flags.some((it) => it.name === "from")
  );
}

/** With a mount the downloads stay between builds, or come from somewhere else. */
function isCached(run: Instruction): boolean {
  return mountsOf(run).some((it) => it.type === "cache" || it.type === "bind");
}

/** Did a stage that this one is built on fetch them? */
function inheritsFetch(stage: Stage, ecosystem: Ecosystem): boolean {
  const same = ecosystems.filter((it) => it.name === ecosystem.name);
  const fetches = (command: Command) => same.some((it) => it.gets(command));
  for (const it of stagesDownFrom(stage)) {
    if (it === stage) continue;
    if (it.instructions.some((run) => it.scriptOf(run)?.commands.some(fetches))) return true;
  }
  return false;
}
