import { test } from "vitest";
import { healthcheckLoginUnknown as rule } from "../../../../server/src/rules/compose/healthcheck-login-unknown.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("users and databases of PostgreSQL", () => {
  reportsInCompose(rule)`
    services:
      user:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck:
          test: ["CMD", "psql", "-U", "postgres", "-c", "SELECT 1"]
                                       ^^^^^^^^ healthcheck-login-unknown: user has no user postgres: it makes app.
      nobody:
        image: postgres:18-alpine
        environment: {POSTGRES_PASSWORD: x}
        healthcheck:
          test: psql -c 'SELECT 1' || exit 1
                ^^^^ healthcheck-login-unknown: Without -U psql logs in as root, and nobody has the user postgres alone.
      database:
        image: postgis/postgis:17-3.5
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x, POSTGRES_DB: shop}
        healthcheck:
          test: ["CMD-SHELL", "pg_isready -q && psql -U $$POSTGRES_USER --dbname=shopp -tAc 'SELECT 1' | grep -q 1 || exit 1"]
                               ^^^^^^^^^^ healthcheck-login-unknown: Without -U pg_isready logs in as root, and database has the user app alone. The check succeeds all the same, and the log says so each time.
                                                                                 ^^^^^ healthcheck-login-unknown: database makes the database shop, and none with the name shopp.
      ready:
        image: postgres:17
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x, POSTGRES_DB: shop}
        healthcheck:
          test: ["CMD-SHELL", "pg_isready -h localhost -U app"]
                               ^^^^^^^^^^ healthcheck-login-unknown: Without -d pg_isready takes the database app, as the user is called; ready makes shop. The check succeeds all the same, and the log says so each time.
  `;
});

test("not where the login may be right", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x, POSTGRES_DB: shop}
        healthcheck: {test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]}
      b:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x, POSTGRES_DB: shop}
        healthcheck: {test: ["CMD-SHELL", "psql -U app -d postgres -c 'SELECT 1'"]}
      c:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x, PGUSER: app, PGDATABASE: x}
        healthcheck: {test: pg_isready}
      d:
        image: postgres:18
        user: postgres
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: pg_isready}
      e:
        image: postgres:18
        environment: {POSTGRES_USER: "\${DB_USER}", POSTGRES_PASSWORD: x}
        healthcheck: {test: ["CMD", "pg_isready", "-U", "postgres"]}
      f:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -U other || psql -U app"}
      g:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        volumes: ["./init:/docker-entrypoint-initdb.d"]
        healthcheck: {test: "psql -U monitor -c 'select 1'"}
      h:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -h primary -U replica"}
      i:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "PGUSER=app psql -c 'select 1'"}
      j:
        image: postgres:18
        environment: {POSTGRES_PASSWORD: x}
        healthcheck: {test: "pg_isready -U postgres -d app_development"}
      k:
        image: postgres:18
        env_file: unknown.env
        healthcheck: {test: "psql -U app -c 'select 1'"}
  `;
});

test("not where another service makes users or databases", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:18
        environment: {POSTGRES_PASSWORD: x, POSTGRES_DB: shop}
        healthcheck: {test: "psql -U app -c 'select 1'"}
      setup: {image: "postgres:18", command: createuser app}
  `;
});

test("logins of MySQL and MariaDB", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: secret, MYSQL_USER: app, MYSQL_PASSWORD: apppw, MYSQL_DATABASE: shop}
        healthcheck: {test: ["CMD", "mysql", "-uroot", "-proot", "-e", "SELECT 1"]}
                                                          ^^^^ healthcheck-login-unknown: This is not the password that MYSQL_ROOT_PASSWORD of a gives to root.
      b:
        image: mariadb:11.8
        environment: {MARIADB_ROOT_PASSWORD: secret, MARIADB_USER: app, MARIADB_PASSWORD: apppw, MARIADB_DATABASE: shop}
        healthcheck: {test: "mariadb --user=ap --password=apppw -e 'SELECT 1' shop"}
                                            ^^ healthcheck-login-unknown: b has no user ap: it makes root and app.
      c:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: secret, MYSQL_DATABASE: shop}
        healthcheck: {test: "mysql -u root -p$$MYSQL_ROOT_PASSWORD -e 'SELECT 1' stock"}
                                                                                 ^^^^^ healthcheck-login-unknown: c makes the database shop, and none with the name stock.
      right:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: secret, MYSQL_DATABASE: shop}
        healthcheck: {test: "mysql -u root -psecret -e 'SELECT 1' shop"}
      ping:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: secret, MYSQL_DATABASE: shop}
        healthcheck: {test: "mysqladmin ping -h localhost -u other -pwrong"}
      unknown:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: "\${PW}", MYSQL_USER: "\${WHO}"}
        healthcheck: {test: "mysql -u app -psecret -e 'SELECT 1'"}
  `;
});

test("the password of Redis where grep looks at the answer", () => {
  reportsInCompose(rule)`
    services:
      none:
        image: redis:8
        command: redis-server --requirepass secret
        healthcheck: {test: "redis-cli ping | grep PONG"}
                             ^^^^^^^^^ healthcheck-login-unknown: --requirepass of none demands a password, so it answers NOAUTH and never PONG.
      wrong:
        image: redis:8
        command: redis-server --requirepass secret
        healthcheck: {test: ["CMD-SHELL", "redis-cli -a secrte ping | grep -q PONG || exit 1"]}
                                                        ^^^^^^ healthcheck-login-unknown: This is not the password that --requirepass of wrong demands.
      right:
        image: redis:8
        command: redis-server --requirepass secret
        healthcheck: {test: "redis-cli -a secret ping | grep PONG"}
      ends-well:
        image: redis:8
        command: redis-server --requirepass secret
        healthcheck: {test: ["CMD", "redis-cli", "ping"]}
      variable:
        image: redis:8
        command: redis-server --requirepass secret
        environment: {REDISCLI_AUTH: secret}
        healthcheck: {test: "redis-cli ping | grep PONG"}
      open:
        image: redis:8
        healthcheck: {test: "redis-cli ping | grep PONG"}
  `;
});

test("the user that the database makes is taken", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "psql -U apps -c 'SELECT 1'"}
    ->
    services:
      db:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: x}
        healthcheck: {test: "psql -U app -c 'SELECT 1'"}
  `;
});
