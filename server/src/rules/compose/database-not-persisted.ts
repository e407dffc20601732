import { appendItem } from "../../model/compose/edit/append-item.ts";
import { declareResource } from "../../model/compose/edit/declare-resource.ts";
import { isOfficial, type KnownServer, serverOf } from "../../model/compose/known-server.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { majorVersion } from "../../model/compose/servers/ready-tests.ts";
import { valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { databaseSettingsOf } from "../knowledge/database-settings.ts";
import { composeRule, type Fix } from "../rule.ts";
import { mountAt } from "../writing/mount-at.ts";
import { reportOnce } from "../writing/report-once.ts";

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
      Reports an official database image with nothing mounted where it keeps its data. A \`tmpfs\` there says that the data are
      to be lost; that, and services of a profile such as \`test\`, are left alone. A volume that is mounted somewhere else, where
      such a database keeps nothing, is a warning at its place.`,
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
      if (!server?.isDatabase || !isOfficial(server, service)) continue;
      if (!databaseSettingsOf(service, project) || service.profiles.length > 0) continue;
      if (mayKeep(service, server)) continue;
      const path = dataPathOf(service, server);
      const meant = service.mounts.filter(isMeantForData);
      if (meant.length > 0) {
        for (const mount of meant) {
          const { target } = mount;
          const isOnly = meant.length === 1 && !target.shared;
          once(
            target.spanOf(0, target.value.length),
            `${server.title} keeps its data in ${path}, so this volume stays empty, and they are lost with the container.`,
            { severity: "warning", fixes: isOnly ? mountAt(path, mount, project, "unsafe") : [] },
          );
        }
        continue;
      }
      const message = `The data of ${server.title} in ${path} are lost with the container: nothing is mounted there.`;
      const place = service.build ?? service.image;
      if (place) once(place.span, message, { fixes: addVolume(project, service, path) });
    }
  },
});

/** PostgreSQL up to 17 has a volume of its own one folder deeper (docker-library/docs postgres/content.md, read 2026-11). */
function dataPathOf(service: Service, { dataPath, title }: KnownServer): string {
  return title === "PostgreSQL" && majorVersion(service) < 18 ? `${dataPath}/data` : dataPath;
}

/** Something mounted above, at or below the path, or a path that is set, may keep the data. */
function mayKeep(service: Service, { dataPath }: KnownServer): boolean {
  const { mounts, environment, environmentComplete, command, node } = service;
  if (!environmentComplete || environment.some((it) => /^(?:PGDATA|path[._]data)$/i.test(it.name.value)))
    return true;
  if (valueAt(node, "tmpfs") || valueAt(node, "volumes_from")) return true;
  if (command?.words?.some((it) => /data_directory|datadir|dbpath/.test(it) || it.includes(HOLE)))
    return true;
  return mounts.some(({ target }) => {
    const path = target.value.replace(/\/+$/, "");
    return path.includes(HOLE) || `${path}/`.startsWith(`${dataPath}/`) || dataPath.startsWith(`${path}/`);
  });
}

/** A volume with a name, at a place as databases have them for what they keep. */
function isMeantForData({ kind, target }: Mount): boolean {
  const path = target.value;
  return (
    kind === "volume" &&
    !path.includes(HOLE) &&
    /^\/var\/(?:lib|opt)\/|\bdata\b|\/db\b/.test(path) &&
    !/backup|dump|log|init|conf|cert|ssl|run|import|plugin|extension/i.test(path)
  );
}

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
