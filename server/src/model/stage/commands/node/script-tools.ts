import { matchesName } from "../../../../text/glob.ts";
import { nodeProject, runPackageScripts } from "../../projects/node/project.ts";
import type { CommandFamily } from "../command-family.ts";

/** `run-s clean build:*`, `run-p check "compile {@}" --`: scripts of package.json by their names. */
export const scripts: CommandFamily = {
  programs: ["run-s", "run-p", "npm-run-all", "npm-run-all2", "concurrently"],
  run(call, changes) {
    const project = nodeProject(call, changes, call.directory);
    // A pattern is one of names, unless files are called so.
    const words = call.words.flatMap((it, at) => {
      const { raw = "" } = call.arguments[at] ?? {};
      return it ?? (/^[\w:*-]+$/.test(raw) ? raw : []);
    });
    const options = words.filter((it) => it.startsWith("-"));
    if (
      !project ||
      words.length !== call.words.length ||
      options.some(
        (it) =>
          !/^(--|-[splckn]|--(silent|parallel|sequential|serial|print-label|continue-on-error|kill-others(-on-fail)?))$/.test(
            it,
          ),
      )
    ) {
      changes.mayWriteAnywhere();
      return;
    }
    for (const word of words.filter((it) => !it.startsWith("-"))) {
      if (call.program === "concurrently" && !word.startsWith("npm:"))
        call.runProjectScript(word, project.directory, changes);
      else {
        const [pattern = ""] = word.replace(/^npm:/, "").split(" ");
        const names = Object.keys(project.scripts).filter((it) => matchesName(it, pattern));
        runPackageScripts(names, [], call, changes, project);
      }
    }
  },
};

/** `cross-env NODE_ENV=production vite build`. What is assigned is not seen by the command, so that nothing is said of paths. */
export const crossEnv: CommandFamily = {
  programs: ["cross-env", "cross-env-shell"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it === undefined || !/^\w+=/.test(it));
    const assigned = call.words.slice(0, Math.max(at, 0));
    if (at < 0) return;
    if (assigned.some((it) => /^\w*(PATH|DIR|OUT|DIST|STANDALONE|PRESET|TARGET)\w*=/i.test(it ?? "")))
      changes.mayWriteAnywhere();
    else call.runWords(at, changes);
  },
};

/** What exactly is removed is not followed. */
export const removal: CommandFamily = {
  programs: ["rimraf", "del-cli", "del", "trash"],
  run: () => {},
};
