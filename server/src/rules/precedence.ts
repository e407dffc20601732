import { SpanSet } from "../text/sorted.ts";
import { bashSyntaxInSh } from "./dockerfile/bash-syntax-in-sh.ts";
import { bracketWithoutBlank } from "./dockerfile/bracket-without-blank.ts";
import type { Problem } from "./rule.ts";

/**
 * One finding for one mistake: where two rules see the same one, the first of a pair is shown and the second is not. A
 * rule does not know of another; who goes before whom stands here alone.
 */
const precedence: readonly (readonly [stronger: string, weaker: string])[] = [
  // Shell form where there is no shell fails at once; that it would swallow signals does not matter then.
  ["no-shell", "shell-form-swallows-signals"],
  // Without a shell nothing of the line is started; that its programs are missing as well comes after it.
  ["no-shell", "healthcheck-tool-missing"],
  ...["account-unknown", "needs-root", "run-directory-missing", "run-path-missing"].map(
    (weaker) => ["no-shell", weaker] as const,
  ),
  // A container that ends at once gets no signal.
  ["leaves-foreground", "shell-form-swallows-signals"],
  // Where nothing else is in the RUN, it does nothing at all.
  ["run-state-lost", "cd-in-run"],
  ["run-state-lost", "senseless-command"],
  // What is no exec form by a slip was not meant as shell form.
  ["malformed-exec-form", "no-shell"],
  ["malformed-exec-form", "shell-form-swallows-signals"],
  ["exec-form-not-strings", "no-shell"],
  // A platform that does not exist is none to build for.
  ["invalid-platform", "constant-platform"],
  ["url-in-copy", "path-never-produced"],
  ["exec-form-not-strings", "shell-form-swallows-signals"],
  // The old form was not meant either, where a blank in front of the sign makes it one.
  ["label-or-env-with-blank", "legacy-key-value-format"],
  // The variable is set, only not yet.
  ["environment-refers-to-itself", "undefined-variable"],
  // Stages that need each other: one of them necessarily stands further down.
  ["circular-stages", "unknown-stage"],
  // A `~` makes no path relative: it was meant to be expanded.
  ["no-shell-expansion", "relative-workdir"],
  ["no-shell-expansion", "copy-destination-not-directory"],
  ["no-shell-expansion", "relative-copy-destination"],
  // The words of a comment are no destination and no user.
  ...[
    "copy-destination-not-directory",
    "relative-copy-destination",
    "user-not-numeric",
    "user-unknown-to-image",
  ].map((weaker) => ["comment-behind-instruction", weaker] as const),
  // A word that was to end a block is no package.
  ["script-unreadable", "unknown-package"],
  // The words of a command are none either.
  ["separator-missing", "unknown-package"],
  // What is no instruction any more has no form of its own.
  ["instruction-swallowed", "missing-equals"],
  ["instruction-swallowed", "invalid-port"],
  // What cannot be the name of an image has no tag either.
  ["invalid-image-reference", "unpinned-base"],
  ["invalid-image-reference", "base-without-digest"],
  // What was given up has no newer version that could be named.
  ["end-of-life-base", "unpinned-base"],
  ["end-of-life-image", "unpinned-image"],
  // Without a tag there is more amiss than the digest.
  ["unpinned-base", "base-without-digest"],
  // Either keep the cache out of the layer or mount it; the second is advice for those who have the first.
  ["package-cache-left", "no-cache-mount"],
  // A user who is not there fails at once, by whichever name.
  ["user-unknown-to-image", "user-not-numeric"],
  // What nobody can be given is not stored twice.
  ["account-unknown", "copy-then-chown"],
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
  // That it is not there is known; this says why.
  ...["run-path-missing", "needed-file-missing", "command-not-in-image"].map(
    (weaker) => ["used-file-ignored", weaker] as const,
  ),
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
  ].flatMap((weaker) => [
    ["package-manager-mismatch", weaker] as const,
    ["program-not-on-windows", weaker] as const,
  ]),
  // That two of the file's ports differ says less than which of them is wrong.
  ["aspnet-port", "port-mismatch"],
  // An argument that is no list of strings is no list of sources either.
  ["malformed-exec-form", "copy-destination-not-directory"],
  // `["node server.js"]` names no program at all, so that none is missing.
  ["exec-form-shell-line", "command-not-in-image"],
  // What Compose takes for a variable of its own is most likely one of the container's.
  ["dollar-interpolated", "unset-variable"],
  ["exec-form-shell-line", "command-not-found"],
  // Of a database it is told by default, in other words.
  ["published-database", "unbound-port"],
  // A port that nobody should reach past the proxy is taken away, not bound.
  ["bypasses-gateway", "unbound-port"],
  // The password is the path, which is no secret: everybody knows where secrets stand.
  ["secret-path-as-value", "plain-password"],
  // ShellCheck sees the same, in other words, where it is installed.
  ...[bashSyntaxInSh, bracketWithoutBlank].flatMap(({ id, aliases }) =>
    aliases.map((weaker) => [id, weaker] as const),
  ),
];

const strongerThan = new Map<string, Set<string>>();
for (const [stronger, weaker] of precedence)
  strongerThan.set(weaker, (strongerThan.get(weaker) ?? new Set()).add(stronger));

const stronger: ReadonlySet<string> = new Set(precedence.map(([it]) => it));

/** Is there a rule that says less of the same mistake? */
export function goesBeforeOthers(rule: string): boolean {
  return stronger.has(rule);
}

/** Leaves out what a stronger rule says of the same place. The problems may come in any order. */
export function withoutDoubles(problems: readonly Problem[]): Problem[] {
  const found = new Set(problems.map((it) => it.rule));
  const taken = new Map<string, SpanSet>();
  for (const weaker of found) {
    const rules = strongerThan.get(weaker);
    if (!rules) continue;
    const spans = problems.filter((it) => rules.has(it.rule)).map((it) => it.span);
    if (spans.length > 0) taken.set(weaker, new SpanSet(spans));
  }
  return taken.size === 0 ? [...problems] : problems.filter((it) => !taken.get(it.rule)?.overlaps(it.span));
}
