import { test } from "vitest";
import { healthcheckVariableUnset as rule } from "../../../../server/src/rules/compose/healthcheck-variable-unset.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where it may have a value", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -U $$POSTGRES_USER -d $$\{POSTGRES_DB:-app}"}
      b:
        image: postgres:18
        env_file: unknown.env
        healthcheck: {test: "pg_isready -U $$POSTGRES_USER"}
      c:
        image: postgres:18
        environment: {POSTGRES_USER_FILE: /run/secrets/u, POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -U $$POSTGRES_USER"}
      d:
        image: example/postgres:18
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -U $$POSTGRES_USER"}
      e:
        image: postgres:18
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: "POSTGRES_USER=postgres; pg_isready -U $$POSTGRES_USER"}
      f:
        image: postgres:18
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: ["CMD", "pg_isready", "-U", "$$POSTGRES_USER"]}
      g:
        image: postgres:18
        environment: [POSTGRES_USER, POSTGRES_PASSWORD=x]
        healthcheck: {test: "pg_isready -U $$POSTGRES_USER -h $$HOSTNAME"}
      h:
        image: postgres:18
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: "sh -c 'echo $$POSTGRES_USER'"}
  `;
});

test("the name that was meant", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {MSSQL_SA_PASSWORD: "x"}
        healthcheck:
          test: sqlcmd -S localhost -U sa -P "$$SA_PASSWORD" -Q "SELECT 1"
    ->
    services:
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {MSSQL_SA_PASSWORD: "x"}
        healthcheck:
          test: sqlcmd -S localhost -U sa -P "$$MSSQL_SA_PASSWORD" -Q "SELECT 1"
  `;
});
