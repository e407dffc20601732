import { HOLE } from "../../syntax/compose/interpolate.ts";
import type { Span } from "../../text/span.ts";
import type { WrittenEndpoint } from "./endpoints.ts";
import type { ResolvedText, Service } from "./project.ts";

/** A part of a login, as it is written and as the server is given it. */
export interface LoginPart {
  readonly value: string;
  readonly written: string;
  readonly span: Span;
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
  return endpoint.value.value.includes("://") ? loginOfUrl(endpoint) : loginOfVariables(endpoint);
}

/** A value that is one URL of a database. */
function loginOfUrl({ to, value, reference }: WrittenEndpoint): Login | undefined {
  const scheme = value.value.indexOf("://") + 3;
  if (/\s/.test(value.value) || reference.servers.length === 0) return undefined;
  const userinfo = value.value[reference.start - 1] === "@" ? reference.start - 1 : scheme;
  const colon = value.value.slice(scheme, userinfo).indexOf(":");
  const userEnd = colon < 0 ? userinfo : scheme + colon;
  const partAt = (start: number, end: number): LoginPart | undefined => {
    const written = value.value.slice(start, end);
    const decoded = decode(written);
    if (!written || written.includes(HOLE) || decoded === undefined) return undefined;
    return { value: decoded, written, span: value.spanOf(start, end) };
  };
  const path = /^(?::\d+)?\/([^/?#]+)/d.exec(value.value.slice(reference.end));
  const [start, end] = path?.indices?.[1] ?? [0, 0];
  // Of another database of MongoDB than that of its administrator.
  const isElsewhere = /[?&]authSource=(?!admin(?:&|$))/i.test(value.value);
  return {
    to,
    user: isElsewhere ? undefined : partAt(scheme, userEnd),
    password: isElsewhere || colon < 0 ? undefined : partAt(userEnd + 1, userinfo),
    database: partAt(reference.end + start, reference.end + end),
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Only where the name says that it is of a database: `APP_NAME` beside `APP_HOST` is something else. */
const HOST_VARIABLE =
  /^(PG|(?:.*_)?(?:DB|DATABASE|SQL|MYSQL|MARIADB|POSTGRES|POSTGRESQL|PG|MONGO|MONGODB)_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/;

function loginOfVariables({ to, from, entry, value, reference }: WrittenEndpoint): Login | undefined {
  const prefix = HOST_VARIABLE.exec(entry.name.value)?.[1];
  if (prefix === undefined || reference.start !== 0 || !/^[^:]+(?::\d+)?$/.test(value.value))
    return undefined;
  const partOf = (...names: readonly string[]): LoginPart | undefined => {
    const found = from.environment.filter((it) => names.some((name) => it.name.value === prefix + name));
    const [only] = found;
    return found.length === 1 && !only?.inFile ? wholePart(only?.value) : undefined;
  };
  return {
    to,
    user: partOf("USER", "USERNAME"),
    password: partOf("PASSWORD", "PASS", "PASSWD"),
    database: partOf("NAME", "DATABASE", "DBNAME", "DB"),
  };
}

function wholePart(text: ResolvedText | undefined): LoginPart | undefined {
  if (!text?.known || !text.value) return undefined;
  return { value: text.value, written: text.value, span: text.spanOf(0, text.value.length) };
}
