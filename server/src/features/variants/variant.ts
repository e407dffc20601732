/** A Dockerfile with its final stage on another base. */
export interface Variant {
  /** What it is called in a table: `scratch`, `distroless`, `alpine`, `slim`, `current`. Once each. */
  readonly name: string;
  /** What the final stage's FROM names. */
  readonly base: string;
  /** The whole Dockerfile. */
  readonly text: string;
  /** What was done besides naming another base, a sentence each. */
  readonly changes: readonly string[];
  /** What nobody can know from the text alone, and has to be looked at, a sentence each. */
  readonly checks: readonly string[];
  /** What a container of it does without: `shell`, `package manager`, `certificates`. */
  readonly lacks: readonly string[];
}

/** A base that was thought of and cannot be taken. */
export interface Refusal {
  readonly name: string;
  readonly base: string;
  readonly reason: string;
}

export interface Variants {
  /** The Dockerfile as it is comes first. */
  readonly variants: readonly Variant[];
  readonly refused: readonly Refusal[];
}

/** A base that may do for the program of a final stage. */
export interface Candidate {
  readonly name: string;
  /** What FROM would name. */
  readonly image: string;
  /** The same for a container that is root by its own words; else the image is one with a user without rights. */
  readonly imageForRoot?: string;
  /** Sentences that hold for whatever is put on it. */
  readonly checks?: readonly string[];
  /** Certain not to do, and why. */
  readonly unfit?: string;
}
