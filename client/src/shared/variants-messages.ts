/** What is tried of a Dockerfile: one row a base. */
export interface Trial {
  /** Absolute path. */
  readonly dockerfile: string;
  /** As the user knows it, relative to the workspace. */
  readonly name: string;
  /** `again` when all that is known is which file it was: the window was opened anew. */
  readonly state: "running" | "over" | "again";
  readonly rows: readonly TrialRow[];
  readonly refused: readonly { readonly name: string; readonly base: string; readonly reason: string }[];
}

export interface TrialRow {
  readonly name: string;
  /** What the final FROM names. */
  readonly base: string;
  readonly state: "waiting" | "building" | "starting" | "tried" | "not-built" | "cancelled";
  /** The step that is built, while it is. */
  readonly step?: string | undefined;
  /** The name of its image, when it was built and not removed since. */
  readonly tag?: string | undefined;
  /** Bytes. */
  readonly unpackedSize?: number | undefined;
  /** Bytes; undefined where the engine does not tell and nothing was measured. */
  readonly compressedSize?: number | undefined;
  readonly start?: TrialStart | undefined;
  /** Why it was not built, and the last lines of what was said. */
  readonly failure?: { readonly message: string; readonly log: readonly string[] } | undefined;
  readonly lacks: readonly string[];
  readonly changes: readonly string[];
  readonly checks: readonly string[];
}

/** How a container of it started: see SmokeReport. */
export interface TrialStart {
  readonly works: boolean;
  readonly status: string;
  /** ms. */
  readonly readyAfter: number | undefined;
  /** The sentence for the user. */
  readonly message: string;
  readonly log: readonly string[];
}

/** Host → page. The page draws the last one and holds no truth of its own. */
export interface VariantsHostMessage {
  readonly kind: "trial";
  readonly trial: Trial;
  /** Names of images that were made, also by trials before, and not removed. */
  readonly made: readonly string[];
}

/** What the page keeps for the host, which gets it back when the window is opened anew. */
export interface KeptOfTrial {
  readonly dockerfile: string;
  readonly made: readonly string[];
}

/** Page → host. */
export type VariantsPageMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "cancel" }
  | { readonly kind: "again" }
  | { readonly kind: "compare" }
  /** What a pull transfers, where the engine does not tell. */
  | { readonly kind: "measure-transfer" }
  | { readonly kind: "remove" }
  | { readonly kind: "show-changes"; readonly name: string }
  | { readonly kind: "apply"; readonly name: string };
