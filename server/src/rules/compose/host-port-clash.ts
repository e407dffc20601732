import { runTogether } from "../../model/compose/profiles.ts";
import type { ComposeProject, PortMapping, Service } from "../../model/compose/project.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

export const hostPortClash = composeRule({
  id: "host-port-clash",
  title: "Port of the host published twice",
  severity: "error",
  tags: ["run"],
  aliases: ["no-duplicate-exported-ports"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a port of the host that two services, or one service for two of its ports, publish on the same address and for the
      same protocol, ranges included. Services of different profiles need not run together and are left alone.`,
    why: source`
      The first container gets the port, the second does not start: "port is already allocated".`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          ports: ["8080:80"]
        api:
          image: example/api:1.4
          ports: ["8080:3000"]
                  ^^^^^^^^^^^ host-port-clash: web publishes port 8080 of the host already.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          ports: ["8080:80"]
        api:
          image: example/api:1.4
          ports: ["8081:3000", "8080:3000/udp"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const uses = usesOf(project);
    const taken = new Set<number>();
    for (const { first, last } of uses) for (let port = first; port <= last; port++) taken.add(port);
    const byPort = new Map<string, Use[]>();
    for (const use of uses) {
      for (let port = use.first; port <= use.last; port++) {
        const key = `${port}/${use.mapping.protocol}`;
        const before = byPort.get(key) ?? [];
        const other = before.find((it) => clash(it, use));
        before.push(use);
        byPort.set(key, before);
        if (!other) continue;
        const message = `${other.service.name.value} publishes port ${port} of the host already.`;
        once(use.mapping.span, message, {
          related: [{ message: "It is published here first.", span: other.mapping.span }],
          fixes: nextFree(project, use, taken),
        });
        break;
      }
    }
  },
});

interface Use {
  readonly service: Service;
  readonly mapping: PortMapping;
  readonly first: number;
  readonly last: number;
}

/** Longer ranges are for one service alone, and each port of them costs a look. */
const LONGEST_RANGE = 1_000;

function usesOf({ services }: ComposeProject): readonly Use[] {
  return [...services.values()].flatMap((service) => {
    if (service.networkMode) return [];
    return service.ports.flatMap((mapping): Use[] => {
      const { published, lastPublished, target, lastTarget, known } = mapping;
      if (!known || published === undefined || lastPublished === undefined || target === undefined) return [];
      const length = lastPublished - published;
      // Of a range for one port of the container the engine takes any that is free.
      if (length !== (lastTarget ?? target) - target || length > LONGEST_RANGE) return [];
      return [{ service, mapping, first: published, last: lastPublished }];
    });
  });
}

function clash(one: Use, other: Use): boolean {
  if (!sameAddress(one.mapping.hostAddress, other.mapping.hostAddress)) return false;
  // Compose takes the same mapping twice for one.
  if (one.service === other.service) return one.mapping.target !== other.mapping.target;
  return runTogether(one.service, other.service);
}

function sameAddress(one: string | undefined, other: string | undefined): boolean {
  const everywhere = (it: string | undefined) => it === undefined || it === "0.0.0.0" || it === "::";
  return (
    one === other || (everywhere(one) && !other?.includes(":")) || (everywhere(other) && !one?.includes(":"))
  );
}

/** Whoever uses the port from outside has to know of the new one. */
function nextFree(
  { file }: ComposeProject,
  { mapping, first, last }: Use,
  taken: ReadonlySet<number>,
): readonly Fix[] {
  const { publishedText: text } = mapping;
  if (!text || text.shared || first !== last) return [];
  const span = text.spanOf(0, text.value.length);
  if (file.text.slice(span.start, span.end) !== text.value) return [];
  let port = first + 1;
  while (taken.has(port)) port++;
  if (port > 65_535) return [];
  return [{ kind: "unsafe", title: `Publish it at port ${port}`, edits: [replace(span, String(port))] }];
}
