import { PYTHON_SERVERS } from "../../image/python-servers.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import { type Call, type CommandFamily, optionSet, pathOf, readWords } from "./command-family.ts";
import { pythonServers } from "./python-packages.ts";

/** Packages go to site-packages or `--target`, with programs of their own. */
export const pip: CommandFamily = {
  programs: ["pip", "pip3", "pipx", "easy_install", "conda", "mamba", "micromamba"],
  run(call, changes) {
    if (writesPackages(call, changes)) return;
    if (
      !["install", "create", "env", "inject", "ensurepath", undefined].includes(
        call.words.find((it) => it === undefined || !it.startsWith("-")),
      )
    )
      return;
    const isPip = /^pip3?$/.test(call.program);
    const servers = isPip && call.words.includes("install") ? pythonServers(call, changes.now) : undefined;
    // Of the servers it brings those that its packages are known to have.
    const others = servers && PYTHON_SERVERS;
    changes.mayInstallPrograms(others);
    for (const directory of ["/usr", "/opt", "/root", "/home"]) changes.mayBuildBelow(directory, others);
    for (const it of servers ?? []) changes.mayAddTool(it);
    // `--target`, `--prefix` and editable installs go where they are told.
    if (
      call.words.some(
        (it) => it === undefined || /^(-t|--target|--prefix|--root|--user|-e|--editable|-p)/.test(it),
      )
    )
      changes.mayWriteAnywhere();
    // A virtual environment in force takes them.
    const environment = call.variable("VIRTUAL_ENV");
    if (environment.known && environment.value !== "") changes.mayBuildBelow(environment.value, others);
    else if (!environment.known || call.arguments.length === 0) changes.mayWriteAnywhere();
    if (/\//.test(call.program)) changes.mayWriteAnywhere();
  },
};

/** `pip wheel -w /wheels` and `pip download -d /packages` put what they fetch into a folder, and install nothing. */
function writesPackages(call: Call, changes: Changes): boolean {
  const { options, operands } = readWords(call.words, WHEEL_VALUED);
  const [verb] = operands;
  if (verb !== "wheel" && verb !== "download") return false;
  const names = verb === "wheel" ? ["-w", "--wheel-dir"] : ["-d", "--dest"];
  const name = names.find((it) => options.has(it));
  const folder = pathOf(call, name === undefined ? "." : options.get(name));
  if (folder === undefined) changes.mayWriteAnywhere();
  else {
    changes.write(folder, "directory");
    changes.mayBuildBelow(folder);
  }
  return true;
}

const WHEEL_VALUED = optionSet(
  "-w --wheel-dir -d --dest -r --requirement -c --constraint -i --index-url -f --find-links",
);

/** uv, poetry and the like make a virtual environment in the project. */
export const uv: CommandFamily = {
  programs: ["uv", "poetry", "pipenv", "pdm", "hatch", "rye"],
  run(_, changes) {
    changes.mayWriteAnywhere();
  },
};

/** `-m venv` makes a directory, `-m pip` is pip; anything else is the author's code. */
export const python: CommandFamily = {
  programs: ["python", "python3", "virtualenv", "django-admin", "pytest"],
  run(call, changes) {
    const module = call.words.indexOf("-m");
    const name = module < 0 ? undefined : call.words[module + 1];
    if (name === "pip") call.runWords(module + 1, changes);
    else if (name === "venv" || call.program === "virtualenv") {
      const target = call.words.at(-1);
      if (target === undefined || call.directory === undefined) changes.mayWriteAnywhere();
      else {
        const path = target.startsWith("/") ? target : joinPath(call.directory, target);
        changes.write(path, "directory");
        changes.mayBuildBelow(path);
      }
    } else if (!/^(-V|--version)$/.test(call.words[0] ?? "")) {
      changes.mayWriteAnywhere();
      changes.changeOwner("/", undefined, true);
    }
  },
};
