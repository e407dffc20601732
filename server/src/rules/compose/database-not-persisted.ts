import { appendItem } from "../../model/compose/edit/append-item.ts";
import { declareResource } from "../../model/compose/edit/declare-resource.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { isOfficial, type KnownServer, serverOf } from "../../model/compose/servers/known-server.ts";
import { majorVersion } from "../../model/compose/servers/ready-tests.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { databaseSettingsOf } from "../knowledge/compose/database-settings.ts";
import { composeRule, type Fix } from "../rule.ts";
import { mountAt } from "../writing/compose/mount-at.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const databaseNotPersisted = composeRule({
  id: "database-not-persisted",
  title: "Database without a volume of its own",
  severity: "hint",
  tags: ["run"],
  aliases: ["S79"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports an official database image with nothing mounted where it keeps its data, and one of Redis or Valkey that is told to keep them (\`--appendonly yes\`, \`--save\`). A \`tmpfs\` there says that the data are
      to be lost; that, and services of a profile such as \`test\`, are left alone. A volume that is mounted somewhere else, where
      such a database keeps nothing, is a warning at its place, of Redis and RabbitMQ too: also one above or below the place of the
      data, where the image has a volume of its own in between.`,
    why: source`
      The image makes a volume without a name for its data. \`docker compose down\` leaves it behind, and the next
      container gets an empty one.`,
    bad: source`
      services:
        db:
          image: mysql:8.4
                 ^^^^^^^^^ database-not-persisted: The data of MySQL in /var/lib/mysql are lost with the container: nothing is mounted there.
          environment:
            MYSQL_ROOT_PASSWORD: \${DB_PASSWORD}`,
    good: source`
      services:
        db:
          image: mysql:8.4
          environment:
            MYSQL_ROOT_PASSWORD: \${DB_PASSWORD}
          volumes:
            - db:/var/lib/mysql
      volumes:
        db:`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const server = serverOf(service);
      if (!server || !isOfficial(server, service) || service.profiles.length > 0) continue;
      if (server.isDatabase ? !databaseSettingsOf(service, project) : !keepsAtDefault(service, server))
        continue;
      const path = dataPathOf(service, server);
      if (mayKeep(service, server, path)) continue;
      const meant = service.mounts.filter((it) => isMeantForData(it, server, path));
      if (meant.length > 0) {
        for (const mount of meant) {
          const { target } = mount;
          const isOnly = meant.length === 1 && !target.shared;
          once(
            target.spanOf(0, target.value.length),
            `${server.title} keeps its data in ${path}, so this ${mount.kind === "bind" ? "folder" : "volume"} stays empty, and the data are lost with the container.`,
            { severity: "warning", fixes: isOnly ? mountAt(path, mount, project, "unsafe") : [] },
          );
        }
        continue;
      }
      if (!server.isDatabase && !isToldToKeep(service)) continue;
      const message = `The data of ${server.title} in ${path} are lost with the container: nothing is mounted there.`;
      const place = service.build ?? service.image;
      if (place) once(place.span, message, { fixes: addVolume(project, service, path) });
    }
  },
});

/** Redis and Valkey write down what they hold where their command says so: who asks for it wants to have it again. */
function isToldToKeep({ command }: Service): boolean {
  const words = command?.words ?? [];
  return words.some(
    (it, at) =>
      (it === "--appendonly" && words[at + 1] === "yes") ||
      (it === "--save" && /\d/.test(words[at + 1] ?? "")),
  );
}

/** PostgreSQL up to 17 has a volume of its own one folder deeper (docker-library/docs postgres/content.md, read 2026-11). */
function dataPathOf(service: Service, { dataPath, title }: KnownServer): string {
  return title === "PostgreSQL" && majorVersion(service) < 18 ? `${dataPath}/data` : dataPath;
}

/** Of those that need no data to work only a volume at a wrong place is told. */
function keepsAtDefault({ complete, command, entrypoint }: Service, { title }: KnownServer): boolean {
  if (!complete || entrypoint || (command && !command.words) || !VOLUMES.has(title)) return false;
  return !command?.words?.some((it) => /dir|\.conf/.test(it));
}

/**
 * Images with a `VOLUME` at just the place of their data (docker-library mysql, mongo, redis, rabbitmq, postgres 17, MariaDB/mariadb-docker,
 * valkey-container: Dockerfile, read 2026-11): it goes before what is mounted above it, and what is mounted below is no part of the data.
 */
const VOLUMES: ReadonlySet<string> = new Set(["MySQL", "MariaDB", "MongoDB", "Redis", "Valkey", "RabbitMQ"]);

/** Something that is mounted, or a path that is set, may keep the data. */
function mayKeep(service: Service, { dataPath, title }: KnownServer, path: string): boolean {
  const { mounts, environment, environmentComplete, command, node } = service;
  if (!environmentComplete || environment.some((it) => DATA_VARIABLE.test(it.name.value))) return true;
  if (valueAt(node, "tmpfs") || valueAt(node, "volumes_from")) return true;
  if (command?.words?.some((it) => /data_directory|datadir|dbpath/.test(it) || it.includes(HOLE)))
    return true;
  return mounts.some((mount) => {
    const at = pathOf(mount);
    // `d:/data`, which is no path, was meant to be mounted there.
    if (at === path || at.includes(HOLE) || !at.startsWith("/")) return true;
    if (`${at}/`.startsWith(`${path}/`)) return !isFolderOfData(mount, title, path);
    if (`${path}/`.startsWith(`${at}/`)) return !VOLUMES.has(title);
    return `${at}/`.startsWith(`${dataPath}/`) || dataPath.startsWith(`${at}/`);
  });
}

const DATA_VARIABLE = /^(?:PGDATA|path[._]data|MYSQL_DATADIR|RABBITMQ_MNESIA_(?:BASE|DIR))$/i;

function pathOf({ target }: Mount): string {
  return target.value.length > 1 ? target.value.replace(/\/+$/, "") : target.value;
}

/** A folder of the data, called as if it were all of them, that no server makes or looks for. */
function isFolderOfData(mount: Mount, title: string, path: string): boolean {
  if (!VOLUMES.has(title) && !(title === "PostgreSQL" && path.endsWith("/data"))) return false;
  const below = pathOf(mount).slice(path.length + 1);
  return /^(?:data|db|pgdata|mysql-?data|mariadb|mongo(?:db)?|redis|rabbitmq|database)$/.test(below);
}

/** A volume, or a folder in the place of one, where databases have what they keep, or one that is called as they are. */
function isMeantForData(mount: Mount, { title }: KnownServer, dataPath: string): boolean {
  const { kind } = mount;
  const path = pathOf(mount);
  if (kind !== "volume" && kind !== "bind") return false;
  if (isFolderOfData(mount, title, dataPath) && path.startsWith(`${dataPath}/`)) return true;
  if (VOLUMES.has(title) && dataPath.startsWith(`${path}/`)) return true;
  // Only servers of configurations keep something there (docker-library/mongo, `_dbPath` of docker-entrypoint.sh, read 2026-11-27).
  if (title === "MongoDB" && path === "/data/configdb") return kind === "volume";
  if (/backup|dump|log|init|conf|cert|ssl|run|import|plugin|extension|seed|script|file/i.test(path))
    return false;
  if (path.includes(HOLE)) return false;
  if (kind === "bind")
    return /^\/var\/lib\/[^/]*(?:mysql|mariadb|mongo|postgres|pgsql|redis|rabbit)/.test(path);
  return /^\/var\/(?:lib|opt)\/|\bdata\b|\/db\b/.test(path) || NAMED.test(path);
}

const NAMED =
  /^(?!\/(?:etc|usr|opt|home|root|bin)\/).*\/(?:mysql|mariadb|mongo(?:db)?|postgres(?:ql)?|pgdata|redis|valkey|rabbitmq)$/;

function addVolume(project: ComposeProject, { node, name }: Service, path: string): readonly Fix[] {
  const { file, volumes } = project;
  // A single letter before a colon is taken for a drive of Windows.
  const isTaken = volumes.has(name.value) || name.value.length === 1;
  const volume = isTaken ? `${name.value}-data` : name.value;
  if (!node || !/^[a-zA-Z][\w.-]*$/.test(volume) || volumes.has(volume)) return [];
  const mounted = appendItem(file, node, "volumes", JSON.stringify(`${volume}:${path}`));
  const declared = declareResource(file, "volumes", volume);
  if (!mounted || !declared) return [];
  return [{ kind: "unsafe", title: `Keep them in the volume ${volume}`, edits: [...mounted, ...declared] }];
}
