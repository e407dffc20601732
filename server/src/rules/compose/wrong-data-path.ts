import { imageOf } from "../../model/compose/builds/run-image.ts";
import { mountPath } from "../../model/compose/mount-path.ts";
import type { ComposeProject, Mount, Service } from "../../model/compose/project.ts";
import { usuallyAt } from "../../model/compose/reading/known-at.ts";
import { parseImageReference } from "../../model/image/reference.ts";
import type { ImageReference } from "../../model/stage/stage.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { mistakenVolumes } from "../knowledge/compose/application-data.ts";
import { composeRule, type Report } from "../rule.ts";
import { mountAt } from "../writing/compose/mount-at.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const wrongDataPath = composeRule({
  id: "wrong-data-path",
  title: "Volume where the server does not keep its data",
  severity: "error",
  tags: ["run"],
  aliases: ["S77", "S78"],
  since: "0.1.0",
  fix: "safe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a volume or folder of a \`postgres\` image at the place where another version keeps its data. PostgreSQL 18 and
      later, so also \`latest\` and tags without a version, keep it in a folder of their version below /var/lib/postgresql;
      17 and earlier keep it in /var/lib/postgresql/data. Where only the default of a variable tells the version
      (\`\${PG_TAG:-latest}\`) it is a warning. Nothing is said where PGDATA is set, or where the service starts something else
      than the server. InfluxDB 2 with a volume at the place of version 1 is a warning, and the reverse;
      so is a volume of Jenkins, Grafana, Prometheus or Gitea at a place where they are found elsewhere (\`/var/lib/jenkins\`), while
      nothing is mounted where the image has them.`,
    why: source`
      The image of 18 finds something mounted at the old place, and ends. The image of 17 declares a volume of its own at
      …/data, which goes before the one that is mounted above it: the data is gone with the container.`,
    bad: source`
      services:
        db:
          image: postgres:18-alpine
          volumes:
            - data:/var/lib/postgresql/data
                   ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-data-path: PostgreSQL 18 and later do not start with something mounted here: they keep their data below /var/lib/postgresql.
        old:
          image: postgres:17
          volumes:
            - type: volume
              source: old
              target: /var/lib/postgresql
                      ^^^^^^^^^^^^^^^^^^^ wrong-data-path: PostgreSQL 17 keeps its data in /var/lib/postgresql/data, in a volume of its own that is lost with the container.
      volumes:
        data:
        old:`,
    good: source`
      services:
        db:
          image: postgres:18-alpine
          volumes:
            - data:/var/lib/postgresql
        old:
          image: postgres:17
          volumes:
            - old:/var/lib/postgresql/data
      volumes:
        data:
        old:`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      checkService(service, project, once);
      checkInflux(service, project, once);
      checkApplication(service, project, once);
    }
  },
});

const PARENT = "/var/lib/postgresql";
const DATA = "/var/lib/postgresql/data";

/**
 * docker-library/postgres 18/bookworm/Dockerfile: VOLUME /var/lib/postgresql, and docker-entrypoint.sh, which ends when …/data
 * is a mount; docker-library/docs postgres/content.md for 17 (read 2026-09).
 */
function checkService(service: Service, project: ComposeProject, report: Report): void {
  const certain = imageOf(service);
  const image = certain ?? usualImage(service, project);
  const version = image && postgresVersion(image);
  if (version === undefined || !keepsDataAtDefault(service)) return;
  const right = version >= 18 ? PARENT : DATA;
  const wrong = version >= 18 ? DATA : PARENT;
  const mounts = service.mounts.filter((it) => it.kind !== "tmpfs" && it.kind !== "anonymous");
  const isMountedRight = mounts.some((it) => mayBeAt(right, it));
  // With both mounted 17 keeps its data; 18 ends all the same.
  if (version < 18 && isMountedRight) return;

  for (const mount of mounts.filter((it) => mountPath(it) === wrong)) {
    const { target } = mount;
    const kind = target.shared || !certain ? "unsafe" : "safe";
    report(target.spanOf(0, target.value.length), version >= 18 ? newerMessage : olderMessage(version), {
      ...(!certain && { severity: "warning" as const }),
      related: service.image
        ? [{ message: `The image is ${service.image.value.text}.`, span: service.image.span }]
        : [],
      fixes: isMountedRight ? [] : mountAt(right, mount, project, kind),
    });
  }
}

const INFLUX: Readonly<Record<string, string>> = { "1": "/var/lib/influxdb", "2": "/var/lib/influxdb2" };

/** influxdata-docker influxdb/2.7/Dockerfile: VOLUME /var/lib/influxdb2 (read 2026-11-27); that of 1.8 has /var/lib/influxdb, as generally known. */
function checkInflux(service: Service, project: ComposeProject, report: Report): void {
  const image = imageOf(service);
  const version = image?.name === "influxdb" ? /^([12])(?:[.-]|$)/.exec(image.tag ?? "")?.[1] : undefined;
  const right = INFLUX[version ?? ""];
  if (version === undefined || right === undefined || service.command || service.entrypoint) return;
  const { environment, environmentComplete, mounts } = service;
  if (
    !environmentComplete ||
    environment.some((it) => /PATH|_DIR$|_MODE$/.test(it.name.value) && it.value?.value !== "setup")
  )
    return;
  if (mounts.some((it) => mayBeAt(right, it) || !it.target.known)) return;
  const other = version === "2" ? INFLUX["1"] : INFLUX["2"];
  for (const mount of mounts.filter((it) => mountPath(it) === other && it.kind !== "tmpfs")) {
    const { target } = mount;
    const message = `InfluxDB ${version} keeps its data in ${right}, in a volume of its own that is lost with the container.`;
    report(target.spanOf(0, target.value.length), message, {
      severity: "warning",
      fixes: mountAt(right, mount, project, "unsafe"),
    });
  }
}

function checkApplication(service: Service, project: ComposeProject, report: Report): void {
  const image = imageOf(service);
  const found = image && mistakenVolumes(service, image);
  if (!found) return;
  const { title, dataPath, mounts } = found;
  for (const mount of mounts) {
    const { target } = mount;
    const message = `${title} keeps its data in ${dataPath}, so this volume stays empty, and the data are lost with the container.`;
    report(target.spanOf(0, target.value.length), message, {
      severity: "warning",
      fixes: mounts.length === 1 && !target.shared ? mountAt(dataPath, mount, project, "unsafe") : [],
    });
  }
}

const newerMessage = `PostgreSQL 18 and later do not start with something mounted here: they keep their data below ${PARENT}.`;

function olderMessage(version: number): string {
  return `PostgreSQL ${version} keeps its data in ${DATA}, in a volume of its own that is lost with the container.`;
}

/** A place that is not known may be the right one when it begins like it. */
function mayBeAt(path: string, mount: Mount): boolean {
  const [known = "", ...holes] = mount.target.value.split(HOLE);
  return holes.length > 0 ? path.startsWith(known) : mountPath(mount) === path;
}

/** False when PGDATA may be set, or something else than the image's own entrypoint may decide. */
function keepsDataAtDefault({ node, environment, environmentComplete }: Service): boolean {
  if (!environmentComplete || environment.some((it) => it.name.value === "PGDATA")) return false;
  const command = valueAt(node, "command");
  const words = command?.kind === "scalar" ? [command] : itemsOf(command);
  return (
    !valueAt(node, "entrypoint") &&
    startsServer(words) &&
    !words.some((it) => it.kind === "scalar" && it.value.includes("data_directory"))
  );
}

/** docker-entrypoint.sh looks after the data only when the command is `postgres` or begins with an option (read 2026-11). */
function startsServer([first]: readonly YamlNode[]): boolean {
  if (!first) return true;
  return first.kind === "scalar" && /^\s*(-|postgres(?!\S)|$)/.test(first.value);
}

/** Tags without a version are of the newest one, 18 as of 2026-11 (docker-library/official-images library/postgres). */
const MOVING_TAG = /^(?:latest|alpine(?:3\.\d+)?|trixie|bookworm)$/;

/** Images that are built on the official one and change nothing of where it keeps data; their tags tell of its version too. */
const VERSIONS: Readonly<Record<string, RegExp>> = {
  postgres: /^(\d+)(?:[.-]|$|beta|rc)/,
  "pgvector/pgvector": /(?:^|-)pg(\d+)(?:-|$)/,
  // postgis/docker-postgis: `FROM postgres:18-trixie` and the like, tags `18-3.6`, `18-3.6-alpine` (read 2026-11).
  "postgis/postgis": /^(\d+)-/,
  // timescale/timescaledb-docker: `FROM postgres:${PG_VERSION}-alpine`, tags `2.21.0-pg17`, `latest-pg17` (read 2026-11).
  "timescale/timescaledb": /-pg(\d+)(?:-|$)/,
};

/** The image that is run as long as nobody sets the variables of its name. */
function usualImage({ build, node }: Service, project: ComposeProject): ImageReference | undefined {
  const image = build ? undefined : usuallyAt(project, node, "image");
  return image?.value ? parseImageReference(image.value) : undefined;
}

/** Major version of the official image or one that is built on it; undefined where the tag does not tell. */
function postgresVersion(image: ImageReference): number | undefined {
  const pattern = valueIn(VERSIONS, image.name);
  if (!pattern) return undefined;
  const { tag, digest } = image;
  if (image.name !== "postgres") return Number(pattern.exec(tag ?? "")?.[1] ?? Number.NaN) || undefined;
  if (tag === undefined) return digest === undefined ? 18 : undefined;
  if (MOVING_TAG.test(tag)) return digest === undefined ? 18 : undefined;
  const version = pattern.exec(tag)?.[1];
  return version === undefined ? undefined : Number(version);
}
