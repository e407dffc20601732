import { test } from "vitest";
import { entrypointRepeated as rule } from "../../../../server/src/rules/compose/entrypoint-repeated.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("by name and by path, as text and as list", () => {
  reportsInCompose(rule)`
    services:
      metrics:
        image: prom/prometheus:v3.0.1
        command:
          - /bin/prometheus
            ^^^^^^^^^^^^^^^ entrypoint-repeated: The entrypoint is prometheus already, and it knows no command prometheus.
          - --config.file=/etc/prometheus/prometheus.yml
      auth:
        image: quay.io/keycloak/keycloak:26.0
        command: ["/opt/keycloak/bin/kc.sh", "start-dev"]
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ entrypoint-repeated: The entrypoint is kc.sh already, and it knows no command kc.sh.
  `;
});

test("not with an entrypoint of its own, in a built image, and where the name is an argument", () => {
  reportsInCompose(rule)`
    services:
      own:
        image: ollama/ollama
        entrypoint: ["/bin/sh", "-c"]
        command: ollama serve
      empty:
        image: ollama/ollama
        entrypoint: []
        command: ollama serve
      built:
        build: .
        image: ollama/ollama
        command: ollama serve
      other:
        image: example/ollama
        command: ollama serve
      argument:
        image: migrate/migrate
        command: -path /migrate -database x up
  `;
});

test("leaves the arguments", () => {
  fixesInCompose(rule, "safe")`
    services:
      llm:
        image: ollama/ollama
        command: "ollama serve"
    ->
    services:
      llm:
        image: ollama/ollama
        command: "serve"
  `;
  fixesInCompose(rule, "safe")`
    services:
      copy:
        image: rclone/rclone
        command: [rclone, sync, a, b]
    ->
    services:
      copy:
        image: rclone/rclone
        command: [sync, a, b]
  `;
});
