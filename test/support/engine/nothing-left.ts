import type { Socket } from "node:net";
import { expect, vi } from "vitest";
import { realEngine } from "./engine.ts";
import type { Passage } from "./engine-proxy.ts";

type Handle = (passage: Passage) => boolean;

/** Sees what is asked of an engine, and afterwards that nothing is left of it. */
export interface Watch {
  /** Calls in the order in which they came. */
  readonly calls: readonly string[];
  /** For the proxy, in place of `handle`. */
  through(handle: Handle): Handle;
  /** No connection of ours is open, no build runs, and there are no containers that were not there before. Waits for it. */
  nothingLeft(): Promise<void>;
}

/** Begin it before what it is to watch. */
export async function watchEngine(): Promise<Watch> {
  const { docker } = realEngine();
  const containers = async () => (await docker("container", "ls", "--all", "--quiet")).split("\n").toSorted();
  const before = await containers();
  const open = new Set<Socket>();
  const calls: string[] = [];
  return {
    calls,
    through: (handle) => (passage) => {
      calls.push(passage.call);
      open.add(passage.client);
      passage.client.once("close", () => open.delete(passage.client));
      return handle(passage);
    },
    nothingLeft: () =>
      vi.waitFor(
        async () => {
          expect(open.size, "connections").toBe(0);
          // Versions of buildx before 0.18 cannot tell.
          const format = ["--format", "{{.Status}}"];
          const builds = await docker("buildx", "history", "ls", ...format).catch(() => "");
          expect(builds.split("\n"), "builds").not.toContain("Running");
          expect(await containers(), "containers").toEqual(before);
        },
        { timeout: 20_000, interval: 50 },
      ),
  };
}
