import { test } from "vitest";
import { missingComposeFile as rule } from "../../../../server/src/rules/compose/missing-compose-file.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = { absent: ["gone.yaml"], files: { "there.yaml": "services: {}" } };

test("of include and extends", () => {
  reportsInCompose(rule, around)`
    include:
      - gone.yaml
        ^^^^^^^^^ missing-compose-file: There is no file gone.yaml.
      - path: [there.yaml, ./gone.yaml]
                           ^^^^^^^^^^^ missing-compose-file: There is no file ./gone.yaml.
    services:
      api:
        extends: {file: gone.yaml, service: base}
                        ^^^^^^^^^ missing-compose-file: There is no file gone.yaml.
  `;
});

test("silent for what is there, elsewhere or not known", () => {
  reportsInCompose(rule, around)`
    include: [there.yaml, "\${DIR}/gone.yaml", "https://github.com/a/b.git", "oci://a/b", unknown.yaml]
    services:
      api: {extends: {file: there.yaml, service: base}}
      web: {extends: {service: api}}
  `;
  reportsInCompose(rule, { alone: false })`
    services:
      api: {extends: base}
  `;
});

test("fix: the service that is near", () => {
  fixesInCompose(rule, "safe")`
    services:
      api: {extends: {service: "bse"}}
      base: {image: x}
    ->
    services:
      api: {extends: {service: "base"}}
      base: {image: x}
  `;
});
