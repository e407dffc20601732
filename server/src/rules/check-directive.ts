import { checkOptionsIn } from "../syntax/dockerfile/directives.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import { isBuildCheck, isExperimentalCheck } from "./knowledge/names/build-checks.ts";

/** What a `check` directive or comment asks for: `skip=A,B;error=true;experimental=all`. */
export interface CheckOptionsOfBuild {
  /** Is this check skipped? */
  skips(check: string): boolean;
  /** Is this experimental check asked for? */
  asksFor(check: string): boolean;
  /** Each finding fails the build. */
  readonly error: boolean;
  /** All of it, as written. */
  readonly value: string;
}

/** Of several directives BuildKit refuses all but the first. */
export function checkOptionsOf({ directives }: Dockerfile): CheckOptionsOfBuild {
  return readCheckOptions(directives.find((it) => it.name === "check")?.value ?? "");
}

/**
 * As BuildKit reads them (linter.go, `ParseLintOptions`, read 2026-11), a part that it refuses left out. Of several `skip` the
 * last counts, and `all` is every check only when it stands alone, from then on.
 */
export function readCheckOptions(value: string): CheckOptionsOfBuild {
  let skipped: ReadonlySet<string> = new Set();
  let asked: ReadonlySet<string> = new Set();
  let skipsAll = false;
  let asksForAll = false;
  let error = false;
  for (const option of checkOptionsIn(value).split(";")) {
    const equals = option.indexOf("=");
    const name = option.slice(0, Math.max(equals, 0)).trim();
    const names = option
      .slice(equals + 1)
      .split(",")
      .map((it) => it.trim());
    const isAll = names.length === 1 && names[0] === "all";
    if (name === "skip" && isAll) skipsAll = true;
    else if (name === "skip") skipped = new Set(names);
    if (name === "experimental" && isAll) asksForAll = true;
    else if (name === "experimental") asked = new Set(names);
    if (name === "error") error = /^(?:1|t|true)$/i.test(names[0] ?? "");
  }
  return {
    skips: (check) =>
      !isExperimentalCheck(check) && (skipped.has(check) || (skipsAll && isBuildCheck(check))),
    asksFor: (check) => isExperimentalCheck(check) && (asksForAll || asked.has(check)),
    error,
    value,
  };
}
