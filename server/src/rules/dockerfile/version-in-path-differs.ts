import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import { says, saysText } from "../../syntax/dockerfile/says.ts";
import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { runtimeBelow } from "../knowledge/images/runtimes.ts";
import { otherVersionIn, type VersionedFolder } from "../knowledge/images/versioned-folders.ts";
import { instructionRule, type Report } from "../rule.ts";

export const versionInPathDiffers = instructionRule({
  id: "version-in-path-differs",
  title: "Path of another version than the image has",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a COPY with a folder of Python's packages, Ruby's gems or PHP's extensions that is named after another version than the official
      image has, as is left behind when a tag is raised. As a source in a stage it ends the build; as a target it is a warning. Silent where a
      RUN or another COPY speaks of such a folder, and where the version of the image is not certain.`,
    why: source`
      The folder of the old version is not there in the new image: \`"/usr/local/lib/python3.11/site-packages": not found\`. Where it is the target,
      the new version looks elsewhere, and every import fails.`,
    bad: source`
      FROM python:3.14-slim AS builder
      RUN pip install --no-cache-dir flask==3.1
      FROM python:3.14-slim
      COPY --from=builder /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.14/site-packages
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs: builder has Python 3.14, so there is no /usr/local/lib/python3.13/site-packages.`,
    good: source`
      FROM python:3.14-slim AS builder
      RUN pip install --no-cache-dir flask==3.1
      FROM python:3.14-slim
      COPY --from=builder /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages`,
  },
  instructions: ["COPY"],

  check(copy, stage, report) {
    const other = stageCopiedFrom(copy, stage);
    const target = targetOf(copy, stage);
    if (other && checkSources(copy, other, stage, target, report)) return;
    if (target) checkTarget(copy, other, stage, target, report);
  },
});

/** Tells of sources that are not there; whether there are any. */
function checkSources(
  copy: Instruction,
  other: Stage,
  stage: Stage,
  target: Target | undefined,
  report: Report,
): boolean {
  let isTold = false;
  for (const { word, path } of stageSources(copy, stage)) {
    const folder = otherVersionIn(path, other);
    if (!folder || isMade(folder, other)) continue;
    const { runtime, version, written } = folder;
    const left = target && otherVersionIn(target.path, stage);
    const edits = [...renamed(word, folder), ...(target && left ? renamed(target.word, left) : [])];
    report(
      word.span,
      `${other.name ?? `Stage ${other.index}`} has ${runtime} ${version}, so there is no ${written}.`,
      {
        related: [{ message: `It stands on ${runtime} ${version}.`, span: other.bottom.from.span }],
        fixes: edits.length > 0 ? [{ kind: "unsafe", title: `Write ${folder.own}`, edits }] : [],
      },
    );
    isTold = true;
  }
  return isTold;
}

function checkTarget(
  copy: Instruction,
  other: Stage | undefined,
  stage: Stage,
  target: Target,
  report: Report,
): void {
  const folder = otherVersionIn(target.path, stage);
  if (!folder || isMade(folder, stage, copy)) return;
  const { runtime, version, written, name, own } = folder;
  // What was built for another version is another mistake.
  if (other && runtimeBelow(other, runtime)?.version !== version) return;
  const edits = renamed(target.word, folder);
  report(target.word.span, `${runtime} ${version} looks in ${written.replace(name, own)}, and not here.`, {
    severity: "warning",
    related: [{ message: `This image has ${runtime} ${version}.`, span: stage.bottom.from.span }],
    fixes: edits.length > 0 ? [{ kind: "unsafe", title: `Write ${own}`, edits }] : [],
  });
}

interface Target {
  readonly word: Word;
  readonly path: string;
}

function targetOf(copy: Instruction, stage: Stage): Target | undefined {
  const word = copy.words.at(-1);
  const { workdir } = stage.before(copy);
  const value = word && wordValue(word, copy, stage);
  const path =
    value === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, value);
  return word && path !== undefined ? { word, path } : undefined;
}

/**
 * May something in the stage, or one below it, make a folder of that name, or have it looked in? Beside a COPY that is wrong in its target,
 * others may have the same mistake.
 */
function isMade({ name }: VersionedFolder, stage: Stage, wrong?: Instruction): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      const isCopy = it.name === "COPY";
      if (isCopy && MANY.test(it.words.at(-1)?.raw ?? "")) return true;
      if (isCopy && wrong) continue;
      if (saysText(name, it) || (it.name === "RUN" && says(BRINGS_OTHERS, it))) return true;
    }
  return false;
}

/** Ways to get another version beside the image's own. */
const BRINGS_OTHERS =
  /\b(?:pyenv|deadsnakes|uv python|conda|altinstall|rbenv|rvm|ruby-build|asdf|mise|phpbrew|sury)\b/;

/** Folders under which a whole installation may be copied. */
const MANY = /^["']?\/(?:usr\/?(?:local\/?(?:lib\/?)?)?)?["']?$/;

function renamed({ raw, span }: Word, { name, own }: VersionedFolder): TextEdit[] {
  const at = raw.indexOf(name);
  if (at < 0 || raw.length !== span.end - span.start) return [];
  return [replace({ start: span.start + at, end: span.start + at + name.length }, own)];
}
