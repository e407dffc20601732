import type { OtherFileChange } from "../../rules/rule.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Place } from "./place.ts";

/** Another way to write what is there. */
export interface Refactoring {
  /** Names its file. */
  readonly id: string;
  readonly kind: "rewrite" | "extract" | "inline";
  /** What it can do at a place, rightly; nothing where it cannot. */
  readonly offersAt: (place: Place) => readonly (Offer | undefined)[];
}

export interface Offer {
  /** What it does, as an imperative: `Write environment as a list`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Changes of other files, made with the edits or not at all. */
  readonly others?: readonly OtherFileChange[];
}

/** An offer when there are edits to make. */
export function offer(
  title: string,
  edits: readonly TextEdit[] | undefined,
  others?: readonly OtherFileChange[],
): Offer | undefined {
  return edits && edits.length > 0 ? { title, edits, ...(others && { others }) } : undefined;
}
