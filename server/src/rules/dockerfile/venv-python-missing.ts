import { imageNameBelow } from "../../model/stage/base-image.ts";
import { targetFolder } from "../../model/stage/copy-target.ts";
import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { stageCopiedFrom, stageSources } from "../../model/stage/stage-sources.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { isLeftUnset } from "../knowledge/packages/manager-images.ts";
import { PYTHON_SCRIPTS } from "../knowledge/packages/python/python-scripts.ts";
import { environmentsOfUv, virtualEnvironments } from "../knowledge/packages/python/virtual-environments.ts";
import { stageRule } from "../rule.ts";

export const venvPythonMissing = stageRule({
  id: "venv-python-missing",
  title: "Virtual environment without the Python that it leads to",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a virtual environment that was made with Docker's image of Python and is copied to distroless, Debian, Ubuntu or Alpine,
      where Python is elsewhere, one whose Python uv has fetched and that comes without it, and one that is copied to another path,
      when the container starts a program of it.`,
    why: source`
      A virtual environment holds no Python: its \`bin/python\` leads to \`/usr/local/bin/python3\`, and its scripts begin with the path
      of the environment. Where either is not there the container ends with "no such file or directory", although the file
      that it names is there.`,
    bad: source`
      FROM python:3.11-slim AS builder
      RUN python -m venv /venv
      FROM gcr.io/distroless/python3-debian12
      COPY --from=builder /venv /venv
                          ^^^^^ venv-python-missing: The Python of this environment is /usr/local/bin/python3, which is not in this image.
      ENTRYPOINT ["/venv/bin/python", "-c", "print(1)"]`,
    good: source`
      FROM python:3.11-slim AS builder
      RUN python -m venv /venv
      FROM python:3.11-slim
      COPY --from=builder /venv /venv
      ENTRYPOINT ["/venv/bin/python", "-c", "print(1)"]`,
  },

  check(stage, report) {
    const started = stage.isFinal ? startedCommand(stage) : undefined;
    if (!started) return;
    for (const { from, to, word, python } of copiedEnvironments(stage)) {
      if (!isOf(to, started.path, stage)) continue;
      const isScript = !/^python[\d.]*$/.test(baseName(started.path));
      if (python === PYTHON ? lacksPython(stage) : lacksFolder(python, stage))
        report(word.span, `The Python of this environment is ${python}, which is not in this image.`);
      else if (python === PYTHON && isScript && from !== to && !mayRepair(from, stage))
        report(
          word.span,
          `${baseName(started.path)} of this environment begins with the path of its Python, ${from}/bin/python, and that is not in this image.`,
        );
      else continue;
      return;
    }
  },
});

interface CopiedEnvironment {
  readonly from: string;
  readonly to: string;
  readonly word: Word;
  /** Where the Python is that it leads to: a program, or the folder in which uv keeps those that it fetches. */
  readonly python: string;
}

/** That of Docker's image of Python. */
const PYTHON = "/usr/local/bin/python3";

/** Environments of stages whose Python is known, with where they come to. */
function copiedEnvironments(final: Stage): readonly CopiedEnvironment[] {
  return [...stagesDownFrom(final)].flatMap((stage) =>
    stage.instructions.flatMap((copy) => {
      const other = stageCopiedFrom(copy, stage);
      const target = other && targetFolder(copy, stage);
      const made = other && environmentsOf(other);
      if (!made || target === undefined) return [];
      return stageSources(copy, stage).flatMap(({ word, path }) => {
        if (path === "/" || /[*?[]/.test(path)) return [];
        return made.environments
          .filter((it) => isWithin(it, path))
          .map((it) => ({
            ...{ from: it, word, python: made.python },
            to: it === path ? target : joinPath(target, below(it, path)),
          }));
      });
    }),
  );
}

function environmentsOf(
  stage: Stage,
): { readonly python: string; readonly environments: readonly string[] } | undefined {
  const image = imageNameBelow(stage);
  if (image?.name === "python") return { python: PYTHON, environments: virtualEnvironments(stage) };
  const python = image && UV_WITHOUT_PYTHON.test(image.text) ? fetchedPythons(stage) : undefined;
  return python === undefined
    ? undefined
    : { python, environments: [...virtualEnvironments(stage), ...environmentsOfUv(stage)] };
}

/** Tags of uv's image that stand on a distribution without Python (docs.astral.sh/uv, Docker, read 2026-11). */
const UV_WITHOUT_PYTHON =
  /^ghcr\.io\/astral-sh\/uv:(?:[\d.]+-)?(?:debian|debian-slim|bookworm|bookworm-slim|trixie|trixie-slim|alpine[\d.]*)$/;

/** Where uv keeps the Pythons that it fetches; undefined where the stage may have another one. */
function fetchedPythons(stage: Stage): string | undefined {
  const { result } = stage;
  if (stage.instructions.some((it) => it.name === "RUN" && says(/\b(?:apk|apt|apt-get)\b/, it)))
    return undefined;
  const told = result.variable("UV_PYTHON_INSTALL_DIR");
  if (told.known) return told.value || undefined;
  const isRoot = result.user.known && result.user.value.isRoot;
  return isRoot && isLeftUnset("UV_PYTHON_INSTALL_DIR", result, stage)
    ? "/root/.local/share/uv/python"
    : undefined;
}

/** Is a folder certainly not in the image, where nothing copies it or one around it, and no RUN may make it? */
function lacksFolder(folder: string, final: Stage): boolean {
  if (
    !/^(?:debian|ubuntu|alpine|python|gcr\.io\/distroless\/[\w-]+)$/.test(imageNameBelow(final)?.name ?? "")
  )
    return false;
  return nothingBrings(
    final,
    /\buv\b|\bln\b|\.sh\b/,
    (target) => isWithin(folder, target) || isWithin(target, folder),
  );
}

/** `named`: what in a RUN may bring it; `reaches`: whether a COPY to a folder may. */
function nothingBrings(final: Stage, named: RegExp, reaches: (target: string) => boolean): boolean {
  return [...stagesDownFrom(final)].every((stage) =>
    stage.instructions.every((it) => {
      if (it.name === "RUN") return !says(named, it);
      if (it.name !== "COPY" && it.name !== "ADD") return true;
      const target = targetFolder(it, stage);
      return target !== undefined && !reaches(target);
    }),
  );
}

/** Is the program, as it is called, one of the environment? */
function isOf(environment: string, program: string, { result }: Stage): boolean {
  const bin = joinPath(environment, "bin");
  if (program.includes("/")) {
    const workdir = result.workdir.known ? result.workdir.value : undefined;
    const path = resolvePath(workdir, program);
    return path !== undefined && directoryOf(path) === bin;
  }
  const path = result.variable("PATH");
  // Python itself is found in the next directory too.
  return path.known && path.value.split(":")[0] === bin && PYTHON_SCRIPTS.has(program);
}

/** The images have nothing in /usr/local/bin, and nothing in the file may bring it. */
function lacksPython(final: Stage): boolean {
  if (!WITHOUT.test(imageNameBelow(final)?.name ?? "")) return false;
  const hasTriggers = [...stagesDownFrom(final)].some(({ instructions }) =>
    instructions.some((it) => it.name === "ONBUILD"),
  );
  return (
    !hasTriggers && nothingBrings(final, MAY_BRING, (target) => target === "/" || isWithin(target, "/usr"))
  );
}

const WITHOUT = /^(?:debian|ubuntu|alpine|gcr\.io\/distroless\/[\w-]+)$/;

const MAY_BRING = /\/usr\/local|\bln\b|\bvenv\b|\buv\b|\bmake\b|pyenv|conda|alternatives|\.sh\b/;

/** Something may put it at its old path, or write the scripts anew. */
function mayRepair(from: string, final: Stage): boolean {
  const named = new RegExp(`\\bln\\b|\\bsed\\b|venv|relocat|${literally(from)}(?:\\s|$)`);
  return [...stagesDownFrom(final)].some(({ instructions }) =>
    instructions.some((it) => it.name === "RUN" && says(named, it)),
  );
}
