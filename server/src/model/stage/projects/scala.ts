import type { Call } from "../commands/command-family.ts";
import type { Changes } from "../contents/changes.ts";
import { joinPath } from "../paths.ts";
import { type Plain, runPlain } from "./plain-call.ts";
import { writesBeside } from "./project-build.ts";
import { projectFiles } from "./project-files.ts";

/** sbt and mill write to `target` or `out` of each project, unless a setting says otherwise (scala-sbt.org, mill-build.org; read 2026-11). */
export function buildWithScala(call: Call, changes: Changes): void {
  const isSbt = call.program === "sbt";
  const build = ({ words, directory }: Plain) => {
    if (words.length === 1 && /^(--version|sbtVersion|version|--help)$/.test(words[0] ?? "")) return true;
    const files = projectFiles(call.context, changes, directory);
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
  };
  runPlain(call, changes, build, isSbt ? () => changes.mayWriteAnywhere() : undefined);
}
