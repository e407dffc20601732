import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import type { Stage } from "./stage.ts";
import { stagesDownFrom } from "./stage-graph.ts";

/**
 * May another version of a language run in a stage than the one of the image below it? Something up to and with `run` may have
 * installed one, or told a tool to fetch one, in this stage or in those below. `image` names the language's official image.
 */
export function mayRunOtherVersion(
  image: string,
  run: Instruction,
  stage: Stage,
  command?: Command,
): boolean {
  const signs = SIGNS[image] ?? JAVA;
  if (image === "golang" && mayFetchGo(run, stage, command)) return true;
  for (const below of stagesDownFrom(stage))
    for (const it of below.instructions)
      if (it.span.start <= run.span.start && /^(?:RUN|COPY|ADD)$/.test(it.name))
        if (says(signs, it) || says(ANY, it)) return true;
  return false;
}

/** Since 1.21 Go fetches the version that is asked for, unless it is told to be local, as its images do (go.dev/doc/toolchain, read 2026-11). */
function mayFetchGo(run: Instruction, stage: Stage, command: Command | undefined): boolean {
  if (
    command?.assignments.some((it) => it.name === "GOTOOLCHAIN" && !/^local$/.test(it.value?.literal ?? ""))
  )
    return true;
  const told = stage.before(run).variable("GOTOOLCHAIN");
  return told.known && !/^(?:local)?$/.test(told.value);
}

/** Those that bring what they are told to. */
const ANY = /\b(?:asdf|mise|nix(?:-env|-shell)?|conda|mamba|micromamba|brew)\b/;

/** A JDK beside the image's own. */
const JAVA = /openjdk-?\d|\bjdk-?\d|\/opt\/(?:java|jdk)|sdkman|\bsdk |\btar\b/;

/**
 * By the image: installers and version managers of the language, downloads of it, and archives that are unpacked over it. Adding a target or a
 * component with rustup leaves the version.
 */
const SIGNS: Readonly<Record<string, RegExp>> = {
  golang:
    /GOTOOLCHAIN(?!=local\b)|go\.dev\/dl|golang\.org\/(?:dl|toolchain)|googleapis\.com\/golang|\bgvm\b|\bgoenv\b|\/usr\/local\/go(?![\w/])|\/usr\/local\/go\/(?!\w)|--from=\S+\s.*\/usr\/local\/go|apt(?:-get)? .*golang|apk .*\bgo\b|\btar\b[^&|;\n]*(?:-C|--directory)[ =]?\/(?:usr(?:\/local)?\/?)?(?=\s|$)/,
  rust: /\brustup (?!target add|component add|show|--version|-V)|rustup-init|sh\.rustup\.rs|static\.rust-lang\.org|--from=\S+\s.*\/usr\/local\/(?:cargo|rustup)|RUSTUP_TOOLCHAIN/,
  python:
    /\bpyenv\b|\buv (?:python|venv)\b|\buv\b.*(?:--python|\s-p)\b|python\.org\/ftp|deadsnakes|\btar\b|--from=\S+\s+\/usr\/local\/?\s/,
  node: /\bnvm\b|\bfnm\b|\bvolta\b|nodesource|nodejs\.org|\bn (?:\d|v\d|lts|latest|stable|install)|npm\b[^&|;\n]*\bnode@|pnpm env|\btar\b|--from=\S+\s+\/usr\/local(?:\/(?:bin|lib)?)?(?:\/?\s|\/node\b)|--from=node\S*\s+\/usr\/local/,
  ruby: /\brbenv\b|\brvm\b|ruby-(?:install|build)|cache\.ruby-lang\.org|\btar\b/,
  php: /\bphpenv\b|phpbrew|php\.net\/(?:distributions|get)|\btar\b/,
  "mcr.microsoft.com/dotnet/sdk": /dotnet-install|dotnet-sdk-|share\/dotnet|\btar\b/,
};
