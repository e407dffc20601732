import { appendItem } from "../../model/compose/edit/append-item.ts";
import { knownAt } from "../../model/compose/known-at.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { entryAt, itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { TextEdit } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/report-once.ts";

export const readOnlyWithoutTmpfs = composeRule({
  id: "read-only-without-tmpfs",
  title: "Read-only container of a server that has to write",
  severity: "warning",
  tags: ["run"],
  aliases: ["S85"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`read_only: true\` on an official image of nginx, httpd, PostgreSQL, MySQL or MariaDB where nothing writable is mounted in the place
      of its socket or the file with its process id. Nothing is said where a configuration of one's own may say another place.`,
    why: source`
      The server ends at its start: "open() /run/nginx.pid failed (30: Read-only file system)", "could not create lock file". A
      \`tmpfs\` gives it the place, and the rest stays read-only.`,
    bad: source`
      services:
        web:
          image: nginx:1.30
          read_only: true
                     ^^^^ read-only-without-tmpfs: nginx has to write in /run and /var/cache/nginx, and nothing writable is mounted there.`,
    good: source`
      services:
        web:
          image: nginx:1.30
          read_only: true
          tmpfs: [/run, /var/cache/nginx]`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { node, image, imageBuild: build, complete } = service;
      const flag = node && knownAt(project, node, "read_only");
      const name = image?.value.name ?? "";
      const server = Object.hasOwn(servers, name) ? servers[name] : undefined;
      if (flag?.value !== "true" || !server || build || !complete || mayBeElsewhere(service, server.told))
        continue;
      const missing = server.writes.filter((it) => !isWritable(project, service, it));
      // With one of its places writable somebody looked after the server, and may know better.
      if (missing.length < server.writes.length) continue;
      missing.push(...(server.also ?? []).filter((it) => !isWritable(project, service, it)));
      const message = `${server.title} has to write in ${missing.join(" and ")}, and nothing writable is mounted there.`;
      once(flag.node.span, message, { fixes: flag.node.viaAlias ? [] : mount(project, service, missing) });
    }
  },
});

interface Server {
  readonly title: string;
  /** Without which it does not start. */
  readonly writes: readonly string[];
  /** Others, which may be writable for another reason. */
  readonly also?: readonly string[];
  /** Folders of its configuration, which may say another place. */
  readonly told: RegExp;
}

/**
 * docker-library/docs nginx/content.md, "Running nginx in read-only mode"; the socket and the file with the process id, as
 * docker-library/mysql 9.7/Dockerfile.oracle sets them, as Debian's packages of PostgreSQL 17 and MariaDB 11.8 have them and as
 * Apache's `PidFile` is by default. InnoDB ends where it cannot make its file in /tmp: MariaDB 11.8 was run so, of MySQL 8
 * docker-library/mysql#1004 tells (read 2026-11-27).
 */
const servers: Readonly<Record<string, Server>> = {
  nginx: { title: "nginx", writes: ["/run", "/var/cache/nginx"], told: /^\/etc\/nginx(?:$|\/nginx\.conf)/ },
  httpd: { title: "httpd", writes: ["/usr/local/apache2/logs"], told: /^\/usr\/local\/apache2(?:$|\/conf)/ },
  postgres: {
    title: "PostgreSQL",
    writes: ["/run/postgresql"],
    told: /^\/etc\/postgresql|postgresql\.conf/,
  },
  mysql: { title: "MySQL", writes: ["/run/mysqld"], also: ["/tmp"], told: /^\/etc\/(?:mysql|my\.cnf)/ },
  mariadb: { title: "MariaDB", writes: ["/run/mysqld"], also: ["/tmp"], told: /^\/etc\/(?:mysql|my\.cnf)/ },
};

function mayBeElsewhere(
  { entrypoint, command, configs, mounts, grantsComplete }: Service,
  told: RegExp,
): boolean {
  if (entrypoint || !grantsComplete || (command && !command.words)) return true;
  if (command?.words?.some((it) => /socket|pid|tmpdir|conf|defaults|-[cfg]$/.test(it) || it.includes(HOLE)))
    return true;
  const targets = [...mounts.map((it) => it.target.value), ...configs.map((it) => it.target ?? HOLE)];
  return targets.some((it) => told.test(it) || it.includes(HOLE));
}

/** Something is mounted there or above; whether it can be written to is left open. */
function isWritable({ variables }: ComposeProject, { mounts, node }: Service, path: string): boolean {
  if (valueAt(node, "volumes_from")) return true;
  const tmpfs = valueAt(node, "tmpfs");
  const listed = (tmpfs?.kind === "scalar" ? [tmpfs] : itemsOf(tmpfs)).map((it) =>
    knownAt({ variables }, it),
  );
  if (listed.some((it) => it === undefined)) return true;
  const places = [
    ...mounts.map((it) => it.target.value),
    ...listed.flatMap((it) => it?.value.split(":", 1) ?? []),
  ];
  return places.some((it) => isAbove(it.replace(/^\/var\/run(?=\/|$)/, "/run"), path));
}

/** At the path, above it or below it. */
function isAbove(place: string, path: string): boolean {
  const [one, other] = [`${place.replace(/\/+$/, "")}/`, `${path}/`];
  return one.startsWith(other) || other.startsWith(one);
}

function mount({ file }: ComposeProject, { node }: Service, paths: readonly string[]): readonly Fix[] {
  if (!node) return [];
  const title = `Mount a tmpfs at ${paths.join(" and ")}`;
  const items = entryAt(node, "tmpfs") ? paths : [paths.join(", ")];
  const edits: TextEdit[] = [];
  for (const it of items) {
    const added = appendItem(file, node, "tmpfs", it);
    if (!added || (edits.length > 0 && items.length > 1)) return [];
    edits.push(...added);
  }
  return [{ kind: "unsafe", title, edits }];
}
