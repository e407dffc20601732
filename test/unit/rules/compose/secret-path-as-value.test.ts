import { test } from "vitest";
import { secretPathAsValue as rule } from "../../../../server/src/rules/compose/secret-path-as-value.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not variables of one's own, images that read no files, and other starts", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:17
        environment:
          POSTGRES_PASSWORD_FILE: /run/secrets/p
          APP_SECRET: /run/secrets/p
      mq:
        image: rabbitmq:4
        environment: {RABBITMQ_DEFAULT_PASS: /run/secrets/p}
      built:
        build: .
        image: postgres:17
        environment: {POSTGRES_PASSWORD: /run/secrets/p}
      started:
        image: postgres:17
        entrypoint: /start.sh
        environment: {POSTGRES_PASSWORD: /run/secrets/p}
  `;
});

test("lets the file be read", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      grafana:
        image: grafana/grafana:11.4.0
        environment:
          - GF_SECURITY_ADMIN_PASSWORD=/run/secrets/p
        secrets: [p]
    secrets: {p: {file: ./p}}
    ->
    services:
      grafana:
        image: grafana/grafana:11.4.0
        environment:
          - GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/p
        secrets: [p]
    secrets: {p: {file: ./p}}
  `;
});

test("a variable that is read from no file", () => {
  reportsInCompose(rule)`
    services:
      mongo:
        image: mongo:8
        environment:
          MONGO_INITDB_DATABASE: /run/secrets/d
                                 ^^^^^^^^^^^^^^ secret-path-as-value: MongoDB takes this path for the value itself: it reads this one from no file.
        secrets: [d]
    secrets: {d: {file: ./d}}
  `;
});
