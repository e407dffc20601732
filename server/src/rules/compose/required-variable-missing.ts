import { imageOf } from "../../model/compose/builds/run-image.ts";
import { appendVariable } from "../../model/compose/edit/append-variable.ts";
import type { ComposeProject, Service } from "../../model/compose/project.ts";
import { serverOf } from "../../model/compose/servers/known-server.ts";
import { notedOnStage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { source } from "../../text/source.ts";
import { databaseSettingsOf, settingOf } from "../knowledge/compose/database-settings.ts";
import { misnamedVariables } from "../knowledge/compose/image-variables.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { replaceName } from "../writing/compose/replace-name.ts";
import { reportOnce } from "../writing/compose/report-once.ts";

export const requiredVariableMissing = composeRule({
  id: "required-variable-missing",
  title: "Database without the variable that it needs to start",
  severity: "error",
  tags: ["run"],
  aliases: ["S81"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports an official image of PostgreSQL, MySQL or MariaDB, also one that a Dockerfile only adds files to, without a password and without the variable that allows for
      none, one of MongoDB with a user or a password but not both, and \`MYSQL_USER: root\`. Nothing is said when a variable may
      come from a file, the shell or another file of the project, or when something else than the server is started.`,
    why: source`
      The image's entrypoint refuses to make a database, says which variable it wants, and ends.`,
    bad: source`
      services:
        db:
          image: postgres:18
                 ^^^^^^^^^^^ required-variable-missing: PostgreSQL makes no new database without POSTGRES_PASSWORD.
          environment:
            POSTGRES_USER: app`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: \${DB_PASSWORD}`,
  },

  check(project, report) {
    if (!project.complete) return;
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const settings = databaseSettingsOf(service, project);
      const title = serverOf(service)?.title;
      const place = service.build ?? service.image;
      if (!settings || !place || title === undefined || mayHaveDatabase(service)) continue;
      if (title === "PostgreSQL" && (isOldPostgres(service) || trusts(service))) continue;
      const [wanted] = settings.required;
      if (wanted !== undefined && settingOf(service, settings.required).is === "absent") {
        const slip = misnamedVariables(service, project).find(
          (it) => it.right !== undefined && settings.required.includes(it.right),
        );
        const asked = slip ? `; did you mean it by ${slip.entry.name.value}?` : ".";
        once(place.span, `${title} makes no new database without ${slip?.right ?? wanted}${asked}`, {
          related: emptyValue(service, settings.required),
          fixes: [
            ...(slip?.right ? replaceName(project.file, slip.entry.name, slip.right, "unsafe") : []),
            ...addVariable(project, service, wanted),
          ],
        });
      }
      if (title === "MySQL") checkRoot(service, once);
      if (title === "MongoDB") checkPair(project, service, once);
      if (title === "SQL Server") checkLicence(project, service, once);
    }
  },
});

/** The build makes a database itself, or replaces what makes it. */
function mayHaveDatabase({ imageBuild: build }: Service): boolean {
  return build !== undefined && (!build.stage || makesDatabase(build.stage));
}

const makesDatabase = notedOnStage((stage) =>
  [...stagesDownFrom(stage)].some(({ instructions, model }) =>
    instructions.some(({ span }) => MAKES_DATABASE.test(model.file.text.slice(span.start, span.end))),
  ),
);

const MAKES_DATABASE =
  /entrypoint\.sh|initdb\b(?!\.d)|mysqld|_install_db|mariadb-install|mongod\b|sqlservr|pg_ctl|\/var\/lib\/(?:mysql|postgresql)|\/data\/db/;

/**
 * Images up to February 2020 warned only. Tags without a patch are the newest of theirs: `postgres:9.4` ends without a password
 * (docker-library/postgres, issue 741, read 2026-11). Images that are built on it have versions of their own.
 */
function isOldPostgres(service: Service): boolean {
  const tag = imageOf(service)?.tag ?? "";
  const below = /pg(\d+)/.exec(tag)?.[1];
  if (below !== undefined) return Number(below) < 13;
  const [, major, patch] = /^(9\.\d+|\d+)(?:\.(\d+))?(?!\.?\d)/.exec(tag) ?? [];
  if (major === undefined) return false;
  const first = FIRST_TO_DEMAND[major];
  return patch === undefined || first === undefined
    ? major !== "9" && Number(major) < 9.4
    : Number(patch) < first;
}

/** The first patches that were made after that. */
const FIRST_TO_DEMAND: Readonly<Record<string, number>> = {
  "9.4": 26,
  "9.5": 21,
  "9.6": 17,
  "10": 12,
  "11": 7,
  "12": 2,
};

function trusts(service: Service): boolean {
  const method = settingOf(service, ["POSTGRES_HOST_AUTH_METHOD"]);
  return method.is === "unknown" || (method.is === "set" && method.value === "trust");
}

function emptyValue(
  service: Service,
  names: readonly string[],
): { message: string; span: Service["span"] }[] {
  const setting = settingOf(service, names);
  return setting.is === "absent" && setting.span
    ? [{ message: `${setting.name} is empty.`, span: setting.span }]
    : [];
}

function checkRoot(service: Service, report: Report): void {
  const user = settingOf(service, ["MYSQL_USER"]);
  if (user.is !== "set" || user.value !== "root") return;
  report(user.span, "MySQL makes no user root by MYSQL_USER: it is there, with MYSQL_ROOT_PASSWORD.");
}

const PAIR = ["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD"] as const;

function checkPair(project: ComposeProject, service: Service, report: Report): void {
  const [user, password] = PAIR.map((it) => settingOf(service, [it]));
  for (const [given, other, missing] of [
    [user, password, PAIR[1]],
    [password, user, PAIR[0]],
  ] as const) {
    if (given?.is !== "set" || other?.is !== "absent" || other.span) continue;
    report(given.span, `MongoDB does not start with ${given.name} alone: it needs ${missing} too.`, {
      fixes: addVariable(project, service, missing),
    });
  }
}

/** learn.microsoft.com, "Configure SQL Server settings with environment variables on Linux": ACCEPT_EULA is required (as generally known). */
function checkLicence(project: ComposeProject, service: Service, report: Report): void {
  const place = service.build ?? service.image;
  if (!place || settingOf(service, ["ACCEPT_EULA"]).is !== "absent") return;
  const isThere = service.environment.some((it) => it.name.value === "ACCEPT_EULA");
  const edits =
    service.node && !isThere ? appendVariable(project.file, service.node, "ACCEPT_EULA", "Y") : undefined;
  report(place.span, "SQL Server does not start without ACCEPT_EULA.", {
    related: emptyValue(service, ["ACCEPT_EULA"]),
    fixes: edits ? [{ kind: "unsafe", title: "Accept its licence", edits }] : [],
  });
}

/** The value is for the user to give; until then Compose warns that it is empty. */
function addVariable({ file }: ComposeProject, service: Service, name: string): readonly Fix[] {
  const isThere = service.environment.some((it) => it.name.value === name);
  const edits =
    service.node && !isThere ? appendVariable(file, service.node, name, `\${${name}}`) : undefined;
  return edits ? [{ kind: "unsafe", title: `Take ${name} from the shell or .env`, edits }] : [];
}
