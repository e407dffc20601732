import { joinPath, prefixesOf } from "../../model/stage/paths.ts";
import { notedAlongChain } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { directoryOfCommand } from "../knowledge/commands/command-directory.ts";
import { projectText } from "../knowledge/files/project-text.ts";
import { mayMountFiles } from "../knowledge/packages/untouched-directory.ts";
import { failureOf } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const uvEnvironmentMissing = commandRule({
  id: "uv-environment-missing",
  title: "Install by uv without a virtual environment",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`uv pip install\` and \`uv pip sync\` without \`--system\` where nothing in the file speaks of a virtual environment, no
      \`.venv\` is in the working directory or above it, and neither a variable nor a setting names a Python.`,
    why: source`
      Unlike pip, uv installs into a virtual environment unless it is told otherwise: "No virtual environment found", and the build
      ends. In an image that holds one program \`--system\`, or \`ENV UV_SYSTEM_PYTHON=1\`, installs for the image's Python.`,
    context: { "requirements.txt": "flask==3.1\n" },
    bad: source`
      FROM python:3.14-slim
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
      WORKDIR /app
      COPY requirements.txt ./
      RUN uv pip install --no-cache -r requirements.txt
          ^^^^^^^^^^^^^^ uv-environment-missing: uv finds no virtual environment here, and installs into no other Python unasked.`,
    good: source`
      FROM python:3.14-slim
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
      WORKDIR /app
      COPY requirements.txt ./
      RUN uv pip install --system --no-cache -r requirements.txt`,
  },
  programs: ["uv"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const [group, verb, ...rest] = command.arguments;
    if (instruction.name !== "RUN" || !script.complete || !command.name || !verb) return;
    if (group?.literal !== "pip" || !/^(?:install|sync)$/.test(verb.literal ?? "")) return;
    // A word that is not known may be one of the options.
    if (rest.some((it) => ELSEWHERE.test(it.raw) || /^"?\$/.test(it.raw))) return;
    if (mayMountFiles(run) || speaksOfEnvironments(stage) || mayFindOne(call)) return;
    const failure = failureOf(command, script, run, stage);
    if (failure === "allowed") return;
    report(
      { start: command.name.span.start, end: verb.span.end },
      "uv finds no virtual environment here, and installs into no other Python unasked.",
      {
        severity: failure === "stops" ? "error" : "warning",
        fixes: [{ kind: "unsafe", title: "Add --system", edits: [insertWordBehind(verb, "--system", run)] }],
      },
    );
  },
});

/** Options that name a Python or a place (docs.astral.sh/uv, "Using environments", as generally known, 2026-11). */
const ELSEWHERE =
  /^(?:--(?:system|python|target|prefix|break-system-packages|directory|project|config-file|help)(?:=|$)|-[pth])/;

/** Where uv looks: what is activated, a folder here or above, and settings that change the rule. */
function mayFindOne({ command, script, instruction, stage }: CommandCall): boolean {
  const state = stage.beforeCommand(command, instruction);
  // Without uv that is said.
  if (state.lacksTool("uv") || VARIABLES.some((it) => state.isSet(it).is !== "no")) return true;
  const directory = directoryOfCommand(command, script, state);
  if (directory === undefined) return true;
  const folders = prefixesOf(directory);
  if (folders.some((it) => state.hasPath(joinPath(it, ".venv")).is !== "no")) return true;
  return ["uv.toml", "pyproject.toml"].some((file) => {
    if (folders.every((it) => state.hasPath(joinPath(it, file)).is === "no")) return false;
    const text = projectText(file, instruction, stage);
    return text === undefined || /^\s*(?:\[?tool\.uv\b|system|python)/m.test(text);
  });
}

const VARIABLES =
  "VIRTUAL_ENV CONDA_PREFIX UV_SYSTEM_PYTHON UV_PYTHON UV_CONFIG_FILE UV_WORKING_DIRECTORY UV_PROJECT UV_BREAK_SYSTEM_PACKAGES".split(
    " ",
  );

/** One word of another environment is enough to be silent. */
const speaksOfEnvironments = notedAlongChain<boolean>(
  (stage, below) => below === true || stage.instructions.some((it) => says(ENVIRONMENTS, it)),
);

const ENVIRONMENTS = /venv|virtualenv|VIRTUAL_ENV|conda|UV_SYSTEM|UV_PYTHON|activate|uv\.toml|pyenv/i;
