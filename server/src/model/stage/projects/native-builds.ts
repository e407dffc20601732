import { type Call, pathOf, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { buildsInto, mayBuildProject, writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

/** Words of a call, where all are known, and the directory that they are seen from. */
interface Plain {
  readonly words: readonly string[];
  readonly directory: string;
}

function plainCall(call: Call): Plain | undefined {
  const words = call.words.flatMap((it) => it ?? []);
  return call.directory === undefined || words.length !== call.words.length
    ? undefined
    : { words, directory: call.directory };
}

/**
 * Runs a tool whose words are all known; it gives false for a call that may do anything else.
 */
function runPlain(call: Call, changes: Changes, run: (plain: Plain) => boolean): void {
  const plain = plainCall(call);
  if (plain && run(plain)) return;
  if (call.program === "sbt") changes.mayWriteAnywhere();
  else changes.mayDoAnything();
}

/**
 * `swift build -c release`: `.build/release`, a link to the folder of the platform's name, with a program for each executable target
 * and product (swift.org, Package.swift; read 2026-11).
 */
export function buildWithSwift(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const valued = new Set(
      "-c --configuration --product --target --package-path --scratch-path --build-path --triple --arch --swift-sdk -j --jobs --sdk -Xswiftc -Xcc -Xlinker --traits".split(
        " ",
      ),
    );
    const { options, operands } = readWords(words.slice(1), valued);
    const root = resolvePath(directory, options.get("--package-path") ?? ".") ?? directory;
    if (options.has("--show-bin-path") || /^--version$/.test(words[0] ?? "")) return true;
    const scratch = options.get("--scratch-path") ?? options.get("--build-path");
    const build =
      scratch === undefined ? joinPath(root, ".build") : (resolvePath(directory, scratch) ?? root);
    if (words[0] === "package" && /^(resolve|update|show-dependencies|describe)$/.test(operands[0] ?? "")) {
      if (!writesBeside(call, changes, root)) return false;
      for (const it of [build, joinPath(root, "Package.resolved")]) changes.mayBuildBelow(it);
      return true;
    }
    if (words[0] !== "build") return false;
    const text = projectFiles(call.context, changes, root).read("Package.swift");
    const kind = options.get("-c") ?? options.get("--configuration") ?? "debug";
    const names = text ? swiftPrograms(text) : undefined;
    const isProgram = (path: string) => /^([\w.-]+\/)?(debug|release)\/[\w-]+$/.test(below(path, build));
    const mayBe = (path: string) =>
      !isWithin(path, build) ||
      !isProgram(path) ||
      (directoryOf(path).endsWith(`/${kind}`) && (names?.has(baseName(path)) ?? true));
    const files = [...(names ?? [])].map((it) => `${build}/${kind}/${it}`);
    changes.mayBuildBelow(joinPath(root, "Package.resolved"));
    buildsInto(
      call,
      changes,
      { program: "swift build", directory: root, outputs: [`${build}/${kind}`], files },
      [],
      mayBe,
    );
    changes.mayBuildBelow(build, mayBe);
    return true;
  });
}

/** Undefined where Package.swift works them out. Resources lie beside them in folders of other names. */
function swiftPrograms(text: string): ReadonlySet<string> | undefined {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, "$1");
  if (/\bfor\b|\.map\b|ProcessInfo|\.append|\+=/.test(plain)) return undefined;
  const names = [...plain.matchAll(/\.(?:executableTarget|executable)\(\s*name:\s*"([\w-]+)"/g)].map(
    (it) => it[1] ?? "",
  );
  const mentions = plain.split(/\.(?:executableTarget|executable)\(/).length - 1;
  return mentions === names.length && names.length > 0 ? new Set(names) : undefined;
}

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

/** `zig build`: below `zig-out`, or where `-p` says, in `bin`, `lib` and the like (ziglang.org/learn/build-system, read 2026-11). */
export function buildWithZig(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    if (/^(version|env|fmt|targets|zen|std|fetch)$/.test(words[0] ?? "")) return true;
    if (words[0] !== "build") {
      mayBuildProject(call, changes, directory);
      return true;
    }
    const { options } = readWords(
      words.slice(1),
      new Set([
        "-p",
        "--prefix",
        "--prefix-exe-dir",
        "--prefix-lib-dir",
        "--cache-dir",
        "--global-cache-dir",
        "--build-file",
        "-j",
        "--summary",
        "--seed",
      ]),
    );
    const output = resolvePath(directory, options.get("-p") ?? options.get("--prefix") ?? "zig-out");
    const text = projectFiles(call.context, changes, directory).read("build.zig");
    if (output === undefined) return false;
    const isPlain =
      typeof text === "string" &&
      !/\bImport|addSystemCommand|addInstall|installFile|installDirectory|dest_dir|dest_sub|\.custom|addRunArtifact\(gen|addUpdateSourceFiles|WriteFiles/.test(
        text,
      ) &&
      !options.has("--prefix-exe-dir");
    if (!isPlain) {
      mayBuildProject(call, changes, directory);
      changes.mayBuildBelow(output);
      return true;
    }
    const names = [...text.matchAll(/addExecutable\(\s*\.\{\s*\.name\s*=\s*"([\w-]+)"/g)].map(
      (it) => it[1] ?? "",
    );
    const isKnown = text.split("addExecutable").length - 1 === names.length && !text.includes("dependency(");
    const files = isKnown ? names.map((it) => `${output}/bin/${it}`) : [];
    const mayBe = (path: string) => {
      if (!isWithin(path, output)) return true;
      const inside = below(path, output);
      return isKnown && inside.startsWith("bin/")
        ? files.includes(path)
        : /^($|bin|lib|include|share)/.test(inside);
    };
    buildsInto(
      call,
      changes,
      { program: "zig build", directory, outputs: [output], files },
      [".zig-cache", "zig-cache"].map((it) => joinPath(directory, it)),
      mayBe,
    );
    return true;
  });
}

/** `dart compile exe` writes its `-o`, or the source's name with another ending beside it (dart.dev/tools/dart-compile, read 2026-11). */
export function runDart(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const [verb, kind = "", ...rest] = words;
    if (/^(--version|analyze|format|info|--disable-analytics|help)$/.test(verb ?? "")) return true;
    if (verb === "pub") return getPackages(call, changes, directory);
    if (verb === "run" && /^build_runner/.test(kind)) {
      mayBuildProject(call, changes, directory);
      return true;
    }
    const ending = ENDINGS.get(kind);
    if (verb !== "compile" || ending === undefined) return false;
    const { options, operands } = readWords(
      rest,
      new Set([
        "-o",
        "--output",
        "-D",
        "--define",
        "-O",
        "--packages",
        "--target-os",
        "--target-arch",
        "--depfile",
        "-S",
        "--save-debugging-info",
        "--verbosity",
      ]),
    );
    const [source, ...more] = operands;
    const given = options.get("-o") ?? options.get("--output");
    const file = given ?? source?.replace(/\.dart$/, ending);
    const path = file === undefined || more.length > 0 ? undefined : resolvePath(directory, file);
    if (path === undefined || !writesBeside(call, changes, directory)) return false;
    changes.write(path, "file");
    changes.addBuild({ program: `dart compile ${kind}`, directory, outputs: [path], files: [path] });
    return true;
  });
}

const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["exe", ".exe"],
  ["aot-snapshot", ".aot"],
  ["jit-snapshot", ".jit"],
  ["kernel", ".dill"],
]);

function getPackages(call: Call, changes: Changes, directory: string): boolean {
  if (!writesBeside(call, changes, directory)) return false;
  for (const it of [
    ".dart_tool",
    "pubspec.lock",
    ".flutter-plugins",
    ".flutter-plugins-dependencies",
    ".packages",
  ])
    changes.mayBuildBelow(joinPath(directory, it));
  const cache = call.variable("PUB_CACHE");
  if (cache.known && cache.value !== "") changes.mayBuildBelow(pathOf(call, cache.value) ?? "/");
  return true;
}

/** `flutter build web`: `build/web` (docs.flutter.dev/deployment/web, read 2026-11). The SDK itself is written to as well. */
export function runFlutter(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const [verb, kind, ...rest] = words;
    for (const it of ["/sdks", "/opt", "/usr/local", "/flutter", "/home", "/root"]) changes.mayBuildBelow(it);
    if (
      /^(--version|doctor|config|precache|channel|upgrade|devices|clean|analyze|--disable-analytics)$/.test(
        verb ?? "",
      )
    )
      return true;
    if (verb === "pub") return getPackages(call, changes, directory);
    if (verb !== "build" || kind !== "web" || !getPackages(call, changes, directory)) return false;
    const at = rest.findIndex((it) => it === "-o" || it === "--output");
    const given =
      at < 0 ? rest.find((it) => it.startsWith("--output="))?.slice("--output=".length) : rest[at + 1];
    const output = resolvePath(directory, given ?? "build/web");
    if (output === undefined) return false;
    const beside = ["build", "lib", "linux", "macos", "windows", "ios", "android", ".metadata"].map((it) =>
      joinPath(directory, it),
    );
    buildsInto(call, changes, { program: "flutter build web", directory, outputs: [output] }, beside);
    return true;
  });
}

/** sbt and mill write to `target` or `out` of each project, unless a setting says otherwise (scala-sbt.org, mill-build.org; read 2026-11). */
export function buildWithScala(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    if (words.length === 1 && /^(--version|sbtVersion|version|--help)$/.test(words[0] ?? "")) return true;
    const files = projectFiles(call.context, changes, directory);
    const isSbt = call.program === "sbt";
    const text = isSbt ? files.read("build.sbt") : (files.read("build.mill") ?? files.read("build.sc"));
    const isPlain =
      typeof text === "string" &&
      !/\btarget\s*:=|outputPath|OutputPath|crossTarget|IO\.|Process|sys\.process|"\/|os\.(copy|write|move)/.test(
        text,
      ) &&
      words.every((it) => /^[\w.;:/ -]+$/.test(it) && !/\b(run|test|it:test|runMain|console)\b/.test(it));
    if (!isPlain) return false;
    if (!writesBeside(call, changes, directory)) return false;
    const folder = isSbt ? /\/(target|project|\.bsp|\.bloop|null)(\/|$)/ : /\/(out|\.bsp|\.bloop)(\/|$)/;
    changes.mayBuildBelow(directory, (path) => folder.test(path.slice(directory.length)));
    if (words.some((it) => /assembly|stage|package|dist|publishLocal|compile|jar/i.test(it)))
      changes.addBuild({
        program: call.program,
        directory,
        outputs: [joinPath(directory, isSbt ? "target" : "out")],
      });
    return true;
  });
}

/**
 * Stack and Cabal build below `.stack-work` and `dist-newstyle`, and put programs where `--local-bin-path` and `--installdir` say
 * (docs.haskellstack.org, cabal.readthedocs.io; read 2026-11).
 */
export function buildWithHaskell(call: Call, changes: Changes): void {
  runPlain(call, changes, ({ words, directory }) => {
    const { options, operands } = readWords(
      words,
      new Set([
        "--local-bin-path",
        "--installdir",
        "--install-method",
        "--stack-yaml",
        "--resolver",
        "-w",
        "--with-compiler",
        "-j",
        "--ghc-options",
        "--flag",
        "-f",
        "--overwrite-policy",
        "--builddir",
        "--work-dir",
      ]),
    );
    const verb = operands[0] ?? "";
    if (/^(--version|path|list-bin|ls|query|info|clean)$/.test(words[0] ?? "")) return true;
    if (
      !/^(build|install|setup|update|fetch|configure|freeze|v2-build|v2-install|new-build|new-install|v2-update)$/.test(
        verb,
      ) ||
      options.has("--builddir") ||
      options.has("--work-dir")
    )
      return false;
    if (!writesBeside(call, changes, directory)) return false;
    const given = options.get("--local-bin-path") ?? options.get("--installdir");
    const path = given === undefined ? undefined : resolvePath(directory, given);
    for (const it of [
      ".stack-work",
      "dist-newstyle",
      "cabal.project.local",
      "cabal.project.freeze",
      "stack.yaml.lock",
    ])
      changes.mayBuildBelow(joinPath(directory, it));
    changes.mayBuildBelow(directory, (it) => /\/(\.stack-work|dist-newstyle)(\/|$)|\.cabal$/.test(it));
    for (const it of ["/opt", "/usr/local"]) changes.mayBuildBelow(it);
    if (path === undefined) return given === undefined;
    if (changes.now.hasPath(path).is !== "yes") changes.write(path, "directory");
    changes.mayBuildBelow(path);
    changes.addBuild({ program: `${call.program} ${verb}`, directory, outputs: [path] });
    return true;
  });
}

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
