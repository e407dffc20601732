import type { Origin } from "../../model/compose/effective/tree.ts";

/** A few words that an editor shows inside a line. */
export interface InlayHint {
  readonly offset: number;
  readonly text: string;
  /** What it speaks of, to go there. */
  readonly origin: Origin | undefined;
}
