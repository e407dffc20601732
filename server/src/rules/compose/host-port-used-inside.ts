import { endpointsOf } from "../../model/compose/hosts/endpoints.ts";
import { listensOn } from "../../model/compose/hosts/listening.ts";
import { notedOnService } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { source } from "../../text/source.ts";
import { containerPort, writtenPorts } from "../knowledge/compose/written-ports.ts";
import { composeRule } from "../rule.ts";
import { entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const hostPortUsedInside = composeRule({
  id: "host-port-used-inside",
  title: "Port of the host used between containers",
  severity: "warning",
  tags: ["run"],
  aliases: ["S65"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the port behind the name of another service when \`ports\` gives that port to the host and the container has another
      one. Also in a variable such as \`DB_PORT\` beside \`DB_HOST\`. Nothing is said when something else in that service speaks of
      the port.`,
    why: source`
      A published port is a port of the host. Between containers nothing listens there: they use the port of the container,
      whether it is published or not.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5433/app
                                                           ^^^^ host-port-used-inside: 5433 is db's port on the host; between containers it is 5432.
        db:
          image: postgres:18
          ports: ["127.0.0.1:5433:5432"]`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
        db:
          image: postgres:18
          ports: ["127.0.0.1:5433:5432"]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const { to, written: endpoint } of endpointsOf(project).filter((it) => mapsPorts(it.to))) {
      // Another file of the project may say where something listens; a known server listens where it always does.
      if (!endpoint || (!project.complete && !serverOf(to))) continue;
      for (const { port, entry, start, end } of writtenPorts(endpoint)) {
        const target = containerPort(endpoint.to, port);
        if (target === undefined || listensOn(endpoint.to, port) !== "no") continue;
        const { name } = endpoint.to;
        const place = entryPlace(project, entry, start, end);
        if (!place) continue;
        const message = `${port} is ${name.value}'s port on the host; between containers it is ${target}.`;
        const kind = entry.value?.shared ? "unsafe" : "safe";
        const finding = {
          related: endpoint.to.ports
            .filter((it) => it.published === port)
            .map((it) => ({ message: `${name.value} is given the port of the host here.`, span: it.span })),
          fixes: place.fix(kind, `Replace ${port} with ${target}`, { start, end, text: `${target}` }),
        } as const;
        reportEntry(once, place, message, finding);
      }
    }
  },
});

const mapsPorts = notedOnService(({ ports }) =>
  ports.some((it) => it.published !== undefined && it.published !== it.target),
);
