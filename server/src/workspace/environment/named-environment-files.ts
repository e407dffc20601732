import { dirname, join, resolve } from "node:path";
import {
  environmentFileUses,
  includedEnvironmentFiles,
} from "../../model/environment/environment-file-uses.ts";
import { composeFilesIn } from "../compose/compose-files.ts";
import { parsedFilesOf } from "../compose/parsed-files.ts";
import { kindOfFile } from "../languages.ts";
import type { Surroundings } from "../models.ts";
import { composeVariables } from "./env-file.ts";

/**
 * Environment files that Compose files name and that no name tells, e.g. `.envs/.local/.django`: absolute paths, in order. Compose files
 * at the top of the opened folders are read, and those of `open`.
 */
export function namedEnvironmentFiles(
  open: readonly string[],
  around: Pick<Surroundings, "disk" | "textAt" | "folders">,
): readonly string[] {
  const atTop = around.folders.flatMap((folder) =>
    composeFilesIn(folder, around).map((it) => join(folder, it)),
  );
  const named = new Set<string>();
  for (const path of new Set([...atTop, ...open])) {
    const text = around.textAt(path);
    // Most name none, and need no parsing to tell.
    if (!text?.includes("env_file")) continue;
    const file = parsedFilesOf(around.disk).read(path, text);
    const folder = dirname(path);
    const uses = environmentFileUses(file, path, composeVariables(folder, around)).map((it) => it.path);
    for (const it of [...uses, ...includedEnvironmentFiles(file)]) {
      const full = resolve(folder, it);
      if (kindOfFile(full) === undefined) named.add(full);
    }
  }
  return [...named].toSorted();
}
