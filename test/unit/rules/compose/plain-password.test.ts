// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { plainPassword as rule } from "../../../../server/src/rules/compose/plain-password.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import {
  type ComposeSurroundings,
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";
import { contextOf } from "../../../support/model.ts";

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
          - DB_PASSWORD=\${DB_PASSWORD} # ours
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

test("the value goes into .env with the fix", () => {
  const text = [
    "services:",
    "  a:",
    "    image: a",
    "    environment: [DB_PASSWORD=two words]",
    "  b:",
    "    image: b",
    "    environment:",
    "      DB_PASSWORD: x",
    "",
  ].join("\n");
  const changesOf = (around: ComposeSurroundings) =>
    foundInCompose(rule, text, around).map(({ fixes: [fix] }) => ({
      title: fix?.title,
      written: fix?.edits.map((it) => it.newText),
      others: fix?.others?.map((it) => (it.kind === "create" ? it.text : applyEdits(it.before, it.edits))),
    }));
  expect(changesOf({ absent: [".env"] })).toEqual([
    {
      title: "Move DB_PASSWORD of a into .env",
      written: ['"DB_PASSWORD=${DB_PASSWORD}"'],
      others: ["DB_PASSWORD=two words\n"],
    },
    {
      title: "Move DB_PASSWORD of b into .env",
      written: ['"${DB_PASSWORD}"'],
      others: ["DB_PASSWORD=x\n"],
    },
  ]);
  // It is not UTF-8: what was read of it must not be written back.
  expect(changesOf({ files: { ".env": "NAME=M\uFFFDller\n" } }).map((it) => it.others)).toEqual([
    undefined,
    undefined,
  ]);
  // One that has another value there is left as it is.
  expect(changesOf({ files: { ".env": "A=1\nDB_PASSWORD=x\n" } })).toEqual([
    {
      title: "Move DB_PASSWORD of a into .env",
      written: ['"DB_PASSWORD=${A_DB_PASSWORD}"'],
      others: ["A=1\nDB_PASSWORD=x\nA_DB_PASSWORD=two words\n"],
    },
    { title: "Take DB_PASSWORD from .env", written: ['"${DB_PASSWORD}"'], others: [] },
  ]);
});

test("the .env that takes the value is kept out of the image that is built beside it", () => {
  const text = "services:\n  a:\n    image: a\n    environment:\n      DB_PASSWORD: x\n";
  const othersOf = (dockerfile: string, files: Readonly<Record<string, string>>) => {
    const context = contextOf({ Dockerfile: dockerfile, ...files }, "given");
    const around = { absent: [".env"], dockerfiles: { Dockerfile: dockerfile }, context };
    const fixes = foundInCompose(rule, text, around).flatMap((it) => it.fixes);
    return fixes.map(({ title, others = [] }) => [
      title,
      ...others.map((it) =>
        [it.file, it.kind === "create" ? it.text : applyEdits(it.before, it.edits)].join(" "),
      ),
    ]);
  };
  const copiesAll = "FROM alpine:3.22\nWORKDIR /a\nCOPY . .\n";
  const moved = "/project/.env DB_PASSWORD=x\n";
  const keepsOut = "Move DB_PASSWORD of a into .env, and keep that out of images";
  expect(othersOf(copiesAll, {})).toEqual([
    [keepsOut, moved, "/context/.dockerignore # Secrets stay out of the image.\n.env\n"],
  ]);
  expect(othersOf(copiesAll, { ".dockerignore": ".git\n" })).toEqual([
    [keepsOut, moved, "/context/.dockerignore .git\n.env\n"],
  ]);
  const plain = [["Move DB_PASSWORD of a into .env", moved]];
  for (const ignored of [".env\n", "*\n!src\n", ".env*\n", ".env.local\n"])
    expect(othersOf(copiesAll, { ".dockerignore": ignored })).toEqual(plain);
  for (const other of [
    "FROM alpine:3.22\nCOPY src /a/\n",
    "FROM alpine:3.22 AS build\nCOPY . .\nFROM alpine:3.22\nCOPY --from=build /a /a\n",
    "FROM alpine:3.22\nCOPY --exclude=.env . .\n",
    "FROM alpine:3.22\nCOPY . .\nRUN . ./.env\n",
  ])
    expect(othersOf(other, {})).toEqual(plain);
});

test("a value with both an apostrophe and a number sign goes into double quotes", () => {
  const text = 'services:\n  a:\n    image: a\n    environment:\n      DB_PASSWORD: "it\'s # x"\n';
  const [problem] = foundInCompose(rule, text, { absent: [".env"] });
  expect(problem?.fixes[0]?.others).toEqual([
    { kind: "create", file: "/project/.env", text: 'DB_PASSWORD="it\'s # x"\n' },
  ]);
});

test("keys, tokens, addresses and private keys", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          JWT_SECRET: s3cr3t-jwt-9d8f
                      ^^^^^^^^^^^^^^^ plain-password: The key in JWT_SECRET is for everyone to read.
          GITHUB: ghp_16C7e42F292c6912E7710c838347Ae178B4a
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-password
          DATABASE_URL: postgres://app:hunter2@db/app
                                       ^^^^^^^ plain-password: The password in DATABASE_URL is for everyone to read.
          TLS: |
          ^^^ plain-password: The key in TLS is for everyone to read.
            -----BEGIN PRIVATE KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
            -----END PRIVATE KEY-----
        build:
          context: .
          args: {NPM: npm_abcdefghijklmnopqrstuvwxyz0123456789}
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-password
  `;
});

test("not stand-ins, names, paths, numbers and variables", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          API_TOKEN: changeme123
          JWT_SECRET: <your-secret>
          APP_SECRET: xxxxxxxxxxxx
          SECRET_KEY: /run/secrets/key
          TOKEN: "1234567890"
          USE_TOKEN: a1b2c3d4e5f6
          NEXT_PUBLIC_API_KEY: a1b2c3d4e5f6
          SECRET_NAME: a1b2c3d4e5f6
          API_KEY: "{{ key_of_the_api }}"
          SESSION_SECRET: dev-secret-of-mine
          ONE_URL: postgres://app:\${PW}@db/app
          TWO_URL: postgres://postgres:postgres@db/app
          THREE_URL: https://example.org/a:b
          PUBLIC: |
            -----BEGIN PUBLIC KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
            -----END PUBLIC KEY-----
  `;
});

test("in commands, health checks, labels, logging, build arguments and the address of a build", () => {
  reportsInCompose(rule)`
    services:
      redis:
        image: redis:8
        command: ["redis-server", "--requirepass", "Kq82mzLx0v"]
                                                   ^^^^^^^^^^^^ plain-password: The password in command is for everyone to read.
      db:
        image: mysql:8.4
        healthcheck:
          test: mysqladmin ping -uroot -pKq82mzLx0v
                                         ^^^^^^^^^^ plain-password: The password in healthcheck is for everyone to read.
      web:
        build:
          context: https://ci:ghp_Zx81kQpLm29vTbYc7WnRf4Hs6JdAe0Gu5Ki3@github.com/a/b.git
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-password: The key in build is for everyone to read.
          args:
            DB_PASSWORD: Kq82mzLx0v
                         ^^^^^^^^^^ plain-password: The password in DB_PASSWORD is for everyone to read.
        logging:
          driver: splunk
          options: {splunk-token: 176FCEBF-4CF5-4EDF-91BC-703796522D20}
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ plain-password: The key in logging is for everyone to read.
        environment:
          NEO4J_AUTH: neo4j/Kq82mzLx0v
                            ^^^^^^^^^^ plain-password
          JAVA_OPTS: -Ddb.password=Kq82mzLx0v
                                   ^^^^^^^^^^ plain-password
          smtpPassword: x
                        ^ plain-password
  `;
});

test("not variables, stand-ins, files of secrets and what only sounds so", () => {
  reportsInCompose(rule)`
    services:
      redis:
        image: redis:8
        command: ["redis-server", "--requirepass", "\${REDIS_PASSWORD:?}", "--appendonly", "yes"]
        healthcheck: {test: "mysqladmin ping -p$$MYSQL_ROOT_PASSWORD -P3306"}
        labels: {traefik.http.routers.token.rule: "Host(a)"}
        logging: {driver: fluentd, options: {fluentd-address: "f:24224", tag: app}}
        build: {context: ., args: {DB_PASSWORD: "\${DB_PASSWORD}", TOKEN_FILE: /run/secrets/token}}
        environment: {NEO4J_AUTH: none, passwordPolicy: strict, ForgotPassword: "true"}
      web:
        image: web
        command: --token-file=/run/secrets/token --password-min-length=12 --db-password=\${P}
  `;
});
