import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, isWithin, joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { buildsInto, writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

/**
 * PyInstaller: `dist/NAME`, one file with `--onefile` and a folder else, called as the script or as `--name` says (pyinstaller.org,
 * usage; read 2026-11).
 */
export function runPyInstaller(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const valued = new Set(
      "-n --name --distpath --workpath --specpath --add-data --add-binary -p --paths --hidden-import --collect-submodules --collect-data --collect-binaries --collect-all --copy-metadata --additional-hooks-dir --runtime-hook --exclude-module --splash --upx-dir --upx-exclude -i --icon --log-level --contents-directory --runtime-tmpdir --target-architecture -d --debug --python-option".split(
        " ",
      ),
    );
    const { options, operands } = readWords(words, valued);
    const [script, ...more] = operands;
    const output = resolvePath(directory, options.get("--distpath") ?? "dist");
    const work = resolvePath(directory, options.get("--workpath") ?? "build");
    if (
      script === undefined ||
      output === undefined ||
      work === undefined ||
      !writesBeside(call, changes, directory)
    )
      return script === undefined;
    const name =
      options.get("-n") ??
      options.get("--name") ??
      (script.endsWith(".py") ? baseName(script).slice(0, -".py".length) : undefined);
    const specs = resolvePath(directory, options.get("--specpath") ?? ".") ?? directory;
    changes.mayBuildBelow(specs, (path) => path.endsWith(".spec"));
    changes.mayBuildBelow(directory, (path) => path.includes("/__pycache__"));
    changes.mayBuildBelow(work);
    const isFile = options.has("-F") || options.has("--onefile");
    const made = name === undefined || more.length > 0 ? undefined : `${output}/${name}`;
    changes.mayBuildBelow(output, (path) => made === undefined || path === output || isWithin(path, made));
    if (isFile && made !== undefined) changes.write(made, "file");
    changes.addBuild({
      program: "pyinstaller",
      directory,
      outputs: [made ?? output],
      ...(made !== undefined && { files: [isFile ? made : `${made}/${name}`] }),
    });
    return true;
  });
}

/**
 * `python -m build`, `uv build`, `poetry build`: wheels and archives to `dist`, or where the option says; setuptools leaves `build` and
 * an `egg-info` beside the sources (packaging.python.org, docs.astral.sh, python-poetry.org; read 2026-11). Gives false where the
 * project's build may run code of its own.
 */
export function buildWheels(
  program: string,
  words: readonly string[],
  call: Call,
  changes: Changes,
): boolean {
  const { directory } = call;
  const { options, operands } = readWords(
    words,
    new Set([
      "-o",
      "--out-dir",
      "--outdir",
      "-f",
      "--format",
      "--output",
      "-C",
      "--config-setting",
      "--package",
      "-p",
      "--python",
      "-P",
      "--directory",
      "--project",
    ]),
  );
  const given = ["-o", "--out-dir", "--outdir", "--output"]
    .map((it) => options.get(it))
    .find((it) => it !== undefined);
  const isElsewhere =
    ["--package", "-P", "--directory", "--project"].some((it) => options.has(it)) ||
    operands.some((it) => it !== ".");
  if (directory === undefined || isElsewhere) return false;
  const text = projectFiles(call.context, changes, directory).read("pyproject.toml");
  const output = resolvePath(directory, given ?? "dist");
  const backend = /^\s*build-backend\s*=\s*["']([\w.]+)["']/m.exec(text ?? "")?.[1];
  if (
    !text ||
    output === undefined ||
    /tool\.poetry\.build|hooks\.custom|cython|maturin|scikit-build|mesonpy/i.test(text)
  )
    return false;
  const leaves =
    /^(hatchling\.build|uv_build|flit_core\.buildapi|poetry\.core\.masonry\.api|pdm\.backend)$/.test(
      backend ?? "",
    )
      ? []
      : ["build"];
  changes.mayBuildBelow(directory, (path) => /\.egg-info(\/|$)|\/_version\.py$|\/__pycache__/.test(path));
  buildsInto(
    call,
    changes,
    { program, directory, outputs: [output] },
    [...leaves, ".venv", "uv.lock", "poetry.lock"].map((it) => joinPath(directory, it)),
  );
  return true;
}
