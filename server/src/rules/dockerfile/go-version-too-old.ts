import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { mayRunOtherVersion } from "../../model/stage/other-toolchain.ts";
import { joinPath } from "../../model/stage/paths.ts";
import type { ImageReference, Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { type Dockerfile, type Instruction, notedOnFile } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { originOf } from "../knowledge/files/file-origin.ts";
import {
  isRefused,
  type ManifestProject,
  type RequiredVersion,
  type VersionedLanguage,
  versionedLanguages,
} from "../knowledge/packages/language-versions.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type Fix, stageRule } from "../rule.ts";
import { tagWithVersion } from "../writing/images/tag-version.ts";

export const goVersionTooOld = stageRule({
  id: "go-version-too-old",
  title: "Language of another version than the project asks for",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  oncePerPlace: true,
  docs: {
    what: source`
      Reports an official image whose version is below what the project asks for, or another one where only that will do: \`go\` in go.mod, \`rust-version\` or
      the edition in Cargo.toml and those of a workspace's members, \`requires-python\` or Poetry's \`python\` in pyproject.toml, \`engines.node\` in
      package.json, \`ruby\` in the Gemfile, \`php\` in composer.json, \`TargetFramework\` of .NET and the release for javac
      in pom.xml. They are read in the build context.`,
    why: source`
      Since Go 1.21 the version in go.mod is a minimum. Go would fetch a newer toolchain, but its images set
      \`GOTOOLCHAIN=local\`: "go.mod requires go >= 1.27 (running go 1.26.4; GOTOOLCHAIN=local)". Cargo and pip refuse as
      well, and so do Bundler, Composer, .NET and javac; npm warns, and uv downloads a second Python.`,
    bad: source`
      FROM golang:1.26-alpine
           ^^^^^^^^^^^^^^^^^^ go-version-too-old: go.mod asks for Go 1.27, and this is 1.26.
      WORKDIR /src
      COPY . .
      RUN go build -o /api .`,
    good: source`
      FROM golang:1.27-alpine
      WORKDIR /src
      COPY . .
      RUN go build -o /api .`,
    context: { "go.mod": "module example.com/api\n\ngo 1.27\n" },
  },

  check(stage, report) {
    const bottom = stage.bottom;
    if (bottom.base.kind !== "image") return;
    const { image, word } = bottom.base;
    for (const language of versionedLanguages) {
      if (language.image !== image.name) continue;
      const found = versionOf(image, language);
      if (found === undefined || !mayReadManifest(language, stage.model)) continue;
      const refusal = refusalIn(stage, language, found.version);
      if (!refusal) continue;

      const { required, severity, command, manifest } = refusal;
      report(
        word.span,
        `${required.asker ?? required.file ?? manifest} asks for ${language.name} ${required.version}${required.bound === "most" ? " at most" : ""}, and this is ${found.version}.`,
        {
          severity,
          related: [
            { message: `${required.file ?? manifest} says ${required.written}.` },
            { message: "It is read here.", span: command.span },
          ],
          fixes: word.raw === image.text ? newer(image, required, found, language, word.span.end) : [],
        },
      );
      return;
    }
  },
});

/** The version in a tag, and where it stands there. */
interface FoundVersion {
  readonly version: string;
  readonly at: number;
}

/** Undefined for a tag that does not say it, or a digest. */
function versionOf({ tag, digest }: ImageReference, language: VersionedLanguage): FoundVersion | undefined {
  const match = digest === undefined ? language.tag.exec(tag ?? "") : null;
  const version = match?.[1];
  const at = match?.indices?.[1]?.[0];
  return version === undefined || at === undefined ? undefined : { version, at };
}

/** Where there is no build context, only a here-document can hold a manifest. */
function mayReadManifest(language: VersionedLanguage, { file, inputs }: DockerfileModel): boolean {
  return inputs.context !== undefined || isAskedFor(language, file);
}

/** Does a here-document of COPY or ADD ask for a version of the language? */
function isAskedFor({ manifest, required }: VersionedLanguage, file: Dockerfile): boolean {
  return asked(file, String(manifest), () =>
    file.instructions.some(
      ({ name, hereDocuments }) =>
        (name === "COPY" || name === "ADD") && hereDocuments.some((it) => required(it.text.text)),
    ),
  );
}

const asked = rememberedBy<Dockerfile, boolean>(notedOnFile);

interface Refusal {
  readonly required: RequiredVersion;
  readonly severity: "error" | "warning";
  readonly command: Command;
  /** The file's name. */
  readonly manifest: string;
}

/** The first command that finds the manifest in its directory and that the version is too old for. */
function refusalIn(stage: Stage, language: VersionedLanguage, found: string): Refusal | undefined {
  for (const run of stage.instructions) {
    const script = run.name === "RUN" ? stage.commandsOf(run) : undefined;
    for (const command of script?.commands ?? []) {
      const program = command.name?.literal;
      // Behind `cd` the directory is another one.
      if (program === "cd" || program === "pushd") break;
      // Most commands are refused by none, so that the manifest is looked for last.
      if (!command.name || !language.refuses(command, found, UNSTATED)) continue;
      const { workdir } = stage.before(run);
      if (!script || !workdir.known) break;
      if (failureOf(command, script, run, stage) === "allowed") continue;
      if (command.assignments.some((it) => it.name === "GOFLAGS")) continue;
      const manifest = manifestOf(language, command, stage);
      const origin = manifest && originOf(joinPath(workdir.value, manifest), stage, run);
      const required = origin && language.required(origin.text, projectOf(workdir.value, run, stage));
      if (!required || !isRefused(found, required) || required.asks?.(command) === false) continue;
      const severity = language.refuses(command, found, required);
      if (severity && manifest)
        return mayRunOtherVersion(language.image, run, stage, command) || isToldNotTo(language, run, stage)
          ? undefined
          : { required, severity, command, manifest };
    }
  }
  return undefined;
}

/** Does something up to the RUN tell the language's tools not to look? */
function isToldNotTo({ unless }: VersionedLanguage, run: Instruction, stage: Stage): boolean {
  if (!unless) return false;
  for (const { instructions } of stagesDownFrom(stage))
    if (instructions.some((it) => it.span.start <= run.span.start && says(unless, it))) return true;
  return false;
}

function projectOf(directory: string, run: Instruction, stage: Stage): ManifestProject {
  const before = stage.before(run);
  return {
    read: (name) => originOf(joinPath(directory, name), stage, run)?.text,
    mayHave: (name) => {
      const { is, asContextIs } = before.hasPath(joinPath(directory, name));
      return is !== "no" && !(asContextIs && stage.model.inputs.context?.exists(name) === "absent");
    },
    list: (folder) => stage.model.inputs.context?.list(folder) ?? [],
    variable: (name) => {
      if (before.isSet(name).is === "no") return "";
      const it = before.variable(name);
      return it.known ? it.value : undefined;
    },
  };
}

/** Below the directory in which the command runs: what it is given, else the only one in the context. */
function manifestOf({ manifest }: VersionedLanguage, command: Command, stage: Stage): string | undefined {
  if (typeof manifest === "string") return manifest;
  if (!(manifest instanceof RegExp))
    return manifest.find((it) => stage.model.inputs.context?.exists(it) === "file");
  const words = command.arguments.map((it) => it.literal ?? it.raw);
  const given = words.find((it) => manifest.test(it));
  if (given !== undefined) return given.startsWith("/") ? undefined : given;
  // The first word is the verb; another one may be a folder or a solution.
  if (words.slice(1).some((it, at) => !it.startsWith("-") && !words[at]?.startsWith("-"))) return undefined;
  const there = (stage.model.inputs.context?.list("") ?? []).filter((it) => manifest.test(it));
  return there.length === 1 ? there[0] : undefined;
}

const UNSTATED: RequiredVersion = { version: "", written: "" };

/** The version that is asked for, with the same variant where there may be such a tag. */
function newer(
  image: ImageReference,
  { version, bound }: RequiredVersion,
  found: FoundVersion,
  { parts }: VersionedLanguage,
  end: number,
): Fix[] {
  // Between the long-lived versions of Java there are few images.
  if (bound === "most" && !/^(?:11|17|21|25)$/.test(version)) return [];
  const { tag = "", name } = image;
  const wanted = version.split(".").slice(0, parts).join(".");
  const next = tagWithVersion(tag, found, wanted);
  return [
    {
      kind: "unsafe",
      title: `Use ${name}:${next}`,
      edits: [replace({ start: end - tag.length, end }, next)],
    },
  ];
}
