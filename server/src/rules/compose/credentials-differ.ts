import { type Endpoint, endpointsOf } from "../../model/compose/hosts/endpoints.ts";
import { type LoginPart, loginOf } from "../../model/compose/hosts/login.ts";
import { type ComposeProject, notedOnServiceWith, type Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { HOLE } from "../../syntax/compose/interpolate.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import {
  type DatabaseSettings,
  databaseSettingsOf,
  initScriptsMayDecide,
  type Setting,
  settingOf,
  someoneMakesMore,
} from "../knowledge/compose/database-settings.ts";
import { demandedPassword } from "../knowledge/compose/demanded-password.ts";
import { composeRule, type Fix } from "../rule.ts";
import { type EntryPlace, entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { type OnceReport, reportOnce } from "../writing/compose/report-once.ts";
import { writtenSecret } from "../writing/compose/written-secret.ts";

export const credentialsDiffer = composeRule({
  id: "credentials-differ",
  title: "Credentials that the database does not have",
  severity: "warning",
  tags: ["run"],
  aliases: ["S66"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports the user, password or database in a URL, or in variables such as \`DB_USER\` beside \`DB_HOST\`, that differs
      from what the variables of the database or broker make (\`POSTGRES_*\`, \`MYSQL_*\`, \`MARIADB_*\`, \`MONGO_INITDB_ROOT_*\`,
      \`RABBITMQ_DEFAULT_*\`), or from the password that \`--requirepass\` of Redis demands, when both are written out; and, as information, an address of MongoDB
      that names another database than \`admin\` without \`authSource=admin\`, which its root user needs. Nothing is said of users and
      databases that scripts in /docker-entrypoint-initdb.d may make (SQL that is read and makes none is no such script), or when another service uses the right ones, unless it
      is a slip or comes with the password of the right user.`,
    why: source`
      The image makes one user and one database by its variables. With others each connection is refused: "password
      authentication failed", "database does not exist".`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://api:secret@db:5432/app
                                     ^^^ credentials-differ: db has no user api: it makes app.
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: secret`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:secret@db:5432/app
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: secret`,
  },

  check(project, report) {
    const once = reportOnce(report);
    // Scripts and other files of the project may make more than this.
    const isAll = project.complete && !someoneMakesMore(project);
    for (const [service, endpoints] of grouped(endpointsOf(project))) {
      checkDemanded(project, service, endpoints, once);
      const settings = databaseSettingsOf(service, project);
      if (!settings) continue;
      if (isAll) checkAuthSource(project, service, endpoints, settings, once);
      const uses = { endpoints, settings, project, isAll };
      if (!differs(service, [settings, isAll, ...endpoints.map((it) => it.reference)], uses)) continue;
      for (const difference of differences(service, uses)) {
        const { part, message, setting, value } = difference;
        const place = entryPlace(project, part.entry, part.start, part.end);
        if (!place) continue;
        const finding = {
          related: setting ? [{ message: `${setting.name} is set here.`, span: setting.span }] : [],
          fixes: fixFor(
            place,
            part,
            difference.isSecret && value !== undefined
              ? writtenSecret(project, service, value, part.entry, place)
              : value,
            difference.title,
          ),
        };
        reportEntry(once, place, message, finding);
      }
    }
  },
});

/** Redis knows a password only, which its command line demands. */
function checkDemanded(
  project: ComposeProject,
  service: Service,
  endpoints: readonly Endpoint[],
  report: OnceReport,
): void {
  const demanded = demandedPassword(service);
  if (demanded === undefined) return;
  for (const { written } of endpoints) {
    const password = written && loginOf(written)?.password;
    if (!password || password.value === demanded) continue;
    const place = entryPlace(project, password.entry, password.start, password.end);
    if (!place) continue;
    const message = `This is not the password that --requirepass of ${service.name.value} demands.`;
    const finding = {
      related: service.command ? [{ message: "It is demanded here.", span: service.command.span }] : [],
      fixes: fixFor(
        place,
        password,
        writtenSecret(project, service, demanded, password.entry, place),
        "Take the password that is demanded",
      ),
    };
    reportEntry(report, place, message, finding);
  }
}

/** The entrypoint of MongoDB makes its user in `admin`, and clients look for it in the database that an address names. */
function checkAuthSource(
  project: ComposeProject,
  service: Service,
  endpoints: readonly Endpoint[],
  { accounts }: DatabaseSettings,
  report: OnceReport,
): void {
  const [account] = accounts;
  if (!account?.user.includes("MONGO_INITDB_ROOT_USERNAME") || initScriptsMayDecide(service, project)) return;
  const root = settingOf(service, account.user);
  if (root.is !== "set") return;
  for (const { written, from } of endpoints) {
    if (!written) continue;
    const login = loginOf(written);
    if (!login?.database || login.user?.value !== root.value || !login.password) continue;
    const { value, entry } = written;
    const { database } = login;
    const asksElsewhere = /auth(?:source|mechanism)=/i.test(value.value);
    if (asksElsewhere || database.value === "admin" || value.value.includes("#")) continue;
    if (from.environment.some((it) => /AUTH/i.test(it.name.value))) continue;
    const place = entryPlace(project, entry, database.start, database.end);
    if (!place) continue;
    const query = value.value.includes("?", database.end) ? "&" : "?";
    const end = value.value.length;
    const last = value.value.slice(-1);
    const message = `${root.value} is a user of the database admin: without authSource=admin clients look for it in ${database.value}.`;
    reportEntry(report, place, message, {
      // The program may say so itself.
      severity: "info",
      related: [{ message: `${root.name} is set here.`, span: root.span }],
      fixes: place.fix("unsafe", "Add authSource=admin", {
        start: end - 1,
        end,
        text: `${last}${query}authSource=admin`,
      }),
    });
  }
}

/** What logs into a server, and what that makes. */
interface Uses {
  readonly endpoints: readonly Endpoint[];
  readonly settings: DatabaseSettings;
  readonly project: ComposeProject;
  /** Nothing else of the project makes users or databases. */
  readonly isAll: boolean;
}

const differs = notedOnServiceWith((service, uses: Uses) => differences(service, uses).length > 0);

function grouped(endpoints: readonly Endpoint[]): ReadonlyMap<Service, readonly Endpoint[]> {
  const groups = new Map<Service, Endpoint[]>();
  for (const it of endpoints) {
    const group = groups.get(it.to) ?? [];
    group.push(it);
    groups.set(it.to, group);
  }
  return groups;
}

interface Difference {
  readonly part: LoginPart;
  readonly message: string;
  readonly setting: Extract<Setting, { is: "set" }> | undefined;
  /** What the server has instead; undefined when there are several. */
  readonly value: string | undefined;
  /** The value is to be written down as it is nowhere but where it is already. */
  readonly isSecret?: true;
  readonly title: string;
}

function differences(
  service: Service,
  { endpoints, settings, project, isAll: isAllOfProject }: Uses,
): readonly Difference[] {
  const uses = endpoints.flatMap(({ written }) => (written && loginOf(written)) ?? []);
  const name = service.name.value;
  const accounts = settings.accounts.map(({ user, defaultUser, password }) => {
    const setting = settingOf(service, user);
    const value = setting.is === "set" ? setting.value : setting.is === "absent" ? defaultUser : HOLE;
    return { setting, value, password: settingOf(service, password) };
  });
  const users = accounts.flatMap((it) => it.value ?? []);
  const isAll = isAllOfProject && !initScriptsMayDecide(service, project);
  const areUsersKnown = isAll && !settings.usersAreMade && users.length > 0 && !users.includes(HOLE);
  const isRightUsed = uses.some((it) => it.user && users.includes(it.user.value));
  const database = settingOf(service, settings.database);
  const isDatabaseUsed = uses.some((it) => database.is === "set" && it.database?.value === database.value);

  return uses.flatMap(({ user, password, database: written }): Difference[] => {
    const account = user && accounts.find((it) => it.value === user.value);
    const found: Difference[] = [];
    // Where others use the right one it may be of a user made later, unless it is a slip or has the same password.
    const isMeant =
      !isRightUsed ||
      (user && nearestName(user.value, users) !== undefined) ||
      accounts.some((it) => password && it.password.is === "set" && it.password.value === password.value);
    if (user && !account && areUsersKnown && isMeant) {
      // Of root and a user the latter is meant for others.
      const meant = accounts.findLast((it) => it.value !== undefined);
      found.push({
        part: user,
        message: `${name} has no user ${user.value}: it makes ${users.join(" and ")}.`,
        setting: meant?.setting.is === "set" ? meant.setting : undefined,
        value: meant?.value,
        title: `Replace ${user.value} with ${meant?.value}`,
      });
    }
    const right = account?.password;
    if (password && right?.is === "set" && right.value !== password.value && !trusts(service)) {
      found.push({
        part: password,
        message: `This is not the password that ${right.name} of ${name} gives to ${user?.value}.`,
        setting: right,
        value: right.value,
        isSecret: true,
        title: `Take the password of ${right.name}`,
      });
    }
    const isOwn = ["postgres", "template1", "mysql", "admin", "information_schema"].includes(
      written?.value ?? "",
    );
    const isOther = database.is === "set" && written && written.value !== database.value && !isOwn;
    // `app_test` beside `app` is made by a framework, or by its own migrations, for which the user of MySQL and MariaDB has no rights.
    const isDerived =
      database.is === "set" &&
      !(account && accounts.length > 1 && account !== accounts[0] && isUserWithoutRights(service)) &&
      /^[_-]/.test(written?.value.slice(database.value.length) ?? "") &&
      written?.value.startsWith(database.value);
    const isSlip = isOther && nearestName(written.value, [database.value]) !== undefined;
    if (isOther && !isDerived && (!isDatabaseUsed || isSlip) && isAll) {
      found.push({
        part: written,
        message: `${name} makes the database ${database.value}, and none with the name ${written.value}.`,
        setting: database,
        value: database.value,
        title: `Replace ${written.value} with ${database.value}`,
      });
    }
    return found;
  });
}

/** docker-library mysql docker-entrypoint.sh: `GRANT ALL ON` the one database (MariaDB alike, read 2026-11). */
function isUserWithoutRights(service: Service): boolean {
  return /^(?:MySQL|MariaDB)$/.test(serverOf(service)?.title ?? "");
}

function trusts(service: Service): boolean {
  return settingOf(service, ["POSTGRES_HOST_AUTH_METHOD"]).is !== "absent";
}

function fixFor(
  place: EntryPlace,
  { start, end }: LoginPart,
  value: string | undefined,
  title: string,
): readonly Fix[] {
  if (value === undefined || !/^(?:[\w.~-]+|\$\{\w+\})$/.test(value)) return [];
  return place.fix("unsafe", title, { start, end, text: value });
}
