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

/** As BuildKit reads them (linter.go, `ParseLintOptions`, read 2026-11), a part that it refuses left out. */
export function readCheckOptions(value: string): CheckOptionsOfBuild {
  const skipped = new Set<string>();
  const asked = new Set<string>();
  let error = false;
  for (const option of value.split(";")) {
    const equals = option.indexOf("=");
    const name = option.slice(0, Math.max(equals, 0)).trim();
    const names = option
      .slice(equals + 1)
      .split(",")
      .map((it) => it.trim());
    if (name === "skip") for (const it of names) skipped.add(it);
    if (name === "experimental") for (const it of names) asked.add(it);
    if (name === "error") error = /^(?:1|t|true)$/i.test(names[0] ?? "");
  }
  return {
    skips: (check) =>
      skipped.size > 0 &&
      !isExperimentalCheck(check) &&
      (skipped.has(check) || (skipped.has("all") && isBuildCheck(check))),
    asksFor: (check) => isExperimentalCheck(check) && (asked.has("all") || asked.has(check)),
    error,
    value,
  };
}
