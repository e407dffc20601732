import type { ImageFactsSource } from "../../model/image/facts.ts";
import { familiarName } from "../../model/image/reference.ts";
import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { imageSummary } from "../hover/image-text.ts";
import { stageTitle } from "../stage-text.ts";
import { type Candidate, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";

/** The words of FROM: what it builds on, then `AS`, then a name of the user's own. */
export function completeFrom(model: DockerfileModel, cursor: DockerfileCursor): Candidate[] {
  const words = cursor.words.filter((it) => !it.startsWith("--"));
  if (words.length === 0) {
    const scratch = candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset)("scratch", "image", {
      detail: "nothing at all",
      documentation:
        "An empty stage: no shell, no certificates, no users. For a program that brings everything along.",
      rank: 2,
    });
    return [...imagesAndStages(model, cursor, cursor.typed), ...(/[:@]/.test(cursor.typed) ? [] : [scratch])];
  }
  if (words.length === 1)
    return [
      candidatesFrom(cursor.offset - cursor.typed.length, cursor.offset)("AS", "keyword", {
        text: "AS ",
        detail: "name of the stage",
      }),
    ];
  return [];
}

/** Earlier stages first, then images; behind `name:` the image's tags. `typed` ends at the cursor. */
export function imagesAndStages(
  model: DockerfileModel,
  cursor: DockerfileCursor,
  typed: string,
): Candidate[] {
  const candidate = candidatesFrom(cursor.offset - typed.length, cursor.offset);
  const stages = typed.includes(":") ? [] : stagesBefore(model, cursor.offset);
  return [
    ...stages.map((stage) =>
      candidate(stage.name ?? String(stage.index), "stage", { detail: stageTitle(stage), rank: 0 }),
    ),
    ...completeImage(model.inputs.images, cursor.offset, typed),
  ];
}

/** Image names of the facts, and tags once a name is complete. */
export function completeImage(images: ImageFactsSource, offset: number, typed: string): Candidate[] {
  const colon = typed.lastIndexOf(":");
  if (colon > typed.lastIndexOf("/") && colon > 0) {
    const name = familiarName(typed.slice(0, colon));
    const candidate = candidatesFrom(offset - (typed.length - colon - 1), offset);
    return images.tags(name).map((tag, rank) => {
      const facts = images.find({ name, tag, digest: undefined });
      return candidate(tag, "tag", { rank, ...(facts && { detail: imageSummary(facts) }) });
    });
  }
  // A digest is copied, not chosen.
  if (typed.includes("@")) return [];
  const candidate = candidatesFrom(offset - typed.length, offset);
  return images
    .names()
    .filter((name) => name !== "scratch")
    .map((name) => candidate(name, "image", { text: `${name}:`, continues: true }));
}

/** Stages that can be named at an offset: those that begin before the stage it is in. */
function stagesBefore(model: DockerfileModel, offset: number): readonly Stage[] {
  const own = model.stages.findLast((it) => it.from.keyword.start < offset);
  return model.stages.filter((it) => it.index < (own?.index ?? 0));
}
