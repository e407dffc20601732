import { ask, type Connection, call, open } from "./connection.ts";
import { EngineError } from "./engine.ts";
import { other } from "./failures.ts";
import { inspectImage } from "./inspect.ts";
import { records } from "./records.ts";
import { type RegistrySurroundings, registryImage } from "./registry-client.ts";
import { credentialsOf, dockerHub } from "./registry-credentials.ts";
import { registryReference } from "./registry-reference.ts";
import type { EngineRegistries, PullProgress } from "./registry-types.ts";

export function engineRegistries(connection: Connection): EngineRegistries {
  return {
    image: async (reference, signal) => {
      // Before the engine is asked: it has nothing to say about what is no name.
      registryReference(reference);
      return registryImage(reference, await surroundings(connection, signal), signal);
    },
    pull: (reference, onProgress, signal) => pull(connection, reference, onProgress, signal),
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

async function pull(
  connection: Connection,
  text: string,
  onProgress: ((progress: PullProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { host, name, version } = registryReference(text);
  const notes: string[] = [];
  const login = await credentialsOf(host, (note) => notes.push(note));
  const serveraddress = host === "docker.io" ? dockerHub : host;
  await ask(connection, `pulling ${name}`, signal, async () => {
    const answer = await open(
      connection,
      {
        method: "POST",
        path: "/images/create",
        query: name.includes("@")
          ? { fromImage: name }
          : { fromImage: name.slice(0, -version.length - 1), tag: version },
        ...(login && {
          login:
            "identityToken" in login
              ? { identitytoken: login.identityToken, serveraddress }
              : { ...login, serveraddress },
        }),
      },
      signal,
    );
    const layers = new Map<string, PullProgress>();
    for await (const { id, status, progressDetail, error, errorDetail } of records(answer)) {
      const failure = errorDetail?.message ?? error;
      if (failure !== undefined) throw pullFailure(name, failure, notes);
      const { current, total } = progressDetail ?? {};
      // What is unpacked was downloaded before, and is not counted twice.
      if (id === undefined || status !== "Downloading" || current === undefined || total === undefined)
        continue;
      layers.set(id, { current, total });
      onProgress?.(sumOf([...layers.values()]));
    }
  }).catch((error: unknown) => {
    if (!(error instanceof EngineError) || !["not-found", "other"].includes(error.failure.kind)) throw error;
    throw pullFailure(name, error.message, notes);
  });
  return (await inspectImage(connection, name, signal)).id;
}

function sumOf(all: readonly PullProgress[]): PullProgress {
  return all.reduce((sum, it) => ({ current: sum.current + it.current, total: sum.total + it.total }), {
    current: 0,
    total: 0,
  });
}

function pullFailure(name: string, message: string, notes: readonly string[]): EngineError {
  if (message.startsWith(`${name} could not be pulled`)) return other(message);
  const sentence = /[.!?]$/.test(message.trim()) ? message.trim() : `${message.trim()}.`;
  return other([`${name} could not be pulled: ${sentence}`, ...notes].join(" "));
}
