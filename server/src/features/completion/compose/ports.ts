import { portsOfImage } from "../../../model/compose/hosts/listening.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import type { Asked, Proposal } from "./asked.ts";
import { otherServices } from "./asked.ts";

interface Exposed {
  readonly port: number;
  readonly protocol: string;
  readonly detail: string;
}

/** Ports that the service listens on: by EXPOSE of the stage or image, or as the known server that it is. */
export function exposedPorts({ service }: Pick<Asked, "service">): readonly Exposed[] {
  if (!service) return [];
  const built = service.imageBuild?.stage?.result.ports;
  const texts = service.imageBuild
    ? built?.known
      ? built.value
      : []
    : (service.imageFacts?.exposedPorts ?? []);
  const found = texts.flatMap((it): Exposed[] => {
    const [, port, protocol = "tcp"] = /^(\d+)(?:\/(\w+))?$/.exec(it) ?? [];
    return port === undefined ? [] : [{ port: Number(port), protocol, detail: "exposed by the image" }];
  });
  const server = serverOf(service);
  if (server && !portsOfImage(service)?.includes(server.port))
    return [...found, { port: server.port, protocol: "tcp", detail: `${server.title} listens there` }];
  return server
    ? [...found].sort((one, other) => Number(other.port === server.port) - Number(one.port === server.port))
    : found;
}

/** `"8080:8080"`, the host's port the next one that no other service has. */
export function ports(asked: Asked): readonly Proposal[] {
  const { service, cursor } = asked;
  const written = /:/.test(cursor.typed) ? cursor.typed.replace(/[^:]*$/, "") : "";
  const exposed = exposedPorts(asked);
  if (written) {
    return exposed.map(({ port, protocol, detail }, rank) => ({
      label: `${port}${protocol === "tcp" ? "" : `/${protocol}`}`,
      kind: "value",
      detail,
      rank,
      keep: written.length,
    }));
  }
  const isPrivate = service ? serverOf(service) !== undefined : false;
  const taken = takenPorts(asked);
  return exposed.flatMap(({ port, protocol, detail }, rank): Proposal[] => {
    const host = freePort(port, protocol, taken);
    const target = `${port}${protocol === "tcp" ? "" : `/${protocol}`}`;
    // In quotes, since `22:22` was a number to base 60 once.
    const quoted = (label: string, more: string, order: number): Proposal => ({
      label,
      ...(cursor.quote ? { text: label } : { yaml: `"${label}"` }),
      ...{ kind: "value", detail: detail + more, rank: 2 * rank + order },
    });
    return [
      quoted(`${host}:${target}`, "", isPrivate ? 1 : 0),
      quoted(`127.0.0.1:${host}:${target}`, "; only this machine can reach it", isPrivate ? 0 : 1),
    ];
  });
}

function takenPorts(asked: Asked): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { ports } of otherServices(asked))
    for (const { published, lastPublished = published, protocol } of ports)
      if (published !== undefined && lastPublished !== undefined)
        for (let it = published; it <= Math.min(lastPublished, published + 1000); it++)
          taken.add(`${it}/${protocol}`);
  return taken;
}

/** The web's own port asks for rights, so that 8080 is what is mostly taken. */
function freePort(port: number, protocol: string, taken: ReadonlySet<string>): number {
  let host = port === 80 ? 8080 : port === 443 ? 8443 : port;
  while (taken.has(`${host}/${protocol}`) && host < 65535) host++;
  return host;
}

/** The number of a container's port alone. */
export function portNumbers(asked: Asked): readonly Proposal[] {
  return exposedPorts(asked).map(({ port, detail }, rank) => ({
    label: String(port),
    kind: "value",
    detail,
    rank,
  }));
}
