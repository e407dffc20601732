import { expect, test } from "vitest";
import {
  hostsNamedIn,
  loopbackNamedIn,
  placeAt,
} from "../../../../../server/src/model/compose/hosts/host-reference.ts";
import { source } from "../../../../../server/src/text/source.ts";
import { composeOf } from "../../../../support/compose.ts";

/** `host:port servers` of the one service, with what is written there. */
function named(strings: TemplateStringsArray): readonly string[] {
  const project = composeOf(source(strings));
  const [service = expect.fail()] = project.services.values();
  return [...hostsNamedIn(service), ...loopbackNamedIn(service)].map(({ at, reference }) => {
    const { host, start, end, port, portAt, servers } = reference;
    const value = placeAt(service, at)?.value ?? expect.fail();
    const span = value.spanOf(start, end);
    expect(project.file.text.slice(span.start, span.end)).toBe(host);
    if (portAt) {
      const place = value.spanOf(portAt.start, portAt.end);
      expect(project.file.text.slice(place.start, place.end)).toBe(String(port));
    }
    return [`${host}${port === undefined ? "" : `:${port}`}`, ...servers].join(" ");
  });
}

test("scripts that wait", () => {
  expect(named`
    services:
      a:
        image: x
        entrypoint: ["./wait-for-it.sh", "-t", "30", "db:5432", "--", "node", "other:80"]
        command: sh -c "/bin/wait-for cache:6379 && dockerize -wait tcp://mq:5672 -wait=http://es:9200/_health -timeout 60s node x"
  `).toEqual(["db:5432", "cache:6379", "mq:5672", "es:9200"]);
});

test("an image that is such a script", () => {
  expect(named`
    services:
      a: {image: dadarek/wait-for-dependencies, command: "postgres:5432 redis:6379"}
  `).toEqual(["postgres:5432", "redis:6379"]);
});

test("what listens at a port", () => {
  expect(named`
    services:
      a:
        image: x
        command:
          - sh
          - -c
          - |
            until nc -z -w 5 db 5432; do sleep 1; done
            while ! nc -vz cache 6379; do sleep 1; done
            (echo > /dev/tcp/mq/5672) 2>/dev/null
            nc -l 8080
            nc -z $$HOST 80
            nc -z $(hostname) 80
  `).toEqual(["db:5432", "cache:6379", "mq:5672"]);
});

test("clients of servers", () => {
  expect(named`
    services:
      a:
        image: x
        command: ["sh", "-c", "pg_isready -h db -p 5432 -U app && mysqladmin ping -hmysql -P 3306 -proot; mongosh --host=mongo --eval 1"]
        healthcheck:
          test: ["CMD", "redis-cli", "-h", "cache", "-p", "6379", "ping"]
  `).toEqual(["db:5432 PostgreSQL", "mysql:3306 MySQL MariaDB", "mongo MongoDB", "cache Redis Valkey"]);
});

test("programs that fetch, and what they are told besides", () => {
  expect(named`
    services:
      a:
        image: x
        healthcheck:
          test: 'curl -fsS -H "Origin: http://front:80" http://api:8080/health || exit 1'
  `).toEqual(["api:8080"]);
});

test("localhost is another one in commands, and right in health checks", () => {
  expect(named`
    services:
      a:
        image: x
        command: ./wait-for-it.sh localhost:5432 -- ./run
        healthcheck:
          test: pg_isready -h localhost
  `).toEqual(["localhost:5432"]);
});

test("a list of hosts that are waited for", () => {
  expect(named`
    services:
      a: {image: x, environment: {WAIT_HOSTS: "db:5432, cache:6379"}}
  `).toEqual(["db:5432", "cache:6379"]);
});

test("nothing where no host is named", () => {
  expect(named`
    services:
      a:
        image: x
        command: pg_isready -h /var/run/postgresql && psql --help && mysql -u root app && wait-for-it $DB
        healthcheck: {test: [NONE]}
  `).toEqual([]);
});
