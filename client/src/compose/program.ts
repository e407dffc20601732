/** What runs Compose here. */
export interface ComposeProgram {
  /** A name on the PATH, or a path. */
  readonly program: string;
  /** What comes before the options of Compose: `compose` for the plugin of `docker`. */
  readonly arguments: readonly string[];
  /** `2.40.3`, without what a distribution adds. */
  readonly version: string;
}

export type ProgramCandidate = Pick<ComposeProgram, "program" | "arguments">;

/**
 * Where to look for Compose, best first: what `setting` names (`docker compose`, `podman compose`, a path of `docker-compose`), or when it
 * is empty the plugin of `docker`, then the program of its own.
 */
export function composeCandidates(setting: string): readonly ProgramCandidate[] {
  const given = setting.trim();
  if (given === "")
    return [
      { program: "docker", arguments: ["compose"] },
      { program: "docker-compose", arguments: [] },
    ];
  // A path may hold spaces; only the last word can be the plugin, and even that may belong to the path.
  const program = /^(.+)\s+compose$/.exec(given)?.[1];
  return [
    ...(program === undefined ? [] : [{ program, arguments: ["compose"] }]),
    { program: given, arguments: [] },
  ];
}

/**
 * The first of the places that is a Compose; undefined when none is. `run` answers what a program printed, or undefined when it cannot be
 * run or fails.
 */
export async function findCompose(
  setting: string,
  run: (program: string, args: readonly string[]) => Promise<string | undefined>,
): Promise<ComposeProgram | undefined> {
  for (const candidate of composeCandidates(setting)) {
    // A `docker` without the plugin does not know the word `compose`.
    const printed = await run(candidate.program, [...candidate.arguments, "version", "--short"]);
    const version = printed === undefined ? undefined : composeVersion(printed);
    if (version !== undefined) return { ...candidate, version };
  }
  return undefined;
}

/** What `version --short` prints: `2.40.3-3`, `v2.24.1`, `1.29.2`. Undefined when it is no version. */
export function composeVersion(printed: string): string | undefined {
  return /^v?(\d+\.\d+(?:\.\d+)?)/m.exec(printed.trim())?.[1];
}

/** `docker compose watch` came with 2.22 (docs.docker.com/compose/releases/release-notes, read 2026-11). */
export function canWatch({ version }: ComposeProgram): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || (major === 2 && minor >= 22);
}
