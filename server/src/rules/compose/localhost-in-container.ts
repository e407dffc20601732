import { type HostReference, loopbackReferences } from "../../model/compose/host-reference.ts";
import { type KnownServer, serverOf } from "../../model/compose/known-server.ts";
import type { ComposeProject, ResolvedText, Service } from "../../model/compose/project.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

export const localhostInContainer = composeRule({
  id: "localhost-in-container",
  title: "Server of another container looked for at localhost",
  severity: "warning",
  tags: ["run"],
  aliases: ["S63"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`localhost\` or \`127.0.0.1\` as the host of a database or broker when another service of the project runs it. A
      service on the host's network or in another container's, or whose network others share, is left alone, and so are addresses
      that a browser is given.`,
    why: source`
      Each container has a network of its own, and localhost is the container itself: nothing listens there, and the
      connection is refused. Services reach each other by their names.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@localhost:5432/app
                                                        ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; PostgreSQL runs in db.
        db:
          image: postgres:18`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
            PUBLIC_URL: http://localhost:8080
        db:
          image: postgres:18`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const servers = serversOf(project);
    if (servers.length === 0 || someoneJoinsAnother(project)) return;
    for (const service of project.services.values()) {
      if (sharesNetwork(service) || serverOf(service)) continue;
      for (const entry of service.environment) {
        const { value } = entry;
        if (!value || entry.inFile) continue;
        for (const reference of loopbackReferences(entry)) {
          const meant = servers.filter(
            (it) => it.service !== service && reference.servers.includes(it.server.title),
          );
          const title = meant[0]?.server.title;
          if (title === undefined || meant.length > MOST_SERVERS) continue;
          const names = meant.map((it) => it.service.name.value).join(", ");
          const message = `${reference.host} is the container of ${service.name.value} itself; ${title} runs in ${names}.`;
          once(value.spanOf(reference.start, reference.end), message, {
            related: meant.map(({ service: { name } }) => ({
              message: `The service ${name.value} is here.`,
              span: name.span,
            })),
            fixes: meant.flatMap((it) => fixFor(project, value, reference, it.service)),
          });
        }
      }
    }
  },
});

/** Which of more servers of one kind is meant cannot be told. */
const MOST_SERVERS = 5;

interface Running {
  readonly service: Service;
  readonly server: KnownServer;
}

function serversOf({ services }: ComposeProject): readonly Running[] {
  return [...services.values()].flatMap((service) => {
    const server = service.networkMode ? undefined : serverOf(service);
    return server ? [{ service, server }] : [];
  });
}

/** With the host, or with another container. */
function sharesNetwork({ networkMode, node, complete, extraHosts }: Service): boolean {
  if (networkMode || entryAt(node, "network_mode") || !complete) return true;
  return extraHosts.some((it) => it.value.toLowerCase() === "localhost");
}

/** Whoever is in the network of another container may listen at its localhost, as a proxy to a database does. */
function someoneJoinsAnother({ services }: ComposeProject): boolean {
  return [...services.values()].some(
    ({ node, networkMode }) =>
      entryAt(node, "network_mode") && !["bridge", "host", "none"].includes(networkMode?.value ?? ""),
  );
}

/** The port of the host is of no use inside, so it goes with the name. */
function fixFor(
  { file }: ComposeProject,
  value: ResolvedText,
  reference: HostReference,
  { name, ports }: Service,
): readonly Fix[] {
  const span = value.spanOf(reference.start, reference.end);
  if (file.text.slice(span.start, span.end) !== reference.host) return [];
  const edits = [replace(span, name.value)];
  const mapping = ports.find((it) => it.published === reference.port && it.published !== undefined);
  if (reference.portAt && mapping?.target !== undefined && mapping.target !== reference.port) {
    const port = value.spanOf(reference.portAt.start, reference.portAt.end);
    if (file.text.slice(port.start, port.end) === String(reference.port))
      edits.push(replace(port, String(mapping.target)));
  }
  return [{ kind: "unsafe", title: `Replace ${reference.host} with ${name.value}`, edits }];
}
