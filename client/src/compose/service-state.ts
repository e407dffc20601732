import type { ComposeContainer, PublishedPort } from "../engine/containers/compose-state.ts";

/** How a service is, over all its containers. */
export interface ServiceState {
  /** The worst of those that run; when none runs, how they ended. */
  readonly condition:
    | "not-created"
    | "created"
    | "exited"
    | "unhealthy"
    | "restarting"
    | "paused"
    | "starting"
    | "running"
    | "healthy";
  /** Of an exited one; the first that is not 0 when there are several. */
  readonly exitCode: number | undefined;
  readonly running: number;
  readonly containers: number;
  readonly ports: readonly PublishedPort[];
}

/** Which project a Compose file is, as containers tell it in their labels. */
export interface ProjectIdentity {
  /** Undefined when it is not known: then the folder and the files decide. */
  readonly name: string | undefined;
  /** Absolute, links resolved; of the first file. */
  readonly folder: string;
  /** Absolute paths of the project's files, links resolved. */
  readonly files: readonly string[];
}

/** The containers of a project, without those of single commands (`run`). */
export function containersOf(
  { name, folder, files }: ProjectIdentity,
  all: readonly ComposeContainer[],
): readonly ComposeContainer[] {
  return all.filter((it) => {
    if (it.oneOff) return false;
    // Podman's Compose and older ones write no folder.
    const isHere = it.folder === undefined || samePath(it.folder, folder);
    if (name !== undefined) return it.project === name && isHere;
    return isHere && it.files.some((file) => files.some((other) => samePath(file, other)));
  });
}

/** The state of a service from the project's containers. */
export function serviceState(service: string, project: readonly ComposeContainer[]): ServiceState {
  const containers = project.filter((it) => it.service === service);
  const running = containers.filter((it) => it.state !== "created" && it.state !== "exited");
  const exitCodes = containers.flatMap((it) => it.exitCode ?? []);
  return {
    condition: worst(running.length > 0 ? running : containers),
    exitCode: running.length > 0 ? undefined : (exitCodes.find((it) => it !== 0) ?? exitCodes[0]),
    running: running.length,
    containers: containers.length,
    ports: distinctPorts(running.flatMap((it) => it.ports)),
  };
}

const fromWorst = [
  "unhealthy",
  "restarting",
  "paused",
  "starting",
  "running",
  "healthy",
  "exited",
  "created",
] as const;

function worst(containers: readonly ComposeContainer[]): ServiceState["condition"] {
  const conditions = containers.map((it) =>
    it.state === "running" && it.health !== "none" ? it.health : it.state,
  );
  return fromWorst.find((it) => conditions.includes(it)) ?? "not-created";
}

/** The engine lists a port for IPv4 and for IPv6. */
function distinctPorts(ports: readonly PublishedPort[]): PublishedPort[] {
  return ports.filter(
    (it, index) =>
      ports.findIndex(
        (other) =>
          other.host === it.host && other.container === it.container && other.protocol === it.protocol,
      ) === index,
  );
}

/** Windows writes drives in either case, and folders with either slash. */
function samePath(one: string, other: string): boolean {
  const plain = (path: string) => {
    const slashes = path.replaceAll("\\", "/").replace(/\/+$/, "");
    return /^[a-z]:/i.test(slashes) ? slashes.toLowerCase() : slashes;
  };
  return plain(one) === plain(other);
}
