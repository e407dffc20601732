import { overlaps } from "../text/span.ts";
import type { Problem } from "./rule.ts";

/**
 * One finding for one mistake: where two rules see the same one, the first of a pair is shown and the second is not. A
 * rule does not know of another; who goes before whom stands here alone.
 */
const precedence: readonly (readonly [stronger: string, weaker: string])[] = [
  // Shell form where there is no shell fails at once; that it would swallow signals does not matter then.
  ["no-shell", "shell-form-swallows-signals"],
  ["no-shell", "command-not-in-image"],
  // What the ignore file keeps out gets into no image.
  ["copy-source-ignored", "secret-in-image"],
  // The same folder, and the same remedy.
  ["host-dependencies-copied", "copy-all-without-dockerignore"],
];

const weakerThan = new Map<string, Set<string>>();
for (const [stronger, weaker] of precedence)
  weakerThan.set(stronger, (weakerThan.get(stronger) ?? new Set()).add(weaker));

/** Leaves out what a stronger rule says of the same place. The problems may come in any order. */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  const strong = problems.filter((it) => weakerThan.has(it.rule));
  if (strong.length === 0) return [...problems];
  return problems.filter(
    (it) =>
      !strong.some((other) => weakerThan.get(other.rule)?.has(it.rule) && overlaps(other.span, it.span)),
  );
}
