import { notedOnService, type Service } from "../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../model/compose/servers/known-server.ts";
import { replace } from "../../text/edit.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { source } from "../../text/source.ts";
import { settingOf } from "../knowledge/compose/database-settings.ts";
import { composeRule } from "../rule.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { didYouMean } from "../writing/suggestions/did-you-mean.ts";

export const healthcheckVariableUnset = composeRule({
  id: "healthcheck-variable-unset",
  title: "Variable in a health check that the container does not have",
  severity: "warning",
  tags: ["run"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  reach: "service",
  acrossFiles: true,
  docs: {
    what: source`
      Reports a user, password or database that the health check of a database or broker takes from a variable of the container (\`$$POSTGRES_USER\`), where the
      service sets none of that name. Only of official images, which set no such variable themselves; a default in the shell (\`$\${POSTGRES_USER:-postgres}\`)
      is one.`,
    why: source`
      The shell puts nothing in its place: \`pg_isready -U $$POSTGRES_USER -d shop\` takes \`-d\` for the user. The container stays unhealthy, or is asked for
      something else.`,
    bad: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_PASSWORD: \${DB_PASSWORD}
          healthcheck:
            test: pg_isready -U $$POSTGRES_USER
                                  ^^^^^^^^^^^^^ healthcheck-variable-unset: db is given no POSTGRES_USER, so nothing stands here.
        cache:
          image: redis:8
          environment:
            REDIS_PASSWORD: \${CACHE_PASSWORD}
          command: sh -c 'exec redis-server --requirepass "$$REDIS_PASSWORD"'
          healthcheck:
            test: redis-cli -a "$$REDIS_PASWORD" ping
                                  ^^^^^^^^^^^^^ healthcheck-variable-unset: cache is given no REDIS_PASWORD; did you mean REDIS_PASSWORD?`,
    good: source`
      services:
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: \${DB_PASSWORD}
          healthcheck:
            test: pg_isready -U $$POSTGRES_USER`,
  },

  check(project, report) {
    const once = reportOnce(report);
    for (const service of project.services.values()) {
      const { healthcheck, environment, name } = service;
      if (!asks(service) || !healthcheck) continue;
      const set = environment.map((it) => it.name.value);
      for (const text of healthcheck.texts) {
        for (const match of text.value.matchAll(VARIABLE)) {
          const variable = match[1] ?? match[2] ?? "";
          const before = text.value.slice(0, match.index);
          const isQuoted = (before.match(/'/g) ?? []).length % 2 === 1;
          if (!OF_SERVERS.test(variable) || isQuoted || before.includes(`${variable}=`)) continue;
          if (settingOf(service, [variable]).is !== "absent") continue;
          const start = match.index + match[0].indexOf(variable);
          const span = text.spanOf(start, start + variable.length);
          const near = nearestName(variable, set) ?? set.find((it) => it.endsWith(`_${variable}`));
          const isWritten = project.file.text.slice(span.start, span.end) === variable && !text.shared;
          const more = near === undefined ? ", so nothing stands here." : didYouMean(near);
          once(span, `${name.value} is given no ${variable}${more}`, {
            fixes:
              near !== undefined && isWritten
                ? [
                    {
                      kind: "unsafe",
                      title: `Replace ${variable} with ${near}`,
                      edits: [replace(span, near)],
                    },
                  ]
                : [],
          });
        }
      }
    }
  },
});

const VARIABLE = /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g;

/** Names by which people give images of servers a login, and that none of those images sets itself. */
const OF_SERVERS =
  /^(?:(?:POSTGRES|PG|MYSQL|MARIADB|MONGO|MONGODB|MONGO_INITDB|REDIS|VALKEY|RABBITMQ|MSSQL|DB)_(?:\w+_)?(?:USER|USERNAME|PAS+(?:W(?:OR)?D)?|DB|DATABASE|NAME)|SA_PASSWORD)$/;

/** In a script, of an image that is run as it comes, where all variables are known. */
const asks = notedOnService((service: Service): boolean => {
  const { healthcheck, complete, environmentComplete, imageBuild, build, entrypoint } = service;
  if (!healthcheck?.test || healthcheck.disabled || !healthcheck.certain) return false;
  if (healthcheck.test[0]?.value !== "CMD-SHELL" || !complete || !environmentComplete) return false;
  if (imageBuild || build || entrypoint || !healthcheck.texts.some((it) => it.value.includes("$")))
    return false;
  const server = serverOf(service);
  return server !== undefined && isOfficial(server, service);
});
