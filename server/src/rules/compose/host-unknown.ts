import { type HostReference, hostReferences } from "../../model/compose/host-reference.ts";
import { hostNames, isContainerOf, mayReachOthers } from "../../model/compose/hosts.ts";
import { serverOf } from "../../model/compose/known-server.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { composeRule } from "../rule.ts";
import { replaceName } from "../writing/replace-name.ts";
import { reportOnce } from "../writing/report-once.ts";

export const hostUnknown = composeRule({
  id: "host-unknown",
  title: "Host that is no service of the project",
  severity: "warning",
  tags: ["run"],
  aliases: ["S64"],
  since: "0.1.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the host in a URL, a data source name or a variable such as \`DB_HOST\` when nothing in the project has that name
      (service, alias, \`container_name\`, \`hostname\`, \`links\`, \`extra_hosts\`) but one service must be meant: its name is a
      slip away, or it runs the server that the URL is for. Names with a dot are looked up elsewhere, and so may be the names of
      a service on an external network or on the host's, or of a project that stands in several files.`,
    why: source`
      Containers find each other by the names of their services. Any other name ends in "no such host" once the program
      connects.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@postgres:5432/app
                                                        ^^^^^^^^ host-unknown: Nothing in this project is called postgres; PostgreSQL runs in db.
            COMMENTS_URL: http://coments:8181
                                 ^^^^^^^ host-unknown: Nothing in this project is called coments; comments is near.
        comments:
          image: example/comments:1.4
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${DB_PASSWORD}`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
            COMMENTS_URL: http://comments:8181
            MAIL_URL: http://mail.example.com
        comments:
          image: example/comments:1.4
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${DB_PASSWORD}`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    const names = hostNames(project);
    for (const service of project.services.values()) {
      if (mayReachOthers(service, project)) continue;
      for (const entry of service.environment) {
        if (entry.inFile || !entry.value) continue;
        for (const reference of hostReferences(entry)) {
          const { host, start, end } = reference;
          if (names.has(host.toLowerCase()) || isContainerOf(host, project)) continue;
          const meant = meantServices(reference, service, project);
          if (!meant) continue;
          const span = entry.value.spanOf(start, end);
          once(span, `Nothing in this project is called ${host}; ${meant.because}.`, {
            related: meant.services.map(({ name }) => ({
              message: `The service ${name.value} is here.`,
              span: name.span,
            })),
            fixes: meant.services.flatMap(({ name }) =>
              replaceName(project.file, { value: host, span }, name.value, "unsafe"),
            ),
          });
        }
      }
    }
  },
});

interface Meant {
  readonly services: readonly Service[];
  readonly because: string;
}

/** What must have been meant. Undefined when nothing is near: the name may then be one of the network around. */
function meantServices(
  reference: HostReference,
  self: Service,
  { services }: ComposeProject,
): Meant | undefined {
  const others = [...services.values()].filter((it) => it !== self);
  const near = nearestName(
    reference.host,
    others.map((it) => it.name.value),
  );
  if (near !== undefined)
    return { services: others.filter((it) => it.name.value === near), because: `${near} is near` };

  const servers = others.filter((it) => reference.servers.includes(serverOf(it)?.title ?? ""));
  const names = servers.map((it) => it.name.value).join(", ");
  const title = servers[0] && serverOf(servers[0])?.title;
  if (servers.length > 0) return { services: servers, because: `${title} runs in ${names}` };

  const parts = reference.host.toLowerCase().split(/[-_]/);
  const inName = others.filter(
    (it) => parts.includes(it.name.value.toLowerCase()) && it.name.value.length > 2,
  );
  const [only] = inName;
  return only && inName.length === 1
    ? { services: [only], because: `${only.name.value} is near` }
    : undefined;
}
