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
  if (userinfo === scheme) {
    // JDBC takes user and password behind the URL, or beside it.
    const behind = (name: string) => {
      const match = new RegExp(`[?&;]${name}=([^&;]*)`, "di").exec(value.value.slice(reference.end));
      const [from, to] = match?.indices?.[1] ?? [0, 0];
      return partAt(reference.end + from, reference.end + to);
    };
    if (/[?&;](?:user|password)=/i.test(value.value))
      return {
        to,
        user: behind("user"),
        password: behind("password"),
        database: database ?? behind("databaseName"),
      };
    const prefix = URL_VARIABLE.exec(entry.name.value)?.[1];
    if (prefix !== undefined) return { to, ...accountBeside(endpoint, prefix), database };
  }
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
const URL_VARIABLE = /^(.+[._])(?:JDBC_|REACTIVE_)?(?:URL|URI)$/i;

/** What is in front of the host's own word begins the names beside it: `TYPEORM_` of `TYPEORM_HOST`. */
const HOST_VARIABLE = new RegExp(`^(PG|.+?[._])(?:URL_)?${HOST_ENDING}$`, "i");

/** The name says that it is of a database: `APP_NAME` beside `APP_HOST` is something else. */
const OF_DATABASE =
  /^(?:PG|(?:.*[._])?(?:DB|DATABASE|SQL|MYSQL|MARIADB|POSTGRES|POSTGRESQL|POSTGRESDB|PG|MONGO|MONGODB)[._]+)$/i;

function loginOfVariables(endpoint: WrittenEndpoint): Login | undefined {
  const { to, from, entry, value, reference } = endpoint;
  if (reference.start !== 0) return undefined;
  const password = PASSWORD_BEHIND.exec(value.value)?.indices?.[1];
  if (password) {
    const [start, end] = password;
    const written = { value: value.value.slice(start, end), entry, start, end };
    const known = written.value.includes(HOLE) ? undefined : written;
    return { to, user: undefined, password: known, database: undefined };
  }
  const prefix = HOST_VARIABLE.exec(entry.name.value)?.[1];
  if (prefix === undefined || !/^[^:]+(?::\d+)?$/.test(value.value)) return undefined;
  const account = accountBeside(endpoint, prefix);
  const isOfDatabase = OF_DATABASE.test(prefix);
  const isOfServer = isOfDatabase || reference.servers.length > 0;
  // Of a name that says nothing of a server, user and password together do.
  if (!isOfServer && !(account.user && account.password)) return undefined;
  const names = ["DATABASE", "DBNAME", "DB", "URL_DATABASE", ...(isOfDatabase ? ["NAME"] : [])];
  return { to, ...account, database: variableBeside(from, prefix, names) };
}

/** `redis:6379,password=secret` (StackExchange.Redis, "Configuration"). */
const PASSWORD_BEHIND = /^[\w.-]+(?::\d+)?,(?:[^,]*,)*password=([^,\s]+)/di;

function accountBeside({ from }: WrittenEndpoint, prefix: string): Pick<Login, "user" | "password"> {
  return {
    // Those of mongo-express are the administrator's.
    user: variableBeside(from, prefix, ["USER", "USERNAME", "ADMINUSERNAME"]),
    password: variableBeside(from, prefix, ["PASSWORD", "PASS", "PASSWD", "ADMINPASSWORD"]),
  };
}

/** The whole value of the one variable that has one of these names. */
function variableBeside(from: Service, prefix: string, names: readonly string[]): LoginPart | undefined {
  const wanted = new Set(names.map((it) => (prefix + it).toUpperCase()));
  const found = from.environment.filter((it) => wanted.has(it.name.value.toUpperCase()));
  const [only] = found;
  const value = found.length === 1 ? only?.value : undefined;
  if (!only || !value?.known || !value.value) return undefined;
  return { value: value.value, entry: only, start: 0, end: value.value.length };
}
