import type { VariantInfo } from "../../shared/server-messages.ts";
import type { Trial, TrialRow } from "../../shared/variants-messages.ts";

/** A trial while it goes on. */
export interface OpenTrial {
  now(): Trial;
  /** Says more of a row. */
  set(row: number, more: Partial<TrialRow>): void;
  /** What has not come to its end was cancelled. */
  end(): void;
}

/** `draw` is called after each change. */
export function openTrial(
  about: Pick<Trial, "dockerfile" | "name" | "refused">,
  variants: readonly VariantInfo[],
  draw: (trial: Trial) => void,
): OpenTrial {
  let trial: Trial = { ...about, state: "running", rows: variants.map(waiting) };
  const change = (next: Partial<Trial>) => {
    trial = { ...trial, ...next };
    draw(trial);
  };
  return {
    now: () => trial,
    set: (row, more) => change({ rows: trial.rows.map((it, at) => (at === row ? { ...it, ...more } : it)) }),
    end: () => change({ state: "over", rows: trial.rows.map(ended) }),
  };
}

function waiting({ name, base, lacks, changes, checks }: VariantInfo): TrialRow {
  return { name, base, state: "waiting", lacks, changes, checks };
}

function ended(row: TrialRow): TrialRow {
  const isOver = row.state === "tried" || row.state === "not-built";
  return isOver ? row : { ...row, state: "cancelled", step: undefined };
}
