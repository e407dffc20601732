import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { itemsOf, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode } from "../../syntax/compose/tree.ts";
import { replace } from "../../text/edit.ts";
import { literally } from "../../text/literally.ts";
import { source } from "../../text/source.ts";
import { isBefore } from "../../text/version-order.ts";
import { composeRule, type Fix } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const serverOptionGone = composeRule({
  id: "server-option-gone",
  title: "Option that this version of the server does not know",
  severity: "error",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  docs: {
    what: source`
      Reports an option in \`command\` of the official images of MySQL, MongoDB, Traefik, Prometheus, Alertmanager and node_exporter that the version of their tag no longer has:
      \`--default-authentication-plugin\` since MySQL 8.4, which \`mysql:8\` is by now, what takes its place there since 9.0,
      \`--smallfiles\` since MongoDB 4.2, \`--docker\` since Traefik 2, which \`traefik\` without a tag has long been, or
      \`-config.file\` with one dash since Prometheus 2, Alertmanager 0.13 and node_exporter 0.15.`,
    why: source`
      The server knows no such option, says so and ends: the container is started again and again.`,
    bad: source`
      services:
        db:
          image: mysql:8.4
          command: --default-authentication-plugin=mysql_native_password
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ server-option-gone: MySQL 8.4 and later do not start with --default-authentication-plugin.`,
    good: source`
      services:
        db:
          image: mysql:8.4
          command: --mysql-native-password=ON`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const version = versionOf(service);
      if (!version || !startsServer(service, version.server)) continue;
      const command = valueAt(service.node, "command");
      for (const scalar of command?.kind === "scalar" ? [command] : itemsOf(command)) {
        if (scalar.kind !== "scalar") continue;
        for (const { since, option, server, instead, insteadUntil } of gone) {
          if (server !== version.server || isBefore(version.number, since)) continue;
          const at = placeOf(server, option, scalar.value);
          if (at < 0) continue;
          const written = scalar.value.slice(at, at + option.length);
          const span = spanInside(project.file.text, scalar, at, at + option.length);
          once(span, `${server} ${since} and later do not start with ${written}.`, {
            // A tag that moves may stand for an older image that is there already.
            severity: /^v?\d+\.\d/.test(service.image?.value.tag ?? "") ? "error" : "warning",
            related: service.image
              ? [{ message: `The image is ${service.image.value.text}.`, span: service.image.span }]
              : [],
            fixes:
              insteadUntil === undefined || isBefore(version.number, insteadUntil)
                ? replacement(project, scalar, at, instead)
                : [],
          });
        }
      }
    }
  },
});

type Server = "MySQL" | "MongoDB" | "Traefik" | "Prometheus" | "Alertmanager" | "node_exporter";

interface Gone {
  readonly server: Server;
  /** A version with its minor one. */
  readonly since: string;
  readonly option: string;
  /** What does the same, with its value; undefined where nothing does. */
  readonly instead?: readonly [whole: RegExp, text: string];
  /** The version that does not know that either. */
  readonly insteadUntil?: string;
}

/**
 * Taken out of the server (MySQL manual, "Server and Status Variables and Options Added, Deprecated, or Removed" of 8.0 and 8.4,
 * and "Option and Variable Changes" of 8.3 and 9.0; testcontainers/testcontainers-java#8130, polarismesh/polaris#1367 and
 * docker-library/mysql#1053 for what `--skip-` stands in front of; MongoDB manual, "Configuration File Settings and Command-Line
 * Options Mapping" of 7.1; wodby/docker4drupal#415, vegasbrianc/docker-compose-demo#9 and egregors/youtrack-docker-compose#10 for
 * what Traefik 2 says of options of 1, whose sections have other names or none ("Migration Guide: From v1 to v2"), and "From v2 to v3";
 * read 2026-11-27). Prometheus 2 takes `-c` of `-config.file` for an option of one letter (prometheus/prometheus#2878 and #2952,
 * vegasbrianc/prometheus#72, read 2026-11-28), and so do Alertmanager 0.13 and node_exporter 0.15 (Alertmanager's CHANGELOG.md; prometheus/alertmanager#1254,
 * prometheus/node_exporter#701, stefanprodan/dockprom#26, read 2026-11-28). An option that the server does not know ends it.
 */
const gone: readonly Gone[] = [
  {
    server: "MySQL",
    since: "8.4",
    option: "--default-authentication-plugin",
    instead: [
      /^--default[-_]authentication[-_]plugin=mysql_native_password(?=\s|$)/,
      "--mysql-native-password=ON",
    ],
    insteadUntil: "9.0",
  },
  { server: "MySQL", since: "9.0", option: "--mysql-native-password" },
  { server: "MySQL", since: "8.4", option: "--skip-ssl" },
  {
    server: "MySQL",
    since: "8.3",
    option: "--skip-host-cache",
    instead: [/^--skip[-_]host[-_]cache(?=\s|$)/, "--host-cache-size=0"],
  },
  { server: "MySQL", since: "8.3", option: "--skip-character-set-client-handshake" },
  { server: "MySQL", since: "8.3", option: "--character-set-client-handshake" },
  { server: "MySQL", since: "8.4", option: "--expire-logs-days" },
  { server: "MySQL", since: "8.0", option: "--query-cache-size" },
  { server: "MySQL", since: "8.0", option: "--query-cache-type" },
  { server: "MySQL", since: "8.0", option: "--query-cache-limit" },
  { server: "MySQL", since: "8.0", option: "--innodb-file-format" },
  { server: "MySQL", since: "8.0", option: "--innodb-large-prefix" },
  { server: "MySQL", since: "8.0", option: "--log-warnings" },
  { server: "MongoDB", since: "4.2", option: "--smallfiles" },
  { server: "MongoDB", since: "4.2", option: "--noprealloc" },
  { server: "MongoDB", since: "4.2", option: "--nssize" },
  { server: "MongoDB", since: "6.1", option: "--journal" },
  { server: "MongoDB", since: "6.1", option: "--nojournal" },
  ...[
    "docker",
    "web",
    "file",
    "acme",
    "kubernetes",
    "consulCatalog",
    "logLevel",
    "traefikLog",
    "defaultEntryPoints",
    "insecureSkipVerify",
  ].map((it) => ({ server: "Traefik", since: "2.0", option: `--${it}` }) as const),
  { server: "Traefik", since: "3.0", option: "--providers.docker.swarmMode" },
  { server: "Traefik", since: "3.0", option: "--pilot" },
  ...oneDash("Prometheus", "2.0", [
    "config.file",
    "web.console.libraries",
    "web.console.templates",
    "web.external-url",
    "web.listen-address",
    "web.route-prefix",
    "log.level",
  ]),
  ...[
    "storage.local.path",
    "storage.local.retention",
    "storage.local.target-heap-size",
    "alertmanager.url",
  ].map((it) => ({ server: "Prometheus", since: "2.0", option: `-${it}` }) as const),
  ...oneDash("Alertmanager", "0.13", [
    "config.file",
    "storage.path",
    "web.external-url",
    "web.listen-address",
    "web.route-prefix",
    "log.level",
  ]),
  ...["mesh.listen-address", "mesh.peer", "mesh.nickname"].map(
    (it) => ({ server: "Alertmanager", since: "0.13", option: `-${it}` }) as const,
  ),
  ...oneDash("node_exporter", "0.15", [
    "collector.textfile.directory",
    "web.listen-address",
    "web.telemetry-path",
    "log.level",
  ]),
  {
    server: "node_exporter",
    since: "0.15",
    option: "-collector.procfs",
    instead: [/^-collector\.procfs(?![\w.-])/, "--path.procfs"],
  },
  {
    server: "node_exporter",
    since: "0.15",
    option: "-collector.sysfs",
    instead: [/^-collector\.sysfs(?![\w.-])/, "--path.sysfs"],
  },
  ...[
    "collectors.enabled",
    "collector.filesystem.ignored-mount-points",
    "collector.filesystem.ignored-fs-types",
  ].map((it) => ({ server: "node_exporter", since: "0.15", option: `-${it}` }) as const),
];

/** Options that later versions have with two dashes. */
function oneDash(server: Server, since: string, names: readonly string[]): Gone[] {
  return names.map((it) => ({
    server,
    since,
    option: `-${it}`,
    instead: [new RegExp(`^-${literally(it)}(?![\\w.-])`), `--${it}`],
  }));
}

/**
 * Tags without a minor version are of the newest one, `lts` since 2026-04 of 9.7 (docker-library/mysql#1139, read 2026-11-27;
 * docker-library/official-images, library/mongo, read 2026-11).
 */
const MOVING: Readonly<Record<Server, ReadonlyMap<string, string>>> = {
  MySQL: new Map([
    ["latest", "9.7"],
    ["innovation", "9.0"],
    ["lts", "9.7"],
    ["8", "8.4"],
    ["9", "9.7"],
  ]),
  MongoDB: new Map([
    ["latest", "8.0"],
    ["8", "8.0"],
    ["7", "7.0"],
  ]),
  Traefik: new Map([
    ["latest", "3.0"],
    ["3", "3.0"],
    ["2", "2.11"],
  ]),
  Prometheus: new Map([["latest", "3.0"]]),
  Alertmanager: new Map([["latest", "0.28"]]),
  node_exporter: new Map([["latest", "1.9"]]),
};

const IMAGES: ReadonlyMap<string, Server> = new Map([
  ["mysql", "MySQL"],
  ["mongo", "MongoDB"],
  ["traefik", "Traefik"],
  ["prom/prometheus", "Prometheus"],
  ["prom/alertmanager", "Alertmanager"],
  ["prom/node-exporter", "node_exporter"],
]);

/** What the image's entrypoint starts the server at; those of Prometheus and what goes with it are the server itself, and hand on options alone. */
const PROGRAMS: Readonly<Partial<Record<Server, string>>> = {
  MySQL: "mysqld",
  MongoDB: "mongod",
  Traefik: "traefik",
};

function versionOf({ image, imageBuild: build }: Service): { server: Server; number: string } | undefined {
  const server = IMAGES.get(image?.value.name ?? "");
  if (!server || build || !image || image.value.digest) return undefined;
  const tag = (image.value.tag ?? "latest")
    .replace(/-(?:oracle(?:linux\d)?|noble|jammy|focal|bionic|alpine)$/, "")
    .replace(/^v(?=\d)/, "");
  const number = /^(\d+\.\d+)(?:\.\d+)*$/.exec(tag)?.[1];
  const known = number ?? MOVING[server].get(tag);
  return known === undefined ? undefined : { server, number: known };
}

/** The image's own entrypoint, and the server as what it starts. */
function startsServer({ complete, entrypoint, command }: Service, server: Server): boolean {
  if (!complete || entrypoint || !command?.words) return false;
  const [first = ""] = command.words;
  return first.startsWith("-") || first === PROGRAMS[server];
}

/**
 * Where the option stands as a word; MySQL reads `_` as `-`, and Traefik capitals as others. `--loose-…` is let pass by the server.
 */
function placeOf(server: Server, option: string, text: string): number {
  const [, dashes = "", name = ""] = /^(-+)(.*)$/.exec(option) ?? [];
  const pattern = literally(name).replaceAll("-", "[-_]");
  const flags = server === "Traefik" ? "i" : "";
  return new RegExp(`(?<!\\S)${dashes}${pattern}(?![\\w-])`, flags).exec(text)?.index ?? -1;
}

function replacement(
  { file }: ComposeProject,
  scalar: ScalarNode,
  at: number,
  instead: Gone["instead"],
): readonly Fix[] {
  const found = instead?.[0].exec(scalar.value.slice(at))?.[0];
  if (!found || !instead || scalar.viaAlias) return [];
  const span = spanInside(file.text, scalar, at, at + found.length);
  if (file.text.slice(span.start, span.end) !== found) return [];
  return [{ kind: "unsafe", title: `Write ${instead[1]}`, edits: [replace(span, instead[1])] }];
}
