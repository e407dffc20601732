/** A stage's sizes, build after build, as the page draws them. Plain data; null where something is not known. */
export interface SizeHistory {
  /** Of the Dockerfile, from the workspace folder. */
  readonly name: string;
  /** Stages with builds, the one that was built last first; the empty name is the final stage's. */
  readonly stages: readonly string[];
  readonly stage: string;
  /** Oldest first. */
  readonly points: readonly HistoryPoint[];
}

export interface HistoryPoint {
  readonly imageId: string;
  readonly tag: string;
  /** ms since 1970. */
  readonly time: number;
  /** Bytes on disk. */
  readonly total: number;
  /** Bytes as transferred. */
  readonly transfer: number | null;
  /** `1a2b3c4`. */
  readonly commit: string | null;
  /** The first line of its message, where git still has it. */
  readonly subject: string | null;
  /** Whether files of the build were not as in the commit. */
  readonly isDirty: boolean;
  /** Bytes more than the build before. */
  readonly change: number | null;
  /** What moved it, the most first. */
  readonly moves: readonly HistoryMove[];
}

export interface HistoryMove {
  readonly how: "same" | "edited" | "added" | "removed" | "base" | "platform" | "rest";
  /** The instruction as it stands now where it still does, else a few words of it; the base image, or the platforms. */
  readonly text: string;
  /** What stood there before. */
  readonly before: string | null;
  readonly bytes: number;
  /** From 1, where it stands in the Dockerfile as it is now. */
  readonly line: number | null;
}

/** Host → page. The page draws the last one and holds no truth of its own. */
export type HistoryHostMessage = {
  readonly kind: "history";
  /** Absolute path, for the page to keep: by it the host draws the page again with its window. */
  readonly dockerfile: string;
  readonly history: SizeHistory;
};

/** Page → host. `point` and `move` are places in the history that the host sent last. */
export type HistoryPageMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "stage"; readonly stage: string }
  | { readonly kind: "open"; readonly point: number; readonly move: number }
  | { readonly kind: "compare"; readonly point: number };
