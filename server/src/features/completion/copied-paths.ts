import type { BuildContext } from "../../model/context/build-context.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Candidate } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { destinationsIn, filesOf } from "./stage-paths.ts";
import { stateAt } from "./state-at.ts";
import { argumentAt, type WrittenArgument } from "./written-argument.ts";

/**
 * What COPY and ADD take and where they put it. The first argument is a source; any further one may be the destination, which goes
 * first, or one more source.
 */
export function completeCopied(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const argument = argumentAt(cursor);
  if (argument.text.startsWith("<<")) return [hereDocument(argument)];
  const here = stateAt(model, cursor.offset);
  const sources = sourcesFor(model, cursor, argument);
  if (argument.before.length === 0 || !here) return [...sources];
  return [...destinationsIn(here, argument), ...sources.map((it) => ({ ...it, rank: it.rank + 20 }))];
}

function sourcesFor(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  argument: WrittenArgument,
): readonly Candidate[] {
  const from = cursor.words.find((it) => it.startsWith("--from="))?.slice("--from=".length);
  if (from !== undefined) return stageFiles(model, from, cursor.offset, argument);
  return contextPaths(model.inputs.context, argument);
}

/** What a stage of this file holds at its end; nothing of an image, whose files are not all known. */
export function stageFiles(
  model: DockerfileModel,
  reference: string,
  offset: number,
  argument: WrittenArgument,
): readonly Candidate[] {
  const own = model.stages.findLast((it) => it.from.keyword.start < offset);
  const stage = model.findStage(reference, own);
  return stage ? filesOf({ stage, state: stage.result }, argument) : [];
}

/** Files and folders of the build context, one folder at a time. */
export function contextPaths(
  context: BuildContext | undefined,
  argument: WrittenArgument,
): readonly Candidate[] {
  const { text, inList, inQuotes } = argument;
  if (!context || text.startsWith("$") || text.includes("://")) return [];
  const slash = text.lastIndexOf("/") + 1;
  const folder = text.slice(0, slash).replace(/^(\.?\/)+/, "");
  return (context.list(folder.replace(/\/$/, "")) ?? [])
    .filter((name) => name !== ".git" && (inList || inQuotes || !/\s/.test(name)))
    .map((name) => {
      const isFolder = context.exists(`${folder}${name}`) === "directory";
      return isFolder
        ? argument.candidate(`${name}/`, "folder", { continues: !inList || inQuotes, rank: 1 }, slash)
        : argument.candidate(name, "file", { rank: 2 }, slash);
    });
}

/** A file whose text stands in the Dockerfile. */
function hereDocument(argument: WrittenArgument): Candidate {
  return argument.candidate("<<EOF", "keyword", {
    text: "<<EOF ${1:/path/of/file}\n$0\nEOF",
    snippet: true,
    detail: "a file with the text that follows",
  });
}
