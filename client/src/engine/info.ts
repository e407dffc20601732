import { ask, type Connection, callForObject } from "./connection.ts";
import type { EngineInfo } from "./engine.ts";

/** What is read of `/version` and `/info`. */
interface Version {
  readonly Version: string;
  readonly ApiVersion: string;
  readonly Os?: string;
  readonly Components?: readonly { readonly Name: string }[];
}

interface Info {
  readonly DriverStatus?: readonly (readonly string[])[] | null;
}

/** What kind of engine it is. */
export async function readInfo(connection: Connection, signal: AbortSignal | undefined): Promise<EngineInfo> {
  const [version, info] = await ask(connection, "asking for its version", signal, () =>
    Promise.all([
      callForObject<Version>(connection, { method: "GET", path: "/version" }, signal),
      callForObject<Info>(connection, { method: "GET", path: "/info" }, signal),
    ]),
  );
  // Podman answers the Docker API and names itself in the first component (4.3.1 and 5.8.6).
  const name = version.Components?.[0]?.Name === "Podman Engine" ? "podman" : "docker";
  return {
    name,
    version: version.Version,
    apiVersion: version.ApiVersion,
    // The containerd image store says so in DriverStatus (28.5.2); the driver's own name varies.
    imageStore: info.DriverStatus?.some(
      ([key, value]) => key === "driver-type" && value?.startsWith("io.containerd."),
    )
      ? "containerd"
      : "graph",
    // BuildKit came out of experimental in API 1.40 (engine 19.03); Windows containers have the classic builder only.
    hasBuildKit: name === "docker" && version.Os !== "windows" && atLeast(version.ApiVersion, 1, 40),
  };
}

/** Compares an API version such as `1.41`. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [ours = 0, own = 0] = version.split(".").map(Number);
  return ours > major || (ours === major && own >= minor);
}
