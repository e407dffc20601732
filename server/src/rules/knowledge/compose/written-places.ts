import { imageOf } from "../../../model/compose/builds/run-image.ts";
import type { Build, ComposeProject, Service } from "../../../model/compose/project.ts";
import { knownAt } from "../../../model/compose/reading/known-at.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { valueIn } from "../../../text/value-in.ts";

/** Where a server has to write and nothing writable is mounted. */
export interface WrittenPlaces {
  /** As the user knows it: `PostgreSQL`. */
  readonly server: string;
  readonly paths: readonly string[];
}

/** Those of a service that runs an official image, be it as it is or with files that a Dockerfile adds; undefined where it writes nowhere else, or that is not known. */
export function writtenPlaces(project: ComposeProject, service: Service): WrittenPlaces | undefined {
  const server = valueIn(servers, imageOf(service)?.name ?? "");
  if (!server || !service.complete || mayBeElsewhere(service, server.told)) return undefined;
  if (service.imageBuild && mayBeBuiltOtherwise(service.imageBuild, server.told)) return undefined;
  const missing = server.writes.filter((it) => !isWritable(project, service, it));
  // With one of its places writable somebody looked after the server, and may know better.
  if (missing.length < server.writes.length) return undefined;
  const more = (server.also ?? []).filter((it) => !isWritable(project, service, it));
  return { server: server.title, paths: [...missing, ...more] };
}

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

/** A COPY may bring another configuration, and a RUN may change the one that is there. */
function mayBeBuiltOtherwise({ stage }: Build, told: RegExp): boolean {
  if (!stage) return true;
  return [...stagesDownFrom(stage)].some(({ instructions }) =>
    instructions.some(({ name, words }) => {
      if (name === "RUN") return true;
      const target = words.at(-1)?.raw ?? "";
      const isCopy = name === "COPY" || name === "ADD";
      return isCopy && (!PLAIN.test(target) || ABOVE.test(target) || told.test(target.replace(/\/$/, "")));
    }),
  );
}

const PLAIN = /^\/[\w/.-]*[\w-]\/?$/;
/** Folders in which those of configurations are. */
const ABOVE = /^\/(?:etc|usr|usr\/local|usr\/local\/apache2)\/?$/;

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
