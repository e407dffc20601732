import { imageOf } from "../../model/compose/builds/run-image.ts";
import { mountPath } from "../../model/compose/mount-path.ts";
import { runTogether } from "../../model/compose/profiles.ts";
import { type Mount, notedOnService, type Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { source } from "../../text/source.ts";
import { databaseSettingsOf } from "../knowledge/compose/database-settings.ts";
import { composeRule } from "../rule.ts";

export const dataVolumeShared = composeRule({
  id: "data-volume-shared",
  title: "One volume for the data of two database servers",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a volume that two services of official images of PostgreSQL, MySQL, MariaDB or MongoDB, which are started together, have both at the place of their data,
      be they servers of two kinds, of two versions or of one. Services of other profiles, and those that only call a program of the
      image, are left alone.`,
    why: source`
      A data directory belongs to one server. Another one finds files that it does not know and ends, or a lock that it
      waits for; two PostgreSQL in two containers do not see each other's lock, and destroy the data.`,
    bad: source`
      services:
        db:
          image: postgres:17
          environment: { POSTGRES_PASSWORD: "\${DB_PASSWORD}" }
          volumes:
            - data:/var/lib/postgresql/data
        reports:
          image: mysql:8.4
          environment: { MYSQL_ROOT_PASSWORD: "\${DB_PASSWORD}" }
          volumes:
            - data:/var/lib/mysql
              ^^^^^^^^^^^^^^^^^^^ data-volume-shared: The MySQL of reports and the PostgreSQL of db keep their data in one volume, data.
      volumes:
        data:`,
    good: source`
      services:
        db:
          image: postgres:17
          environment: { POSTGRES_PASSWORD: "\${DB_PASSWORD}" }
          volumes:
            - data:/var/lib/postgresql/data
        reports:
          image: mysql:8.4
          environment: { MYSQL_ROOT_PASSWORD: "\${DB_PASSWORD}" }
          volumes:
            - reports:/var/lib/mysql
      volumes:
        data:
        reports:`,
  },

  check(project, report) {
    const byVolume = new Map<string, { service: Service; kept: KeptData }[]>();
    for (const service of project.services.values()) {
      const kept = keptData(service);
      if (!kept || !databaseSettingsOf(service, project)) continue;
      const { volume, isIn, title } = kept;
      const before = byVolume.get(volume) ?? [];
      const other = before.find((it) => it.kept.isIn === isIn && meet(it.service, service));
      before.push({ service, kept });
      byVolume.set(volume, before);
      const mount = other && dataMount(service, volume);
      const first = other && dataMount(other.service, volume);
      if (!mount || !first) continue;
      report(
        mount.span,
        `The ${title} of ${service.name.value} and the ${other.kept.title} of ${other.service.name.value} keep their data in one volume, ${volume}.`,
        { related: [{ message: `${other.service.name.value} has it here.`, span: first.span }] },
      );
    }
  },
});

/** The data of a server in a volume; holds no place in the text. */
interface KeptData {
  readonly volume: string;
  readonly title: string;
  readonly target: string;
  /** The folder of the volume that the server takes for its own. */
  readonly isIn: string;
}

/** Where these keep their data is told by nothing but their image, a variable or an option. */
const SERVERS: ReadonlySet<string> = new Set(["PostgreSQL", "MySQL", "MariaDB", "MongoDB"]);
/** Images whose tags begin with the version of the server. */
const POSTGRES: ReadonlySet<string> = new Set(["postgres", "postgis/postgis"]);
const ELSEWHERE = /data_?-?dir|dbpath|config|defaults|(?:^|\s)-[Dcf]\b/;

const keptData = notedOnService((service): KeptData | undefined => {
  const server = serverOf(service);
  if (!server || !SERVERS.has(server.title) || !isOfficial(server, service) || service.imageBuild)
    return undefined;
  const { environment, environmentComplete, command, mounts } = service;
  if (!environmentComplete || environment.some((it) => /^PGDATA$|DATADIR|DBPATH/.test(it.name.value)))
    return undefined;
  if (command?.words?.some((it) => ELSEWHERE.test(it))) return undefined;
  const isPostgres = server.title === "PostgreSQL";
  const { name, tag } = imageOf(service) ?? {};
  const version = Number(/^\d+/.exec(tag ?? "")?.[0] ?? Number.NaN);
  if (isPostgres && (Number.isNaN(version) || !POSTGRES.has(name ?? ""))) return undefined;
  const target = isPostgres && version < 18 ? `${server.dataPath}/data` : server.dataPath;
  const mount = mounts.find((it) => mountPath(it) === target);
  if (mount?.kind !== "volume" || !mount.source?.known || !mount.target.known) return undefined;
  if (mount.readOnly !== false || mounts.some((it) => it !== mount && isBeside(it, target))) return undefined;
  return {
    volume: mount.source.value,
    title: server.title,
    target,
    // From 18 on in a folder of its version (docker-library/postgres 18/bookworm/Dockerfile, PGDATA; read 2026-09).
    isIn: isPostgres && version >= 18 ? `${version}/docker` : "",
  };
});

/** Something else in the data, or around them, may be what the server writes to. */
function isBeside(mount: Mount, target: string): boolean {
  const at = mountPath(mount);
  return at.startsWith(`${target}/`) || target.startsWith(`${at}/`);
}

function dataMount(service: Service, volume: string): Mount | undefined {
  const target = keptData(service)?.target;
  const mount = service.mounts.find((it) => mountPath(it) === target && it.source?.value === volume);
  if (!mount) return undefined;
  // Of one in the long form a folder inside the volume may be taken.
  const item = itemsOf(valueAt(service.node, "volumes")).find((it) => overlaps(it.span, mount.span));
  return item && valueAt(valueAt(item, "volume"), "subpath") ? undefined : mount;
}

function overlaps(one: Mount["span"], other: Mount["span"]): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Are both there at once? One that waits for the other's end, or for which it waits, is not. */
function meet(one: Service, other: Service): boolean {
  return runTogether(one, other) && !waitsForEnd(one, other) && !waitsForEnd(other, one);
}

function waitsForEnd({ dependsOn }: Service, { name }: Service): boolean {
  return dependsOn.some(
    (it) => it.service.value === name.value && it.condition?.value === "service_completed_successfully",
  );
}
