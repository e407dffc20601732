import type { Stage } from "../../model/stage/stage.ts";
import { mentionsOf } from "../stage-names.ts";
import type { Mention, Place } from "./name.ts";
import type { DockerfileSource } from "./sources.ts";

/** Stages of a Dockerfile, where they are named and where they are used. */
export function stageMentions({ path, model }: DockerfileSource): readonly Mention[] {
  const { text } = model.file;
  return mentionsOf(model).map(({ stage, span, kind }) => ({
    kind: "stage",
    role: kind === "name" ? "declaration" : "use",
    place: placeOf(stage, text.slice(span.start, span.end), span),
    file: path,
    scope: stageScope(path, stage),
  }));
}

/** Two stages may have one name: what names it means the one before. */
export function stageScope(path: string, stage: Stage): string {
  return `${path}#${stage.index}`;
}

function placeOf(stage: Stage, written: string, span: Place["span"]): Place {
  const text = stage.name ?? String(stage.index);
  if (written.toLowerCase() === stage.name) return { text, span, rewrite: "name" };
  const isNumber = written === String(stage.index);
  return { text, span, rewrite: isNumber ? "nothing" : { refused: `\`${written}\` stands for it there` } };
}
