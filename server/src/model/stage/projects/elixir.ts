import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { below, joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { mayBuildProject, writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

/**
 * `mix release`: `_build/MIX_ENV/rel/NAME`, where the name is that of the application (hexdocs.pm/mix, Mix.Tasks.Release; read 2026-11).
 */
export function runMix(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const [task = "", ...rest] = words;
    const files = projectFiles(call.context, changes, directory);
    const text = files.read("mix.exs");
    if (/^(local\.(hex|rebar|phx)|archive\.install|hex\.(repo|organization|info))$/.test(task))
      return writesBeside(call, changes, directory);
    const environment = call.variable("MIX_ENV");
    const isMoved = ["MIX_BUILD_PATH", "MIX_BUILD_ROOT", "MIX_DEPS_PATH"].some((it) => {
      const value = call.variable(it);
      return value.known && value.value !== "";
    });
    // Umbrella projects and settings have places of their own, and an alias may run any program.
    const isPlain =
      typeof text === "string" &&
      !isMoved &&
      environment.known &&
      !/build_path|deps_path|apps_path|"cmd |&\w+\/1|System\.cmd/.test(text);
    if (!TASKS.test(task)) return false;
    if (!isPlain) {
      mayBuildProject(call, changes, directory);
      return true;
    }
    if (!writesBeside(call, changes, directory)) return false;
    const build = joinPath(directory, "_build");
    const isRelease = (path: string) => /^[^/]+\/rel(\/|$)/.test(below(path, build));
    for (const it of ["deps", "priv", "assets", "node_modules", "mix.lock", "lib", "src"])
      changes.mayBuildBelow(joinPath(directory, it));
    changes.mayBuildBelow(build, (path) => !isRelease(path));
    if (task !== "release") return true;
    const { options, operands } = readWords(rest, new Set(["--path", "--version"]));
    const app = /\bapp:\s*:(\w+)/.exec(text)?.[1];
    const own = operands[0] ?? (/\breleases:|default_release/.test(text) ? undefined : app);
    const kind = environment.value || (/preferred_(cli_)?env/.test(text) ? undefined : "dev");
    const given = options.get("--path");
    const at =
      given !== undefined
        ? resolvePath(directory, given)
        : own !== undefined &&
            kind !== undefined &&
            operands.length < 2 &&
            !/\bpath:\s*"(?!\.\.)[^"]*rel/.test(text)
          ? `${build}/${kind}/rel/${own}`
          : undefined;
    // `steps` may put an archive beside it.
    if (at === undefined) changes.mayBuildBelow(build);
    else {
      changes.mayBuildBelow(at);
      changes.mayBuildBelow(build, (path) => isRelease(path) && /\.(tar\.gz|tar)$/.test(path));
      changes.addBuild({ program: "mix release", directory, outputs: [at] });
    }
    return true;
  });
}

const TASKS =
  /^(deps\.(get|compile|update|clean)|compile|release|phx\.digest|assets\.(deploy|setup|build)|(tailwind|esbuild)(\.install)?|gettext\.\w+|clean|do)$/;
