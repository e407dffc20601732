import { firstWhere } from "../../../text/sorted.ts";
import { type ComposeProject, notedOnService, type Service } from "../project.ts";
import { numbersSpokenOf, portsOfImage } from "./listening.ts";

/** Who may listen on which port, told once for all questions about a project. */
export interface Listeners {
  /** Is the port published on the host by any service, or may it be? */
  isPublished(port: number): boolean;
  /** The one service but `self` whose image exposes the port or that speaks of it; undefined when there are none or more. */
  onlyOne(port: number, self: Service): Service | undefined;
}

/** By what services publish, what their images expose and which numbers they speak of. */
export function listenersOf({ services }: ComposeProject): Listeners {
  const all = [...services.values()];
  const isPublished = publishedPorts(all);
  const byPort = new Map<string, Set<Service>>();
  for (const service of all)
    for (const port of [...numbersSpokenOf(service), ...(portsOfImage(service) ?? []).map(String)]) {
      const known = byPort.get(port);
      if (known) known.add(service);
      else byPort.set(port, new Set([service]));
    }
  return {
    isPublished,
    onlyOne(port, self) {
      const found = byPort.get(String(port)) ?? new Set();
      if (found.size - (found.has(self) ? 1 : 0) !== 1) return undefined;
      return [...found].find((it) => it !== self);
    },
  };
}

/** Without their places. */
const publishedBy = notedOnService(({ ports }) =>
  ports.map(({ known, published, lastPublished }) => ({ known, published, lastPublished })),
);

function publishedPorts(services: readonly Service[]): (port: number) => boolean {
  const mappings = services.flatMap((it) => publishedBy(it));
  if (mappings.some((it) => !it.known)) return () => true;
  const ranges = mappings
    .flatMap(({ published: first, lastPublished }) =>
      first === undefined ? [] : [{ first, last: lastPublished ?? first }],
    )
    .sort((a, b) => a.first - b.first);
  let furthest = -1;
  const reached = ranges.map(({ last }) => {
    furthest = Math.max(furthest, last);
    return furthest;
  });
  return (port) => (reached[firstWhere(ranges, (it) => it.first > port) - 1] ?? -1) >= port;
}
