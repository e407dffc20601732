import type { Stage } from "../../model/stage/stage.ts";
import { source } from "../../text/source.ts";
import { stageRule } from "../rule.ts";
import { removeFlag } from "../writing/remove-flag.ts";

export const constantPlatform = stageRule({
  id: "constant-platform",
  title: "Stage that is built for one platform only",
  severity: "warning",
  tags: ["build"],
  aliases: ["DL3029", "FromPlatformFlagConstDisallowed"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`FROM --platform=\` with a platform written out. Nothing is said of variables, nor of a stage whose name
      holds the system or the architecture: there the platform is meant.`,
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
    if (!platform || !value || !PLATFORM.test(value) || isNamedFor(value, stage)) return;
    report(platform.span, `This stage is ${value} whatever platform is built for.`, {
      fixes: [{ kind: "unsafe", title: "Delete the flag", edits: [removeFlag(model.file, platform)] }],
    });
  },
});

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
