import type { ComposeProject, EnvironmentEntry, Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import type { Span } from "../../../text/span.ts";
import {
  databaseSettingsOf,
  initScriptsMayDecide,
  type Setting,
  settingOf,
  someoneMakesMore,
} from "./database-settings.ts";
import { demandedPassword } from "./demanded-password.ts";

/** A login without which a server answers nothing. */
export interface DemandedLogin {
  /** Undefined where a password alone is asked for, or where the user is not known. */
  readonly user: string | undefined;
  /** Undefined where it is not known. */
  readonly password: string | undefined;
  /** Where it is demanded. */
  readonly span: Span;
  /** Users stand in the database `admin`, which an address has to name. */
  readonly inAdmin: boolean;
}

/**
 * The login that a server of the project certainly demands of all who come over the network: the password of Redis and Valkey, and
 * the account that the entrypoint of an official image makes. Undefined where scripts or other services may make users without one.
 */
export function demandedLogin(service: Service, project: ComposeProject): DemandedLogin | undefined {
  const password = demandedPassword(service);
  if (password !== undefined) {
    const entry = service.environment.find((it) => it.value?.known && it.value.value === password);
    const span = entry?.name.span ?? service.command?.span;
    return span && { user: undefined, password, span, inAdmin: false };
  }
  const title = serverOf(service)?.title ?? "";
  if (!ASKS_ALL.has(title)) return undefined;
  const settings = databaseSettingsOf(service, project);
  if (!settings || initScriptsMayDecide(service, project) || someoneMakesMore(project)) return undefined;
  if (title === "PostgreSQL" && mayTrust(service)) return undefined;
  for (const account of settings.accounts.toReversed()) {
    const user = settingOf(service, account.user);
    const secret = settingOf(service, account.password);
    const entry = secret.is === "unknown" ? entryOf(service, account.password) : undefined;
    const span = secret.is === "set" ? secret.span : entry?.name.span;
    const name = nameOf(user, account.defaultUser);
    if (!span || name === undefined) continue;
    // Who says nothing logs in as guest.
    if (title === "RabbitMQ" && name.known === "guest") return undefined;
    return {
      user: name.known,
      password: secret.is === "set" ? secret.value : undefined,
      span,
      inAdmin: title === "MongoDB",
    };
  }
  return undefined;
}

/** Servers whose accounts are asked of everybody as soon as there is one. */
const ASKS_ALL: ReadonlySet<string> = new Set(["PostgreSQL", "MySQL", "MariaDB", "MongoDB", "RabbitMQ"]);

function nameOf(user: Setting, defaultUser: string | undefined): { known: string | undefined } | undefined {
  if (user.is === "set") return { known: user.value };
  if (user.is === "unknown") return { known: undefined };
  return defaultUser === undefined ? undefined : { known: defaultUser };
}

function entryOf(service: Service, names: readonly string[]): EnvironmentEntry | undefined {
  return service.environment.find((it) => names.some((name) => it.name.value === name && it.value));
}

/** Another way to log in than by password is set, or may be. */
function mayTrust({ environment, mounts, configs, command }: Service): boolean {
  return (
    environment.some((it) => /^POSTGRES_(?:HOST_AUTH_METHOD|INITDB_ARGS)$/.test(it.name.value)) ||
    mounts.some((it) => /hba|conf/.test(it.target.value)) ||
    configs.length > 0 ||
    (command?.words ?? []).some((it) => /hba_file|config_file/.test(it))
  );
}
