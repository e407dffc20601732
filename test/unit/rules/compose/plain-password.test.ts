import { expect, test } from "vitest";
import { plainPassword as rule } from "../../../../server/src/rules/compose/plain-password.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not what comes from elsewhere, is empty, or is no password", () => {
  reportsInCompose(rule, { files: { "a.env": "DB_PASSWORD=x\n" }, env: { SET: "x" } })`
    services:
      a:
        image: a
        env_file: a.env
        environment:
          - DB_PASS=\${SET}
          - PASSWORD=
          - DB_PASSWORD
          - PASSWORD_LENGTH=12
          - DB_PASSWORD_FILE=/run/secrets/x
          - ALLOW_EMPTY_PASSWORD=yes
          - MYSQL_RANDOM_ROOT_PASSWORD=1
          - ROOT_PASSWORD=p\${SET}
  `;
});

test("taken from the shell, or from a secret where the image reads one", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        environment:
          - DB_PASSWORD=x # ours
    ->
    services:
      a:
        image: a
        environment:
          - DB_PASSWORD=\${DB_PASSWORD:?} # ours
  `;
  fixesInCompose(rule, "unsafe", "secret")`
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD: "x"
    ->
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD_FILE: "/run/secrets/postgres_password"
        secrets: [postgres_password]

    secrets:
      postgres_password:
        file: ./postgres_password.txt
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, environment: {PASSWORD: x}}
      db: {image: "mysql:8.4", environment: {MYSQL_PASSWORD: x}}
  `).toEqual([
    ["Take PASSWORD from the shell or .env"],
    ["Take MYSQL_PASSWORD from the shell or .env", "Read it from ./mysql_password.txt as a secret"],
  ]);
});

test("not of a database whose data lives in memory", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD: test
        tmpfs:
          - /var/lib/postgresql
  `;
});
