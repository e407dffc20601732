import type { BuildContext } from "../../../model/context/build-context.ts";
import { entriesMatching } from "../../../model/context/entry-pattern.ts";
import { notedOnModel } from "../../../model/stage/dockerfile-model.ts";
import { resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { mountsOf } from "../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { IgnoreFile } from "../../../syntax/dockerignore/ignore-file.ts";
import { contextSources } from "./context-sources.ts";

/** What a Dockerfile takes from its build context by name. */
export interface ContextNeeds {
  /** Clean, relative to the context, patterns replaced by what they match; without the whole context, which names nothing. */
  readonly paths: readonly string[];
  /** False where a source holds a variable that is not known, or a pattern in the name of a folder. */
  readonly complete: boolean;
}

/** Sources of COPY, ADD and of bind mounts in all stages. A model has one context. */
export const contextNeeds = notedOnModel((model, context: BuildContext): ContextNeeds => {
  const needs = model.stages.flatMap((stage) =>
    stage.instructions.map((it) =>
      it.name === "RUN"
        ? bindMounts(it)
        : it.name === "COPY" || it.name === "ADD"
          ? copied(it, stage, context)
          : NONE,
    ),
  );
  const paths = new Set(needs.flatMap((it) => it.paths).filter((it) => it !== ""));
  return { paths: [...paths], complete: needs.every((it) => it.complete) };
});

const NONE: ContextNeeds = { paths: [], complete: true };

function copied(copy: Instruction, stage: Stage, context: BuildContext): ContextNeeds {
  const sources = contextSources(copy, stage);
  const read = new Set(sources.map((it) => it.word));
  const isFromContext = !copy.flags.some((it) => it.name === "from");
  const isUnknown = copy.words.slice(0, -1).some((it) => !read.has(it) && it.raw.includes("$"));
  const isOpen = sources.some((it) => it.isPattern && /[*?[\\].*\//.test(it.path));
  return {
    paths: sources.flatMap((it) => (it.isPattern ? entriesMatching(it.path, context) : [it.path])),
    complete: !(isFromContext && isUnknown) && !isOpen,
  };
}

function bindMounts(run: Instruction): ContextNeeds {
  const mounts = mountsOf(run).filter((it) => it.type === "bind" && it.from?.value === undefined);
  if (mounts.length === 0) return NONE;
  const sources = mounts.map((it) => it.source?.value ?? "");
  return {
    paths: sources.flatMap((it) => resolvePath("/", it)?.slice(1) ?? []),
    complete: !sources.some((it) => it.includes("$")),
  };
}

/** Would the second ignore file keep out something that a Dockerfile takes by name, and that the first one leaves in? */
export function keepsNeededOut(before: IgnoreFile, after: IgnoreFile, { paths }: ContextNeeds): boolean {
  return paths.some((it) => before.ignoredBy(it) === undefined && after.ignoredBy(it) !== undefined);
}
