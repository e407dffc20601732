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

test("listeners of Kafka that another variable does not know", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: confluentinc/cp-kafka:7.6.0
        environment:
          KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:29092,PLAINTEXT_HOST://localhost:9092
          KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: PLAINTEXT:PLAINTEXT
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: Kafka does not start with KAFKA_LISTENER_SECURITY_PROTOCOL_MAP as it is here: it does not say how the listener PLAINTEXT_HOST is secured.
          KAFKA_INTER_BROKER_LISTENER_NAME: INTERNAL
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: Kafka does not start with KAFKA_INTER_BROKER_LISTENER_NAME as it is here: KAFKA_ADVERTISED_LISTENERS has no listener INTERNAL.
      b:
        image: apache/kafka:3.9.0
        environment:
          KAFKA_PROCESS_ROLES: broker,controller
          KAFKA_LISTENERS: PLAINTEXT://:9092,CONTROLLER://:9093
          KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://b:9092,EXTERNAL://localhost:9094
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: Kafka does not start with KAFKA_ADVERTISED_LISTENERS as it is here: KAFKA_LISTENERS has no listener EXTERNAL.
          KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLER
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ image-refuses-variable: Kafka does not start with KAFKA_CONTROLLER_LISTENER_NAMES as it is here: KAFKA_LISTENERS has no listener CONTROLER.
          KAFKA_HEAP_OPTS: -Xms1g -Xmx512m
          ^^^^^^^^^^^^^^^ image-refuses-variable: Kafka does not start with KAFKA_HEAP_OPTS as it is here: -Xms1g is more than -Xmx512m.
      right:
        image: apache/kafka:3.9.0
        environment:
          KAFKA_PROCESS_ROLES: broker,controller
          KAFKA_LISTENERS: PLAINTEXT://:9092,Controller://:9093
          KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://b:9092
          KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER
          KAFKA_INTER_BROKER_LISTENER_NAME: PLAINTEXT
          KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
          KAFKA_HEAP_OPTS: -Xms512m -Xmx1g
      broker:
        image: apache/kafka:3.9.0
        environment:
          KAFKA_PROCESS_ROLES: broker
          KAFKA_LISTENERS: PLAINTEXT://:9092
          KAFKA_ADVERTISED_LISTENERS: "\${LISTENERS}"
          KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: PLAINTEXT:PLAINTEXT
          KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER
  `;
});

test("a type of discovery and a heap that Elasticsearch does not take", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: docker.elastic.co/elasticsearch/elasticsearch:8.15.0
        environment:
          - discovery.type=single_node
            ^^^^^^^^^^^^^^ image-refuses-variable: Elasticsearch does not start with discovery.type as it is here: it is single-node or multi-node.
          - ES_JAVA_OPTS=-Xms512m -Xmx512
            ^^^^^^^^^^^^ image-refuses-variable: Elasticsearch does not start with ES_JAVA_OPTS as it is here: -Xmx512 is 512 bytes.
      b:
        image: elasticsearch:8.15.0
        environment: [discovery.type=single-node, ES_JAVA_OPTS=-Xms512m -Xmx512m -Dx=1]
  `;
});
