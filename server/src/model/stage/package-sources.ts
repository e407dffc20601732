import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { imageNameBelow } from "./base-image.ts";
import { mayCopyTo } from "./copy-target.ts";
import { releaseOf } from "./releases.ts";
import { notedOnStage, type Stage } from "./stage.ts";
import { notedAlongChain } from "./stage-graph.ts";

/**
 * Is a stage built on an official image that stands on Debian with its own sources, and does nothing change them? Their
 * Dockerfiles in docker-library, read 2026-11; those of databases add sources of their own.
 */
export function hasDebiansSources(stage: Stage): boolean {
  return beginsWithDebiansSources(stage) && !mayChangeSources(stage);
}

function beginsWithDebiansSources(stage: Stage): boolean {
  return WITH_DEBIANS_SOURCES.test(imageNameBelow(stage)?.name ?? "");
}

const WITH_DEBIANS_SOURCES =
  /^(?:debian|buildpack-deps|python|pypy|node|golang|ruby|rust|perl|php|gcc|erlang|elixir|httpd|nginx|redis|haproxy|memcached|mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps))$/;

/**
 * May something in a stage, or in one that it is built on, say where its package manager looks: other sources, other keys,
 * packages in files, or a script that nobody can see into? It is asked before anything is said of what the distribution's own
 * sources hold, so that a word is enough.
 */
export const mayChangeSources = notedAlongChain<boolean>(
  (stage, below) => below === true || firstChange(stage) >= 0,
);

/** The same of what stands in front of a place in a RUN of the stage. */
export function mayChangeSourcesBefore(offset: number, run: Instruction, stage: Stage): boolean {
  const first = stage.instructions[firstChange(stage)];
  if (stage.base.kind === "stage" && mayChangeSources(stage.base.stage)) return true;
  if (!first || first.span.start > run.span.start) return false;
  if (first !== run || mountsSources(run)) return true;
  return CHANGES.test(stage.model.file.text.slice(run.span.start, offset));
}

/** Position of the first instruction that may; -1 where there is none. */
const firstChange = notedOnStage((stage) => stage.instructions.findIndex((it) => mayChange(it, stage)));

/**
 * The release of Debian from whose archive alone a RUN of a stage installs packages; undefined where that is not sure. Nothing of what
 * stages hold is asked for, so that this may be asked while they are evaluated.
 */
export function debianArchiveOf(run: Instruction, stage: Stage): string | undefined {
  if (!beginsWithDebiansSources(stage)) return undefined;
  const release = releaseOf(stage);
  if (release?.distribution !== "Debian") return undefined;
  const first = stage.instructions[firstChange(stage)];
  if (first && first.span.start <= run.span.start) return undefined;
  if (stage.base.kind === "stage" && mayChangeSources(stage.base.stage)) return undefined;
  return release.version;
}

function mayChange(instruction: Instruction, stage: Stage): boolean {
  const { name, body } = instruction;
  if (name === "ONBUILD") return true;
  if (name === "COPY" || name === "ADD") return mayCopyTo(PLACES, instruction, stage);
  if (name === "ENV" || name === "ARG") return /\b(APT|YUM|HTTPS?_PROXY|DEBIAN_MIRROR)/i.test(body.text);
  if (name !== "RUN") return false;
  return mountsSources(instruction) || says(CHANGES, instruction);
}

function mountsSources({ flags }: Instruction): boolean {
  return flags.some(({ value }) => value !== undefined && /\/etc\b|target=\/(,|$)/.test(value));
}

/** What a COPY writes to when it may bring sources: they are below /etc/apt, /etc/yum.repos.d and their like. */
const PLACES = /^\/(?:etc(?:\/|$)|usr$|$)/;

const CHANGES = new RegExp(
  [
    String.raw`\/etc\/(?:apt|yum|dnf|pki)|sources\.list|\.repos?\b|repos\.d`,
    String.raw`(?:add|apt)-(?:add-)?(?:apt-)?repository|apt-key|extrepo|nodesource|config-manager|mirror|vault\.|archive\.`,
    String.raw`\bdeb(?:-src)?\s+(?:\[|https?:)|\.(?:deb|rpm)\b|\bdpkg\s+(?:-i|--install)|debootstrap|\brpm\s+-`,
    // What a script does that is fetched, copied or mounted is not known.
    String.raw`\|\s*(?:sudo\s+)?(?:\S*\/)?(?:ba|da|z)?sh\b|\.sh\b|<\(`,
  ].join("|"),
  "i",
);
