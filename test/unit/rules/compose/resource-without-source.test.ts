import { test } from "vitest";
import { resourceWithoutSource as rule } from "../../../../server/src/rules/compose/resource-without-source.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("secrets and configs", () => {
  reportsInCompose(rule)`
    services: {}
    secrets:
      token: {labels: {a: b}}
      ^^^^^ resource-without-source: The secret token needs \`file\` or \`environment\`, or has to be \`external\`.
    configs:
      conf: {name: x}
      ^^^^ resource-without-source: The config conf needs \`file\`, \`environment\` or \`content\`, or has to be \`external\`.
  `;
});

test("silent where it comes from somewhere, or another file may say so", () => {
  reportsInCompose(rule)`
    services: {}
    secrets: {a: {file: ./a}, b: {environment: B}, c: {external: true}, d: {driver: x}}
    configs: {a: {content: text}}
  `;
  reportsInCompose(rule, { alone: false })`
    services: {}
    secrets: {token: {name: x}}
  `;
});

test("fix: from a file, or from the engine", () => {
  fixesInCompose(rule, "unsafe")`
    services: {}
    secrets:
      token:
        name: x
    ->
    services: {}
    secrets:
      token:
        name: x
        file: ./token.txt
  `;
});
