import { type Call, pathOf, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { buildsInto, buildsProgram, mayBuildProject, writesBeside } from "./project-build.ts";

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
    if (path === undefined) return false;
    return buildsProgram(call, changes, { program: `dart compile ${kind}`, directory }, path);
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
