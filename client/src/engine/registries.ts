import { ask, type Connection, call } from "./connection.ts";
import { pull } from "./image-transfer.ts";
import { inspectImage } from "./inspect.ts";
import { type RegistrySurroundings, registryImage } from "./registry-client.ts";
import { registryReference } from "./registry-reference.ts";
import type { EngineRegistries, PullProgress } from "./registry-types.ts";

export function engineRegistries(connection: Connection): EngineRegistries {
  return {
    image: async (reference, signal) => {
      // Before the engine is asked: it has nothing to say about what is no name.
      registryReference(reference);
      return registryImage(reference, await surroundings(connection, signal), signal);
    },
    pull: (reference, onProgress, signal) => pullAndTell(connection, reference, onProgress, signal),
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
      call(connection, { method: "GET", path: "/version" }, signal) as Promise<Version>,
      call(connection, { method: "GET", path: "/info" }, signal) as Promise<Info>,
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

async function pullAndTell(
  connection: Connection,
  text: string,
  onProgress: ((progress: PullProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { name } = registryReference(text);
  for await (const { bytes, ofBytes } of pull(connection, name, undefined, signal))
    if (ofBytes > 0) onProgress?.({ current: bytes, total: ofBytes });
  return (await inspectImage(connection, name, signal)).id;
}
