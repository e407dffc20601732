import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { nothingToRun as rule } from "../../../../server/src/rules/compose/nothing-to-run.ts";
import { composeOf, reportsInCompose } from "../../../support/compose.ts";

test("a service that is half written, and one with nothing but settings", () => {
  reportsInCompose(rule)`
    services:
      api: {hostname: x}
      ^^^ nothing-to-run: api has neither an image nor a build.
      db: {image: y}
  `;
});

test("silent where something else gives it", () => {
  reportsInCompose(rule)`
    services:
      built: {build: .}
      inherits: {extends: built}
      provided: {provider: {type: x}}
      variable: {image: "\${IMAGE}"}
      half:
  `;
  reportsInCompose(rule, { alone: false })`
    services:
      api: {hostname: x}
  `;
  reportsInCompose(rule)`
    include: [other.yaml]
    services:
      api: {hostname: x}
  `;
});

test("not where two `<<` stand in one mapping, of which it is not known what they bring", () => {
  reportsInCompose(rule)`
    x-image: &image {image: example/app}
    x-needs: &needs {depends_on: [db]}
    services:
      api:
        <<: *needs
        <<: *image
      db: {image: example/db}
  `;
});

test("a file in which nothing runs, unless a folder above has a Compose file that it may be merged with", () => {
  const names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
  const above = ["..", "../.."].flatMap((folder) => names.map((it) => `${folder}/${it}`));
  reportsInCompose(rule, { absent: above })`
    services:
      api: {hostname: x}
      ^^^ nothing-to-run
  `;
  reportsInCompose(rule, { absent: above.filter((it) => it !== "../docker-compose.yml") })`
    services:
      api: {hostname: x}
  `;
  reportsInCompose(rule, { absent: above })`
    services:
      api: {hostname: x, profiles: [debug]}
  `;
  reportsInCompose(rule, { absent: above })`
    services:
      api: {hostname: x, ports: !reset []}
  `;
});

test("an empty name is no image", () => {
  reportsInCompose(rule)`
    services:
      api: {image: ""}
      ^^^ nothing-to-run
      db: {image: y}
  `;
});

test("a file with nothing in it, unless others stand beside it", () => {
  const found = (text: string, alone: boolean) =>
    checkCompose(composeOf(text, { alone }), { rules: [rule] }).map(({ message, span }) => [
      message,
      span.end,
    ]);
  const message = "Nothing is in this file, and Compose refuses an empty one.";
  expect(found("", true)).toEqual([[message, 0]]);
  expect(found("# later\n", true)).toEqual([[message, 7]]);
  expect(found("# later\n", false)).toEqual([]);
});

test("not where an alias brings what is not known", () => {
  reportsInCompose(rule)`
    services:
      a: {<<: *b}
  `;
});
