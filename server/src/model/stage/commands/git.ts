import { baseName } from "../paths.ts";
import { type CommandFamily, mayWriteBelowOperand, optionSet, pathOf, readWords } from "./command-family.ts";

const OPTIONS = optionSet(
  "-b --branch --depth -c --config -C -o --origin --reference --filter --shallow-since -j --jobs",
);

/** Writes into a directory that it makes (`clone`, `init`) or stands in. */
export const git: CommandFamily = {
  programs: ["git"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, OPTIONS);
    const [verb, ...rest] = operands;
    if (
      verb === "config" ||
      verb === "rev-parse" ||
      verb === "describe" ||
      verb === "log" ||
      verb === "status"
    )
      return;
    const [url, directory] = rest;
    const target =
      directory ?? (url === undefined ? undefined : baseName(url.replace(/\/$/, "")).replace(/\.git$/, ""));
    if (verb !== "clone") mayWriteBelowOperand(call, changes, options.has("-C") ? options.get("-C") : ".");
    else {
      const path = rest.includes(undefined) && directory === undefined ? undefined : pathOf(call, target);
      if (path === undefined) mayWriteBelowOperand(call, changes, ".");
      else {
        changes.write(path, "directory");
        changes.mayWriteBelow(path);
      }
    }
  },
};
