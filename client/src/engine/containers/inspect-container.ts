import { type Connection, callForObject } from "../connection.ts";
import type { ContainerState, Health } from "./container-types.ts";
import { publishedAt } from "./published-ports.ts";

/** What is read of `/containers/…/json`. */
export interface InspectedContainer {
  readonly Id: string;
  readonly Name: string;
  readonly Config?: {
    readonly Tty?: boolean;
    /** Nanoseconds. */
    readonly Healthcheck?: { readonly Interval?: number } | null;
  } | null;
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly StartedAt?: string;
    readonly Health?: {
      readonly Status: string;
      readonly Log?: readonly { readonly Output?: string }[] | null;
    } | null;
  };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    >;
  };
}

/** Throws the errors of Node and dockerode. */
export function inspectContainer(
  connection: Connection,
  id: string,
  signal?: AbortSignal,
): Promise<InspectedContainer> {
  return callForObject<InspectedContainer>(
    connection,
    { method: "GET", path: `/containers/${id}/json` },
    signal,
  );
}

/** What views show of a container. `startedAt` is 0 where the engine does not tell. */
export function stateOf(connection: Connection, inspected: InspectedContainer): ContainerState {
  const { Running, ExitCode, StartedAt } = inspected.State;
  return {
    health: healthOf(inspected.State),
    ports: publishedPorts(connection, inspected),
    exitCode: Running ? undefined : ExitCode,
    startedAt: Date.parse(StartedAt ?? "") || 0,
  };
}

function healthOf({ Running, Health }: InspectedContainer["State"]): Health {
  if (!Running) return "stopped";
  const status = Health?.Status;
  return status === "starting" || status === "healthy" || status === "unhealthy" ? status : "none";
}

/** Container port → where it is to be found from this machine. */
export function publishedPorts(
  connection: Connection,
  { NetworkSettings }: InspectedContainer,
): Record<string, string> {
  const ports: Record<string, string> = {};
  for (const [port, bindings] of Object.entries(NetworkSettings?.Ports ?? {})) {
    // Without a binding the port is exposed only.
    const binding = bindings?.find((it) => it.HostPort !== "");
    if (binding) ports[port] = publishedAt(connection, binding.HostIp, binding.HostPort);
  }
  return ports;
}
