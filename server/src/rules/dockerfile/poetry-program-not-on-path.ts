import { PYTHON_SERVERS } from "../../model/image/python-servers.ts";
import { imageNameBelow } from "../../model/stage/base-image.ts";
import { isOwn } from "../../model/stage/holding-stage.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { stageRule } from "../rule.ts";

export const poetryProgramNotOnPath = stageRule({
  id: "poetry-program-not-on-path",
  title: "Program of Poetry's virtual environment started by its name",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports, in Docker's image of Python, CMD or ENTRYPOINT in exec form that starts a server of Python such as uvicorn or gunicorn by its
      name, where \`poetry install\` alone brings it and nothing in the file speaks of virtual environments, of PATH or of another
      install.`,
    why: source`
      Poetry installs into a virtual environment of its own below ~/.cache, also in a container, unless \`virtualenvs.create\` is false. Its programs are
      not on PATH: "exec: uvicorn: executable file not found in $PATH".`,
    context: { "pyproject.toml": '[project]\nname = "api"\n', "poetry.lock": "" },
    bad: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir poetry==2.2.1
      WORKDIR /app
      COPY pyproject.toml poetry.lock ./
      RUN poetry install --no-root
      CMD ["uvicorn", "--host=0.0.0.0", "app:app"]
           ^^^^^^^^^ poetry-program-not-on-path: Poetry installs uvicorn into a virtual environment of its own, which is not on PATH.`,
    good: source`
      FROM python:3.14-slim
      RUN pip install --no-cache-dir poetry==2.2.1
      WORKDIR /app
      COPY pyproject.toml poetry.lock ./
      RUN POETRY_VIRTUALENVS_CREATE=0 poetry install --no-root
      CMD ["uvicorn", "--host=0.0.0.0", "app:app"]`,
  },
  onlyWith: { instructions: ["CMD", "ENTRYPOINT"] },

  check(stage, report) {
    const { entrypoint, command } = stage.result;
    if (!stage.isFinal || !entrypoint.known || !command.known) return;
    const started = entrypoint.value ?? command.value;
    const [word] = started?.words ?? [];
    if (!word || started?.form !== "exec" || !started.instruction || !isOwn(started.instruction, stage))
      return;
    if (!PYTHON_SERVERS.has(word.raw) || imageNameBelow(stage)?.name !== "python") return;
    if (stage.model.inputs.context?.exists("poetry.toml") !== "absent" || !onlyPoetryInstalls(stage)) return;
    report(
      word.span,
      `Poetry installs ${word.raw} into a virtual environment of its own, which is not on PATH.`,
      {
        fixes: [
          {
            kind: "unsafe",
            title: `Start ${word.raw} with poetry run`,
            edits: [insert(word.span.start, '"poetry", "run", ')],
          },
        ],
      },
    );
  },
});

/** Does a stage, with all below it, call `poetry install`, and nothing that may install for the image or move the environment? */
function onlyPoetryInstalls(stage: Stage): boolean {
  let installs = false;
  for (const each of stagesDownFrom(stage))
    for (const instruction of each.instructions) {
      if (says(SPEAKS_OF_IT, instruction) || instruction.name === "ADD") return false;
      if (instruction.name === "COPY" && instruction.flags.some((it) => it.name === "from")) return false;
      if (instruction.name === "ONBUILD" || instruction.name === "SHELL") return false;
      if (instruction.name !== "RUN") continue;
      const script = each.commandsOf(instruction);
      if (
        !script?.complete ||
        instruction.flags.some((it) => it.name === "mount" && /bind/.test(it.value ?? ""))
      )
        return false;
      for (const it of script.commands) {
        if (!isKnown(it)) return false;
        installs ||= isInstall(it) && failsRun(it, script, instruction, each);
      }
    }
  return installs;
}

/** One word of an environment, or of another way to bring packages, is enough to be silent. */
const SPEAKS_OF_IT =
  /venv|virtualenv|VIRTUAL_ENV|conda|\bPATH=|ENV\s+PATH|pipx|requirements|activate|site-packages|poetry (?:config|export|run|env|shell|build)|POETRY_CONFIG|XDG_CONFIG/i;

function isInstall({ name, arguments: words }: Command): boolean {
  return name?.literal === "poetry" && words[0]?.literal === "install";
}

/** Programs that bring none of Python's, Poetry, and pip for Poetry alone. */
function isKnown(command: Command): boolean {
  const program = command.name?.literal ?? "";
  if (HARMLESS.test(program)) return true;
  const words = command.arguments.map((it) => it.literal);
  if (program === "poetry") return /^(?:install|--version|check|lock)$/.test(words[0] ?? "");
  if (!/^pip3?$/.test(program)) return false;
  return words.every(
    (it) => it !== undefined && (it === "install" || it.startsWith("--") || FOR_POETRY.test(it)),
  );
}

const HARMLESS = /^(?:apt-get|apk|mkdir|chown|chmod|useradd|groupadd|adduser|addgroup|rm|echo|set)$/;
const FOR_POETRY = /^(?:-U|-q|(?:poetry|poetry-core|pip|setuptools|wheel)(?:[=<>~!]=?[\w.,<>=]+)?)$/;
