import { describe, expect, test } from "vitest";
import { dependencyNotAwaited } from "../../../../server/src/rules/compose/dependency-not-awaited.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(dependencyNotAwaited, dependencyNotAwaited.docs.bad);
  expectComposeProblems(dependencyNotAwaited, dependencyNotAwaited.docs.good);
});

describe("what has a health check", () => {
  test("of its own, in short and long form", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        api:
          image: example/api:1
          depends_on: [db]
                       ^^ dependency-not-awaited
        worker:
          image: example/worker:1
          depends_on:
            db:
              condition: service_started
                         ^^^^^^^^^^^^^^^ dependency-not-awaited
        db:
          image: example/db:1
          healthcheck:
            test: curl -f http://127.0.0.1/
    `;
  });

  test("of its Dockerfile's stage", () => {
    const dockerfiles = {
      Dockerfile: "FROM alpine:3.22\nHEALTHCHECK CMD true\n",
      "b/Dockerfile": "FROM alpine:3.22\n",
    };
    reportsInCompose(dependencyNotAwaited, { dockerfiles })`
      services:
        web:
          image: example/web:1
          depends_on: [a, b, c]
                       ^ dependency-not-awaited
        a:
          build: .
        b:
          build: ./b
        c:
          build: ./c
    `;
  });

  test("inherited by extends", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        base:
          image: example/db:1
          healthcheck:
            test: ["CMD", "true"]
        web:
          image: example/web:1
          depends_on: [db, off]
                       ^^ dependency-not-awaited
        db:
          extends: base
        off:
          extends: {service: base}
          healthcheck: {disable: true}
    `;
  });

  test("the reasons lead to it", () => {
    const [problem] = problemsInCompose(dependencyNotAwaited)`
      services:
        web:
          image: a
          depends_on: [db]
        db:
          image: b
          healthcheck: {test: [CMD, a]}
    `;
    expect(problem?.related.map((it) => it.message)).toEqual(["The health check is here."]);
  });
});

describe("what is right, or not known", () => {
  test("awaited, completed, without or with a switched-off check", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        web:
          image: example/web:1
          depends_on:
            db: {condition: service_healthy}
            migrate: {condition: service_completed_successfully}
            mail: {condition: service_started}
            quiet: {condition: service_started}
        db:
          image: postgres:18
          healthcheck: {test: [CMD, pg_isready]}
        migrate:
          image: example/migrate:1
        mail:
          image: example/mail:1
        quiet:
          image: postgres:18
          healthcheck: {disable: true}
        other:
          image: example/other:1
          depends_on: [mail, quiet, migrate, not-there]
    `;
  });

  test("a check that a variable may switch off, or a condition that one gives", () => {
    reportsInCompose(dependencyNotAwaited, { env: { NO: "false" } })`
      services:
        web:
          image: example/web:1
          depends_on: [a, b, c]
                             ^ dependency-not-awaited
        cron:
          image: example/web:1
          depends_on: {c: {condition: "\${CONDITION:-service_started}"}}
        a:
          image: example/a:1
          healthcheck: {test: "true", disable: "\${NO_CHECKS:-false}"}
        b:
          image: example/b:1
          healthcheck: {test: ["\${KIND:-CMD}", "true"]}
        c:
          image: example/c:1
          healthcheck: {test: "true", disable: "\${NO:-true}"}
    `;
  });

  test("a database's page for people does not hurry", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        adminer:
          image: adminer:5
          depends_on: [db]
        db:
          image: postgres:18
    `;
  });

  test("a database of another maker, or built from a Dockerfile", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        web:
          image: example/web:1
          depends_on: [a, b]
        a:
          image: bitnami/postgresql:17
        b:
          build: ./db
          image: postgres:18
    `;
  });

  test("a database whose check may stand in another file", () => {
    const text = "services:\n  web:\n    image: a\n    depends_on: [db]\n  db:\n    image: postgres:18\n";
    expectComposeProblems(dependencyNotAwaited, text, { alone: false });
    reportsInCompose(dependencyNotAwaited)`
      services:
        web:
          image: example/web:1
          depends_on: [db]
        db:
          extends: {file: base.yaml, service: db}
          image: postgres:18
    `;
  });
});

describe("awaiting what has a check", () => {
  test("a list on one line becomes a block, its comment stays", () => {
    fixesInCompose(dependencyNotAwaited, "safe")`
      services:
        api:
          image: example/api:1
          depends_on: [db, mail] # both
          restart: always
        db:
          image: example/db:1
          healthcheck: {test: [CMD, a]}
        mail:
          image: example/mail:1
      ->
      services:
        api:
          image: example/api:1
          depends_on: # both
            db:
              condition: service_healthy
            mail:
              condition: service_started
          restart: always
        db:
          image: example/db:1
          healthcheck: {test: [CMD, a]}
        mail:
          image: example/mail:1
    `;
  });

  test("a block list, all that have a check at once", () => {
    fixesInCompose(dependencyNotAwaited, "safe", "Wait until db, queue are healthy")`
      services:
        api:
          image: example/api:1
          depends_on:
            # the first
            - db # primary
            - mail

            # the last
            - "queue"
        db: &checked
          image: example/db:1
          healthcheck: {test: [CMD, a]}
        mail:
          image: example/mail:1
        queue: *checked
      ->
      services:
        api:
          image: example/api:1
          depends_on:
            # the first
            db: # primary
              condition: service_healthy
            mail:
              condition: service_started

            # the last
            queue:
              condition: service_healthy
        db: &checked
          image: example/db:1
          healthcheck: {test: [CMD, a]}
        mail:
          image: example/mail:1
        queue: *checked
    `;
  });

  test("a list in the column of its key, four blanks an indent", () => {
    fixesInCompose(dependencyNotAwaited, "safe")`
      services:
          api:
              depends_on:
              - db
              image: example/api:1
          db:
              image: example/db:1
              healthcheck: {test: [CMD, a]}
      ->
      services:
          api:
              depends_on:
                  db:
                      condition: service_healthy
              image: example/api:1
          db:
              image: example/db:1
              healthcheck: {test: [CMD, a]}
    `;
  });

  test("a list in braces stays in braces, JSON stays JSON", () => {
    fixesInCompose(dependencyNotAwaited, "safe")`
      {
        "services": {
          "api": {"image": "a", "depends_on": ["db"]},
          "db": {"image": "b", "healthcheck": {"test": ["CMD", "a"]}}
        }
      }
      ->
      {
        "services": {
          "api": {"image": "a", "depends_on": {"db": {"condition": "service_healthy"}}},
          "db": {"image": "b", "healthcheck": {"test": ["CMD", "a"]}}
        }
      }
    `;
  });

  test("a list in brackets over several lines keeps its comments", () => {
    fixesInCompose(dependencyNotAwaited, "safe")`
      services:
        api:
          image: a
          depends_on: [
            db, # one
            mail # two
          ]
        db:
          image: b
          healthcheck: {test: [CMD, a]}
        mail:
          image: c
      ->
      services:
        api:
          image: a
          depends_on: {
            db: {condition: service_healthy}, # one
            mail: {condition: service_started} # two
          }
        db:
          image: b
          healthcheck: {test: [CMD, a]}
        mail:
          image: c
    `;
  });

  test("a condition that somebody wrote is changed only when asked for", () => {
    fixesInCompose(dependencyNotAwaited, "unsafe")`
      services:
        api:
          image: a
          depends_on:
            db:
              condition: service_started
              restart: true
        db:
          image: b
          healthcheck: {test: [CMD, a]}
      ->
      services:
        api:
          image: a
          depends_on:
            db:
              condition: service_healthy
              restart: true
        db:
          image: b
          healthcheck: {test: [CMD, a]}
    `;
  });

  test("a list that several services merge is changed for all of them", () => {
    fixesInCompose(dependencyNotAwaited, "unsafe", "in all services that share the list")`
      x-common: &common
        image: a
        depends_on: [db]
      services:
        a:
          <<: *common
        b:
          <<: *common
          image: b
        db:
          image: c
          healthcheck: {test: [CMD, a]}
    ->
      x-common: &common
        image: a
        depends_on:
          db:
            condition: service_healthy
      services:
        a:
          <<: *common
        b:
          <<: *common
          image: b
        db:
          image: c
          healthcheck: {test: [CMD, a]}
    `;
  });

  test("a list that has an anchor of its own is left alone", () => {
    const titles = offeredInCompose(dependencyNotAwaited)`
      x-needs: &needs [db]
      x-common: &common
        depends_on: &own [db]
      services:
        a:
          image: a
          depends_on: *needs
        b:
          <<: *common
          image: b
          links: *own
        db:
          image: c
          healthcheck: {test: [CMD, a]}
    `;
    expect(titles).toEqual([[], []]);
  });
});

describe("a check for what has none", () => {
  test("with the user and database that the service sets", () => {
    fixesInCompose(dependencyNotAwaited, "unsafe", "Add a health check to db")`
      services:
        api:
          image: example/api:1
          depends_on:
            - db
        db:
          image: postgres:18-alpine
          environment:
            POSTGRES_USER: blog
            POSTGRES_PASSWORD: secret # for now

      volumes: {}
      ->
      services:
        api:
          image: example/api:1
          depends_on:
            db:
              condition: service_healthy
        db:
          image: postgres:18-alpine
          environment:
            POSTGRES_USER: blog
            POSTGRES_PASSWORD: secret # for now
          healthcheck:
            test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U blog -d blog"]
            interval: 5s
            timeout: 5s
            retries: 10

      volumes: {}
    `;
  });

  test("a user that is not written is asked for in the container", () => {
    fixesInCompose(dependencyNotAwaited, "unsafe")`
      services:
        api:
          image: example/api:1
          depends_on: {db: {condition: service_started}}
        db:
          image: postgres:18
          environment: ["POSTGRES_USER=\${DB_USER}", POSTGRES_DB=app]
      ->
      services:
        api:
          image: example/api:1
          depends_on: {db: {condition: service_healthy}}
        db:
          image: postgres:18
          environment: ["POSTGRES_USER=\${DB_USER}", POSTGRES_DB=app]
          healthcheck:
            test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $\${POSTGRES_USER:-postgres} -d app"]
            interval: 5s
            timeout: 5s
            retries: 10
    `;
  });

  test("in a service in braces", () => {
    fixesInCompose(dependencyNotAwaited, "unsafe")`
      services:
        api: {image: example/api:1, depends_on: [cache]}
        cache: {image: "redis:8"}
      ->
      services:
        api: {image: example/api:1, depends_on: {cache: {condition: service_healthy}}}
        cache: {image: "redis:8", healthcheck: {test: ["CMD", "redis-cli", "ping"], interval: 5s, timeout: 5s, retries: 10}}
    `;
  });

  test.each([
    ["mysql:8.4", '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1", "--silent"]'],
    ["mariadb:12", '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]'],
    ["redis:8-alpine", '["CMD", "redis-cli", "ping"]'],
    ["docker.io/valkey/valkey:8.0", '["CMD", "valkey-cli", "ping"]'],
    ["mongo:8", `["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"]`],
    ["mongo:4.4", `["CMD", "mongo", "--quiet", "--eval", "db.adminCommand('ping')"]`],
    ["rabbitmq:4-management", '["CMD", "rabbitmq-diagnostics", "-q", "check_port_connectivity"]'],
    ["docker.io/library/postgres", '["CMD-SHELL", "pg_isready -h 127.0.0.1 -U postgres -d postgres"]'],
  ])("%s", (image, expected) => {
    const text = `services:\n  a:\n    image: a\n    depends_on: [s]\n  s:\n    image: ${image}\n`;
    const [problem] = problemsInCompose(dependencyNotAwaited)(Object.assign([text], { raw: [text] }));
    const written = problem?.fixes[0]?.edits.map((it) => it.newText).join("") ?? "";
    expect(written).toContain(`test: ${expected}\n`);
  });

  test("Windows line ends stay", () => {
    const text =
      "services:\r\n  a:\r\n    image: a\r\n    depends_on:\r\n      - s\r\n  s:\r\n    image: redis\r\n";
    const marked = text.replace("- s\r\n", `- s\r\n${" ".repeat(8)}^ dependency-not-awaited\n`);
    expectComposeProblems(dependencyNotAwaited, marked);
  });

  test("not where a check is half written, or the version has no program for it", () => {
    reportsInCompose(dependencyNotAwaited)`
      services:
        a:
          image: a
          depends_on: [db]
        db:
          image: postgres:18
          healthcheck:
            interval: 5s
    `;
    const titles = offeredInCompose(dependencyNotAwaited)`
      services:
        a:
          image: a
          depends_on: [db]
        db:
          image: mariadb:5.5
    `;
    expect(titles).toEqual([[]]);
  });
});

test("not of a member of the same cluster", () => {
  reportsInCompose(dependencyNotAwaited)`
    services:
      rabbit1: {image: "rabbitmq:4"}
      rabbit2: {image: "rabbitmq:4", depends_on: [rabbit1]}
  `;
  // The first is healthy when both have found each other.
  reportsInCompose(dependencyNotAwaited)`
    services:
      es1:
        image: docker.elastic.co/elasticsearch/elasticsearch:9.1.0
        healthcheck: {test: curl -sf localhost:9200/_cluster/health}
      es2:
        image: docker.elastic.co/elasticsearch/elasticsearch:9.1.0
        depends_on: [es1]
      search:
        image: example/search:2
        depends_on: [es1]
                     ^^^ dependency-not-awaited: search starts when es1 is started, not when it is healthy, so its first connections may be refused.
  `;
});

test("brokers and search servers, but not by programs that ask until they get an answer", () => {
  reportsInCompose(dependencyNotAwaited)`
    services:
      api:
        image: example/api:1
        depends_on:
          - kafka
            ^^^^^ dependency-not-awaited: api starts before Kafka in kafka accepts connections, so the first ones may be refused.
          - nats
      kibana: {image: "kibana:8.15.0", depends_on: [es]}
      kafka: {image: "apache/kafka:3.9.0"}
      nats: {image: "nats:2.10"}
      es: {image: "elasticsearch:8.15.0"}
  `;
});

test("not of who waits for it", () => {
  reportsInCompose(dependencyNotAwaited, {
    dockerfiles: { Dockerfile: 'FROM alpine:3.22\nENTRYPOINT ["dockerize", "-wait", "tcp://db:5432"]\n' },
  })`
    services:
      a: {image: a, depends_on: [db], command: ["./wait-for-it.sh", "db:5432", "--", "./api"]}
      b: {image: a, depends_on: [db], command: "sh -c 'until nc -z db 5432; do sleep 1; done; exec ./api'"}
      c: {image: a, depends_on: [db], command: "sh -c '/wait && ./api'", environment: {WAIT_HOSTS: "db:5432"}}
      d: {build: ., depends_on: [db]}
      e: {image: a, depends_on: [db], command: ["./wait-for-it.sh", "cache:6379", "--", "./api"]}
                                 ^^ dependency-not-awaited
      f: {image: a, depends_on: [db], entrypoint: ["/wait-for-it.sh", "\${DB_HOST}:\${DB_PORT}", "--", "./api"]}
      g: {image: a, depends_on: [db], command: "sh -c 'until nc -z $$DB_HOST 5432; do sleep 1; done; exec ./api'", environment: {DB_HOST: db}}
      h: {image: a, depends_on: [db], command: "sh -c 'until nc -z $\${DB_HOST} 5432; do sleep 1; done; exec ./api'"}
      i: {image: a, depends_on: [db], command: "sh -c 'until nc -z $$CACHE 6379; do sleep 1; done; exec ./api'", environment: {CACHE: cache}}
                                 ^^ dependency-not-awaited
      db: {image: "postgres:18"}
  `;
});

test("a proxy makes no connection to a database when it starts", () => {
  reportsInCompose(dependencyNotAwaited)`
    services:
      proxy: {image: "nginx:1.29", depends_on: [cache, app]}
      app: {image: example/app, depends_on: [cache]}
                                             ^^^^^ dependency-not-awaited: app starts before Redis in cache accepts connections, so the first ones may be refused.
      example: {image: "nginx:1.29", depends_on: [cache]}
                                                  ^^^^^ dependency-not-awaited: example starts before Redis in cache accepts connections, so the first ones may be refused.
      cache: {image: "redis:8"}
  `;
});
