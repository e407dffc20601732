import { joinPath } from "../paths.ts";
import type { CommandFamily } from "./command-family.ts";

/** Packages go to site-packages or `--target`, with programs of their own. */
export const pip: CommandFamily = {
  programs: ["pip", "pip3", "pipx", "easy_install", "conda", "mamba", "micromamba"],
  run(call, changes) {
    if (
      !["install", "create", "env", "inject", "ensurepath", undefined].includes(
        call.words.find((it) => it === undefined || !it.startsWith("-")),
      )
    )
      return;
    changes.mayInstallPrograms();
    for (const directory of ["/usr", "/opt", "/root", "/home"]) changes.mayBuildBelow(directory);
    // `--target`, `--prefix` and editable installs go where they are told.
    if (
      call.words.some(
        (it) => it === undefined || /^(-t|--target|--prefix|--root|--user|-e|--editable|-p)/.test(it),
      )
    )
      changes.mayWriteAnywhere();
    // A virtual environment in force takes them.
    const environment = call.variable("VIRTUAL_ENV");
    if (environment.known && environment.value !== "") changes.mayBuildBelow(environment.value);
    else if (!environment.known || call.arguments.length === 0) changes.mayWriteAnywhere();
    if (/\//.test(call.program)) changes.mayWriteAnywhere();
  },
};

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
