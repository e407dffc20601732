import { directoryOf } from "../../model/stage/paths.ts";
import type { KnownFile } from "../../model/stage/state.ts";
import { fileText } from "../file-text.ts";
import type { Candidate } from "./candidate.ts";
import { factsBelow, type Here } from "./state-at.ts";
import type { WrittenArgument } from "./written-argument.ts";

/** Files that a stage is known to hold, those that it wrote first: what a COPY takes from it, or what it starts. */
export function filesOf(here: Here, argument: WrittenArgument): readonly Candidate[] {
  const { state } = here;
  const written = state.files.filter((it) => it.kind !== "directory").toReversed();
  return [
    ...written.slice(0, MOST).map((it) =>
      argument.candidate(it.path, "file", {
        detail: fileText(it.path, state).replaceAll("`", ""),
        rank: rankOf(it),
      }),
    ),
    ...directoriesOf(here).map((path) => argument.candidate(path, "folder", { rank: 3 })),
  ];
}

/** What was compiled is what one wants of a stage that compiles. */
function rankOf({ binary, kind }: KnownFile): number {
  return binary ? 0 : kind === "file" ? 1 : 2;
}

/** Folders that are known to be there, the working directory first, each with a slash behind it. */
export function directoriesOf({ stage, state }: Here): readonly string[] {
  const found = new Set<string>();
  if (state.workdir.known) found.add(state.workdir.value);
  for (const it of state.files.toReversed())
    found.add(it.kind === "directory" ? it.path : directoryOf(it.path));
  for (const it of state.volumes.known ? state.volumes.value : []) found.add(it);
  for (const it of factsBelow(stage)?.files ?? []) found.add(directoryOf(it));
  found.delete("/");
  return [...found].slice(0, MOST).map((it) => `${it}/`);
}

/** Where COPY and ADD put what they copy. */
export function destinationsIn(here: Here, argument: WrittenArgument): readonly Candidate[] {
  const { workdir } = here.state;
  return [
    argument.candidate("./", "folder", {
      rank: 0,
      ...(workdir.known && { detail: workdir.value }),
    }),
    ...directoriesOf(here).map((path, at) =>
      argument.candidate(path, "folder", { rank: 1 + Math.min(at, 8) }),
    ),
  ];
}

/** A list is for choosing from. */
const MOST = 50;
