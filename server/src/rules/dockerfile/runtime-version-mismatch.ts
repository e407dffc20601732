import { imageNameBelow } from "../../model/stage/base-image.ts";
import { directoryOf } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  type ImageRuntime,
  isOtherRuntime,
  type Runtime,
  runtimeBelow,
} from "../knowledge/images/runtimes.ts";
import { type VersionBound, versionBound } from "../knowledge/packages/compiled/version-bound.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { type Fix, instructionRule } from "../rule.ts";
import { tagWithVersion } from "../writing/images/tag-version.ts";

export const runtimeVersionMismatch = instructionRule({
  id: "runtime-version-mismatch",
  title: "Built for another version than the image has",
  severity: "warning",
  tags: ["run"],
  aliases: ["S19"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  asksBeyond: ({ model }) => (model.finalStage && imageNameBelow(model.finalStage)?.text) ?? "",
  docs: {
    what: source`
      Reports a COPY from a stage to one with another version of the language: Python packages (\`site-packages\`, a virtual
      environment, or where \`pip install --prefix\` or \`--user\` put them), Ruby gems with compiled parts, PHP extensions, what
      Maven or Gradle builds for a newer Java than the image has, and what \`dotnet publish\` builds for another .NET. Silent
      where the version is not certain, and for programs that bring their own .NET.`,
    why: source`
      Python and Bundler look for packages in a folder named after the version, and what is compiled fits one version only: after the
      move every import fails. Java refuses newer classes (UnsupportedClassVersionError), and \`dotnet\` says "You must install
      or update .NET to run this application". One ARG for both tags keeps them together.`,
    bad: source`
      FROM python:3.13 AS builder
      RUN pip install --no-cache-dir flask
      FROM python:3.14-slim
      COPY --from=builder /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch: These packages are for Python 3.13, and this image has Python 3.14.`,
    good: source`
      ARG PYTHON_VERSION=3.14
      FROM python:\${PYTHON_VERSION} AS builder
      RUN pip install --no-cache-dir flask
      FROM python:\${PYTHON_VERSION}-slim
      COPY --from=builder /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages`,
  },
  instructions: ["COPY"],

  check(copy, stage, report) {
    const other = stageCopiedFrom(copy, stage);
    if (!other) return;
    for (const { word, path } of stageSources(copy, stage)) {
      for (const bound of versionBound(/[*?[]/.test(path) ? directoryOf(path) : path, other)) {
        const here = runtimeBelow(stage, bound.runtime);
        if (!here || !isOtherRuntime(bound.runtime, bound.version, here.version)) continue;
        if (!isRunHere(bound, here, stage) || bringsOther(bound.runtime, stage)) continue;
        const { called, runtime, version, because } = bound;
        report(
          word.span,
          `${called} for ${runtime} ${version}, and this image has ${runtime} ${here.version}.`,
          { related: [because], fixes: sameVersion(version, here, stage) },
        );
      }
    }
  },
});

/** A jar may pass through a stage that only takes it apart; then it counts what the last image has. */
function isRunHere({ runtime }: VersionBound, here: ImageRuntime, stage: Stage): boolean {
  if (runtime !== "Java" && runtime !== ".NET") return true;
  const final = stage.model.finalStage;
  if (isShipped(stage)) return true;
  return stage.isUsedByFinal && final !== undefined && runtimeBelow(final, runtime)?.version === here.version;
}

/** May the stage have another version beside the image's own, or be told to take any? */
function bringsOther(runtime: Runtime, stage: Stage): boolean {
  const { result } = stage;
  if (runtime === ".NET" && result.isSet("DOTNET_ROLL_FORWARD").is !== "no") return true;
  if (runtime === "Java" && stage.instructions.some(bringsJava)) return true;
  return stage.instructions.some((it) => it.name === "RUN" && says(INSTALLS[runtime], it));
}

const INSTALLS: Readonly<Record<Runtime, RegExp>> = {
  Python: /\b(?:pyenv|deadsnakes|uv python|conda)\b/,
  Java: /jdk|jre|sdkman|graalvm|\bsdk install\b/i,
  ".NET": /dotnet-install|aspnetcore|dotnet-(?:runtime|sdk)/,
  Ruby: /\b(?:bundle|rbenv|rvm|ruby-build|asdf|mise|gem install)\b/,
  PHP: /\b(?:phpbrew|sury)\b/,
};

function bringsJava({ name, pairs, words }: Instruction): boolean {
  if (name === "ENV") return pairs.some((it) => it.name.raw === "JAVA_HOME" || it.name.raw === "PATH");
  return name === "COPY" && /(?:^|\/)(?:jdk|jre|java|jvm)[\w.-]*\/?$/.test(words.at(-1)?.raw ?? "");
}

/** The image of the other version, where the FROM of this stage itself names one. */
function sameVersion(version: string, { version: has, at }: ImageRuntime, { base }: Stage): Fix[] {
  if (base.kind !== "image" || at === undefined) return [];
  const { image, word } = base;
  if (word.raw !== image.text || image.tag === undefined) return [];
  const tag = tagWithVersion(image.tag, { version: has, at }, version);
  const start = word.span.end - image.tag.length;
  return [
    {
      kind: "unsafe",
      title: `Use ${image.name}:${tag}`,
      edits: [replace({ start, end: word.span.end }, tag)],
    },
  ];
}
