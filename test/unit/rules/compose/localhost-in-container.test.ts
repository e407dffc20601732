import { expect, test } from "vitest";
import { localhostInContainer as rule } from "../../../../server/src/rules/compose/localhost-in-container.ts";
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

test("in variables, data source names and lists", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment:
          - REDIS_HOST=127.0.0.1
                       ^^^^^^^^^ localhost-in-container: 127.0.0.1 is the container of api itself; Redis runs in cache.
          - DSN=app:pw@tcp(localhost:3306)/app
                           ^^^^^^^^^ localhost-in-container
          - DB_HOST=localhost
                    ^^^^^^^^^ localhost-in-container
      cache: {image: "redis:8"}
      db: {image: "mysql:8.4"}
  `;
});

test("as the default of a variable that nobody sets", () => {
  reportsInCompose(rule, { env: { SET: "postgres://db/app" } })`
    services:
      api:
        image: a
        environment:
          CACHE_URL: \${CACHE_URL:-redis://localhost:6379}
                                          ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; Redis runs in cache.
          DB_HOST: "\${DB_HOST-127.0.0.1}"
                              ^^^^^^^^^ localhost-in-container: 127.0.0.1 is the container of api itself; PostgreSQL runs in db.
          SET: \${SET:-postgres://localhost/app}
          PUBLIC_URL: \${PUBLIC_URL:-http://localhost:3000}
          NESTED: \${NESTED:-\${OTHER:-redis://localhost}}
          ALTERNATIVE: \${ALTERNATIVE:+redis://localhost}
      worker:
        image: b
        environment:
          - BROKER=\${BROKER:-redis://localhost:6379/0}
                                     ^^^^^^^^^ localhost-in-container
          - SPRING_RABBITMQ_ADDRESSES=localhost:5672
                                      ^^^^^^^^^ localhost-in-container: localhost is the container of worker itself; RabbitMQ runs in queue.
      cache: {image: "redis:8"}
      db: {image: "postgres:18"}
      queue: {image: "rabbitmq:4"}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      api: {image: a, environment: ["CACHE_URL=\${CACHE_URL:-redis://localhost:6380}"]}
      cache: {image: "redis:8", ports: ["6380:6379"]}
    ->
    services:
      api: {image: a, environment: ["CACHE_URL=\${CACHE_URL:-redis://cache:6379}"]}
      cache: {image: "redis:8", ports: ["6380:6379"]}
  `;
});

test("not where localhost may be right", () => {
  reportsInCompose(rule)`
    services:
      browser:
        image: example/web
        environment:
          VITE_API_URL: http://localhost:8000
          PUBLIC_DATABASE_URL: postgres://localhost/app
          BIND_ADDR: localhost
          QUEUE_URL: amqp://localhost
          API_URL: http://localhost:8080
      hosted:
        image: example/web
        network_mode: host
        environment: {DATABASE_URL: "postgres://localhost/app"}
      db:
        image: postgres:18
        environment: {PGHOST: localhost}
  `;
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment: {DATABASE_URL: "postgres://localhost/app"}
      proxy:
        image: example/sql-proxy
        network_mode: service:api
      db:
        image: postgres:18
  `;
});

test("the port of the host goes with the name", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: a
        environment:
          DATABASE_URL: "postgres://app@localhost:5433/app"
      db:
        image: postgres:18
        ports: ["5433:5432"]
    ->
    services:
      api:
        image: a
        environment:
          DATABASE_URL: "postgres://app@db:5432/app"
      db:
        image: postgres:18
        ports: ["5433:5432"]
  `;
});

test("each service that runs such a server is offered", () => {
  const titles = offeredInCompose(rule)`
    services:
      api: {image: a, environment: {DB_HOST: localhost}}
      one: {image: "postgres:18"}
      two: {image: "postgres:17"}
  `;
  expect(titles).toEqual([["Replace localhost with one", "Replace localhost with two"]]);
});

const dockerfiles = {
  "a/Dockerfile": "FROM scratch\nEXPOSE 8080\n",
  "b/Dockerfile": "FROM scratch\nEXPOSE 8181\n",
};

test("the port of another service that nobody publishes", () => {
  fixesInCompose(rule, "unsafe", "", { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181/x"}}
      b: {build: b}
    ->
    services:
      a: {build: a, environment: {B_URL: "http://b:8181/x"}}
      b: {build: b}
  `;
});

test("not where a browser may be meant, the port is its own, or several have it", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181", A_URL: "http://localhost:8080"}}
      b: {build: b, ports: ["8181:8181"]}
  `;
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181", C: "http://localhost:1"}}
      b: {build: b}
      c: {build: b}
  `;
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {image: a, environment: {B_URL: "http://localhost:8181"}}
      b: {build: b}
  `;
});

test("in connection strings of .NET and libpq, commands, lists of brokers and env files", () => {
  const files = {
    "api.env": "LOG=1\nDATABASE_URL=postgres://app:pw@localhost:5432/app\n",
  };
  reportsInCompose(rule, { files })`
    services:
      api:
        image: example/api
        env_file: api.env
                  ^^^^^^^ localhost-in-container: DATABASE_URL in api.env: localhost is the container of api itself; PostgreSQL runs in db.
        command: ["migrate", "-database=postgres://app@localhost:5432/app", "up"]
                                                       ^^^^^^^^^ localhost-in-container
        environment:
          - ConnectionStrings__Default=Host=localhost;Port=5432;Database=app;Username=app
                                            ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; PostgreSQL runs in db.
          - ConnectionStrings__Shop=Server=localhost,1433;Database=shop;User Id=sa
                                           ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; SQL Server runs in mssql.
          - DSN=host=localhost user=app dbname=app port=5432
                     ^^^^^^^^^ localhost-in-container
          - KAFKA_BROKERS=localhost:9092
                          ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; Kafka runs in kafka.
          - ELASTICSEARCH_URL=http://localhost:9200
                                     ^^^^^^^^^ localhost-in-container
          - ConnectionStrings__Redis=localhost:6379,abortConnect=false
                                     ^^^^^^^^^ localhost-in-container
          - NATS_URL=nats://localhost:4222
                            ^^^^^^^^^ localhost-in-container
          - KC_DB_URL_HOST=localhost
                           ^^^^^^^^^ localhost-in-container
          - S3_ENDPOINT=http://localhost:9000
          - Features__Kafka=enabled
      db: {image: "postgres:18"}
      mssql: {image: "mcr.microsoft.com/mssql/server:2022-latest"}
      kafka: {image: "apache/kafka:3.9.0"}
      es: {image: "elasticsearch:8.15.0"}
      cache: {image: "redis:8"}
      nats: {image: "nats:2.10"}
      minio: {image: "minio/minio:latest", ports: ["9000:9000"]}
  `;
});

test("a database whose Dockerfile only adds files, and not one with a start of its own", () => {
  const dockerfiles = {
    "db/Dockerfile": "FROM postgres:17\nCOPY init.sql /docker-entrypoint-initdb.d/\n",
    "other/Dockerfile": 'FROM redis:8\nCMD ["my-proxy"]\n',
  };
  reportsInCompose(rule, { dockerfiles })`
    services:
      api:
        image: example/api
        environment:
          DATABASE_URL: postgres://localhost/app
                                   ^^^^^^^^^ localhost-in-container
          REDIS_URL: redis://localhost
      db: {build: ./db}
      other: {build: ./other}
  `;
});

test("a proxy that passes requests to itself", () => {
  const dockerfiles = { "app/Dockerfile": 'FROM node:24\nEXPOSE 3000\nCMD ["node", "a.js"]\n' };
  const files = {
    "nginx.conf":
      "server {\n  listen 80;\n  location / { proxy_pass http://localhost:3000; }\n  location /a { proxy_pass http://127.0.0.1:80; }\n}\n",
  };
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      gateway:
        image: nginx:1.30
        volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf"]
                   ^^^^^^^^^^^^ localhost-in-container: Line 3 of ./nginx.conf passes requests to localhost, which is the container of gateway itself; app listens on 3000.
      app: {build: ./app}
  `;
});

test("servers of several kinds are said to be where they are", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment:
          DB_HOST: localhost
                   ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; PostgreSQL runs in pg, and MySQL in shop, stock.
      pg: {image: "postgres:18"}
      shop: {image: "mysql:9.7"}
      stock: {image: "mysql:9.7"}
  `;
});

test("not what an environment file says for the host, where a service that is given it too is told another value", () => {
  const files = { "app.env": "DB_HOST=localhost\nDB_PORT=5432\n" };
  reportsInCompose(rule, { files })`
    services:
      api: {image: example/api, env_file: app.env, environment: {DB_HOST: db}}
      tests: {image: example/tests, env_file: [app.env]}
      db: {image: "postgres:18"}
  `;
  reportsInCompose(rule, { files: { ...files, "jobs.env": "DB_HOST=localhost\n" } })`
    services:
      api: {image: example/api, env_file: app.env, environment: {DB_HOST: db}}
      jobs: {image: example/jobs, env_file: jobs.env}
                                            ^^^^^^^^ localhost-in-container
      db: {image: "postgres:18"}
  `;
});

test("not where services of other images are given the same environment file, which may be for them", () => {
  const files = { "app.env": "DB_HOST=localhost\n" };
  reportsInCompose(rule, { files })`
    services:
      sandbox: {image: example/sandbox, env_file: app.env}
      plugins: {image: example/plugins, env_file: [./app.env]}
      db: {image: "postgres:18"}
  `;
  reportsInCompose(rule, { files })`
    services:
      api: {build: ., env_file: app.env}
      worker: {build: ., env_file: ./app.env}
      search: {build: search, env_file: app.env}
      db: {image: "postgres:18"}
  `;
});

test("where all that are given it run one image, or are databases", () => {
  const files = { "app.env": "DB_HOST=localhost\nPOSTGRES_PASSWORD=x\n" };
  reportsInCompose(rule, { files })`
    services:
      api: {build: ., env_file: app.env}
                                ^^^^^^^ localhost-in-container: DB_HOST in app.env: localhost is the container of api itself; PostgreSQL runs in db.
      worker: {build: ., env_file: ./app.env}
                                   ^^^^^^^^^ localhost-in-container
      db: {image: "postgres:18", env_file: app.env}
  `;
});
