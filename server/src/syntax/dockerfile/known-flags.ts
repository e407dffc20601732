/** `switch`: with or without `=true`; `value`: once, with a value; `values`: any number of times, with a value. */
export type FlagKind = "switch" | "value" | "values";

const NONE: ReadonlyMap<string, FlagKind> = new Map();

/**
 * The flags of each instruction (Dockerfile reference and moby/buildkit, frontend/dockerfile/instructions, up to
 * Dockerfile 1.20, read 2026-11).
 */
const FLAGS: ReadonlyMap<string, ReadonlyMap<string, FlagKind>> = new Map([
  [
    "ADD",
    new Map<string, FlagKind>([
      ["checksum", "value"],
      ["chmod", "value"],
      ["chown", "value"],
      ["exclude", "values"],
      ["keep-git-dir", "switch"],
      ["link", "switch"],
      ["unpack", "switch"],
    ]),
  ],
  [
    "COPY",
    new Map<string, FlagKind>([
      ["chmod", "value"],
      ["chown", "value"],
      ["exclude", "values"],
      ["from", "value"],
      ["link", "switch"],
      ["parents", "switch"],
    ]),
  ],
  ["FROM", new Map<string, FlagKind>([["platform", "value"]])],
  [
    "HEALTHCHECK",
    new Map<string, FlagKind>([
      ["interval", "value"],
      ["retries", "value"],
      ["start-interval", "value"],
      ["start-period", "value"],
      ["timeout", "value"],
    ]),
  ],
  [
    "RUN",
    new Map<string, FlagKind>([
      ["device", "values"],
      ["mount", "values"],
      ["network", "value"],
      ["security", "value"],
    ]),
  ],
]);

/** By the instruction's name in upper case. */
export function flagsOf(instruction: string): ReadonlyMap<string, FlagKind> {
  return FLAGS.get(instruction) ?? NONE;
}
