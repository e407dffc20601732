import { mountPath } from "../../model/compose/mount-path.ts";
import {
  type ComposeProject,
  type Mount,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { valueIn } from "../../text/value-in.ts";
import { composeRule, type Report } from "../rule.ts";
import { mountAt } from "../writing/compose/mount-at.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const initScriptUnread = composeRule({
  id: "init-script-unread",
  title: "Script for a new database that is never run",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports scripts for the first start of PostgreSQL, MySQL, MariaDB, MongoDB or ClickHouse that are mounted where its image does not look: at
      a name that is only like \`/docker-entrypoint-initdb.d\`, in a folder below it, or with an ending that the database does not take; those at LocalStack's old
      \`/docker-entrypoint-initaws.d\`; and, as information, such a folder in images that run no scripts, as those of Redis and SQL Server.
      Nothing is said where a script is mounted in the right place too, or where the command or a variable names the other one.`,
    why: source`
      The entrypoint of the image goes through the files of that one folder, by their endings, and through no other. The database starts
      empty, and nothing says why.`,
    bad: source`
      services:
        db:
          image: postgres:18
          volumes:
            - ./init:/docker-entrypoint-init.d
                     ^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: PostgreSQL runs what is in /docker-entrypoint-initdb.d, and nothing that is mounted here.
        cache:
          image: redis:8
          volumes:
            - ./seed.sh:/docker-entrypoint-initdb.d/seed.sh
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: The image of Redis runs no scripts of /docker-entrypoint-initdb.d.`,
    good: source`
      services:
        db:
          image: postgres:18
          volumes:
            - ./init:/docker-entrypoint-initdb.d`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) checkService(service, project, once);
  },
});

const FOLDER = "/docker-entrypoint-initdb.d";

const SQL = /\.(?:sh|sql|sql\.(?:gz|xz|zst|bz2))$/;

/**
 * What the entrypoints run of `/docker-entrypoint-initdb.d/*`, the newest version's where they differ (docker-library postgres, mysql, mongo and
 * MariaDB/mariadb-docker: docker-entrypoint.sh; ClickHouse's docker/server/entrypoint.sh; as generally known, 2026-11).
 */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  PostgreSQL: SQL,
  MySQL: SQL,
  MariaDB: SQL,
  ClickHouse: SQL,
  MongoDB: /\.(?:sh|js)$/,
};

/** Servers whose official images have no such folder (their Dockerfiles and entrypoints, as generally known, 2026-11). */
const NO_SCRIPTS: ReadonlySet<string> = new Set([
  "Redis",
  "Valkey",
  "RabbitMQ",
  "SQL Server",
  "Elasticsearch",
]);

/** A name that was meant to be that of the folder, and no script's own. */
const LIKE_IT =
  /^\/(?:docker[-_.]?entry[-_.]?point(?![^/]*\.sh(?:\/|$))[^/]*|(?:docker-|entrypoint-)?initdb\.d|(?:[^/]+\/){1,4}docker-entrypoint-initdb\.d)(?=\/|$)/;

/** Until 2.0 LocalStack looked into `/docker-entrypoint-initaws.d` (docker/docs#22640 and LocalStack's page on initialization hooks, read 2026-11-27). */
const LOCALSTACK_FOLDER = "/etc/localstack/init/ready.d";

function isLocalstack({ image, build, imageBuild }: Service): boolean {
  const { name = "", tag = "latest", digest } = image?.value ?? {};
  return (
    !build &&
    !imageBuild &&
    digest === undefined &&
    /^localstack\/localstack(?:-pro)?$/.test(name) &&
    /^(?:latest|stable|s3-latest|[2-9](?:\.|$))/.test(tag)
  );
}

function checkService(service: Service, project: ComposeProject, report: Report): void {
  const mounted = scriptMounts(service);
  if (mounted && isLocalstack(service) && !service.entrypoint) {
    // Who mounts both means versions before and after.
    if (service.mounts.some((it) => mountPath(it).startsWith("/etc/localstack"))) return;
    for (const mount of service.mounts) {
      const path = mountPath(mount);
      if (!isForScripts(mount) || !/^\/docker-entrypoint-initaws\.d(?=\/|$)/.test(path)) continue;
      const meant = path.replace(/^\/[^/]+/, LOCALSTACK_FOLDER);
      const message = `LocalStack 2 and later run what is in ${LOCALSTACK_FOLDER}, and nothing that is mounted here.`;
      report(mount.target.spanOf(0, mount.target.value.length), message, {
        fixes: mountAt(meant, mount, project, "unsafe"),
      });
    }
    return;
  }
  const server = mounted ? serverOf(service) : undefined;
  if (!server || !isOfficial(server, service) || service.imageBuild || service.entrypoint) return;
  const { title } = server;
  const mounts = service.mounts.filter((it) => isForScripts(it));
  const say = (mount: Mount, message: string, finding: Parameters<Report>[2] = {}) =>
    report(mount.target.spanOf(0, mount.target.value.length), message, finding);

  if (NO_SCRIPTS.has(title)) {
    if (service.command) return;
    for (const it of mounts) {
      const folder = isIn(mountPath(it)) ? FOLDER : (LIKE_IT.exec(mountPath(it))?.[0] ?? FOLDER);
      // Somebody may start them by hand.
      say(it, `The image of ${title} runs no scripts of ${folder}.`, { severity: "info" });
    }
    return;
  }
  const endings = valueIn(ENDINGS, title);
  if (!endings) return;
  const right = mounts.filter((it) => isIn(mountPath(it)));
  if (right.length === 0) {
    for (const it of mounts) {
      const meant = mountPath(it).replace(LIKE_IT, FOLDER);
      say(it, `${title} runs what is in ${FOLDER}, and nothing that is mounted here.`, {
        fixes: mountAt(meant, it, project, "unsafe"),
      });
    }
    return;
  }
  const unread = right.map((it) => whyUnread(it, endings, title, project));
  // One that is read may read the others.
  for (const [at, it] of right.entries()) {
    const why = unread[at];
    if (why !== undefined && !unread.includes(undefined)) say(it, why);
  }
}

/** Undefined where something that is mounted may be run. */
function whyUnread(
  mount: Mount,
  endings: RegExp,
  title: string,
  project: ComposeProject,
): string | undefined {
  const path = mountPath(mount);
  const kind = kindOfSource(mount, project);
  const from = mount.source?.value ?? "";
  if (path === FOLDER) {
    // A file in its place is another mistake.
    const names = kind === "directory" ? project.files.list?.(from) : undefined;
    if (!names || names.length === 0 || names.length > MOST_FILES) return undefined;
    const isRun = (name: string) =>
      endings.test(name) && project.files.kindOf(`${from.replace(/\/+$/, "")}/${name}`) !== "directory";
    return names.some(isRun) ? undefined : `Nothing in ${from} is a script that ${title} runs${of(endings)}.`;
  }
  if (kind === "directory")
    return `${title} runs the files of ${FOLDER} itself, and goes into no folder there.`;
  if (kind !== "file" || endings.test(path)) return undefined;
  return `${title} runs no such file${of(endings)}.`;
}

/** More are not looked through. */
const MOST_FILES = 200;

function of(endings: RegExp): string {
  return endings === SQL ? ": it takes .sql and .sh" : ": it takes .js and .sh";
}

/** Does it mount something for scripts, which nothing else that is told to the service speaks of? */
const scriptMounts = notedOnService((service): boolean => {
  const { complete, environmentComplete, mounts, configs, command, environment, node } = service;
  if (!mounts.some(isForScripts) || !complete || !environmentComplete || !node) return false;
  // Those that are given as configs or in volumes may be scripts that read all others.
  if (configs.length > 0 || mounts.some((it) => it.target.value.includes(HOLE))) return false;
  if (mounts.some((it) => isIn(mountPath(it)) && it.kind !== "bind")) return false;
  if (command && !command.words) return false;
  const said = [
    ...(command?.words ?? []),
    ...environment.flatMap((it) => (it.value?.known ? it.value.value : [])),
    ...itemsOf(valueAt(node, "post_start")).map(() => HOLE),
  ];
  return !said.some((it) => it.includes(HOLE) || /initdb|entry-?point|\binit\b/i.test(it));
});

function isForScripts(mount: Mount): boolean {
  const { kind, source: from, target } = mount;
  const path = mountPath(mount);
  return kind === "bind" && from?.known === true && target.known && (isIn(path) || LIKE_IT.test(path));
}

function isIn(path: string): boolean {
  return path === FOLDER || path.startsWith(`${FOLDER}/`);
}

function kindOfSource({ source: from }: Mount, { files }: ComposeProject): string | undefined {
  return from?.known ? files.kindOf(from.value) : undefined;
}
