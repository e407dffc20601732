import { inject } from "vitest";
import { startEngineWithBases } from "../../setup/bases.ts";
import { engineAt } from "../../setup/engine.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The engine that `test/setup/engine-for-vitest.ts` started for the run. */
    dockerHost: string;
  }
}

/** A real Docker Engine with the base images of `test/setup/base-images.ts`. */
export interface RealEngine {
  /** As `DOCKER_HOST` wants it: `unix:///tmp/plimsoll-engine-…/docker.sock`. */
  readonly dockerHost: string;
  /** Runs the `docker` command line against it; answers what it printed, throws with its errors. */
  docker(...args: readonly string[]): Promise<string>;
}

/** The engine that all files of the run share: give tags and containers names of your own, and remove them. */
export function realEngine(): RealEngine {
  return engineAt(inject("dockerHost"));
}

/**
 * An engine of the caller's own on the containerd image store, ready in 2 seconds. Stop it in `afterAll`.
 */
export function containerdEngine(): Promise<RealEngine & { stop(): Promise<void> }> {
  return startEngineWithBases("containerd");
}
