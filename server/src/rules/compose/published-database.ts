import { appendEntry } from "../../model/compose/edit/append-entry.ts";
import type { ComposeProject, PortMapping, Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { settingOf } from "../knowledge/compose/database-settings.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const publishedDatabase = composeRule({
  id: "published-database",
  title: "Database open to every network of the host",
  severity: "info",
  tags: ["security"],
  aliases: ["S80"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports the port of a database or broker that is published without an address, so on all interfaces of the host. A
      warning where PostgreSQL asks nobody for a password (\`POSTGRES_HOST_AUTH_METHOD: trust\`).`,
    why: source`
      Docker's rules go before those of the host's firewall: whoever reaches the machine reaches the database. Other services
      of the project need no published port, and programs on the host are served by 127.0.0.1.`,
    bad: source`
      services:
        db:
          image: postgres:18
          ports:
            - "5432:5432"
              ^^^^^^^^^^^ published-database: PostgreSQL is open to every network of the host at port 5432.`,
    good: source`
      services:
        db:
          image: postgres:18
          ports:
            - "127.0.0.1:5432:5432"`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const server = serverOf(service);
      if (!server || server.isForBrowsers || service.networkMode) continue;
      for (const port of service.ports) {
        if (port.target !== server.port) continue;
        const byDefault = defaultPort(project, port);
        const published = port.published ?? byDefault;
        if (published === undefined || (byDefault === undefined && !isEverywhere(port))) continue;
        const isForAll = server.title === "PostgreSQL" && !service.imageBuild && trustsAll(service);
        const more = isForAll ? ", and POSTGRES_HOST_AUTH_METHOD lets everybody in without a password" : "";
        const message = `${server.title} is open to every network of the host at port ${published}${more}.`;
        once(port.span, message, {
          ...(isForAll && { severity: "warning" as const }),
          fixes: bindToLoopback(project, service, port),
        });
      }
    }
  },
});

/** docker-library/postgres writes it into the line for all hosts of `pg_hba.conf`, and passwords are asked for no more (as its documentation says). */
function trustsAll(service: Service): boolean {
  const method = settingOf(service, ["POSTGRES_HOST_AUTH_METHOD"]);
  return method.is === "set" && method.value === "trust";
}

function isEverywhere({ hostAddress, known }: PortMapping): boolean {
  return known && (hostAddress === undefined || /^(?:0\.0\.0\.0|::)$/.test(hostAddress));
}

/** The port of `${DB_PORT:-5432}:5432`: what has a port as its default is hardly ever given an address with it. */
function defaultPort({ file }: ComposeProject, { span, known }: PortMapping): number | undefined {
  const written = known ? "" : file.text.slice(span.start, span.end);
  const port = /^["']?\$\{\w+:?-(\d{1,5})\}:\d+["']?$/.exec(written)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Other machines may be meant to reach it. */
function bindToLoopback(project: ComposeProject, service: Service, port: PortMapping): readonly Fix[] {
  const edits = port.hostAddress === undefined ? addressEdits(project, service, port) : undefined;
  return edits ? [{ kind: "unsafe", title: "Publish it on 127.0.0.1 only", edits }] : [];
}

function addressEdits(
  { file }: ComposeProject,
  { node }: Service,
  { text, span }: PortMapping,
): readonly TextEdit[] | undefined {
  if (text) {
    const at = text.spanOf(0, text.value.length);
    const isWritten =
      !text.shared && (file.text.slice(at.start, at.end) === text.value || text.value.startsWith(HOLE));
    return isWritten ? [insert(at.start, "127.0.0.1:")] : undefined;
  }
  const item = itemsOf(valueAt(node, "ports")).find((it) => it.span.start === span.start);
  return item?.kind === "mapping"
    ? appendEntry(file, item, { key: "host_ip", value: "127.0.0.1" })
    : undefined;
}
