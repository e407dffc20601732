import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { FlagField, Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import {
  CACHE_USERS,
  cacheTargets,
  directoryOfCache,
  isCachedAt,
  mayUse,
  toolCaches,
} from "../knowledge/packages/caches/tool-caches.ts";
import { programsIn } from "../presence.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const cacheMountMisplaced = instructionRule({
  id: "cache-mount-misplaced",
  title: "Cache mount where the tool keeps no cache",
  severity: "warning",
  tags: ["cache"],
  aliases: ["S31", "cache-mount-wrong-home"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a cache mount on the directory in which a tool of the RUN keeps its cache for another user or with other
      settings, e.g. \`/root/.npm\` for a RUN of \`node\`, or \`/root/go/pkg/mod\` where GOPATH is \`/go\`.`,
    why: source`
      The tool fills its own directory, which goes into the image, and the mount stays empty: every build fetches everything
      again.`,
    bad: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN --mount=type=cache,target=/root/go/pkg/mod go mod download
                                    ^^^^^^^^^^^^^^^^ cache-mount-misplaced: go keeps this cache in /go/pkg/mod here.`,
    good: source`
      FROM golang:1.27
      WORKDIR /src
      COPY go.mod go.sum ./
      RUN --mount=type=cache,target=/go/pkg/mod go mod download`,
  },
  instructions: ["RUN"],
  onlyWith: { programs: CACHE_USERS },

  check(run, stage, report) {
    if (run.flags.length === 0) return;
    const targets = cachesAtHome(run);
    const script = targets.length > 0 ? stage.commandsOf(run) : undefined;
    if (!script?.complete) return;
    const state = stage.before(run);
    const called = programsIn(script);
    for (const cache of toolCaches) {
      if (!mayUse(cache, called)) continue;
      const wrong = targets.find((it) => cache.target.test(it.value ?? ""));
      if (!wrong?.value || !wrong.valueSpan || wrong.value.includes("$")) continue;
      const command = script.commands.find(cache.uses);
      const path = command && directoryOfCache(cache, command, script, state);
      if (path === undefined || isCachedAt(path, run)) continue;
      if (mayBeConfigured(run, stage)) return;
      const isWritten = wrong.valueSpan.end - wrong.valueSpan.start === wrong.value.length;
      const fixes: readonly Fix[] = isWritten
        ? [{ kind: "unsafe", title: `Mount it on ${path}`, edits: [replace(wrong.valueSpan, path)] }]
        : [];
      report(wrong.valueSpan, `${cache.tool} keeps this cache in ${path} here.`, {
        related: state.user.because,
        fixes,
      });
    }
  },
});

/** Targets of the cache mounts in such a directory. */
function cachesAtHome(run: Instruction): readonly FlagField[] {
  return cacheTargets(run).filter(({ value }) => value !== undefined && HOMES.test(value));
}

/** Directories that are somebody's by default. Elsewhere the author has chosen one, and told the tool of it in some way. */
const HOMES = /^(\/root|\/home\/[^/]+|~|\/go|\/usr\/local\/cargo)\//;

/** `npm config set cache …`, `go env -w`, a file of settings: in this RUN or above. */
function mayBeConfigured(run: Instruction, stage: Stage): boolean {
  return run.span.start >= firstConfigured(stage);
}

/** Where a stage begins to configure tools; asked for each mount. */
const firstConfigured = notedOnStage(({ instructions }): number => {
  const first = instructions.find((it) => says(CONFIGURED, it));
  return first?.span.start ?? Number.POSITIVE_INFINITY;
});

const CONFIGURED =
  /\b(npm|pip3?|pnpm|yarn|go|bundle|uv|cargo|composer)\s+(config|set|env\s+-w)\b|\.npmrc|pip\.conf|settings\.xml|pnpm-workspace|[Nn]u[Gg]et\.[Cc]onfig|usermod/;
