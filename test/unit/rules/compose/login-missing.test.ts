import { test } from "vitest";
import { loginMissing as rule } from "../../../../server/src/rules/compose/login-missing.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("of each server that demands one", () => {
  reportsInCompose(rule, { env: { PW: "right" } })`
    services:
      a:
        image: a
        environment:
          - MONGO_URL=mongodb://docs:27017/app
                                ^^^^ login-missing: docs demands a password, and this address has none.
          - BROKER=amqp://mq
                          ^^ login-missing
          - DATABASE_URL=postgres://app@pg/app
                                        ^^ login-missing
          - OTHER_URL=mysql://sql:3306/app
                              ^^^ login-missing
          - CACHE=redis://inner:6379/1
                          ^^^^^ login-missing
      b: {image: b, command: ["serve", "--redis=redis://cache:6379"]}
                                                        ^^^^^ login-missing
      docs: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: "\${PW}"}}
      mq: {image: "rabbitmq:4", environment: {RABBITMQ_DEFAULT_USER: app, RABBITMQ_DEFAULT_PASS: x}}
      pg: {image: "postgres:18", environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "\${UNKNOWN}"}}
      sql: {image: "mysql:8.4", environment: {MYSQL_ROOT_PASSWORD: x}}
      cache: {image: "bitnami/redis:8", environment: {REDIS_PASSWORD: x}}
      inner:
        image: redis:8
        environment: {SECRET: x}
        command: sh -c 'exec redis-server --appendonly yes --requirepass "$$SECRET"'
  `;
});

test("not where something else may hold the password, or none is demanded", () => {
  reportsInCompose(rule, { files: { "a.env": "REDIS_PASSWORD=x\n" } })`
    services:
      a: {image: a, environment: {REDIS_URL: "redis://cache:6379", REDIS_PASSWORD: x}}
      b: {image: a, environment: {REDIS_URL: "redis://cache:6379", OTHER: right}}
      c: {image: a, env_file: a.env, environment: {REDIS_URL: "redis://cache:6379"}}
      d: {image: a, env_file: unknown.env, environment: {REDIS_URL: "redis://cache:6379"}}
      e: {image: a, secrets: [pw], environment: {REDIS_URL: "redis://cache:6379"}}
      f: {image: a, volumes: ["./app.yml:/app.yml"], environment: {REDIS_URL: "redis://cache:6379"}}
      g: {image: a, command: [serve, --password-from, x], environment: {REDIS_URL: "redis://cache:6379"}}
      h: {image: a, environment: {REDIS_URL: "redis://:right@cache:6379", TWO: "redis://open", THREE: "redis://file"}}
      i: {image: a, environment: {A: "postgres://trusted/app", B: "postgres://own/app", C: "mongodb://free/app", D: "amqp://mq"}}
      j: {image: a, environment: {WAIT_HOSTS: "redis://cache:6379", JDBC: "jdbc:postgresql://pg/app", K: "postgres://pg/app?sslcert=x"}}
      k: {image: a, environment: {M: "mongodb://made/app", URL: "http://cache"}}
      cache: {image: "redis:8", command: redis-server --requirepass right}
      open: {image: "redis:8"}
      file: {image: "redis:8", command: redis-server /a.conf --requirepass x}
      trusted: {image: "postgres:18", environment: {POSTGRES_PASSWORD: x, POSTGRES_HOST_AUTH_METHOD: trust}}
      own: {image: "postgres:18", environment: {POSTGRES_PASSWORD: x}, volumes: ["./pg_hba.conf:/etc/pg_hba.conf"]}
      pg: {image: "postgres:18", environment: {POSTGRES_PASSWORD: x}}
      free: {image: "mongo:8"}
      made: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: r, MONGO_INITDB_ROOT_PASSWORD: x}, volumes: ["./i.js:/docker-entrypoint-initdb.d/i.js"]}
      mq: {image: "rabbitmq:4"}
    secrets: {pw: {file: ./pw}}
  `;
});

test("the login that the server demands", () => {
  fixesInCompose(rule, "unsafe", "", { env: { PW: "right" } })`
    services:
      a:
        image: a
        environment:
          MONGO_URL: mongodb://docs:27017/app?w=1
      docs:
        image: mongo:8
        environment:
          MONGO_INITDB_ROOT_USERNAME: root
          MONGO_INITDB_ROOT_PASSWORD: \${PW}
    ->
    services:
      a:
        image: a
        environment:
          MONGO_URL: mongodb://root:\${PW}@docs:27017/app?w=1&authSource=admin
      docs:
        image: mongo:8
        environment:
          MONGO_INITDB_ROOT_USERNAME: root
          MONGO_INITDB_ROOT_PASSWORD: \${PW}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, environment: {CACHE: "redis://cache"}}
      cache: {image: "redis:8", command: [redis-server, --requirepass, right]}
    ->
    services:
      a: {image: a, environment: {CACHE: "redis://:right@cache"}}
      cache: {image: "redis:8", command: [redis-server, --requirepass, right]}
  `;
});

test("Bitnami's by the variable of the product, unless a configuration is mounted", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api:1
        environment:
          A_URL: redis://a:6379/0
                         ^ login-missing
          B_URL: redis://b:6379/0
          C_URL: redis://c:6379/0
      a: {image: bitnami/valkey, environment: {VALKEY_PASSWORD: x}}
      b: {image: bitnami/redis, environment: {VALKEY_PASSWORD: x, ALLOW_EMPTY_PASSWORD: "yes"}}
      c:
        image: bitnami/redis
        environment: {REDIS_PASSWORD: x}
        volumes: ["./redis.conf:/opt/bitnami/redis/mounted-etc/redis.conf"]
  `;
});
