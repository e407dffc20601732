import { test } from "vitest";
import { missingComposeFile as rule } from "../../../../server/src/rules/compose/missing-compose-file.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = { absent: ["gone.yaml"], files: { "there.yaml": "services: {base: {image: b}}" } };

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

test("a folder, in which Compose looks for nothing", () => {
  const folders = { files: { "sub/compose.yml": "services: {}", "other/a.txt": "" } };
  reportsInCompose(rule, folders)`
    include:
      - sub
        ^^^ missing-compose-file: sub is a folder; Compose wants a file, as sub/compose.yml.
      - path: [./other/]
               ^^^^^^^^ missing-compose-file: ./other/ is a folder; Compose wants a file.
      - ""
        ^^ missing-compose-file: There is no path here; Compose takes it for the folder.
    services:
      api: {extends: {file: "sub/", service: base}}
                             ^^^^ missing-compose-file: sub/ is a folder; Compose wants a file, as sub/compose.yml.
  `;
  fixesInCompose(rule, "safe", "", folders)`
    include: ["./sub/"]
    ->
    include: ["./sub/compose.yml"]
  `;
});

test("files with variables for what is included", () => {
  const files = { "there.yaml": "services: {}", "there.env": "A=b", "sub/x": "" };
  reportsInCompose(rule, { absent: ["gone.env"], files })`
    include:
      - {path: there.yaml, env_file: gone.env}
                                     ^^^^^^^^ missing-compose-file: There is no file gone.env to take variables from.
      - {path: there.yaml, env_file: [there.env, gone.env, /dev/null, "\${X}.env"]}
                                                 ^^^^^^^^ missing-compose-file: There is no file gone.env to take variables from.
      - {path: there.yaml, env_file: sub}
                                     ^^^ missing-compose-file: sub is a folder; Compose wants a file with variables.
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
