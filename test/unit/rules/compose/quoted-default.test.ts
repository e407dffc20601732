import { test } from "vitest";
import { quotedDefault as rule } from "../../../../server/src/rules/compose/quoted-default.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("wherever Compose or the program reads the value itself", () => {
  reportsInCompose(rule)`
    services:
      kafka:
        image: apache/kafka:\${TAG:-"4.1.0"}
                                   ^^^^^^^ quoted-default: The quotes become part of the value.
        ports: ['\${PORT:-"9092"}:9092']
                         ^^^^^^ quoted-default: The quotes become part of the value.
        environment:
          KAFKA_ADVERTISED_LISTENERS: OUTSIDE://\${HOST_IP-"127.0.0.1"}:9092
                                                          ^^^^^^^^^^^ quoted-default: The quotes become part of the value.
          NESTED: \${A:-\${B:-'x y'}}
                            ^^^^^ quoted-default: The quotes become part of the value.
  `;
});

test("not where something takes them away, or needs them", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        command: serve --name \${NAME:-"a b"}
        entrypoint: ["sh", "-c", 'exec \${X:-"api"}']
        healthcheck: {test: 'curl \${URL:-"http://localhost"}'}
        environment:
          JSON: '{"a": \${A:-"b"}}'
          LIST: '[\${A:-"b"}]'
          TWO: \${HOSTS:-"a","b"}
          OPTIONS: -Da=b \${X:-"c d"}
          REQUIRED: \${X:?"must be set"}
          SHELL: $\${X:-"a"}
          PLAIN: \${X:-a}
        labels:
          - traefik.http.routers.api.rule=Host(\${DOMAIN:-"example.com"})
  `;
});

test("the quotes go where what is left reads the same", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: example/api
        environment:
          - PASSWORD=\${PASSWORD:-""}
          - NOTE=\${NOTE:-"a: b"}
    ->
    services:
      api:
        image: example/api
        environment:
          - PASSWORD=\${PASSWORD:-}
          - NOTE=\${NOTE:-"a: b"}
  `;
});

test("without quotes Compose reads its own values", () => {
  fixesInCompose(rule, "safe")`
    services:
      api: {image: 'example/api:\${TAG:-"1.4"}'}
    ->
    services:
      api: {image: 'example/api:\${TAG:-1.4}'}
  `;
});

test("not where the program takes its variables into YAML", () => {
  reportsInCompose(rule)`
    services:
      server:
        image: docker.getcollate.io/openmetadata/server:1.6.4
        environment:
          AUTHORIZER_ADMIN_PRINCIPALS: \${AUTHORIZER_ADMIN_PRINCIPALS:-[admin]}
          OIDC_CLIENT_ID: \${OIDC_CLIENT_ID:-""}
  `;
});
