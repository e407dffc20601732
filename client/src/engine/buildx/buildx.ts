import { execFile } from "node:child_process";
import type { EngineError } from "../engine.ts";
import { cancelled, otherFailure } from "../failures.ts";

/** A builder that `docker buildx` knows. */
export interface Builder {
  readonly name: string;
  /** `docker`, `docker-container`, `kubernetes`, `remote`. */
  readonly driver: string;
  readonly platforms: readonly string[];
  /** `running`, `inactive` …, of its first node. */
  readonly status: string;
  readonly isCurrent: boolean;
}

/** What is read of a line of `docker buildx ls --format json` (buildx 0.13 and newer). */
interface ListedBuilder {
  readonly Name?: string;
  readonly Driver?: string;
  readonly Current?: boolean;
  readonly Nodes?: readonly ({ readonly Status?: string; readonly Platforms?: unknown } | null)[] | null;
}

/** Longest wait: buildx asks each builder for its state. Ms. */
const patience = 30_000;

/**
 * The builders of `docker buildx`; none where the docker program or its buildx is not installed. `dockerHost` is the engine that
 * its builder of the driver `docker` stands for. Throws EngineError when buildx fails.
 */
export function listBuilders(dockerHost: string, signal?: AbortSignal): Promise<readonly Builder[]> {
  return new Promise((resolve, reject) => {
    execFile(
      "docker",
      ["buildx", "ls", "--format", "{{json .}}"],
      { env: { ...process.env, DOCKER_HOST: dockerHost }, timeout: patience, ...(signal && { signal }) },
      (error, stdout, stderr) => {
        if (signal?.aborted) return reject(cancelled());
        if (!error) {
          try {
            return resolve(readBuilders(stdout));
          } catch {
            return reject(otherFailure("“docker buildx ls” answered something that cannot be read."));
          }
        }
        if (isMissing(error, stderr)) return resolve([]);
        reject(
          otherFailure(`“docker buildx ls” failed: ${stderr.trim().split("\n").at(-1) ?? error.message}`),
        );
      },
    );
  });
}

/** Whether the program, or its part for builds, is not there. */
export function isMissing(error: { readonly code?: unknown }, said: string): boolean {
  return (
    error.code === "ENOENT" ||
    /is not a docker command|unknown command|unknown flag: --(?:format|builder|progress|iidfile)/.test(said)
  );
}

/**
 * What `docker buildx ls` printed. Without those of other Docker contexts: they build with the engine of that context, which is not the one
 * that is used here.
 */
export function readBuilders(text: string): readonly Builder[] {
  const listed = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as ListedBuilder)
    .map(({ Name = "", Driver = "", Current, Nodes }) => ({
      name: Name,
      driver: Driver,
      platforms: [...new Set((Nodes ?? []).flatMap((node) => platformsOf(node?.Platforms)))],
      status: Nodes?.[0]?.Status ?? "",
      isCurrent: Current === true,
    }))
    .filter((it) => it.name !== "" && (it.driver !== "docker" || it.name === "default" || it.isCurrent));
  // buildx 0.29 tells a builder once for itself and once for each of its nodes.
  return [...new Map(listed.map((it) => [it.name, it])).values()].toSorted(
    (one, other) => Number(other.isCurrent) - Number(one.isCurrent),
  );
}

/** A list, or objects with `os`, `architecture` and `variant`, by version. */
function platformsOf(listed: unknown): readonly string[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((it: unknown) => {
    if (typeof it === "string") return it.replace(/\*$/, "");
    if (typeof it !== "object" || it === null) return [];
    const { os, architecture, variant } = it as { os?: string; architecture?: string; variant?: string };
    return os && architecture ? [os, architecture, variant].filter(Boolean).join("/") : [];
  });
}

/** What it says when docker or buildx is not there. */
export function withoutBuildx(): EngineError {
  return otherFailure(
    "“docker buildx” is not installed where VS Code runs its extensions. Install Docker's command line with buildx, or build with the engine (setting “plimsoll.build.builder”).",
  );
}
