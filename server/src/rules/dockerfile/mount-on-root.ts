import { resolvePath } from "../../model/stage/paths.ts";
import type { StageState } from "../../model/stage/state.ts";
import { mountsOf } from "../../syntax/dockerfile/run-mounts.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const mountOnRoot = instructionRule({
  id: "mount-on-root",
  title: "Mount on the root of the file system",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`--mount\` of the types \`bind\`, \`cache\` and \`tmpfs\` whose target is \`/\`, or that has no target, or a relative one,
      where the working directory makes that \`/\`. Silent where the base image's working directory is not known.`,
    why: source`
      A mount without a target is mounted on the working directory. On \`/\` it would hide the whole image, and the build ends with
      "invalid mount target".`,
    bad: source`
      FROM alpine:3.24
      RUN --mount=type=cache,id=apk apk add curl
          ^^^^^^^^^^^^^^^^^^^^^^^^^ mount-on-root: This mount has no target, and the working directory is /.`,
    good: source`
      FROM alpine:3.24
      RUN --mount=type=cache,id=apk,target=/etc/apk/cache apk add curl`,
  },

  instructions: ["RUN"],

  check(run, stage, report) {
    for (const { flag, type, target } of mountsOf(run)) {
      if (!ON_DIRECTORIES.has(type)) continue;
      const value = target?.value ?? "";
      if (target?.value !== undefined && /[$"'\\`]/.test(value)) continue;
      if (value.startsWith("/") ? value !== "/" : !isRoot(value, stage.before(run))) continue;
      const message = target
        ? "A mount cannot be on /."
        : "This mount has no target, and the working directory is /.";
      report(target?.valueSpan ?? flag.span, message);
    }
  },
});

function isRoot(target: string, { workdir }: StageState): boolean {
  return workdir.known && (target === "" ? workdir.value : resolvePath(workdir.value, target)) === "/";
}

/** Secrets and sockets have a place of their own. */
const ON_DIRECTORIES: ReadonlySet<string> = new Set(["bind", "cache", "tmpfs"]);
