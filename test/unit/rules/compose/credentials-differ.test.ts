import { describe, expect, test } from "vitest";
import { credentialsDiffer as rule } from "../../../../server/src/rules/compose/credentials-differ.ts";
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

test("passwords and databases, also of .env", () => {
  reportsInCompose(rule, { env: { PASSWORD: "right" } })`
    services:
      api:
        image: a
        environment:
          A: postgresql+asyncpg://postgres:wrong@db/blog?sslmode=disable
                                           ^^^^^ credentials-differ: This is not the password that POSTGRES_PASSWORD of db gives to postgres.
                                                    ^^^^ credentials-differ: db makes the database app, and none with the name blog.
          B: mysql://root:secret@sql:3306/shop
                          ^^^^^^ credentials-differ: This is not the password that MYSQL_ROOT_PASSWORD of sql gives to root.
          C: mongodb://root:p%40ss@docs:27017/app?authSource=admin
      db: {image: "postgres:18", environment: {POSTGRES_PASSWORD: "\${PASSWORD}", POSTGRES_DB: app}}
      sql: {image: "mysql:8.4", environment: {MYSQL_ROOT_PASSWORD: other, MYSQL_USER: shop, MYSQL_PASSWORD: p}}
      docs: {image: mongo, environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: "p@ss"}}
  `;
});

test("in variables beside the host", () => {
  reportsInCompose(rule)`
    services:
      blog:
        image: wordpress:6
        environment:
          WORDPRESS_DB_HOST: db:3306
          WORDPRESS_DB_USER: wordpress
          WORDPRESS_DB_PASSWORD: example
                                 ^^^^^^^ credentials-differ: This is not the password that MYSQL_PASSWORD of db gives to wordpress.
          WORDPRESS_DB_NAME: blog
                             ^^^^ credentials-differ: db makes the database wordpress, and none with the name blog.
          APP_HOST: db
          APP_NAME: shop
          APP_USER: me
      tool:
        image: tool
        environment: [PGHOST=pg, PGUSER=root, PGPASSWORD=pw, PGDATABASE=postgres]
                                        ^^^^ credentials-differ: pg has no user root: it makes postgres.
      db:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: r, MYSQL_USER: wordpress, MYSQL_PASSWORD: wordpress, MYSQL_DATABASE: wordpress}
      pg: {image: "postgres:18", environment: {POSTGRES_PASSWORD: pw}}
  `;
});

test("in variables beside the host of a broker, and of a framework", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: a
        environment:
          REDIS_HOST: cache
          REDIS_PASSWORD: wrong
                          ^^^^^ credentials-differ: This is not the password that --requirepass of cache demands.
          ConnectionStrings__Redis: cache:6379,abortConnect=false,password=wrong
                                                                           ^^^^^ credentials-differ
          SPRING_RABBITMQ_HOST: queue
          SPRING_RABBITMQ_USERNAME: jobs
          SPRING_RABBITMQ_PASSWORD: guest
                                    ^^^^^ credentials-differ: This is not the password that RABBITMQ_DEFAULT_PASS of queue gives to jobs.
          TYPEORM_HOST: db
          TYPEORM_USERNAME: root
                            ^^^^ credentials-differ: db has no user root: it makes app.
          TYPEORM_PASSWORD: pw
          TYPEORM_DATABASE: shop
                            ^^^^ credentials-differ
          APP_HOST: db
          APP_NAME: other
          APP_USER: admin
      admin:
        image: mongo-express:1
        environment:
          ME_CONFIG_MONGODB_SERVER: docs
          ME_CONFIG_MONGODB_ADMINUSERNAME: root
          ME_CONFIG_MONGODB_ADMINPASSWORD: wrong
                                           ^^^^^ credentials-differ: This is not the password that MONGO_INITDB_ROOT_PASSWORD of docs gives to root.
      spring:
        image: b
        environment:
          - spring.datasource.url=jdbc:postgresql://db:5432/\${NAME}
          - spring.datasource.username=app
          - spring.datasource.password=wrong
                                       ^^^^^ credentials-differ
      cache: {image: "redis:8", command: redis-server --requirepass right}
      queue: {image: "rabbitmq:4", environment: {RABBITMQ_DEFAULT_USER: jobs, RABBITMQ_DEFAULT_PASS: right}}
      db: {image: "postgres:18", environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: pw, POSTGRES_DB: app}}
      docs: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: right}}
  `;
});

test("behind the host of an address of JDBC", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: a
        environment:
          A: jdbc:postgresql://db:5432/app?user=app&password=wrong&ssl=false
                                                             ^^^^^ credentials-differ
          B: jdbc:sqlserver://sql:1433;databaseName=shop;user=sa;password=wrong;encrypt=false
                                                                          ^^^^^ credentials-differ: This is not the password that MSSQL_SA_PASSWORD of sql gives to sa.
          C: jdbc:postgresql://db:5432/app?user=\${WHO}&password=\${PASSWORD}
      db: {image: "postgres:18", environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: pw, POSTGRES_DB: app}}
      sql: {image: "mcr.microsoft.com/mssql/server:2022-latest", environment: {ACCEPT_EULA: Y, MSSQL_SA_PASSWORD: Right-1234}}
  `;
});

test("not what scripts may make, or is not known", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: a
        environment:
          A: postgres://reader:x@db/reports
          B: postgres://app:\${PASSWORD}@db/app
          C: postgres://any:x@open/app
          D: postgres://postgres:x@open/postgres
          E: postgres://app:x@old/app
          F: postgres://worker:x@shared/jobs
          G: postgres://app:pw@shared/app
          H: redis://user:x@cache/1
      db:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: pw, POSTGRES_DB: app}
        volumes: ["./init:/docker-entrypoint-initdb.d"]
      open: {image: "postgres:18", environment: {POSTGRES_USER: "\${USER_NAME}", POSTGRES_PASSWORD_FILE: /x, POSTGRES_DB: app}}
      old: {image: "postgres:18", volumes: ["old:/var/lib/postgresql"], environment: {POSTGRES_PASSWORD: pw}}
      shared: {image: "postgres:18", environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: pw, POSTGRES_DB: app}}
      cache: {image: "redis:8"}
    volumes: {old: {external: true}}
  `;
});

test("of a project in several files only what both of its sides say", () => {
  reportsInCompose(rule, { alone: false })`
    services:
      api:
        image: a
        environment:
          A: postgres://other:pw@db/other
          B: postgres://app:wrong@db/other
                            ^^^^^ credentials-differ
      db: {image: "postgres:18", environment: [POSTGRES_USER=app, POSTGRES_PASSWORD=pw, POSTGRES_DB=app]}
  `;
});

test("takes what the server has", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: a
        environment: ["DATABASE_URL=postgres://app:pw@db/blog"]
      db: {image: "postgres:18", environment: [POSTGRES_USER=app, POSTGRES_PASSWORD=pw, POSTGRES_DB=posts]}
    ->
    services:
      api:
        image: a
        environment: ["DATABASE_URL=postgres://app:pw@db/posts"]
      db: {image: "postgres:18", environment: [POSTGRES_USER=app, POSTGRES_PASSWORD=pw, POSTGRES_DB=posts]}
  `;
  const titles = offeredInCompose(rule)`
    services:
      api: {image: a, environment: ["DATABASE_URL=postgres://app:pw@db/app"]}
      db: {image: "postgres:18", environment: [POSTGRES_USER=app, "POSTGRES_PASSWORD=p@ss/w"]}
  `;
  expect(titles).toEqual([[]]);
});

test("a slip is one although another service uses the right ones", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {URL: "postgres://shop:pw@db/shop"}}
      b: {image: b, environment: {URL: "postgres://shpo:pw@db/shpo"}}
                                                   ^^^^ credentials-differ
                                                              ^^^^ credentials-differ
      c: {image: c, environment: {URL: "postgres://reports:pw@db/shop"}}
                                                   ^^^^^^^ credentials-differ: db has no user reports: it makes shop.
      d: {image: d, environment: {URL: "postgres://reports:other@db/reports"}}
      db: {image: "postgres:18", environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: pw, POSTGRES_DB: shop}}
  `;
});

test("scripts count as far as they may make users and databases", () => {
  const files = { "tables.sql": "CREATE TABLE posts (id int);\n", "users.sql": "create ROLE blog;\n" };
  reportsInCompose(rule, { files })`
    services:
      a: {image: a, environment: {URL: "postgres://blog:pw@db/shop"}}
                                                   ^^^^ credentials-differ
      db:
        image: postgres:18
        environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: pw}
        volumes: ["./tables.sql:/docker-entrypoint-initdb.d/tables.sql"]
  `;
  reportsInCompose(rule, { files })`
    services:
      a: {image: a, environment: {URL: "postgres://blog:pw@db/shop"}}
      db:
        image: postgres:18
        environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: pw}
        volumes: ["./users.sql:/docker-entrypoint-initdb.d/users.sql"]
  `;
});

test("not a database that a command of the project or SQL may make", () => {
  for (const command of [
    "psql -h db -c 'create database reports'",
    "createdb -h db reports",
    "[bin/rails, 'db:prepare']",
    "npx prisma migrate deploy",
  ])
    expectComposeProblems(
      rule,
      `services:
  job: {image: a, command: ${command.startsWith("[") ? command : JSON.stringify(command)}}
  api: {image: a, environment: {A: "postgres://postgres:pw@db/reports"}}
  db: {image: "postgres:18", environment: {POSTGRES_PASSWORD: pw, POSTGRES_DB: app}}
`,
    );
  for (const sql of ["CREATE SCHEMA reports;", "source /sql/all.sql;", "GRANT ALL ON reports.* TO x;"])
    reportsInCompose(rule, { files: { "init.sql": sql } })`
      services:
        api: {image: a, environment: {A: "mysql://root:pw@db/reports"}}
        db:
          image: mysql:8.4
          environment: {MYSQL_ROOT_PASSWORD: pw, MYSQL_DATABASE: app}
          volumes: ["./init.sql:/docker-entrypoint-initdb.d/init.sql"]
    `;
});

test("not the database of a framework for one of its environments", () => {
  reportsInCompose(rule)`
    services:
      web: {image: a, environment: {DATABASE_URL: "postgres://postgres:pw@db/shop_development"}}
      other: {image: a, environment: {DATABASE_URL: "postgres://postgres:pw@db/blog_development"}}
                                                                               ^^^^^^^^^^^^^^^^ credentials-differ
      db: {image: "postgres:18", environment: {POSTGRES_PASSWORD: pw, POSTGRES_DB: shop}}
  `;
});

test("not a user that a command makes, or of another database of MongoDB", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {M: "mongodb://app:pw@docs:27017/app?authSource=app"}}
      b: {image: a, environment: {M: "mongodb://app:x@docs:27017/app?authSource=admin"}}
                                                ^^^ credentials-differ: docs has no user app: it makes root.
      docs: {image: mongo, environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: x}}
  `;
  reportsInCompose(rule)`
    services:
      setup: {image: mongo, command: "mongosh --eval 'db.createUser({user: \\"app\\"})'"}
      b: {image: a, environment: {M: "mongodb://app:pw@docs:27017/app"}}
      docs: {image: mongo, environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: x}}
  `;
});

test("RabbitMQ makes one user, and none where a file says who there is", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {CELERY_BROKER_URL: "amqp://guest:x@queue:5672//"}}
                                                             ^^^^^ credentials-differ: queue has no user guest: it makes shop.
      queue: {image: "rabbitmq:4", environment: {RABBITMQ_DEFAULT_USER: shop, RABBITMQ_DEFAULT_PASS: x}}
  `;
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {BROKER: "amqp://shop:y@queue:5672/orders", OTHER: "amqp://guest:guest@plain"}}
                                                       ^ credentials-differ: This is not the password that RABBITMQ_DEFAULT_PASS of queue gives to shop.
      queue: {image: "rabbitmq:4-management", environment: {RABBITMQ_DEFAULT_USER: shop, RABBITMQ_DEFAULT_PASS: x}}
      plain: {image: "rabbitmq:4"}
  `;
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {BROKER: "amqp://app:y@queue:5672"}}
      queue: {image: "rabbitmq:4", volumes: ["./definitions.json:/etc/rabbitmq/definitions.json"]}
  `;
});

test("the password that Redis demands", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, environment: {REDIS_URL: "redis://:other@cache:6379/0", TWO: "redis://default:secret@cache"}}
                                                       ^^^^^ credentials-differ: This is not the password that --requirepass of cache demands.
      cache: {image: "redis:8", command: redis-server --requirepass secret --appendonly yes}
      b: {image: a, environment: {A: "redis://:x@open", B: "redis://:x@file", C: "redis://:x@shell"}}
      open: {image: "redis:8"}
      file: {image: "redis:8", command: redis-server /etc/redis.conf --requirepass y}
      shell: {image: "redis:8", command: "redis-server --requirepass \${REDIS_PASSWORD}"}
  `;
});

test("in connection strings, variables beside a URL, and env files", () => {
  reportsInCompose(rule, { files: { "a.env": "DB_HOST=db\nDB_USER=app\nDB_PASSWORD=other\n" } })`
    services:
      api:
        image: example/api:1
        env_file: a.env
                  ^^^^^ credentials-differ: DB_PASSWORD in a.env: This is not the password that POSTGRES_PASSWORD of db gives to app.
        environment:
          - SPRING_DATASOURCE_URL=jdbc:postgresql://db:5432/app
          - SPRING_DATASOURCE_USERNAME=app
          - SPRING_DATASOURCE_PASSWORD=changeme
                                       ^^^^^^^^ credentials-differ
          - ConnectionStrings__Default=Host=db;Database=app;Username=app;Password=wrong
                                                                                  ^^^^^ credentials-differ
          - DSN=host=db user=app password=wrong dbname=app
                                          ^^^^^ credentials-differ
          - MYSQL_DSN=app:wrong@tcp(mysql:3306)/app
                          ^^^^^ credentials-differ
          - ConnectionStrings__Shop=Server=mssql;Database=shop;User Id=sa;Password=Wrong_1
                                                                                   ^^^^^^^ credentials-differ
          - ConnectionStrings__More=Server=mssql;Database=shop;User Id=shop;Password=Right_1
      db:
        image: postgres:18
        environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: secret}
      mysql:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: root, MYSQL_USER: app, MYSQL_PASSWORD: secret, MYSQL_DATABASE: app}
      mssql:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {ACCEPT_EULA: "Y", MSSQL_SA_PASSWORD: Right_1}
  `;
});

test("the root user of MongoDB is of the database admin", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          A: mongodb://root:pw@docs:27017/app
                                          ^^^ credentials-differ: root is a user of the database admin: without authSource=admin clients look for it in app.
          B: mongodb://root:pw@docs:27017/app?authSource=admin
          C: mongodb://root:pw@docs:27017/admin
          D: mongodb://root:pw@docs:27017
          E: mongodb://root:pw@made:27017/app
      b: {image: a, environment: {A: "mongodb://root:pw@docs:27017/app", MONGO_AUTH_DB: admin}}
      docs: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: pw}}
      made:
        image: mongo:8
        environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: pw}
        volumes: ["./i.js:/docker-entrypoint-initdb.d/i.js"]
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, environment: {A: "mongodb://root:pw@docs/app?w=1"}}
      docs: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: pw}}
    ->
    services:
      a: {image: a, environment: {A: "mongodb://root:pw@docs/app?w=1&authSource=admin"}}
      docs: {image: "mongo:8", environment: {MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: pw}}
  `;
});

describe("a password is never written into the file anew", () => {
  const around = { env: { DB_PASSWORD: "s3cret", OTHER: "old" } };

  test("but by the variable that it comes from", () => {
    fixesInCompose(rule, "unsafe", "Take the password", around)`
      services:
        api:
          image: example/api:1
          environment:
            DATABASE_URL: postgres://app:old@db:5432/app
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: "\${DB_PASSWORD:?needed}"
      ->
      services:
        api:
          image: example/api:1
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
        db:
          image: postgres:18
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: "\${DB_PASSWORD:?needed}"
    `;
  });

  test("nor where it stands in an environment file, or braces would not be text", () => {
    expect(
      offeredInCompose(rule, { ...around, files: { "db.env": "POSTGRES_PASSWORD=s3cret\n" } })`
        services:
          api:
            image: example/api:1
            environment: {DATABASE_URL: "postgres://app:old@db:5432/app"}
          db:
            image: postgres:18
            environment: {POSTGRES_USER: app}
            env_file: db.env
          more:
            image: example/api:1
            environment: {DATABASE_URL: postgres://app:old@pg:5432/app}
          pg:
            image: postgres:18
            environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: "\${DB_PASSWORD}"}
      `,
    ).toEqual([[], []]);
  });
});

test("the user of MySQL has no rights on a database that only begins alike", () => {
  reportsInCompose(rule)`
    services:
      a: {image: example/a:1, environment: {DATABASE_URL: "mysql://shop:x@db/shop_production"}}
                                                                             ^^^^^^^^^^^^^^^ credentials-differ
      b: {image: example/a:1, environment: {DATABASE_URL: "mysql://root:y@db2/shop_production"}}
      db:
        image: mariadb:11
        environment: {MARIADB_ROOT_PASSWORD: y, MARIADB_USER: shop, MARIADB_PASSWORD: x, MARIADB_DATABASE: shop}
      db2:
        image: mariadb:11
        environment: {MARIADB_ROOT_PASSWORD: y, MARIADB_USER: shop, MARIADB_PASSWORD: x, MARIADB_DATABASE: shop}
  `;
});

test("variables beside the host that are not all in capitals, as Gitea has them", () => {
  reportsInCompose(rule)`
    services:
      gitea:
        image: gitea/gitea:1.24
        environment:
          - GITEA__database__HOST=db:5432
          - GITEA__database__NAME=gitea
          - GITEA__database__USER=gitea
          - GITEA__database__PASSWD=gitea
                                    ^^^^^ credentials-differ: This is not the password that POSTGRES_PASSWORD of db gives to gitea.
      db:
        image: postgres:17
        environment: [POSTGRES_USER=gitea, POSTGRES_PASSWORD=giteapw, POSTGRES_DB=gitea]
  `;
});

test("who is given root's password may make the user", () => {
  reportsInCompose(rule)`
    services:
      mysql: {image: "mariadb:11.4", environment: {MYSQL_ROOT_PASSWORD: root}}
      openemr:
        image: openemr/openemr:7.0.3
        environment: {MYSQL_HOST: mysql, MYSQL_ROOT_PASS: root, MYSQL_USER: openemr, MYSQL_PASS: openemr}
  `;
});
