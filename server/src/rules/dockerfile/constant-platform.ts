import type { Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { stageRule } from "../rule.ts";
import { removeFlag } from "../writing/dockerfile/remove-flag.ts";

export const constantPlatform = stageRule({
  id: "constant-platform",
  title: "Stage that is built for one platform only",
  severity: "warning",
  tags: ["build"],
  aliases: ["DL3029", "FromPlatformFlagConstDisallowed", "InvalidBaseImagePlatform"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`FROM --platform=\` with a platform written out. Nothing is said of variables, nor of a stage whose name holds the system
      or the architecture: there the platform is meant. Where the image on this machine was read and is for another platform, that is
      reported in any case.`,
    why: source`
      Such a stage is the same whatever is asked for: on another machine it runs emulated, and an image for
      several platforms holds the wrong programs for all but one.`,
    bad: source`
      FROM --platform=linux/amd64 alpine:3.24
           ^^^^^^^^^^^^^^^^^^^^^^ constant-platform: This stage is linux/amd64 whatever platform is built for.`,
    good: source`
      FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
      FROM --platform=linux/arm64 alpine:3.24 AS files-arm64
      FROM alpine:3.24`,
  },

  check(stage, report) {
    const { platform, model } = stage;
    const value = platform?.value;
    if (!platform || !value || !PLATFORM.test(value)) return;
    const here = platformHere(stage);
    const isOther = here !== undefined && !isSame(here, value);
    const isMeant = isNamedFor(value, stage);
    if (isMeant && !isOther) return;
    const message = isOther
      ? `The image on this machine is for ${here}, and this stage asks for ${value}.`
      : `This stage is ${value} whatever platform is built for.`;
    const edits = [removeFlag(model.file, platform)];
    report(platform.span, message, {
      fixes: isMeant ? [] : [{ kind: "unsafe", title: "Delete the flag", edits }],
      aliases: [
        ...(isMeant ? [] : ["DL3029", "FromPlatformFlagConstDisallowed"]),
        ...(isOther ? ["InvalidBaseImagePlatform"] : []),
      ],
    });
  },
});

/** What the base image is for, where it was read from the engine. */
function platformHere({ base }: Stage): string | undefined {
  const facts = base.kind === "image" && base.facts.known ? base.facts.value : undefined;
  return facts?.readFrom?.isHere ? facts.platform : undefined;
}

/** Variants are not compared: `linux/arm64` and `linux/arm64/v8` are one. */
function isSame(here: string, wanted: string): boolean {
  const [system, architecture] = here.toLowerCase().split("/");
  const [first = "", second] = wanted
    .toLowerCase()
    .replace(/\([^()]*\)/, "")
    .split("/");
  const named = ARCHITECTURES.get(second ?? first) ?? second ?? first;
  if (second === undefined) return first === system || named === architecture;
  return (SYSTEMS.get(first) ?? first) === system && named === architecture;
}

/** `os`, `architecture`, `os/architecture` or `os/architecture/variant`, without a variable. */
const PLATFORM = /^[\w-]+(?:\([^()]*\))?(?:\/[\w.-]+){0,2}$/;

/** Does the stage's name hold the system or the architecture, as BuildKit allows (dockerfile2llb/validations.go, read 2026-11)? */
function isNamedFor(value: string, { name }: Stage): boolean {
  if (name === undefined) return false;
  const [first = "", second] = value.toLowerCase().split("/");
  const system = (SYSTEMS.get(first) ?? first).replace(/\(.*/, "");
  // One word alone is a system, or an architecture of the machine's system; whichever it is, the name tells it.
  const architecture = second ?? first;
  return [system, ARCHITECTURES.get(architecture) ?? architecture, architecture].some((it) =>
    name.includes(it),
  );
}

/** Other names that containerd/platforms takes for the usual ones (database.go, read 2026-11). */
const SYSTEMS: ReadonlyMap<string, string> = new Map([["macos", "darwin"]]);
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ["i386", "386"],
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["aarch64", "arm64"],
  ["armhf", "arm"],
  ["armel", "arm"],
]);
