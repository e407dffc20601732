import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { joinPath } from "../../model/stage/paths.ts";
import type { ImageReference, Stage } from "../../model/stage/stage.ts";
import { type Dockerfile, type Instruction, notedOnFile } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failureOf } from "../knowledge/build-failure.ts";
import { originOf } from "../knowledge/file-origin.ts";
import {
  isTooOld,
  type RequiredVersion,
  type VersionedLanguage,
  versionedLanguages,
} from "../knowledge/language-versions.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { type Fix, stageRule } from "../rule.ts";

export const goVersionTooOld = stageRule({
  id: "go-version-too-old",
  title: "Language older than the project asks for",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  oncePerPlace: true,
  docs: {
    what: source`
      Reports an official image whose version is below what the project asks for: \`go\` in go.mod, \`rust-version\` in
      Cargo.toml, \`requires-python\` in pyproject.toml, \`engines.node\` in package.json. They are read in the build context.`,
    why: source`
      Since Go 1.21 the version in go.mod is a minimum. Go would fetch a newer toolchain, but its images set
      \`GOTOOLCHAIN=local\`: "go.mod requires go >= 1.27 (running go 1.26.4; GOTOOLCHAIN=local)". Cargo and pip refuse as
      well; npm warns.`,
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
    const language = versionedLanguages.find((it) => it.image === image.name);
    const found = language && versionOf(image);
    if (!language || found === undefined || !mayReadManifest(language, stage.model)) return;
    const refusal = refusalIn(stage, language, found);
    if (!refusal) return;

    const { required, severity, command } = refusal;
    report(
      word.span,
      `${language.manifest} asks for ${language.name} ${required.version}, and this is ${found}.`,
      {
        severity,
        related: [
          { message: `${language.manifest} says ${required.written}.` },
          { message: "It is read here.", span: command.span },
        ],
        fixes: word.raw === image.text ? newer(image, required, found, word.span.end) : [],
      },
    );
  },
});

/** The version that a tag starts with; undefined for a tag that moves between minor versions, or a digest. */
function versionOf({ name, tag, digest }: ImageReference): string | undefined {
  const version = /^(\d+(?:\.\d+)*)(?=-|$)/.exec(tag ?? "")?.[1];
  const least = name === "node" ? 1 : 2;
  return digest === undefined && version !== undefined && version.split(".").length >= least
    ? version
    : undefined;
}

/** Where there is no build context, only a here-document can hold a manifest. */
function mayReadManifest(language: VersionedLanguage, { file, inputs }: DockerfileModel): boolean {
  return inputs.context !== undefined || isAskedFor(language, file);
}

/** Does a here-document of COPY or ADD ask for a version of the language? */
function isAskedFor({ manifest, required }: VersionedLanguage, file: Dockerfile): boolean {
  return asked(file, manifest, () =>
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
      if (command.assignments.some((it) => it.name === "GOTOOLCHAIN" || it.name === "GOFLAGS")) continue;
      const origin = originOf(joinPath(workdir.value, language.manifest), stage, run);
      const required = origin && language.required(origin.text);
      const severity =
        required && isTooOld(found, required.version) && language.refuses(command, found, required);
      if (required && severity)
        return otherToolchain(run, stage) ? undefined : { required, severity, command };
    }
  }
  return undefined;
}

const UNSTATED: RequiredVersion = { version: "", written: "" };

/** Go may fetch what it needs, and rustup or a download may have brought another version. */
function otherToolchain(run: Instruction, stage: Stage): boolean {
  const toolchain = stage.before(run).variable("GOTOOLCHAIN");
  if (toolchain.known && !/^(local|)$/.test(toolchain.value)) return true;
  const before = stage.instructions.slice(0, stage.instructions.indexOf(run) + 1);
  return before
    .filter((it) => it.name === "RUN")
    .some((it) =>
      stage
        .commandsOf(it)
        ?.commands.some(
          ({ name, arguments: words }) =>
            /^(rustup|uv|nvm|n|pyenv|fnm|volta|tar)$/.test(name?.literal ?? "") ||
            words.some((word) => /^\+|golang\.org\/dl\/|GOTOOLCHAIN/.test(word.raw)),
        ),
    );
}

/** The version that is asked for, with the same variant where there may be such a tag. */
function newer(image: ImageReference, { version }: RequiredVersion, found: string, end: number): Fix[] {
  const { tag = "", name } = image;
  const wanted = version
    .split(".")
    .slice(0, name === "node" ? 1 : 2)
    .join(".");
  const variant = tag
    .slice(found.length)
    .replace(/^-alpine[\d.]+$/, "-alpine")
    .replace(/-(stretch|buster|bullseye)\b/, "-bookworm");
  const next = `${wanted}${variant}`;
  return [
    {
      kind: "unsafe",
      title: `Use ${name}:${next}`,
      edits: [replace({ start: end - tag.length, end }, next)],
    },
  ];
}
