import { endpointsOf, type WrittenEndpoint } from "../../model/compose/hosts/endpoints.ts";
import { type HostReference, hostsNamedIn, placeAt } from "../../model/compose/hosts/host-reference.ts";
import {
  type ComposeProject,
  type EnvironmentEntry,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { source } from "../../text/source.ts";
import { type DemandedLogin, demandedLogin } from "../knowledge/compose/demanded-login.ts";
import { composeRule, type Fix } from "../rule.ts";
import { type EntryPlace, entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { writtenSecret } from "../writing/compose/written-secret.ts";

export const loginMissing = composeRule({
  id: "login-missing",
  title: "Address without the login that its server demands",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports an address such as \`redis://cache:6379\` without a password, where the server in that service demands one: by
      \`--requirepass\` of Redis, or by the account that an official image makes (\`MONGO_INITDB_ROOT_*\`, \`POSTGRES_PASSWORD\`,
      \`MYSQL_ROOT_PASSWORD\`, \`RABBITMQ_DEFAULT_USER\`). Nothing is said where a variable, secret, mounted file or option of the
      service may hold the password.`,
    why: source`
      The server refuses what comes without: "NOAUTH Authentication required", "command find requires authentication", "no
      password supplied". It is healthy all the same, so only the first request shows it.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            REDIS_URL: redis://cache:6379/0
                               ^^^^^ login-missing: cache demands a password, and this address has none.
        cache:
          image: redis:8.8
          command: redis-server --requirepass secret`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            REDIS_URL: redis://:\${REDIS_PASSWORD:?}@cache:6379/0
        cache:
          image: redis:8.8
          command: redis-server --requirepass \${REDIS_PASSWORD:?}`,
  },

  check(project, report) {
    const once = reportOnce(report);
    const demands = new Map<Service, DemandedLogin | undefined>();
    for (const endpoint of endpointsOf(project)) {
      const { from, to, reference } = endpoint;
      if (!bareReferences(from).has(reference)) continue;
      if (!demands.has(to)) demands.set(to, demandedLogin(to, project));
      const demanded = demands.get(to);
      const written = demanded && endpoint.written;
      const address = written && addressWithoutPassword(written.entry, reference);
      if (!address || from.environment.some((it) => holds(it, demanded))) continue;
      const place = entryPlace(project, written.entry, reference.start, reference.end);
      if (!place) continue;
      reportEntry(once, place, `${to.name.value} demands a password, and this address has none.`, {
        related: [{ message: "It is demanded here.", span: demanded.span }],
        fixes: withLogin(project, written, demanded, place, address),
      });
    }
  },
});

interface Address {
  readonly hasUser: boolean;
  /** Offsets in the value, where the path and the query end. */
  readonly end: number;
  readonly path: string;
  readonly query: string;
}

/** Where the addresses of a service have no password, and nothing else that it is given may hold one. */
const bareReferences = notedOnService((service): ReadonlySet<HostReference> => {
  const named = hostsNamedIn(service).filter(({ reference, at }) => {
    const entry = reference.servers.length > 0 ? placeAt(service, at) : undefined;
    return entry !== undefined && addressWithoutPassword(entry, reference) !== undefined;
  });
  return new Set(named.length > 0 && !mayKnowPassword(service) ? named.map((it) => it.reference) : []);
});

/** A value that is one address of a database or broker, for which a password could be written and is not. */
function addressWithoutPassword(
  { name, value }: EnvironmentEntry,
  reference: HostReference,
): Address | undefined {
  if (!value || /WAIT/i.test(name.value) || value.value.length > LONGEST) return undefined;
  const match = ADDRESS.exec(value.value);
  if (!match || value.value.includes(HOLE)) return undefined;
  const [, scheme = "", user, path = "", query = ""] = match;
  if (!SCHEMES.test(scheme) || /pass|pwd|cert|service=|authMechanism/i.test(query)) return undefined;
  // In front of the first of several hosts only.
  if (value.value.slice(0, reference.start).includes(",")) return undefined;
  return { hasUser: user !== undefined, end: value.value.length, path, query };
}

const LONGEST = 1_000;
const ADDRESS =
  /^(?:--?[\w-]+=)?([a-z][a-z0-9]*)(?:\+[a-z0-9]+)?:\/\/([^\s@:/?#]+@)?[^\s@/?#]+(\/[^\s@?#]*)?(\?[^\s@#]*)?$/;
const SCHEMES =
  /^(?:redis|rediss|valkey|valkeys|mongodb|amqp|amqps|postgres|postgresql|mysql|mysql2|mariadb)$/;

/** What the service is given besides may hold a password, for programs put it together with the address themselves. */
function mayKnowPassword(service: Service): boolean {
  const { environment, environmentComplete, complete, secrets, configs, grantsComplete, mounts } = service;
  if (!complete || !environmentComplete || !grantsComplete) return true;
  if (secrets.length + configs.length > 0) return true;
  if (environment.some((it) => /PASS|PWD|_PW\b|SECRET|CRED|AUTH|LOGIN|USER/i.test(it.name.value)))
    return true;
  if (mounts.some((it) => CONFIGURATION.test(it.target.value) || it.target.value.includes("/secrets")))
    return true;
  const words = [...(service.entrypoint?.texts ?? []), ...(service.command?.texts ?? [])];
  return words.some((it) => /pass|auth|login|user|wait/i.test(it.value));
}

const CONFIGURATION = /\.(?:ya?ml|json|toml|conf|config|cfg|cnf|ini|env|properties|xml|php|rb|py|js|ts)$/i;

function holds({ value }: EnvironmentEntry, { password }: DemandedLogin): boolean {
  return password !== undefined && value?.value === password;
}

/** The login in front of the host, as the server's own variables have it. */
function withLogin(
  project: ComposeProject,
  { value, entry, reference, to }: WrittenEndpoint,
  { user, password, inAdmin }: DemandedLogin,
  place: EntryPlace,
  { hasUser, end, path, query }: Address,
): readonly Fix[] {
  if (hasUser || password === undefined) return [];
  const secret = writtenSecret(project, to, password, entry, place);
  if (secret === undefined || (user !== undefined && !PLAIN.test(user))) return [];
  const { host, start } = reference;
  const changes = [{ start, end: start + host.length, text: `${user ?? ""}:${secret}@${host}` }];
  if (inAdmin && !/^\/?$/.test(path) && !/authSource=/i.test(query)) {
    const last = value.value[end - 1] ?? "";
    changes.push({
      start: end - 1,
      end,
      text: `${last}${query === "" ? "?" : "&"}authSource=admin`,
    });
  }
  return place.fix("unsafe", "Log in as the server demands", ...changes);
}

const PLAIN = /^[\w.~-]+$/;
