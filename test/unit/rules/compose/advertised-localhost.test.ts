import { test } from "vitest";
import { advertisedLocalhost as rule } from "../../../../server/src/rules/compose/advertised-localhost.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where clients of the project use another listener, or come from the host", () => {
  reportsInCompose(rule)`
    services:
      one:
        image: confluentinc/cp-kafka:7.6.1
        environment:
          KAFKA_ADVERTISED_LISTENERS: INSIDE://one:29092,OUTSIDE://localhost:9092
      two:
        image: bitnami/kafka:3.7
        environment:
          - KAFKA_CFG_LISTENERS=PLAINTEXT://:9092,EXTERNAL://:9094
          - KAFKA_CFG_ADVERTISED_LISTENERS=PLAINTEXT://two:9092,EXTERNAL://localhost:9094
      three:
        image: confluentinc/cp-kafka:7.6.1
        environment:
          KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://localhost:9092
      four:
        image: confluentinc/cp-kafka:7.6.1
        environment:
          KAFKA_LISTENERS: A://0.0.0.0:9092,B://0.0.0.0:9093
          KAFKA_ADVERTISED_LISTENERS: A://127.0.0.1:19092,B://four:9093
                                          ^^^^^^^^^ advertised-localhost: The broker sends ui on from four:9092 to 127.0.0.1, which is ui itself.
      ui:
        image: example/ui:1
        environment:
          BROKERS: one:29092,two:9092,four:9092,four:9093
      onHost:
        image: example/ui:1
        network_mode: host
        environment: {BROKERS: "three:9092"}
  `;
});

test("the broker's name is advertised", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      kafka:
        image: apache/kafka:4.1.0
        environment:
          - KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://localhost:9092
      app:
        image: example/app:1
        environment: ["SPRING_KAFKA_BOOTSTRAP_SERVERS=kafka:9092"]
    ->
    services:
      kafka:
        image: apache/kafka:4.1.0
        environment:
          - KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://kafka:9092
      app:
        image: example/app:1
        environment: ["SPRING_KAFKA_BOOTSTRAP_SERVERS=kafka:9092"]
  `;
});
