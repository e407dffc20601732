import { test } from "vitest";
import { brokerWithoutHostname as rule } from "../../../../server/src/rules/compose/broker-without-hostname.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where the node has a name of its own, keeps nothing, or may be told by a file", () => {
  reportsInCompose(rule)`
    services:
      a: {image: rabbitmq:4, hostname: a, volumes: ["a:/var/lib/rabbitmq"]}
      b: {image: rabbitmq:4, environment: {RABBITMQ_NODENAME: rabbit@b}, volumes: ["b:/var/lib/rabbitmq"]}
      c: {image: rabbitmq:4}
      d: {image: rabbitmq:4, volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf", "d:/var/lib/rabbitmq"]}
      e: {image: example/rabbitmq:4, volumes: ["e:/var/lib/rabbitmq"]}
      f: {image: rabbitmq:4, network_mode: host, volumes: ["f:/var/lib/rabbitmq"]}
      g: {image: rabbitmq:4, env_file: missing.env, volumes: ["g:/var/lib/rabbitmq"]}
      h: {image: rabbitmq:4, volumes: ["./data:/var/lib/rabbitmq/"]}
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ broker-without-hostname
  `;
});

test("the host gets the service's name", () => {
  fixesInCompose(rule, "safe")`
    services:
      queue:
        image: rabbitmq:4-management-alpine
        volumes:
          - queue:/var/lib/rabbitmq # kept
    volumes: {queue: {}}
    ->
    services:
      queue:
        image: rabbitmq:4-management-alpine
        volumes:
          - queue:/var/lib/rabbitmq # kept
        hostname: queue
    volumes: {queue: {}}
  `;
});
