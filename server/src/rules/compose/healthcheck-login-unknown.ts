import {
  type ComposeProject,
  notedOnService,
  notedOnServiceWith,
  type Service,
} from "../../model/compose/project.ts";
import { knownAt } from "../../model/compose/reading/known-at.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { entryAt } from "../../syntax/compose/find.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type CheckingCall, type CheckingWord, checkingCalls } from "../knowledge/compose/checking-calls.ts";
import { MYSQL_LOGIN, POSTGRES_LOGIN, readLogin } from "../knowledge/compose/client-logins.ts";
import {
  type DatabaseSettings,
  databaseSettingsOf,
  initScriptsMayDecide,
  type Setting,
  settingOf,
  someoneMakesMore,
} from "../knowledge/compose/database-settings.ts";
import { demandedPassword } from "../knowledge/compose/demanded-password.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const healthcheckLoginUnknown = composeRule({
  id: "healthcheck-login-unknown",
  title: "Health check that logs in as nobody the database knows",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports a health check that calls \`psql\`, \`mysql\` or \`mariadb\` with a user, password or database that the variables of the same service do
      not make: also \`psql\` without \`-U\`, which logs in as root, and without \`-d\`, which takes the database that is called as the user. \`pg_isready\` with
      such a user or database succeeds, and is information. Of Redis with \`--requirepass\` it reports a \`redis-cli\` without that password whose answer
      is handed to \`grep\`. Nothing is said where scripts or other services may make more.`,
    why: source`
      The container is never healthy, and what waits for it never starts. After \`pg_isready\` the log of the server has
      "role does not exist" or "database does not exist" at each check, which looks like a client that is set up wrongly.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: \${DB_PASSWORD}
            POSTGRES_DB: shop
          healthcheck:
            test: ["CMD-SHELL", "psql -U app -c 'SELECT 1'"]
                                 ^^^^ healthcheck-login-unknown: Without -d psql takes the database app, as the user is called; db makes shop.
        old:
          image: postgres:17
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: \${DB_PASSWORD}
          healthcheck:
            test: psql -U postgres -c 'SELECT 1'
                          ^^^^^^^^ healthcheck-login-unknown: old has no user postgres: it makes app.`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: \${DB_PASSWORD}
            POSTGRES_DB: shop
          healthcheck:
            test: ["CMD-SHELL", "psql -U app -d shop -c 'SELECT 1'"]`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    let isOpen: boolean | undefined;
    for (const service of project.services.values()) {
      if (!asksByLogin(service)) continue;
      const password = demandedPassword(service);
      const settings = databaseSettingsOf(service, project);
      isOpen ??= someoneMakesMore(project);
      const uses = { project, password, settings: isOpen ? undefined : settings };
      if (isAmiss(service, [password, uses.settings], uses)) checkService(service, uses, once);
    }
  },
});

interface Uses {
  readonly project: ComposeProject;
  /** What Redis demands. */
  readonly password: string | undefined;
  readonly settings: DatabaseSettings | undefined;
}

/** Asked for each service after each edit. */
const isAmiss = notedOnServiceWith((service: Service, uses: Uses): boolean => {
  let isAnything = false;
  checkService(service, uses, () => {
    isAnything = true;
  });
  return isAnything;
});

function checkService(service: Service, { project, password, settings }: Uses, report: Report): void {
  const calls = checkingCalls(service, project.files.shell);
  if (password !== undefined) checkDemanded(service, calls, password, report);
  if (!settings || initScriptsMayDecide(service, project)) return;
  const say = sayer(project, service, report);
  for (const call of calls) {
    if (POSTGRES.test(call.program.value)) checkPostgres(call, project, service, say);
    else if (MYSQL.test(call.program.value)) checkMysql(call, service, settings, say);
  }
}

const POSTGRES = /^(?:psql|pg_isready)$/;
const MYSQL = /^(?:mysql|mariadb)$/;
const REDIS = /^(?:redis|valkey)-cli$/;

/** Cheap, and mostly no. */
const asksByLogin = notedOnService(
  ({ healthcheck, complete }) =>
    complete && healthcheck?.texts.some((it) => /psql|pg_isready|mysql|mariadb|-cli\b/.test(it.value)),
);

type Say = (
  word: CheckingWord,
  message: string,
  more?: { readonly wanted?: Setting; readonly isQuiet?: boolean; readonly isSecret?: boolean },
) => void;

function sayer({ file }: ComposeProject, { name }: Service, report: Report): Say {
  return ({ text, start, end, value }, message, { wanted, isQuiet, isSecret } = {}) => {
    const span = text.spanOf(start, end);
    const isWritten = file.text.slice(span.start, span.end) === value && !text.shared;
    const fixes: Fix[] =
      wanted?.is === "set" && isWritten && !isSecret && /^[\w.-]+$/.test(wanted.value)
        ? [
            {
              kind: "unsafe",
              title: `Replace ${value} with ${wanted.value}`,
              edits: [replace(span, wanted.value)],
            },
          ]
        : [];
    report(span, message, {
      ...(isQuiet && { severity: "info" as const }),
      related:
        wanted?.is === "set"
          ? [{ message: `${wanted.name} of ${name.value} is set here.`, span: wanted.span }]
          : [],
      fixes,
    });
  };
}

/** The programs of PostgreSQL log in through the socket or the address of the container itself, where the image trusts everybody. */
function checkPostgres(call: CheckingCall, project: ComposeProject, service: Service, say: Say): void {
  if (serverOf(service)?.title !== "PostgreSQL") return;
  const login = readLogin(call, POSTGRES_LOGIN);
  if (!login || !isOwnHost(login.host, service, "PGHOST")) return;
  const { program } = call;
  const isQuiet = program.value === "pg_isready";
  if (isQuiet && settingOf(service, ["POSTGRES_INITDB_ARGS"]).is !== "absent") return;
  const [first, second, ...others] = login.rest;
  if (others.length > 0 || (first && isQuiet)) return;
  const made = settingOf(service, ["POSTGRES_USER"]);
  const owner = made.is === "absent" ? "postgres" : made.is === "set" ? made.value : HOLE;
  const database = settingOf(service, ["POSTGRES_DB"]);
  const user = login.user ?? second ?? named(service, "PGUSER");
  const asked = login.database ?? first ?? named(service, "PGDATABASE");
  if (!user || !asked || owner.includes(HOLE) || database.is === "unknown") return;
  const name = service.name.value;
  const ends = isQuiet ? " The check succeeds all the same, and the log says so each time." : "";

  const asRoot = user === "none";
  if (asRoot && !isRoot(project, service)) return;
  const who = asRoot ? "root" : user.value;
  if (who.includes(HOLE)) return;
  if (who !== owner) {
    const message = asRoot
      ? `Without -U ${program.value} logs in as root, and ${name} has the user ${owner} alone.${ends}`
      : `${name} has no user ${who}: it makes ${owner}.${ends}`;
    say(asRoot ? program : user, message, { wanted: asRoot ? { is: "unknown" } : made, isQuiet });
    return;
  }
  if (database.is !== "set") return;
  const isNone = asked === "none";
  const which = isNone ? who : asked.value;
  if (which.includes(HOLE) || /[=/]/.test(which)) return;
  if ([database.value, "postgres", "template1"].includes(which)) return;
  const message = isNone
    ? `Without -d ${program.value} takes the database ${which}, as the user is called; ${name} makes ${database.value}.${ends}`
    : `${name} makes the database ${database.value}, and none with the name ${which}.${ends}`;
  say(isNone ? program : asked, message, { wanted: isNone ? { is: "unknown" } : database, isQuiet });
}

function checkMysql(call: CheckingCall, service: Service, settings: DatabaseSettings, say: Say): void {
  if (!/^(?:MySQL|MariaDB)$/.test(serverOf(service)?.title ?? "")) return;
  const login = readLogin(call, MYSQL_LOGIN);
  if (!login?.user || login.rest.length > 1 || !isOwnHost(login.host, service, "MYSQL_HOST")) return;
  const { user, password } = login;
  const asked = login.database ?? login.rest[0];
  const name = service.name.value;
  const accounts = settings.accounts.map((it) => {
    const setting = settingOf(service, it.user);
    return {
      setting,
      user: setting.is === "set" ? setting.value : setting.is === "absent" ? it.defaultUser : HOLE,
      password: settingOf(service, it.password),
    };
  });
  if (user.value.includes(HOLE) || accounts.some((it) => it.user === HOLE)) return;
  const account = accounts.find((it) => it.user === user.value);
  if (!account) {
    const made = accounts.flatMap((it) => it.user ?? []).join(" and ");
    const wanted = accounts.find((it) => it.setting.is === "set")?.setting;
    say(user, `${name} has no user ${user.value}: it makes ${made}.`, wanted && { wanted });
    return;
  }
  const right = account.password;
  if (password && !password.value.includes(HOLE) && right.is === "set" && right.value !== password.value) {
    const message = `This is not the password that ${right.name} of ${name} gives to ${user.value}.`;
    say(password, message, { wanted: right, isSecret: true });
    return;
  }
  const database = settingOf(service, settings.database);
  if (!asked || asked.value.includes(HOLE) || database.is !== "set" || asked.value === database.value) return;
  if (/^(?:mysql|sys|information_schema|performance_schema)$/.test(asked.value)) return;
  say(asked, `${name} makes the database ${database.value}, and none with the name ${asked.value}.`, {
    wanted: database,
  });
}

/** `redis-cli` itself ends well, whatever the server says (redis-cli.c, as generally known): only `grep` sees the difference. */
function checkDemanded(
  service: Service,
  calls: readonly CheckingCall[],
  password: string,
  report: Report,
): void {
  for (const call of calls) {
    const { words } = call;
    if (!words || !REDIS.test(call.program.value) || !/^PONG$/i.test(call.sought ?? "")) continue;
    if (settingOf(service, ["REDISCLI_AUTH"]).is !== "absent") continue;
    const at = words.findIndex((it) => /^(?:-a|--pass)$/.test(it.value));
    if (words.some((it) => it.value.includes(HOLE) || /^(?:-h|-u|-x|--user|-s|-e|auth)$/i.test(it.value)))
      continue;
    const given = at < 0 ? undefined : words[at + 1];
    const { text, start, end } = given ?? call.program;
    const name = service.name.value;
    if (given?.value === password) continue;
    if (at < 0 ? !words.every((it) => /^(?:--raw|--no-raw|ping)$/i.test(it.value)) : !given) continue;
    const message = given
      ? `This is not the password that --requirepass of ${name} demands.`
      : `--requirepass of ${name} demands a password, so it answers NOAUTH and never ${call.sought}.`;
    report(text.spanOf(start, end), message, {
      related: service.command ? [{ message: "It is demanded here.", span: service.command.span }] : [],
    });
  }
}

/** What a variable of the service says instead of an option: `none` where there certainly is none, undefined where that is not known. */
function named(service: Service, variable: string): "none" | undefined {
  return settingOf(service, [variable]).is === "absent" ? "none" : undefined;
}

/** Does the program ask the container that it runs in, in a way in which the name of the user alone counts? */
function isOwnHost(host: CheckingWord | undefined, service: Service, variable: string): boolean {
  if (host) return /^(?:localhost|127\.0\.0\.1|\/var\/run\/postgresql)$/.test(host.value);
  return settingOf(service, [variable]).is === "absent";
}

/** The images of PostgreSQL start as root, and health checks run as the container does. */
function isRoot(project: ComposeProject, { node, imageBuild }: Service): boolean {
  return (
    !imageBuild &&
    (!entryAt(node, "user") || /^(?:0|root)\b/.test(knownAt(project, node, "user")?.value ?? ""))
  );
}
