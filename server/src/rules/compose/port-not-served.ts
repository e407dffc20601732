import { endpointsOf } from "../../model/compose/hosts/endpoints.ts";
import { source } from "../../text/source.ts";
import { isToldByImageAlone, mayServe, servedPorts } from "../knowledge/compose/served-ports.ts";
import { containerPort, portsNamedIn, writtenPorts } from "../knowledge/compose/written-ports.ts";
import { composeRule } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const portNotServed = composeRule({
  id: "port-not-served",
  title: "Port of another service on which it does not listen",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the port behind the name of another service, or in a variable such as \`DB_PORT\` beside \`DB_HOST\`, when that service
      listens elsewhere: by its command, a variable, a mounted configuration, or what its image or Dockerfile exposes. Where an image
      from elsewhere alone tells, and no known database or broker is in it, that is information. Nothing is said where something in its part of the file speaks of the port, or where its settings are not known.`,
    why: source`
      Nothing listens there, so the connection is refused, each time and however long the other service has been up.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            CACHE_URL: redis://cache:6380/0
                                     ^^^^ port-not-served: cache exposes 6379, and not 6380.
        cache:
          image: redis:8`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            CACHE_URL: redis://cache:6379/0
        cache:
          image: redis:8`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const endpoint of endpointsOf(project)) {
      const { to, from, reference } = endpoint;
      const named = portsNamedIn(from).get(reference) ?? [];
      const served = named.length > 0 ? servedPorts(to, project) : undefined;
      if (named.every((it) => served?.ports.includes(it))) continue;
      const written = served && endpoint.written;
      if (!served || !written) continue;
      const { ports, verb } = served;
      for (const { port, entry, start, end } of writtenPorts(written)) {
        // A port of the host is another mistake.
        if (mayServe(to, port, served) || to.ports.some((it) => it.target === port)) continue;
        if (containerPort(to, port) !== undefined) continue;
        const place = entryPlace(project, entry, start, end);
        if (!place) continue;
        const { name } = to;
        reportEntry(once, place, `${name.value} ${verb} ${ports.join(", ")}, and not ${port}.`, {
          ...(isToldByImageAlone(to, served) && { severity: "info" as const }),
          related: [{ message: `The service ${name.value} is here.`, span: name.span }],
          fixes: ports
            .slice(0, MOST_PORTS)
            .flatMap((it) =>
              place.fix("unsafe", `Replace ${port} with ${it}`, { start, end, text: `${it}` }),
            ),
        });
      }
    }
  },
});

/** Nobody picks from a list of more. */
const MOST_PORTS = 5;
