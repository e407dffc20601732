import { test } from "vitest";
import { variableUnknownToImage as rule } from "../../../../server/src/rules/compose/variable-unknown-to-image.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("slips, and names of other images", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:17
        environment:
          POSTGRES_PASSWORD: x
          POSTGERS_DB: shop
          ^^^^^^^^^^^ variable-unknown-to-image: The image of PostgreSQL knows no POSTGERS_DB; did you mean POSTGRES_DB?
          POSTGRES_USERNAME: shop
          ^^^^^^^^^^^^^^^^^ variable-unknown-to-image: The image of PostgreSQL knows no POSTGRES_USERNAME; did you mean POSTGRES_USER?
          POSTGRES_DSN: postgres://db/shop
          POSTGRES_HOST: db
          POSTGRES_PORT: "5432"
          PGUSER: shop
      maria:
        image: mariadb:11
        environment:
          - MARIADB_ROOT_PASSWORD=x
          - MYSQL_DATABASE=shop
          - MARIADB_DB=shop
          - MARIADB_USER_FILE=/run/secrets/u
          - MARIADB_PASS_FILE=/run/secrets/p
            ^^^^^^^^^^^^^^^^^ variable-unknown-to-image: The image of MariaDB knows no MARIADB_PASS_FILE; did you mean MARIADB_PASSWORD_FILE?
      cache:
        image: redis:7
        environment: {REDIS_PASSWORD: x}
                      ^^^^^^^^^^^^^^ variable-unknown-to-image: The image of Redis knows no REDIS_PASSWORD: without --requirepass in command it asks for no password.
      kafka:
        image: apache/kafka:3.9.0
        environment: {KAFKA_CREATE_TOPICS: "orders:1:1"}
                      ^^^^^^^^^^^^^^^^^^^ variable-unknown-to-image: The image of Kafka knows no KAFKA_CREATE_TOPICS: only the image wurstmeister/kafka makes topics by it.
  `;
});

test("not where something of one's own may ask for it, or the right one is set", () => {
  reportsInCompose(rule)`
    x-shared: &shared
      POSTGRES_DATABASE: shop
    services:
      both:
        image: postgres:17
        environment: {POSTGRES_DATABASE: a, POSTGRES_DB: a, POSTGRES_PASSWORD: x}
      scripts:
        image: postgres:17
        environment: {POSTGRES_DATABASE: a}
        volumes: ["./init.sh:/docker-entrypoint-initdb.d/init.sh"]
      shared:
        image: postgres:17
        environment: *shared
      checked:
        image: postgres:17
        environment:
          POSTGRES_DATABASE: a
        healthcheck: {test: "pg_isready -d $$POSTGRES_DATABASE"}
      built:
        build: .
        image: postgres:17
        environment: {POSTGRES_DATABASE: a}
      own:
        image: example/postgres:17
        environment: {POSTGRES_DATABASE: a}
      entry:
        image: postgres:17
        entrypoint: /start.sh
        environment: {POSTGRES_DATABASE: a}
      shell:
        image: redis:7
        environment: {REDIS_PASSWORD: x}
        command: sh -c /start
      asks:
        image: redis:7
        environment: {REDIS_PASSWORD: x}
        command: redis-server --requirepass x
      configured:
        image: redis:7
        environment: {REDIS_PASSWORD: x}
        volumes: ["./redis.conf:/etc/redis.conf"]
      keycloak:
        image: quay.io/keycloak/keycloak:16.1.1
        environment: {KEYCLOAK_USER: a}
      old:
        image: minio/minio:RELEASE.2020-01-01
        environment: {MINIO_ACCESS_KEY: a, MINIO_USER: a}
  `;
});

test("what the server does not start without is another rule's", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:17
        environment: {POSTGRES_PASSWD: x}
  `;
});

test("puts the right name there", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      mq:
        image: rabbitmq:4
        environment:
          - RABBITMQ_USER=shop
    ->
    services:
      mq:
        image: rabbitmq:4
        environment:
          - RABBITMQ_DEFAULT_USER=shop
  `;
});

test("names that SonarQube, Kibana and Keycloak had once", () => {
  reportsInCompose(rule)`
    services:
      sonar:
        image: sonarqube:10-community
        environment: [SONARQUBE_JDBC_URL=jdbc:postgresql://db/sonar]
                      ^^^^^^^^^^^^^^^^^^ variable-unknown-to-image: The image of SonarQube knows no SONARQUBE_JDBC_URL; did you mean SONAR_JDBC_URL?
      lts:
        image: sonarqube:7.9-community
        environment: [SONARQUBE_JDBC_URL=jdbc:postgresql://db/sonar]
      kibana:
        image: docker.elastic.co/kibana/kibana:8.14.0
        environment: [ELASTICSEARCH_URL=http://es:9200]
                      ^^^^^^^^^^^^^^^^^ variable-unknown-to-image: The image of Kibana knows no ELASTICSEARCH_URL; did you mean ELASTICSEARCH_HOSTS?
      old:
        image: docker.elastic.co/kibana/kibana:6.8.0
        environment: [ELASTICSEARCH_URL=http://es:9200]
      keycloak:
        image: quay.io/keycloak/keycloak:25.0
        command: start-dev
        environment:
          KEYCLOAK_USER: admin
          ^^^^^^^^^^^^^ variable-unknown-to-image: The image of Keycloak knows no KEYCLOAK_USER; did you mean KEYCLOAK_ADMIN?
          DB_VENDOR: postgres
          ^^^^^^^^^ variable-unknown-to-image: The image of Keycloak knows no DB_VENDOR; did you mean KC_DB?
          KC_DB_USERNAME: keycloak
      wildfly:
        image: quay.io/keycloak/keycloak:16.1.1
        environment: {KEYCLOAK_USER: admin, DB_VENDOR: postgres}
  `;
});
