import { type Command, notedOnScript, type Script } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { readsSyntax } from "../knowledge/instructions/frontend.ts";
import {
  CACHE_USERS,
  cacheMount,
  cacheTargets,
  directoryOfCache,
  toolCaches,
} from "../knowledge/packages/caches/tool-caches.ts";
import { rememberedBy } from "../knowledge/remembered.ts";
import { commandRule } from "../rule.ts";

export const noCacheMount = commandRule({
  id: "no-cache-mount",
  title: "Package manager or compiler without a cache mount",
  severity: "hint",
  tags: ["cache"],
  aliases: ["prefer-package-cache-mounts", "prefer-bundler-cache-mount"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: false,
  docs: {
    what: source`
      Points out a RUN that fetches packages or compiles without \`--mount=type=cache\` where the tool's cache directory is known:
      npm, pnpm, bun, pip, uv, go, cargo, Maven, Gradle, Composer and dotnet. Silent where the RUN turns the cache off or
      empties it.`,
    why: source`
      Each change of a manifest or a source file fetches and compiles everything again. A cache mount stays on the builder
      between builds, and never gets into the image.`,
    bad: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/server .
                        ^^ no-cache-mount: go starts from nothing each time: a cache mount on /root/.cache/go-build would keep its work.`,
    good: source`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -o /out/server .`,
  },
  programs: CACHE_USERS,

  check({ command, script, run, instruction, stage }, report) {
    if (instruction.name !== "RUN" || cacheTargets(run).length > 0 || !command.name) return;
    if (!readsSyntax(stage.model.file, FIRST_WITH_MOUNTS) || emptiesCaches(script)) return;
    const cache = toolCaches.find((it) => it.uses(command) && it.alone(command));
    if (
      !cache ||
      firstUser(script, cache.home, () => script.commands.find((it) => cache.uses(it))) !== command
    )
      return;
    const state = stage.before(instruction);
    const path = directoryOfCache(cache, command, script, state);
    const mount = path === undefined ? undefined : cacheMount(path, state, stage);
    if (path === undefined || mount === undefined) return;
    report(
      command.name.span,
      `${cache.tool} starts from nothing each time: a cache mount on ${path} would keep its work.`,
      {
        fixes: [
          { kind: "unsafe", title: "Add a cache mount", edits: [insert(run.keyword.end, ` ${mount}`)] },
        ],
      },
    );
  },
});

/** `--mount` came with Dockerfile syntax 1.2 (release notes of docker/dockerfile). */
const FIRST_WITH_MOUNTS = 2;

/** Kept, since each command of a long script asks. */
const firstUser = rememberedBy<Script, Command | undefined>(notedOnScript);

const emptiesCaches = notedOnScript(({ commands }): boolean => commands.some(mayEmptyCache));

/** A directory that is mounted cannot be removed, and one that is emptied keeps nothing. */
function mayEmptyCache({ name, arguments: words }: Command): boolean {
  return (
    name?.literal === "rm" ||
    name?.literal === "find" ||
    words.some((it) => /^(cache|clean|purge)$/.test(it.raw))
  );
}
