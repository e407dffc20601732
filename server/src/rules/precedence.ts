import type { Span } from "../text/span.ts";
import type { Problem } from "./rule.ts";

/**
 * One finding for one mistake: where two rules see the same one, the first of a pair is shown and the second is not. A
 * rule does not know of another; who goes before whom stands here alone.
 */
const precedence: readonly (readonly [stronger: string, weaker: string])[] = [
  // Shell form where there is no shell fails at once; that it would swallow signals does not matter then.
  ["no-shell", "shell-form-swallows-signals"],
  // Where nothing else is in the RUN, it does nothing at all.
  ["run-state-lost", "cd-in-run"],
  ["run-state-lost", "senseless-command"],
  // What is no exec form by a slip was not meant as shell form.
  ["malformed-exec-form", "no-shell"],
  ["malformed-exec-form", "shell-form-swallows-signals"],
  // The old form was not meant either, where a blank in front of the sign makes it one.
  ["label-or-env-with-blank", "legacy-key-value-format"],
  // The variable is set, only not yet.
  ["environment-refers-to-itself", "undefined-variable"],
  // A user who is not there fails at once, by whichever name.
  ["user-unknown-to-image", "user-not-numeric"],
  // A slip of a stage's name is no image.
  ["unknown-stage", "unpinned-copy-source"],
  // Both say that a program is missing; the first knows why.
  ["corepack-gone", "command-not-found"],
  // With its line ends right, the script may still name an interpreter that is missing: one thing at a time.
  ["script-crlf", "shebang-interpreter-missing"],
  // `["curl -f http://…"]` names no program at all, so that none is missing.
  ["exec-form-shell-line", "healthcheck-tool-missing"],
  ["no-shell", "command-not-in-image"],
  // What the ignore file keeps out gets into no image.
  ["copy-source-ignored", "secret-in-image"],
  // The same folder, and the same remedy.
  ["host-dependencies-copied", "copy-all-without-dockerignore"],
  // A package manager that is not there asks nothing, pins nothing and leaves nothing.
  ...[
    "apt-in-script",
    "distribution-upgrade",
    "install-asks",
    "package-cache-left",
    "recommended-packages",
    "unpinned-package",
    "update-alone",
  ].map((weaker) => ["package-manager-mismatch", weaker] as const),
  // `["node server.js"]` names no program at all, so that none is missing.
  ["exec-form-shell-line", "command-not-in-image"],
  ["exec-form-shell-line", "command-not-found"],
];

const strongerThan = new Map<string, Set<string>>();
for (const [stronger, weaker] of precedence)
  strongerThan.set(weaker, (strongerThan.get(weaker) ?? new Set()).add(stronger));

/** Leaves out what a stronger rule says of the same place. The problems may come in any order. */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  const covers = new Map<string, (span: Span) => boolean>();
  return problems.filter((it) => {
    const stronger = strongerThan.get(it.rule);
    if (!stronger) return true;
    let isCovered = covers.get(it.rule);
    if (!isCovered) {
      isCovered = coverOf(problems.filter((other) => stronger.has(other.rule)).map((other) => other.span));
      covers.set(it.rule, isCovered);
    }
    return !isCovered(it.span);
  });
}

/** Whether one of these spans overlaps another; asked of each of many problems, so none looks at all of them. */
function coverOf(spans: readonly Span[]): (span: Span) => boolean {
  if (spans.length === 0) return () => false;
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  let furthest = -1;
  // Of the spans up to each one, where the furthest ends.
  const ends = inOrder.map((it) => {
    furthest = Math.max(furthest, it.end);
    return furthest;
  });
  const empty = new Set(spans.filter((it) => it.start === it.end).map((it) => it.start));
  return ({ start, end }) => {
    if (start === end && empty.has(start)) return true;
    let low = 0;
    let high = inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((inOrder[middle]?.start ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (ends[low - 1] ?? 0) > start;
  };
}
