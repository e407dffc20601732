import { type Candidate, type CandidateKind, type CandidateOptions, candidatesFrom } from "./candidate.ts";
import type { DockerfileCursor } from "./dockerfile-cursor.ts";

/** The unfinished argument at the cursor, out of the brackets and quotes of exec form. */
export interface WrittenArgument {
  readonly text: string;
  /** In exec form, `["…`. */
  readonly inList: boolean;
  /** Behind a quote that is open. */
  readonly inQuotes: boolean;
  /** Arguments before it, flags left out. */
  readonly before: readonly string[];
  /** A candidate in place of the argument behind its first `kept` characters, in quotes where exec form wants them. */
  candidate(label: string, kind: CandidateKind, options?: CandidateOptions, kept?: number): Candidate;
}

/** The argument that is being written at the cursor, in exec form or not. */
export function argumentAt({ offset, typed, words }: DockerfileCursor): WrittenArgument {
  const before = words.filter((it) => !it.startsWith("--"));
  const inList = [...before, typed].some((it) => it.startsWith("["));
  // A list may be written without blanks: `["a","b`.
  const [, opening = "", text = ""] = (inList ? /^((?:.*,)?\[?"?)(.*)$/s : /^("?)(.*)$/s).exec(typed) ?? [];
  const inQuotes = opening.endsWith('"');
  const entries = inList ? [...before, opening].join("").split(",").length - 1 : before.length;
  return {
    text,
    inList,
    inQuotes,
    before: inList ? Array.from({ length: entries }, () => "") : before,
    candidate: (label, kind, options = {}, kept = 0) => {
      const written = options.text ?? label;
      const make = candidatesFrom(offset - text.length + kept, offset);
      const isBare = inList && !inQuotes && kept === 0;
      return make(label, kind, { ...options, text: isBare ? `"${written}"` : written });
    },
  };
}
