import { describe, expect, test } from "vitest";
import { hostUnknown } from "../../../../server/src/rules/compose/host-unknown.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(hostUnknown, hostUnknown.docs.bad);
  expectComposeProblems(hostUnknown, hostUnknown.docs.good);
});

describe("where a host stands", () => {
  test("URLs", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment:
            - A=postgresql+asyncpg://user:p@ss@databse:5432/app?sslmode=disable
                                               ^^^^^^^ host-unknown
            - B=jdbc:postgresql://databse/app
                                  ^^^^^^^ host-unknown
            - C=mongodb://database,databse:27017/app
                                   ^^^^^^^ host-unknown
            - D=http://database:80,http://databse
                                          ^^^^^^^ host-unknown
            - E=redis://:secret@databse
                                ^^^^^^^ host-unknown
        database:
          image: example/database:1
    `;
  });

  test("data source names", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment:
            A: host=databse port=5432 dbname=app
                    ^^^^^^^ host-unknown
            B: user=a password=\${PASSWORD} host=databse
                                                ^^^^^^^ host-unknown
            C: app:secret@tcp(databse:3306)/app?parseTime=true
                              ^^^^^^^ host-unknown
            D: Server=databse,1433;Database=app;User Id=sa
                      ^^^^^^^ host-unknown
            E: Host=databse;Port=5432;Database=app;Username=app
                    ^^^^^^^ host-unknown
            F: ghost=databse port=1
            G: host=databse
        database:
          image: example/database:1
    `;
  });

  test("variables whose name says that the value is a host", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment:
            DATABASE_HOST: databse
                           ^^^^^^^ host-unknown
            PGHOST: databse
                    ^^^^^^^ host-unknown
            BACKEND_ADDR: databse:8080
                          ^^^^^^^ host-unknown
            LISTEN_ADDR: databse:8080
            VIRTUAL_HOST: databse
            APP_NAME: databse
            HOSTNAME: databse
        database:
          image: example/database:1
    `;
  });
});

describe("what is meant", () => {
  test("a server of the kind that the URL or variable speaks of", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment:
            A: postgres://u:p@database/app
                              ^^^^^^^^ host-unknown: Nothing in this project is called database; PostgreSQL runs in db.
            B: amqp://broker
                      ^^^^^^ host-unknown: Nothing in this project is called broker; RabbitMQ runs in mq.
            C: mysql://server/app
            DB_HOST: store
                     ^^^^^ host-unknown: Nothing in this project is called store; PostgreSQL runs in db.
            REDIS_HOST: store
        db:
          image: postgres:18
        mq:
          image: rabbitmq:4
    `;
  });

  test("a service whose name is a part of it", () => {
    reportsInCompose(hostUnknown)`
      services:
        web:
          image: example/web:1
          environment:
            API_URL: http://my-comments:8181
                            ^^^^^^^^^^^ host-unknown: Nothing in this project is called my-comments; did you mean comments?
        comments:
          image: example/comments:1
    `;
  });

  test("with nothing near it is a name of the network around", () => {
    reportsInCompose(hostUnknown)`
      services:
        web:
          image: example/web:1
          environment:
            NAS_URL: http://nas:5000
            DATABASE_URL: postgres://u:p@warehouse/app
            PRINTER_HOST: printer
        comments:
          image: example/comments:1
    `;
  });

  test("each of several servers is offered", () => {
    const titles = offeredInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment: {A: "postgres://database/app"}
        one:
          image: postgres:18
        two:
          image: postgis/postgis:18-3.6
    `;
    expect(titles).toEqual([["Replace database with one", "Replace database with two"]]);
  });
});

describe("what is no slip", () => {
  test("names that containers have besides their service's", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          hostname: databas1
          extra_hosts: ["databas2:10.0.0.1"]
          external_links: ["legacy_db:databas3"]
          environment:
            A: http://databas1 http://databas2 http://databas3 http://databas4 http://databas5
            B: http://DATABASE http://localhost http://127.0.0.1 http://[::1]:80 http://database.example.com
            C: http://project-database-1 http://project_database_1:80
        database:
          image: example/database:1
          container_name: databas4
          networks: {default: {aliases: [databas5]}}
    `;
  });

  test("hosts that a variable gives", () => {
    reportsInCompose(hostUnknown, { env: { KNOWN: "databse" } })`
      services:
        api:
          image: example/api:1
          environment:
            A: http://\${HOST}:80
            B: http://data\${SUFFIX}
            C: http://\${OTHER:-databse}
            D: http://$KNOWN
                      ^^^^^^ host-unknown
            E: http://$$databse
        database:
          image: example/database:1
    `;
    const titles = offeredInCompose(hostUnknown, { env: { KNOWN: "databse" } })`
      services:
        api:
          image: example/api:1
          environment: {C: "http://\${KNOWN:-database}"}
        database:
          image: example/database:1
    `;
    expect(titles).toEqual([[]]);
  });

  test("names that a variable gives, by its default too, and networks that one names", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment: {A: "http://databse", B: "http://databas", C: "http://databes"}
                                                                             ^^^^^^^ host-unknown
        cron:
          image: example/api:1
          networks: ["\${NETWORK:-back}"]
          environment: {A: "http://databes"}
        database:
          image: example/database:1
          container_name: \${NAME:-databse}
          networks: {default: {aliases: ["\${ALIAS:-databas}"]}}
    `;
  });

  test("addresses for others, and schemes without a host", () => {
    reportsInCompose(hostUnknown)`
      services:
        api:
          image: example/api:1
          environment:
            CORS_ORIGINS: http://databse
            PUBLIC_URL: http://databse
            VITE_API: http://databse
            FILES: file://databse/x s3://databse/x unix:///databse
            MAIL: someone@databse
        database:
          image: example/database:1
    `;
  });

  test("services that see other networks", () => {
    reportsInCompose(hostUnknown)`
      services:
        a:
          image: example/a:1
          networks: [shared]
          environment: {A: "http://databse"}
        b:
          image: example/b:1
          network_mode: host
          environment: {A: "http://databse"}
        c:
          image: example/c:1
          dns_search: example.com
          environment: {A: "http://databse"}
        d:
          extends: {file: base.yaml, service: d}
          environment: {A: "http://databse"}
        database:
          image: example/database:1
      networks:
        shared: {external: true}
    `;
  });

  test("a default network that is external", () => {
    reportsInCompose(hostUnknown)`
      services:
        a:
          image: example/a:1
          environment: {A: "http://databse"}
        database:
          image: example/database:1
      networks:
        default: {name: shared, external: true}
    `;
  });

  test("a project of several files, or one that cannot be read to its end", () => {
    const text =
      'services:\n  a:\n    image: a\n    environment: {A: "http://databse"}\n  database:\n    image: b\n';
    expectComposeProblems(hostUnknown, text, { alone: false });
    expectComposeProblems(hostUnknown, `include: [other.yaml]\n${text}`);
    expectComposeProblems(hostUnknown, `${text}---\nservices: {databse: {image: c}}\n`);
    expectComposeProblems(hostUnknown, `${text}  broken: [\n`);
  });
});

test("only the host changes", () => {
  fixesInCompose(hostUnknown, "unsafe")`
    services:
      api:
        image: example/api:1
        environment:
          - 'DATABASE_URL=postgres://app:\${PASSWORD}@databse:5432/app' # main
      database:
        image: example/database:1
    ->
    services:
      api:
        image: example/api:1
        environment:
          - 'DATABASE_URL=postgres://app:\${PASSWORD}@database:5432/app' # main
      database:
        image: example/database:1
  `;
});

test("brokers, search servers and hosts in env files", () => {
  reportsInCompose(hostUnknown, { files: { "a.env": "DB_HOST=database\n" } })`
    services:
      api:
        image: example/api:1
        env_file: a.env
                  ^^^^^ host-unknown: DB_HOST in a.env: Nothing in this project is called database; PostgreSQL runs in db.
        environment:
          SPRING_KAFKA_BOOTSTRAP_SERVERS: kafka:9092
                                          ^^^^^ host-unknown: Nothing in this project is called kafka; Kafka runs in broker.
          ELASTICSEARCH_HOSTS: http://elastic:9200
                                      ^^^^^^^ host-unknown: Nothing in this project is called elastic; Elasticsearch runs in search.
          ConnectionStrings__Db: Host=postgres;Database=app;Username=app
                                      ^^^^^^^^ host-unknown
          DB_PORT: 5432
      db: {image: "postgres:18"}
      broker: {image: "apache/kafka:3.9.0"}
      search: {image: "elasticsearch:8.15.0"}
  `;
});

test("a server that is missing altogether", () => {
  reportsInCompose(hostUnknown)`
    services:
      api:
        image: example/api:1
        environment:
          KAFKA_BROKERS: kafka:9092
                         ^^^^^ host-unknown: Nothing in this project is called kafka.
          REDIS_HOST: redis
                      ^^^^^ host-unknown: Nothing in this project is called redis.
          BACKEND_URL: http://backend:8000
                              ^^^^^^^ host-unknown: Nothing in this project is called backend.
          LAN_URL: http://nas:8000
          PAGE_URL: http://backend/
          TEXT: "see http://backend:8000 for more"
      pma:
        image: phpmyadmin:5
        environment: {PMA_HOST: mariadb}
                                ^^^^^^^ host-unknown: Nothing in this project is called mariadb; data runs that image.
      data: {image: "mariadb:12"}
  `;
});

test("hosts that commands wait for, and health checks ask", () => {
  reportsInCompose(hostUnknown)`
    services:
      api:
        image: example/api:1
        command: ["./wait-for-it.sh", "postgres:5432", "--", "node", "server.js"]
                                       ^^^^^^^^ host-unknown: Nothing in this project is called postgres; db runs that image.
        healthcheck:
          test: curl -f http://localhost:3000 && nc -z cachee 6379
                                                       ^^^^^^ host-unknown: Nothing in this project is called cachee; did you mean cache?
      db:
        image: postgres:18
        healthcheck:
          test: ["CMD", "pg_isready", "-h", "postgres"]
                                             ^^^^^^^^ host-unknown: Nothing in this project is called postgres; PostgreSQL runs in db.
      cache:
        image: redis:8
        healthcheck:
          test: redis-cli -h cache ping
  `;
});

test("what a password leaves of an address is no host", () => {
  reportsInCompose(hostUnknown)`
    services:
      a: {image: example/a:1, environment: {DATABASE_URL: "postgres://app:p@ss/w0rd@db:5432/app"}}
      db: {image: "postgres:18"}
  `;
});
