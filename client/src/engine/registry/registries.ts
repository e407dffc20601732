import { ask, type Connection, callForObject } from "../connection.ts";
import { type RegistrySurroundings, registryImage } from "./registry-client.ts";
import { registryReference } from "./registry-reference.ts";
import type { EngineRegistries } from "./registry-types.ts";

export function engineRegistries(connection: Connection): EngineRegistries {
  return {
    image: async (reference, signal) => {
      // Before the engine is asked: it has nothing to say about what is no name.
      registryReference(reference);
      return registryImage(reference, await surroundings(connection, signal), signal);
    },
  };
}

/** What is read of `/version` and `/info`. */
interface Version {
  readonly Os?: string;
  readonly Arch?: string;
}

interface Info {
  readonly RegistryConfig?: {
    readonly IndexConfigs?: Readonly<Record<string, { readonly Secure?: boolean }>> | null;
  } | null;
}

async function surroundings(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<RegistrySurroundings> {
  const [version, info] = await ask(connection, "asking for its platform", signal, () =>
    Promise.all([
      callForObject<Version>(connection, { method: "GET", path: "/version" }, signal),
      callForObject<Info>(connection, { method: "GET", path: "/info" }, signal),
    ]),
  );
  const known = info.RegistryConfig?.IndexConfigs ?? {};
  return {
    platform: { os: version.Os ?? "linux", architecture: version.Arch ?? "amd64" },
    // The loopback counts as insecure for every engine, whatever is set up.
    isInsecure: (host) =>
      known[host]?.Secure === false || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host),
  };
}
