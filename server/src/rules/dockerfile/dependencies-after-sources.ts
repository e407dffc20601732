import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { flagsOf } from "../../syntax/dockerfile/known-flags.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { remove, replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Ecosystem, ecosystems, manifestsOf } from "../knowledge/ecosystems.ts";
import { type Fix, stageRule } from "../rule.ts";
import { holdsComment, insertAbove, insertBelow } from "../writing/lines.ts";

export const dependenciesAfterSources = stageRule({
  id: "dependencies-after-sources",
  title: "Dependencies fetched again after each edit",
  severity: "warning",
  tags: ["cache"],
  aliases: ["S48", "copy-all-before-deps"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a COPY of everything in front of the first command that fetches dependencies: \`go mod download\`, \`npm ci\`,
      \`pip install -r\`, \`cargo build\`, \`mvn package\`, \`bundle install\`, \`composer install\` and their like. Silent with a
      cache mount, and where they were fetched before.`,
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
    const copy = stage.instructions.find(copiesEverything);
    if (!copy) return;
    const fetches = stage.instructions
      .filter((it) => it.name === "RUN")
      .flatMap((run) =>
        (stage.scriptOf(run)?.commands ?? []).flatMap((command) => fetchOf(command, run, stage) ?? []),
      );
    const before = new Set(
      fetches.filter((it) => it.run.span.start < copy.span.start).map((it) => it.ecosystem.name),
    );
    const after = fetches.filter(
      (it) => it.run.span.start > copy.span.start && !before.has(it.ecosystem.name) && !isCached(it.run),
    );
    const [first] = after;
    const word = copy.words[0];
    if (!first || !word || inheritsFetch(stage, first.ecosystem)) return;

    report(word.span, `Every edit of any file downloads the dependencies (${first.ecosystem.name}) again.`, {
      related: [{ message: "They are fetched here.", span: first.command.span }],
      fixes: after.every((it) => it.ecosystem.name === first.ecosystem.name)
        ? fixesOf(first, copy, stage)
        : [],
    });
  },
});

interface Fetch {
  readonly ecosystem: Ecosystem;
  readonly command: Command;
  readonly run: Instruction;
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
  return run.flags.some(
    ({ name, fields }) =>
      name === "mount" &&
      fields.every((it) => it.name !== "type" || it.value === "cache" || it.value === "bind"),
  );
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

function fixesOf({ ecosystem, command, run }: Fetch, copy: Instruction, stage: Stage): Fix[] {
  const { file, inputs } = stage.model;
  const [, target] = copy.words;
  if (copy.words.length !== 2 || !target || !takesWorkdir(target, copy, run, stage)) return [];
  // The manifests are copied with the same flags, of which COPY has fewer than ADD.
  if (!copy.flags.every((it) => flagsOf("COPY").has(it.name))) return [];
  const between = stage.instructions.filter(
    (it) => it.span.start > copy.span.start && it.span.start < run.span.start,
  );
  if (between.some((it) => !["ARG", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL"].includes(it.name))) return [];

  const manifests = manifestsOf(ecosystem, command, inputs.context);
  if (!manifests || manifests.some((it) => it.includes("/") && it.startsWith(".."))) return [];
  const folders = new Set(manifests.map((it) => it.slice(0, it.lastIndexOf("/") + 1)));
  const [folder = ""] = folders;
  if (folders.size > 1) return [];
  const flags = copy.flags.map((it) => `${file.text.slice(it.span.start, it.span.end)} `).join("");
  const copyManifests = `COPY ${flags}${manifests.join(" ")} ./${folder}`;
  const title = "Copy the manifests and fetch the dependencies first";

  if (ecosystem.ahead === "none") return [];
  if (ecosystem.ahead !== undefined) {
    return [
      { kind: "unsafe", title, edits: [insertAbove(file, copy, copyManifests, `RUN ${ecosystem.ahead}`)] },
    ];
  }
  return moved(command, run, copy, copyManifests, title, stage);
}

/** The command goes up with the manifests, the copy of everything comes behind it. */
function moved(
  command: Command,
  run: Instruction,
  copy: Instruction,
  copyManifests: string,
  title: string,
  stage: Stage,
): Fix[] {
  const { file } = stage.model;
  const commands = stage.scriptOf(run)?.commands ?? [];
  const [first, next] = commands;
  if (first !== command || run.hereDocuments.length > 0 || holdsComment(file, copy.span)) return [];
  const text = file.text.slice(copy.span.start, copy.span.end);
  if (!next) {
    return [
      { kind: "unsafe", title, edits: [replace(copy.span, copyManifests), insertBelow(file, run, text)] },
    ];
  }

  // The commands behind it stay where they are, in a RUN of their own.
  const rest = { start: command.span.start, end: next.span.start };
  if (next.after !== "&&" || holdsComment(file, rest)) return [];
  const head = file.text.slice(run.span.start, command.span.end);
  return [{ kind: "unsafe", title, edits: [insertAbove(file, copy, copyManifests, head), remove(rest)] }];
}

/** Do the sources land in the folder in which the command runs? */
function takesWorkdir(target: Word, copy: Instruction, run: Instruction, stage: Stage): boolean {
  const [at, there] = [stage.before(copy).workdir, stage.before(run).workdir];
  const path = wordValue(target, copy, stage);
  if (!at.known || !there.known || path === undefined) return false;
  return resolvePath(at.value, path) === resolvePath("/", there.value);
}
