import type { DockerfileModel } from "../../model/stage/dockerfile-model.ts";
import { imageLabels } from "../knowledge/image-labels.ts";
import { settingsOfImage } from "../knowledge/image-settings.ts";
import { commonVariables, variablesOfPrograms } from "../knowledge/program-variables.ts";
import { variablesAt } from "../variables.ts";
import { type Candidate, candidatesFrom, escapeSnippet } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";
import { stateAt } from "./state-at.ts";

/** Names of labels that registries read, each with an example of its value. */
export function completeLabel({ typed, words, offset }: DockerfileCursor): Candidate[] {
  if (typed.includes("=")) return [];
  const quote = typed.startsWith('"') ? 1 : 0;
  const candidate = candidatesFrom(offset - typed.length + quote, offset);
  const given = new Set(words.map((it) => it.replace(/=.*$/s, "").replaceAll('"', "")));
  return imageLabels
    .filter((it) => !given.has(it.name))
    .map(({ name, summary, example }, rank) =>
      candidate(name, "field", {
        documentation: `${summary}\n\nExample: \`${example}\``,
        text: quote ? name : `${name}="\${1:${escapeSnippet(example)}}"`,
        snippet: !quote,
        rank,
      }),
    );
}

/** Variables that programs of the image read, those that the image itself is told by, and those that are set already. */
export function completeEnvironmentName(
  model: DockerfileModel,
  { typed, words, offset }: DockerfileCursor,
): Candidate[] {
  if (typed.includes("=") || (words.length > 0 && !words[0]?.includes("="))) return [];
  const here = stateAt(model, offset);
  if (!here) return [];
  const { base } = here.stage.bottom;
  const candidate = candidatesFrom(offset - typed.length, offset);
  const found = new Map<string, Candidate>();
  const add = (it: Candidate) => {
    if (!found.has(it.label)) found.set(it.label, it);
  };
  const programs = Object.entries(variablesOfPrograms).filter(
    ([program]) => here.state.hasTool(program).is === "yes",
  );
  for (const [rank, list] of [...programs.map(([, it]) => it), commonVariables].entries()) {
    for (const { name, value, summary } of list)
      add(
        candidate(name, "variable", {
          documentation: summary,
          text: `${name}=\${1:${escapeSnippet(value)}}`,
          snippet: true,
          rank: list === commonVariables ? 20 : rank,
        }),
      );
  }
  const settings = settingsOfImage(base.kind === "image" ? base.image.name : undefined);
  for (const { name, summary } of settings?.variables ?? [])
    add(candidate(name, "variable", { documentation: summary, text: `${name}=`, rank: 15 }));
  for (const { name, value, declaredBy } of variablesAt(model, offset))
    if (declaredBy === "ENV")
      add(
        candidate(name, "variable", {
          detail: value === undefined ? "set above" : `set to ${value} above`,
          text: `${name}=`,
          rank: 25,
        }),
      );
  const given = new Set(words.map((it) => it.replace(/=.*$/s, "")));
  return [...found.values()].filter((it) => !given.has(it.label));
}
