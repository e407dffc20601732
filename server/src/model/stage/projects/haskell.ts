import { type Call, readWords } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath, resolvePath } from "../paths.ts";
import { runPlain } from "./plain-call.ts";
import { writesBeside } from "./project-build.ts";

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
