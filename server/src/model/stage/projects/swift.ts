import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { buildsInto, writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

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
