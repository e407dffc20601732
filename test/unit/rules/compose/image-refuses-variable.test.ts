import { test } from "vitest";
import { imageRefusesVariable as rule } from "../../../../server/src/rules/compose/image-refuses-variable.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("what entrypoints end with", () => {
  reportsInCompose(rule)`
    services:
      mq:
        image: rabbitmq:3.13-management
        environment: {RABBITMQ_DEFAULT_PASS_FILE: /run/secrets/p}
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: RabbitMQ does not start with RABBITMQ_DEFAULT_PASS_FILE since 3.9: it belongs in rabbitmq.conf.
      db:
        image: mysql:8.4
        environment:
          MYSQL_ROOT_PASSWORD: x
          MYSQL_ROOT_PASSWORD_FILE: /run/secrets/p
          ^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: MySQL does not start with MYSQL_ROOT_PASSWORD_FILE and MYSQL_ROOT_PASSWORD at once.
      graph:
        image: neo4j
        environment:
          - NEO4J_USER=neo4j
            ^^^^^^^^^^ image-refuses-variable: Neo4j does not start with NEO4J_USER: it takes it for a setting USER, which there is not.
  `;
});

test("not older versions, settings that there are, and what is empty or may be allowed", () => {
  reportsInCompose(rule)`
    services:
      mq:
        image: rabbitmq:3.8-management
        environment: {RABBITMQ_DEFAULT_PASS_FILE: /run/secrets/p}
      three:
        image: neo4j:4.4
        environment: {NEO4J_PASSWORD: x}
      graph:
        image: neo4j:5
        environment:
          NEO4J_AUTH: neo4j/longenough
          NEO4J_AUTH_PATH: /run/secrets/auth
          NEO4J_PLUGINS: '["apoc"]'
          NEO4J_EDITION: community
          NEO4J_server_memory_heap_max__size: 1G
          NEO4J_PASSWORD: ""
      lenient:
        image: neo4j:5
        environment:
          NEO4J_PASSWORD: x
          NEO4J_server_config_strict__validation_enabled: "false"
      configured:
        image: neo4j:5
        environment: {NEO4J_PASSWORD: x}
        volumes: ["./conf:/conf"]
      db:
        image: postgres:17
        environment:
          POSTGRES_PASSWORD: ""
          POSTGRES_PASSWORD_FILE: /run/secrets/p
          APP_FILE: /x
          APP: x
  `;
});

test("values that are too short, or of another form", () => {
  reportsInCompose(rule)`
    services:
      graph:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: neo4j/test}
                      ^^^^^^^^^^ image-refuses-variable: Neo4j does not start with NEO4J_AUTH as it is here: the password needs 8 characters.
      other:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: admin/longenough}
                      ^^^^^^^^^^ image-refuses-variable: Neo4j does not start with NEO4J_AUTH as it is here: it begins with neo4j/, as no other user can be made.
      s3:
        image: quay.io/minio/minio
        command: server /data
        environment: {MINIO_ROOT_USER: admin, MINIO_ROOT_PASSWORD: admin}
                                              ^^^^^^^^^^^^^^^^^^^ image-refuses-variable: MinIO does not start with MINIO_ROOT_PASSWORD as it is here: the password needs 8 characters.
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment:
          - SA_PASSWORD=password1
            ^^^^^^^^^^^ image-refuses-variable: SQL Server does not start with SA_PASSWORD as it is here: the password needs 8 characters, of three kinds (capitals, small letters, digits, signs).
      admin:
        image: dpage/pgadmin4
        environment: {PGADMIN_DEFAULT_EMAIL: admin@admin}
                      ^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: pgAdmin does not start with PGADMIN_DEFAULT_EMAIL as it is here: it needs an address with a full domain, such as name@example.com.
  `;
});

test("values that are taken, or not known", () => {
  reportsInCompose(rule)`
    services:
      graph:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: neo4j/password}
      open:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: none}
      variable:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: "neo4j/\${PW}"}
      old:
        image: neo4j:4.4
        environment: {NEO4J_AUTH: neo4j/test}
      shorter:
        image: neo4j:5.26
        environment: {NEO4J_AUTH: neo4j/test, NEO4J_dbms_security_auth__minimum__password__length: "4"}
      s3:
        image: minio/minio
        environment: {MINIO_ROOT_USER: admin, MINIO_ROOT_PASSWORD: minioadmin}
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {SA_PASSWORD: "Passw0rd"}
      admin:
        image: dpage/pgadmin4
        environment: {PGADMIN_DEFAULT_EMAIL: a@b.io}
  `;
});
