import { basename, delimiter, dirname, resolve } from "node:path";
import type { EffectiveProject } from "../../model/compose/effective/tree.ts";
import { otherFilesOf, servicesMissingIn } from "../../model/compose/files/other-files.ts";
import type { ComposeInputs } from "../../model/compose/reading/inputs.ts";
import { readWholeProject } from "../../model/compose/whole/whole-project.ts";
import { composeVariables } from "../environment/env-file.ts";
import type { Surroundings } from "../models.ts";
import {
  composeFilesIn,
  includersOf,
  isCompletedBeside,
  isDefaultName,
  isNamedBeside,
} from "./compose-files.ts";
import { effectiveProjectAt, type OpenFile, type ParsedFiles } from "./effective-files.ts";

type Around = Surroundings & { readonly parsed: ParsedFiles };

/**
 * How the project of several files is read that the Compose file at `path` is a part of: the one of the file that includes it, else of
 * its own folder. `alone` is what `standsAlone` says of it; `inputsIn` gives what a project in a folder is read with.
 */
export function wholeProjects(
  path: string,
  around: Around,
  alone: boolean,
  inputsIn: (folder: string) => Omit<ComposeInputs, "alone" | "single">,
): NonNullable<ComposeInputs["whole"]> {
  return (file, before) => {
    if (alone && otherFilesOf(file).length === 0) return undefined;
    const main = mainFileOf(path, around);
    if (main === undefined) return undefined;
    const open: OpenFile = { path, file };
    const effective = effectiveProjectAt(main, open, around, around.parsed);
    const first = effective.layers[0];
    if (first === undefined || effective.sources.length < 2 || !isStartedSo(effective, main, around))
      return undefined;
    const folder = dirname(resolve(first));
    const isRead = readPaths(effective);
    const inputs = {
      ...inputsIn(folder),
      alone: true,
      single: composeFilesIn(folder, around).every((it) => isRead.has(resolve(folder, it))),
    };
    const whole = readWholeProject(effective, path.replaceAll("\\", "/"), inputs, before);
    const missing = whole ? servicesMissingIn(whole.project.file) : [];
    return isCompletedBeside(missing, folder, isRead, around) ? undefined : whole;
  };
}

/** The file by which Compose comes to the one at `path`; undefined where several projects include it. */
export function mainFileOf(
  path: string,
  around: Surroundings,
  seen: readonly string[] = [],
): string | undefined {
  if (seen.includes(path)) return undefined;
  const outer = includersOf(path, around);
  if (outer.length === 0) return path;
  const mains = new Set(outer.map((it) => mainFileOf(it, around, [...seen, path])));
  return mains.size === 1 ? [...mains][0] : undefined;
}

/** Are these the files that Compose reads when it is started in their folder, and does no other one there bring them in? */
function isStartedSo(effective: EffectiveProject, main: string, around: Around): boolean {
  const folder = dirname(main);
  const variables = composeVariables(folder, around);
  const listed = variables("COMPOSE_FILE");
  const separator = variables("COMPOSE_PATH_SEPARATOR") || delimiter;
  const isStarted =
    listed === undefined
      ? isDefaultName(basename(effective.layers[0] ?? ""))
      : listed.split(separator).some((it) => it !== "" && resolve(folder, it) === main);
  const isRead = readPaths(effective);
  return (
    isStarted &&
    basename(folder) !== ".devcontainer" &&
    effective.layers.every((it) => {
      const layer = resolve(it);
      const isInner = includersOf(layer, around).every((outer) => isRead.has(outer));
      return isInner && !isNamedBeside(layer, isRead, around);
    })
  );
}

function readPaths({ sources }: EffectiveProject): ReadonlySet<string> {
  return new Set(sources.map((it) => resolve(it.path)));
}
