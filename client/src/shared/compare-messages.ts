import type { Comparison } from "../sizes/comparison.ts";

/** Host → page. The page draws the last one and holds no truth of its own. */
export type CompareHostMessage = { readonly kind: "comparison"; readonly comparison: Comparison };

/** Page → host. */
export type ComparePageMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "open-line"; readonly file: string; readonly line: number }
  | { readonly kind: "export"; readonly format: "markdown" | "csv" | "json" };
