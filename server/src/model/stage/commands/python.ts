import { PYTHON_SERVERS } from "../../image/python-servers.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import { mayBuildProject } from "../projects/project-build.ts";
import { projectFiles } from "../projects/project-files.ts";
import { buildWheels, runPyInstaller } from "../projects/python.ts";
import { PYTHON_RUNNERS } from "../started/start-step.ts";
import { type Call, type CommandFamily, pathOf, readWords } from "./command-family.ts";
import { runInstaller } from "./installers.ts";
import { PIP_VALUED } from "./manager-options.ts";
import { pythonServers } from "./python-packages.ts";

/** Where what is installed for all users goes. */
const SYSTEM = ["/usr", "/opt", "/root", "/home"];

/** Packages go to site-packages or `--target`, with programs of their own; `wheel` and `download` put files where they are told. */
export const pip: CommandFamily = {
  programs: ["pip", "pip3", "pipx", "easy_install"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, PIP_VALUED);
    const [verb, ...packages] = operands;
    if (call.program.startsWith("pip") && !VERBS.has(verb ?? "install")) return;
    const isPip = /^pip3?$/.test(call.program);
    const servers = isPip && verb === "install" ? pythonServers(call, changes.now) : undefined;
    // Of the servers it brings those that its packages are known to have.
    const others = servers && PYTHON_SERVERS;
    changes.mayInstallPrograms(others);
    for (const directory of SYSTEM) changes.mayBuildBelow(directory, undefined, others);
    for (const it of servers ?? []) changes.mayAddTool(it);
    if (verb === "wheel" || verb === "download") {
      const output = ["-w", "--wheel-dir", "-d", "--dest", "--destination-directory"].find((it) =>
        options.has(it),
      );
      writesInto(call, changes, output === undefined ? "." : options.get(output));
    }
    // `--target`, `--prefix` and editable installs go where they are told.
    for (const name of ["-t", "--target", "--prefix", "--root", "--src"])
      if (options.has(name)) writesInto(call, changes, options.get(name));
    for (const it of [options.get("-e") ?? options.get("--editable"), ...packages])
      if (it === undefined ? call.words.includes(undefined) : /^[./]/.test(it)) {
        const path = pathOf(call, it?.replace(/\[.*$/, ""));
        // What a project's own build writes beside its sources.
        if (path === undefined) changes.mayWriteAnywhere();
        else changes.mayBuildBelow(path);
      }
    // A virtual environment in force takes them, and pip's own variables stand for its options.
    for (const name of [
      "VIRTUAL_ENV",
      "PIP_TARGET",
      "PIP_PREFIX",
      "PIP_ROOT",
      "PIP_WHEEL_DIR",
      "PYTHONUSERBASE",
    ]) {
      const value = call.variable(name);
      const path = value.known && value.value !== "" ? pathOf(call, value.value) : undefined;
      if (path !== undefined) changes.mayBuildBelow(path, undefined, others);
    }
    const environment = call.variable("VIRTUAL_ENV");
    if (environment.known && environment.value !== "") return;
    if (!environment.known || call.arguments.length === 0) changes.mayWriteAnywhere();
  },
};

const VERBS: ReadonlySet<string> = new Set(
  "install wheel download inject ensurepath install-all upgrade run".split(" "),
);

function writesInto(call: Call, changes: Changes, operand: string | undefined): void {
  const path = pathOf(call, operand);
  if (path === undefined) {
    changes.mayWriteAnywhere();
    return;
  }
  if (changes.now.hasPath(path).is !== "yes") changes.write(path, "directory");
  changes.mayBuildBelow(path);
}

/** Environments lie below its own directory, or where `-p` says. */
export const conda: CommandFamily = {
  programs: ["conda", "mamba", "micromamba"],
  run(call, changes) {
    const verb = call.words.find((it) => it === undefined || !it.startsWith("-"));
    if (verb !== undefined && !["install", "create", "env", "update"].includes(verb)) return;
    changes.mayInstallPrograms();
    for (const directory of SYSTEM) changes.mayBuildBelow(directory);
    if (call.words.some((it) => it === undefined || /^(-p|--prefix|--root)/.test(it)))
      changes.mayWriteAnywhere();
    const environment = call.variable("VIRTUAL_ENV");
    if (!environment.known) changes.mayWriteAnywhere();
  },
};

/** uv, poetry and the like make a virtual environment in the project, or install for all; `run` is the author's code. */
export const uv: CommandFamily = {
  programs: [...PYTHON_RUNNERS],
  run(call, changes) {
    const verb = call.words.find((it) => it === undefined || !it.startsWith("-"));
    if (call.words.every((it) => it?.startsWith("-"))) return;
    if (verb === undefined || /^(run|shell|script|x|uvx|init|new)$/.test(verb)) {
      changes.mayWriteAnywhere();
      return;
    }
    if (call.directory === undefined || settingsName(call, changes, call.directory)) {
      changes.mayWriteAnywhere();
      return;
    }
    const words = call.words.flatMap((it) => it ?? []);
    if (
      verb === "build" &&
      words.length === call.words.length &&
      buildWheels(`${call.program} build`, words.slice(words.indexOf("build") + 1), call, changes)
    )
      return;
    for (const it of SYSTEM) changes.mayBuildBelow(it);
    for (const name of PLACES) {
      const value = call.variable(name);
      const path = value.known && value.value !== "" ? pathOf(call, value.value) : undefined;
      if (path !== undefined) changes.mayBuildBelow(path);
      else if (!value.known || value.value !== "") changes.mayWriteAnywhere();
    }
    mayBuildProject(call, changes, call.directory);
  },
};

/** May a file of settings say where environments go? */
function settingsName(call: Call, changes: Changes, directory: string): boolean {
  const files = projectFiles(call.context, changes, directory);
  const texts = ["poetry.toml", "pdm.toml", "uv.toml", ".env"].map((it) => files.read(it));
  return texts.some((it) => it === undefined || (it !== null && /path|location|workon|venv/i.test(it)));
}

/** Variables that say where environments and programs go (docs.astral.sh, python-poetry.org, pipenv.pypa.io; read 2026-11). */
const PLACES =
  "VIRTUAL_ENV UV_PROJECT UV_PROJECT_ENVIRONMENT UV_TOOL_DIR UV_TOOL_BIN_DIR UV_PYTHON_INSTALL_DIR UV_PYTHON_BIN_DIR POETRY_HOME POETRY_VIRTUALENVS_PATH WORKON_HOME PIPENV_CUSTOM_VENV_NAME PDM_VENV_LOCATION".split(
    " ",
  );

/** `-m venv` makes a directory, `-m pip` is pip; anything else is the author's code. */
export const python: CommandFamily = {
  programs: ["python", "python3", "virtualenv", "django-admin", "pytest"],
  run(call, changes) {
    const module = call.words.indexOf("-m");
    const name = module < 0 ? undefined : call.words[module + 1];
    if (call.words[0] === "-" && !call.words.includes("--uninstall") && runInstaller(call, changes)) return;
    if (name === "pip") call.runWords(module + 1, changes);
    else if (name === "PyInstaller") {
      const words = call.words.slice(module + 2);
      runPyInstaller(call.as("pyinstaller", words), changes);
    } else if (name === "build" && !call.words.includes(undefined)) {
      const words = call.words.slice(module + 2).flatMap((it) => it ?? []);
      if (!buildWheels("python -m build", words, call, changes))
        mayBuildProject(call, changes, call.directory);
    } else if (name === "venv" || call.program === "virtualenv") {
      const target = call.words.at(-1);
      if (target === undefined || call.directory === undefined) changes.mayWriteAnywhere();
      else {
        const path = target.startsWith("/") ? target : joinPath(call.directory, target);
        changes.write(path, "directory");
        changes.mayBuildBelow(path);
      }
    } else if (!/^(-V|--version)$/.test(call.words[0] ?? "")) {
      changes.mayWriteAnywhere();
      changes.mayChangeOwners("/");
    }
  },
};
