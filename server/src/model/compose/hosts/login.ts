import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { EnvironmentEntry, Service } from "../project.ts";
import { type DataSource, type DataSourceField, readDataSource } from "./data-source.ts";
import type { WrittenEndpoint } from "./endpoints.ts";
import { HOST_ENDING } from "./host-reference.ts";

/** A part of a login, as it is written and as the server is given it. */
export interface LoginPart {
  readonly value: string;
  /** Where it is written: offsets are of the entry's value. */
  readonly entry: EnvironmentEntry;
  readonly start: number;
  readonly end: number;
}

/** As whom a service logs into a database of another one. What is not known is left out. */
export interface Login {
  readonly to: Service;
  readonly user: LoginPart | undefined;
  readonly password: LoginPart | undefined;
  readonly database: LoginPart | undefined;
}

/** The login of a URL, or of the variables beside the one that names the host: `DB_USER` beside `DB_HOST`. */
export function loginOf(endpoint: WrittenEndpoint): Login | undefined {
  if (endpoint.value.value.includes("://")) return loginOfUrl(endpoint);
  const source = readDataSource(endpoint.value.value);
  return source ? loginOfDataSource(endpoint, source) : loginOfVariables(endpoint);
}

function loginOfDataSource({ to, entry }: WrittenEndpoint, source: DataSource): Login {
  const partAt = (field: DataSourceField | undefined) =>
    field && !field.value.includes(HOLE) && !/["']/.test(field.value) ? { ...field, entry } : undefined;
  return {
    to,
    user: partAt(source.user),
    password: partAt(source.password),
    database: partAt(source.database),
  };
}

/** A value that is one URL of a database. */
function loginOfUrl(endpoint: WrittenEndpoint): Login | undefined {
  const { to, value, entry, reference } = endpoint;
  const scheme = value.value.indexOf("://") + 3;
  if (/\s/.test(value.value) || reference.servers.length === 0) return undefined;
  const userinfo = value.value[reference.start - 1] === "@" ? reference.start - 1 : scheme;
  const colon = value.value.slice(scheme, userinfo).indexOf(":");
  const userEnd = colon < 0 ? userinfo : scheme + colon;
  const partAt = (start: number, end: number): LoginPart | undefined => {
    const written = value.value.slice(start, end);
    const decoded = decode(written);
    if (!written || written.includes(HOLE) || decoded === undefined) return undefined;
    return { value: decoded, entry, start, end };
  };
  const path = /^(?::\d+)?\/([^/?#]+)/d.exec(value.value.slice(reference.end));
  const [start, end] = path?.indices?.[1] ?? [0, 0];
  // Of another database of MongoDB than that of its administrator.
  const isElsewhere = /[?&]authSource=(?!admin(?:&|$))/i.test(value.value);
  const database = partAt(reference.end + start, reference.end + end);
  // JDBC takes user and password beside the URL.
  const beside = userinfo === scheme && !/[?&](?:user|password)=/.test(value.value);
  const prefix = beside ? URL_VARIABLE.exec(entry.name.value)?.[1] : undefined;
  if (prefix !== undefined) return { to, ...accountBeside(endpoint, prefix), database };
  return {
    to,
    user: isElsewhere ? undefined : partAt(scheme, userEnd),
    password: isElsewhere || colon < 0 ? undefined : partAt(userEnd + 1, userinfo),
    database,
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `SPRING_DATASOURCE_URL`, `KC_DB_URL`, `QUARKUS_DATASOURCE_JDBC_URL`: what is in front of it begins the names beside it. */
const URL_VARIABLE = /^(.+_)(?:JDBC_|REACTIVE_)?(?:URL|URI)$/;

/** Only where the name says that it is of a database: `APP_NAME` beside `APP_HOST` is something else. */
const HOST_VARIABLE = new RegExp(
  `^(PG|(?:.*_)?(?:DB|DATABASE|SQL|MYSQL|MARIADB|POSTGRES|POSTGRESQL|PG|MONGO|MONGODB)_+)(?:URL_)?${HOST_ENDING}$`,
  "i",
);

function loginOfVariables(endpoint: WrittenEndpoint): Login | undefined {
  const { to, from, entry, value, reference } = endpoint;
  const prefix = HOST_VARIABLE.exec(entry.name.value)?.[1];
  if (prefix === undefined || reference.start !== 0 || !/^[^:]+(?::\d+)?$/.test(value.value))
    return undefined;
  const names = ["NAME", "DATABASE", "DBNAME", "DB", "URL_DATABASE"];
  return { to, ...accountBeside(endpoint, prefix), database: variableBeside(from, prefix, names) };
}

function accountBeside({ from }: WrittenEndpoint, prefix: string): Pick<Login, "user" | "password"> {
  return {
    user: variableBeside(from, prefix, ["USER", "USERNAME"]),
    password: variableBeside(from, prefix, ["PASSWORD", "PASS", "PASSWD"]),
  };
}

/** The whole value of the one variable that has one of these names. */
function variableBeside(from: Service, prefix: string, names: readonly string[]): LoginPart | undefined {
  const found = from.environment.filter((it) => names.some((name) => it.name.value === prefix + name));
  const [only] = found;
  const value = found.length === 1 ? only?.value : undefined;
  if (!only || !value?.known || !value.value) return undefined;
  return { value: value.value, entry: only, start: 0, end: value.value.length };
}
