import { isOwn } from "../../model/stage/holding-stage.ts";
import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { insert } from "../../text/edit.ts";
import { listed } from "../../text/listed.ts";
import { source } from "../../text/source.ts";
import { projectText } from "../knowledge/files/project-text.ts";
import { developmentPackagesOfUv } from "../knowledge/packages/development-groups.ts";
import { isLeftUnset } from "../knowledge/packages/manager-images.ts";
import { runsSaying } from "../knowledge/stages/runs-saying.ts";
import { stageRule } from "../rule.ts";

export const uvRunInstalls = stageRule({
  id: "uv-run-installs",
  title: "Start that installs the development dependencies",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`uv run\` in CMD and ENTRYPOINT where \`uv sync --no-dev\` built the environment, pyproject.toml has packages in its
      group dev, and neither an option nor a variable tells uv to leave them out or to leave the environment as it is.`,
    why: source`
      \`uv run\` brings the environment up to date before it starts anything, by default with the group dev: each new container
      downloads what the build left out. Without a network, or as a user who may not write there, it does not start.`,
    context: {
      "pyproject.toml":
        '[project]\nname = "shop"\nversion = "1"\ndependencies = ["flask"]\n[dependency-groups]\ndev = ["pytest"]\n',
      "uv.lock": "version = 1\n",
    },
    bad: source`
      FROM python:3.14-slim
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
      WORKDIR /app
      COPY pyproject.toml uv.lock ./
      RUN uv sync --locked --no-dev
      CMD ["uv", "run", "flask", "run"]
           ^^^^^^^^^^^ uv-run-installs: Before it starts, uv run installs what was left out for development (pytest).`,
    good: source`
      FROM python:3.14-slim
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
      WORKDIR /app
      COPY pyproject.toml uv.lock ./
      RUN uv sync --locked --no-dev
      CMD ["uv", "run", "--no-sync", "flask", "run"]`,
  },
  check(stage, report) {
    const { entrypoint, command } = stage.result;
    if (!command.known) return;
    // An entrypoint of a base that is not known hands on what reads like a call.
    const started = (entrypoint.known ? entrypoint.value : undefined) ?? command.value;
    const holder = started?.instruction;
    if (started?.form !== "exec" || !holder || !isOwn(holder, stage)) return;
    const [uv, verb] = started.words;
    if (!uv || !verb || baseName(uv.raw) !== "uv" || verb.raw !== "run") return;
    const words = [...started.words, ...(command.value?.words ?? [])];
    if (words.some((it) => SETTLED.test(it.raw))) return;
    const left = leftOut(stage);
    if (left.length === 0 || !VARIABLES.every((it) => isLeftUnset(it, stage.result, stage))) return;
    report(
      { start: uv.span.start, end: verb.span.end },
      `Before it starts, uv run installs what was left out for development (${listed(left, left.length > 2 ? 1 : 2)}).`,
      {
        fixes: [{ kind: "unsafe", title: "Add --no-sync", edits: [insert(verb.span.end, ', "--no-sync"')] }],
      },
    );
  },
});

/** Options that choose groups, another project, or no sync (docs.astral.sh/uv, "Running commands", as generally known, 2026-11). */
const SETTLED =
  /^--(?:no-sync|no-project|isolated|script|(?:no-|only-)?dev|(?:no-|only-)?group|no-default-groups|all-groups|project|directory|active|no-config)(?:=|$)/;

const VARIABLES =
  "UV_NO_SYNC UV_NO_DEV UV_NO_GROUP UV_NO_DEFAULT_GROUPS UV_PROJECT UV_WORKING_DIR UV_PROJECT_ENVIRONMENT UV_ISOLATED".split(
    " ",
  );

/** The packages of the group dev that the last `uv sync` of a chain of stages left out. */
const leftOut = notedAlongChain<readonly string[]>((stage, below) => {
  const run = runsSaying(/\buv\s+sync\b/, stage).at(-1);
  return run ? packagesLeftBy(run, stage) : (below ?? []);
});

function packagesLeftBy(run: Stage["instructions"][number], stage: Stage): readonly string[] {
  const script = stage.scriptOf(run);
  const sync = script?.commands.findLast(
    (it) => it.name?.literal === "uv" && it.arguments[0]?.literal === "sync",
  );
  if (!script?.complete || !sync?.arguments.some((it) => it.literal === "--no-dev")) return [];
  return developmentPackagesOfUv(projectText("pyproject.toml", run, stage) ?? "");
}
