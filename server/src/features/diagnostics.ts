import type { Problem } from "../rules/rule.ts";

/** How the editor may draw a problem's text besides the wave: faded or struck through. */
export type Drawing = "unnecessary" | "deprecated";

/** By rule, alias or code; what is not here is drawn as usual. */
const drawings: Readonly<Record<string, Drawing>> = {
  MaintainerDeprecated: "deprecated",
  LegacyKeyValueFormat: "deprecated",
  NoEmptyContinuation: "unnecessary",
  RedundantTargetPlatform: "unnecessary",
  DL3029: "unnecessary",
  "compose-version": "deprecated",
};

/** Struck through or faded, as editors draw what is deprecated or unnecessary; by id or alias. */
export function drawingOf({ rule, aliases }: Problem): Drawing | undefined {
  return [rule, ...aliases].map((it) => drawings[it]).find((it) => it !== undefined);
}
