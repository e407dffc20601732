import type { BudgetInfo } from "../shared/server-messages.ts";

/** What an image weighs, in bytes. */
export interface MeasuredSize {
  /** All layers unpacked. */
  readonly disk: number;
  /** Compressed; undefined where the engine does not tell. */
  readonly transfer: number | undefined;
}

/** How an image stands to a budget that is about it. */
export interface BudgetVerdict {
  readonly budget: BudgetInfo;
  /** Bytes; undefined where nobody told. */
  readonly size: number | undefined;
  /** Bytes above the budget; 0 where it is kept or cannot be judged. */
  readonly over: number;
}

/**
 * What counts for an image with these references, and how it stands to it: of each measure the first budget that is about it.
 * `budgets` are in the order in which they count.
 */
export function judge(
  budgets: readonly BudgetInfo[],
  references: readonly string[],
  measured: MeasuredSize,
): readonly BudgetVerdict[] {
  const own = budgets.filter(({ image }) => image === null || references.some((it) => fits(it, image)));
  return (["disk", "transfer"] as const).flatMap((of): readonly BudgetVerdict[] => {
    const budget = own.find((it) => it.of === of);
    const size = measured[of];
    return budget ? [{ budget, size, over: Math.max((size ?? 0) - budget.bytes, 0) }] : [];
  });
}

/**
 * Whether a reference is meant by a pattern: `ghcr.io/acme/*`, `api`, `api:1.*`. A pattern without a tag is about all tags and
 * digests, `*` is any text, and `docker.io/library/` may be left out.
 */
export function fits(reference: string, pattern: string): boolean {
  const hasTag = /[:@][^/]*$/.test(pattern);
  const named = familiar(reference);
  const expression = familiar(pattern)
    .split(/([*?])/)
    .map((part) => (part === "*" ? ".*" : part === "?" ? "." : part.replace(/[\\^$.|+()[\]{}]/g, "\\$&")))
    .join("");
  return new RegExp(`^${expression}$`).test(hasTag ? named : repositoryOf(named));
}

/** `ghcr.io/acme/api` of `ghcr.io/acme/api:1.2@sha256:…`. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}

function familiar(name: string): string {
  return name.replace(/^docker\.io\//, "").replace(/^library\//, "");
}
