/** A field's value in a data source name, with its offsets there. */
export interface DataSourceField {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What a data source name says that is no URL. */
export interface DataSource {
  readonly host: DataSourceField;
  readonly port: DataSourceField | undefined;
  readonly user: DataSourceField | undefined;
  readonly password: DataSourceField | undefined;
  readonly database: DataSourceField | undefined;
  /** Titles of the servers that take such a text. */
  readonly servers: readonly string[];
}

/** `user:pw@tcp(db:3306)/x` (go-sql-driver/mysql), `host=db dbname=x` (libpq), `Server=db;Database=x` (.NET); undefined for other texts. */
export function readDataSource(value: string): DataSource | undefined {
  if (value.includes("@tcp(")) return goMysql(value);
  if (!value.includes("=")) return undefined;
  return fieldsOf(value, LIBPQ) ?? fieldsOf(value, DOTNET);
}

function goMysql(value: string): DataSource | undefined {
  // No longer than a login is, so that a long text in front is not gone through from each of its places.
  const from = Math.max(0, value.indexOf("@tcp(") - LONGEST_LOGIN);
  const match = /(?:([^:@/\s]+)(?::([^@/]*))?)?@tcp\(([^:()]+)(?::(\d+))?\)\/([^?\s]*)/d.exec(
    value.slice(from),
  );
  const part = (at: number) => (match ? partOf(match, at, from) : undefined);
  const host = part(3);
  if (!host) return undefined;
  return {
    ...{ host, port: part(4), user: part(1), password: part(2), database: part(5) },
    servers: ["MySQL", "MariaDB"],
  };
}

const LONGEST_LOGIN = 300;

function partOf(match: RegExpExecArray, at: number, shift: number): DataSourceField | undefined {
  const [start, end] = match.indices?.[at] ?? [];
  const value = match[at];
  return value && start !== undefined && end !== undefined
    ? { value, start: start + shift, end: end + shift }
    : undefined;
}

interface Style {
  readonly field: RegExp;
  readonly names: Readonly<Record<"host" | "port" | "user" | "password" | "database", RegExp>>;
  /** One of these beside the host shows what the whole is. */
  readonly other: RegExp;
  servers(hostName: string, port: string | undefined): readonly string[];
}

const LIBPQ: Style = {
  field: /(?<!\w)(\w{1,40})=(\S*)/dg,
  names: { host: /^host$/, port: /^port$/, user: /^user$/, password: /^password$/, database: /^dbname$/ },
  other: /^(?:dbname|user|password|port|sslmode)$/,
  servers: () => ["PostgreSQL"],
};

/** Npgsql calls the host `Host`, the others `Server` or `Data Source`; each takes `Server`. */
const DOTNET: Style = {
  field: /(?:^|;)\s*([a-z][\w ]{0,40}?)\s*=\s*([^;]*)/dgi,
  names: {
    host: /^(?:server|host|data source|address)$/i,
    port: /^port$/i,
    user: /^(?:user id|userid|user|username|user name|uid)$/i,
    password: /^(?:password|pwd)$/i,
    database: /^(?:database|initial catalog)$/i,
  },
  other: /^(?:database|initial catalog|user\b.*|uid|userid|username)$/i,
  servers: (name, port) => {
    if (/^host$/i.test(name)) return ["PostgreSQL"];
    const byPort = SERVERS_BY_PORT[port ?? ""];
    if (byPort) return byPort;
    return /^server$/i.test(name)
      ? ["SQL Server", "MySQL", "MariaDB", "PostgreSQL"]
      : /^data source$/i.test(name)
        ? ["SQL Server"]
        : [];
  },
};

const SERVERS_BY_PORT: Readonly<Record<string, readonly string[]>> = {
  1433: ["SQL Server"],
  3306: ["MySQL", "MariaDB"],
  5432: ["PostgreSQL"],
};

function fieldsOf(value: string, { field, names, other, servers }: Style): DataSource | undefined {
  const found = [...value.matchAll(field)].flatMap((match) => {
    const [start, end] = match.indices?.[2] ?? [];
    return start !== undefined && end !== undefined
      ? [{ name: match[1] ?? "", value: match[2] ?? "", start, end }]
      : [];
  });
  const at = (name: RegExp) => found.find((it) => name.test(it.name) && it.value !== "");
  const whole = at(names.host);
  if (!whole || !found.some((it) => other.test(it.name))) return undefined;
  // `tcp:db,1433`, `db\instance`, or `db:5432` where somebody took it for a URL.
  const match = /^(?:tcp:)?([^:,\\\s]+)(?:[:,](\d+))?/di.exec(whole.value);
  const host = match ? partOf(match, 1, whole.start) : undefined;
  if (!match || !host) return undefined;
  const port = partOf(match, 2, whole.start) ?? at(names.port);
  return {
    ...{ host, port, user: at(names.user), password: at(names.password), database: at(names.database) },
    servers: servers(whole.name, port?.value),
  };
}
