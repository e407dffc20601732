import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { below, isWithin, joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { buildsInto, mayBuildProject } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

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
