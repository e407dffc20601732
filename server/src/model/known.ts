import type { Span } from "../text/span.ts";

/**
 * Why the evaluation says what it says: a sentence, and the place in the file that made it so when there is one.
 * Shown as related information of a diagnostic.
 */
export interface Reason {
  readonly message: string;
  readonly span?: Span;
}

/** Three-valued. A rule reports only on a certain `yes` or `no`. */
export interface Answer {
  readonly is: "yes" | "no" | "unknown";
  readonly because: readonly Reason[];
  /** Of an unknown: it is `no`, unless something comes into the build context before the build. */
  readonly asContextIs?: "no";
}

/** A value the evaluation is sure of, or the reason why it cannot know. */
export type Known<T> =
  | { readonly known: true; readonly value: T; readonly because: readonly Reason[] }
  | { readonly known: false; readonly because: readonly Reason[] };

/** It is certainly so, for these reasons. */
export function yes(...because: Reason[]): Answer {
  return { is: "yes", because };
}

/** It is certainly not so. */
export function no(...because: Reason[]): Answer {
  return { is: "no", because };
}

/** It cannot be known, for these reasons. */
export function unknown(...because: Reason[]): Answer {
  return { is: "unknown", because };
}

/** `no`, as the build context is now: what is not in it may be made before the build, and it may be another folder. */
export function noUnlessMadeBefore(...because: Reason[]): Answer {
  return { is: "unknown", because, asContextIs: "no" };
}

/** A value that is certain, and what makes it so. */
export function known<T>(value: T, ...because: Reason[]): Known<T> {
  return { known: true, value, because };
}

/** Why a value cannot be known. */
export function notKnown<T>(...because: Reason[]): Known<T> {
  return { known: false, because };
}
