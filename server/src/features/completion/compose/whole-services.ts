import { declareResource } from "../../../model/compose/edit/declare-resource.ts";
import type { ComposeProject } from "../../../model/compose/project.ts";
import { knownServers } from "../../../model/compose/servers/known-server.ts";
import { parseImageReference } from "../../../model/image/reference.ts";
import { codeBlock } from "../../markdown.ts";
import type { Asked, KeyProposal } from "./asked.ts";
import { escaped, healthcheckLines } from "./health.ts";

interface Whole {
  readonly title: string;
  readonly name: string;
  readonly image: string;
  /** Tag where the facts have none. */
  readonly tag: string;
  readonly lines: readonly string[];
  /** Where the data are; the version decides for some. */
  readonly data?: string;
  readonly test?: string;
}

const secret = (name: string): string => `${name}: \\\${${name}:?\\}`;

/** Services that many projects have, ready to run; `\t` is a step further in. */
const wholes: readonly Whole[] = [
  {
    title: "PostgreSQL",
    name: "db",
    image: "postgres",
    tag: "18",
    lines: [
      "environment:",
      "\tPOSTGRES_USER: ${1:app}",
      "\tPOSTGRES_DB: ${1:app}",
      `\t${secret("POSTGRES_PASSWORD")}`,
    ],
    data: "/var/lib/postgresql",
  },
  {
    title: "MySQL",
    name: "db",
    image: "mysql",
    tag: "8.4",
    lines: [
      "environment:",
      "\tMYSQL_DATABASE: ${1:app}",
      "\tMYSQL_USER: ${1:app}",
      `\t${secret("MYSQL_PASSWORD")}`,
      `\t${secret("MYSQL_ROOT_PASSWORD")}`,
    ],
    data: "/var/lib/mysql",
  },
  {
    title: "MariaDB",
    name: "db",
    image: "mariadb",
    tag: "12.3",
    lines: [
      "environment:",
      "\tMARIADB_DATABASE: ${1:app}",
      "\tMARIADB_USER: ${1:app}",
      `\t${secret("MARIADB_PASSWORD")}`,
      `\t${secret("MARIADB_ROOT_PASSWORD")}`,
    ],
    data: "/var/lib/mysql",
  },
  {
    title: "MongoDB",
    name: "mongo",
    image: "mongo",
    tag: "8.0",
    lines: [
      "environment:",
      "\tMONGO_INITDB_ROOT_USERNAME: ${1:app}",
      `\t${secret("MONGO_INITDB_ROOT_PASSWORD")}`,
    ],
    data: "/data/db",
  },
  { title: "Redis", name: "redis", image: "redis", tag: "8-alpine", lines: [], data: "/data" },
  { title: "Valkey", name: "valkey", image: "valkey/valkey", tag: "8.0-alpine", lines: [], data: "/data" },
  {
    title: "RabbitMQ",
    name: "rabbitmq",
    image: "rabbitmq",
    tag: "4.3-management-alpine",
    lines: [
      "# Data are found under the name of the host.",
      "hostname: rabbitmq",
      "environment:",
      "\tRABBITMQ_DEFAULT_USER: ${1:app}",
      `\t${secret("RABBITMQ_DEFAULT_PASS")}`,
    ],
    data: "/var/lib/rabbitmq",
  },
  {
    title: "nginx",
    name: "web",
    image: "nginx",
    tag: "alpine",
    lines: [
      "ports:",
      '\t- "${1:8080}:80"',
      "volumes:",
      "\t- ${2:./nginx.conf}:/etc/nginx/conf.d/default.conf:ro",
    ],
    test: '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]',
  },
  {
    title: "Caddy",
    name: "caddy",
    image: "caddy",
    tag: "2-alpine",
    lines: ["ports:", '\t- "80:80"', '\t- "443:443"'],
    data: "/data",
  },
  {
    title: "Adminer",
    name: "adminer",
    image: "adminer",
    tag: "5",
    lines: ["ports:", '\t- "127.0.0.1:${1:8080}:8080"'],
  },
  {
    title: "Mailpit",
    name: "mail",
    image: "axllent/mailpit",
    tag: "latest",
    lines: ["ports:", '\t- "127.0.0.1:${1:8025}:8025"'],
  },
];

/** Whole services behind `services:`, with a health check that works and their data in a volume. */
export function wholeServices(asked: Asked): readonly KeyProposal[] {
  const { project, cursor } = asked;
  if (cursor.inFlow || cursor.hasColon || cursor.quote) return [];
  return wholes.flatMap((whole, at): KeyProposal[] => {
    const name = free(whole.name, cursor.keys) ?? free(whole.title.toLowerCase(), cursor.keys);
    if (name === undefined) return [];
    const volume = `${name}-data`;
    const also =
      whole.data === undefined || project.volumes.has(volume)
        ? []
        : declaring(project, volume, cursor.offset);
    if (!also) return [];
    const tag = tagOf(project, whole);
    const lines = [
      `image: ${whole.image}:${tag}`,
      "restart: unless-stopped",
      ...whole.lines,
      ...(whole.data === undefined ? [] : ["volumes:", `\t- ${volume}:${whole.data}`]),
      ...checkOf(whole, tag),
    ];
    return [
      {
        label: `${whole.title} (service)`,
        name,
        kind: "service",
        detail: `${whole.image}:${tag}`,
        documentation: codeBlock("yaml", [`${name}:`, ...lines.map(asWritten)].join("\n")),
        rank: 400 + at,
        behind: { kind: "lines", lines },
        also,
      },
    ];
  });
}

/** A line of a snippet below the service's name, with the texts of its placeholders. */
function asWritten(line: string): string {
  const text = line
    .replaceAll("\t", "  ")
    .replace(/\\([\\$}])/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1");
  return `  ${text}`;
}

function free(name: string, taken: ReadonlySet<string>): string | undefined {
  return taken.has(name) ? undefined : name;
}

function tagOf({ images }: ComposeProject, { image, tag }: Whole): string {
  const tags = images.tags(image);
  return tags.includes(tag) ? tag : (tags.find((it) => /^v?\d[\d.]*(?:-alpine)?$/.test(it)) ?? tag);
}

function checkOf({ title, test, image }: Whole, tag: string): readonly string[] {
  const server = knownServers.find((it) => it.title === title);
  const value = parseImageReference(`${image}:${tag}`);
  // The user's name is still to be written, so that the container is asked for it.
  const settings = {
    image: { value, span: { start: 0, end: 0 } },
    imageBuild: undefined,
    environment: [],
    environmentComplete: false,
  };
  const found = server?.readyTest(settings) ?? test;
  return found === undefined
    ? []
    : ["healthcheck:", ...healthcheckLines(found).map((it) => `\t${escaped(it)}`)];
}

/** Undefined where the declaration would stand at the cursor itself, and nothing could be told apart. */
function declaring(project: ComposeProject, volume: string, offset: number) {
  const edits = declareResource(project.file, "volumes", volume);
  return edits?.every((it) => it.span.start !== offset) ? edits : aboveServices(project, volume, offset);
}

function aboveServices({ file }: ComposeProject, volume: string, offset: number) {
  const start = /^services[ \t]*:/m.exec(file.text)?.index;
  if (start === undefined || start >= offset || /^volumes[ \t]*:/m.test(file.text)) return undefined;
  return [{ span: { start, end: start }, newText: `volumes:\n  ${volume}:\n\n` }];
}
