import { HOST_ENDING } from "../../../model/compose/hosts/host-reference.ts";
import type { Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import { valueIn } from "../../../text/value-in.ts";
import { settingsOfImage } from "../../knowledge/image-settings.ts";
import { holdsSecret, shownValue } from "../../knowledge/shown-value.ts";
import type { Asked, KeyProposal, Proposal } from "./asked.ts";
import { otherServices } from "./asked.ts";
import { services } from "./services.ts";

/** Variables that the image or the stage reads, those that are given left out. */
export function environmentNames({ service, cursor, project }: Asked): readonly KeyProposal[] {
  const given = new Set([...cursor.keys, ...cursor.items.map((it) => it.replace(/=.*$/s, ""))]);
  const found = new Map<string, KeyProposal>();
  const add = (label: string, detail: string, rank: number, documentation?: string): void => {
    const isGiven =
      given.has(label) ||
      given.has(`${label}_FILE`) ||
      (label.endsWith("_FILE") && given.has(label.slice(0, -5)));
    if (!isGiven && !found.has(label))
      found.set(label, { label, kind: "variable", detail, documentation, rank, behind: { kind: "value" } });
  };
  const hasSecrets = project.secrets.size > 0;
  const settings = service?.imageBuild ? undefined : settingsOfImage(service?.image?.value.name);
  for (const [at, { name, summary, fromFile }] of (settings?.variables ?? []).entries()) {
    add(name, "read by the image", 2 * at, summary);
    if (fromFile)
      add(
        `${name}_FILE`,
        "read by the image, from a file",
        2 * at + (hasSecrets && holdsSecret(name) ? -1 : 41),
        `File that holds ${name}, e.g. a secret: \`/run/secrets/…\`.`,
      );
  }
  for (const [name, value] of declaredBy(service)) add(name, `ENV of the stage, ${value}`, 60);
  for (const name of Object.keys(service?.imageFacts?.environment ?? {}))
    if (name !== "PATH") add(name, "ENV of the image", 90);
  for (const other of otherServices({
    project,
    cursor,
    service,
    path: ["services", service?.name.value ?? ""],
  }))
    for (const { name, inFile } of other.environment)
      if (!inFile && other.build && service?.build && !given.has(name.value))
        add(name.value, `set for ${other.name.value} too`, 95);
  add("TZ", "time zone, where the image has time zones", 99, "For example `Europe/Berlin`.");
  return [...found.values()];
}

function declaredBy(service: Service | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, pairs } of service?.imageBuild?.stage?.instructions ?? [])
    if (name === "ENV")
      for (const pair of pairs)
        if (pair.name.raw !== "PATH")
          found.set(pair.name.raw, shownValue(pair.name.raw, pair.value?.raw ?? ""));
  return found;
}

/** Services as hosts, with the port that they are known for, where the host of an address is being written; undefined elsewhere. */
function hostsInAddress(asked: Asked): readonly Proposal[] | undefined {
  const { typed, rest } = asked.cursor;
  const [, before = "", word = ""] = /:\/\/((?:[^\s/@"']*@)?)([\w-]*)$/.exec(typed) ?? [];
  // Behind the two slashes a whole address may be meant, with the login in front of the host.
  if (!/:\/\/[^\s/]*$/.test(typed) || (before === "" && word === "")) return undefined;
  const ahead = /^[\w-]*/.exec(rest)?.[0].length ?? 0;
  const isHostAlone = /^[:/]/.test(rest.slice(ahead));
  return otherServices(asked).map((it) => {
    const server = serverOf(it);
    const scheme = /([a-z][a-z0-9]*)(?:\+\w+)?:\/\/[^/]*$/i.exec(typed)?.[1]?.toLowerCase() ?? "";
    const isMeant = server?.schemes.includes(scheme) === true;
    const host = it.name.value;
    return {
      label: isMeant && !isHostAlone ? `${host}:${server.port}` : host,
      kind: "service",
      detail: server?.title,
      rank: isMeant ? 0 : 1,
      keep: typed.length - word.length,
      ahead,
    };
  });
}

/** What a variable is mostly set to: a variable of the same name, a secret's file, another service. */
export function environmentValues(asked: Asked, name: string): readonly Proposal[] {
  const { project, service } = asked;
  const inAddress = hostsInAddress(asked);
  if (inAddress) return inAddress;
  if (/_FILE$/.test(name)) {
    const granted =
      service && service.secrets.length > 0
        ? service.secrets.map((it) => it.value)
        : [...project.secrets.keys()];
    return granted.map((it) => ({
      label: `/run/secrets/${it}`,
      kind: "file",
      detail: "a secret of the project",
      rank: 0,
    }));
  }
  const isSet = project.variables(name) !== undefined;
  const required: Proposal = {
    label: `\${${name}:?}`,
    kind: "variable",
    detail: "from the shell or .env; refused when it is missing",
    rank: holdsSecret(name) ? 0 : 6,
  };
  return [
    ...(isSet
      ? [{ label: `\${${name}}`, kind: "variable" as const, detail: "as .env has it", rank: 0 }]
      : []),
    required,
    ...(HOST_VARIABLE.test(name) ? hosts(asked, name) : []),
    ...(/(?:^|_)(?:URL|URI|DSN|DATABASE|BROKER|CONNECTION_STRING)$/.test(name) ? addresses(asked) : []),
    ...(valueIn(known, name) ?? []).map((label, rank) => ({ label, kind: "value" as const, rank: rank + 1 })),
  ];
}

const HOST_VARIABLE = new RegExp(`(?:^|_)${HOST_ENDING}S?$`);

const known: Readonly<Record<string, readonly string[]>> = {
  NODE_ENV: ["production", "development"],
  RAILS_ENV: ["production", "development"],
  APP_ENV: ["production", "development"],
  ASPNETCORE_ENVIRONMENT: ["Production", "Development"],
  TZ: ["UTC", "Europe/Berlin", "America/New_York"],
  LOG_LEVEL: ["info", "debug", "warn", "error"],
  DOCKER_INFLUXDB_INIT_MODE: ["setup"],
  "discovery.type": ["single-node"],
  KC_DB: ["postgres", "mysql", "mariadb"],
};

/** Services, those first that are what the variable's name speaks of. */
function hosts(asked: Asked, name: string): readonly Proposal[] {
  return services(asked).map((it) => {
    const other = asked.project.services.get(it.label);
    const server = other && serverOf(other);
    const isMeant =
      server?.variable.test(name) ||
      (server?.isDatabase && !server.isNamedAlone && /(?:^|_)(?:DB|DATABASE|SQL)_/.test(name));
    return { ...it, rank: isMeant ? 1 : 2 };
  });
}

/** Addresses of the databases and brokers beside, with the login that they are given. */
function addresses(asked: Asked): readonly Proposal[] {
  return otherServices(asked).flatMap((it): Proposal[] => {
    const server = serverOf(it);
    const scheme = server?.schemes[0];
    if (!server || scheme === undefined) return [];
    const host = `${it.name.value}:${server.port}`;
    const prefix =
      server.title === "PostgreSQL" ? "POSTGRES" : server.title === "MariaDB" ? "MARIADB" : "MYSQL";
    if (!/^(?:PostgreSQL|MySQL|MariaDB)$/.test(server.title))
      return [{ label: `${scheme}://${host}`, kind: "service", detail: server.title, rank: 1 }];
    const user = writtenOf(asked, it, `${prefix}_USER`) ?? (prefix === "POSTGRES" ? "postgres" : "root");
    const database =
      writtenOf(asked, it, prefix === "POSTGRES" ? "POSTGRES_DB" : `${prefix}_DATABASE`) ?? user;
    const password = `\${${prefix}_PASSWORD:?}`;
    return [
      {
        label: `${scheme}://${user}:${password}@${host}/${database}`,
        kind: "service",
        detail: server.title,
        rank: 1,
      },
    ];
  });
}

/** How a variable of another service is written: its own text, or the variable that it takes. */
function writtenOf({ project }: Asked, service: Service, name: string): string | undefined {
  const value = service.environment.find((it) => it.name.value === name)?.value;
  if (!value) return undefined;
  const written = project.file.text.slice(value.span.start, value.span.end);
  return /^[\w${}:?-]+$/.test(written) ? written : undefined;
}
