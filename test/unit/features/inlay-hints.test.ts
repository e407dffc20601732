import { expect, test } from "vitest";
import { withoutSecrets } from "../../../client/src/shared/secrets.ts";
import { composeHints } from "../../../server/src/features/inlay-hints/compose.ts";
import { type Files, home, projectOf } from "../../support/compose/compose-projects.ts";
import { composeOf } from "../../support/compose.ts";

/** The text with its hints inside «». */
function hinted(files: Files, env: Readonly<Record<string, string>> = {}, name = "compose.yaml"): string {
  const text = files[name] ?? "";
  const range = { start: 0, end: text.length };
  const hints = composeHints(
    composeOf(text, { env, alone: false }),
    () => projectOf(files, name),
    `${home}/${name}`,
    range,
    withoutSecrets,
  );
  return hints.reduceRight(
    (it, { offset, text: hint }) => `${it.slice(0, offset)}«${hint}»${it.slice(offset)}`,
    text,
  );
}

const one = (text: string, env: Readonly<Record<string, string>>) => hinted({ "compose.yaml": text }, env);

test("values of variables that are known", () => {
  const text =
    "services:\n  a:\n    image: 'nginx:${TAG}'\n    user: $USER_ID:${GROUP:-5}\n    labels: ['x=${TAG:-2}', 'y=${NONE:-2}', 'z=${TAG:+on}']\n";
  expect(one(text, { TAG: "1.27", USER_ID: "1000" })).toBe(
    "services:\n  a:\n    image: 'nginx:${TAG}«= 1.27»'\n    user: $USER_ID«= 1000»:${GROUP:-5}\n    labels: ['x=${TAG:-2}«= 1.27»', 'y=${NONE:-2}', 'z=${TAG:+on}']\n",
  );
});

test("long ones are cut, and empty ones are told", () => {
  expect(one("services: {a: {image: '${L}', user: '${E}'}}", { L: "x".repeat(50), E: "" })).toBe(
    `services: {a: {image: '\${L}«= ${"x".repeat(31)}…»', user: '\${E}«= ""»'}}`,
  );
});

test("never what looks secret", () => {
  const text =
    "services:\n  a:\n    image: a\n    environment:\n      - DB_PASSWORD=${PW}\n      - URL=${URL}\n      - T=${API_TOKEN}\n    labels: {secret: '${PW}'}\n";
  expect(one(text, { PW: "hunter2", URL: "postgres://u:hunter2@h/", API_TOKEN: "hunter2" })).toBe(text);
});

test("what another file overrides, and what a service takes over", () => {
  const files = {
    "compose.yaml":
      "services:\n  web:\n    extends: base\n    image: a\n    command:\n      - x\n    environment:\n      A: 1\n      B: 2\n  base:\n    image: b\n    user: u\n    ports: ['1:1']\n    cap_add: [A]\n    dns: 1.1.1.1\n    tty: true\n",
    "compose.override.yaml": "services:\n  web: {image: c, command: y, environment: {B: 3, C: 4}}\n",
  };
  expect(hinted(files)).toBe(
    "services:\n  web:\n    extends: base«gives user, ports, cap_add, dns and 1 more»\n    image: a«overridden by compose.override.yaml»\n    command:«overridden by compose.override.yaml»\n      - x\n    environment:\n      A: 1\n      B: 2«overridden by compose.override.yaml»\n  base:\n    image: b\n    user: u\n    ports: ['1:1']\n    cap_add: [A]\n    dns: 1.1.1.1\n    tty: true\n",
  );
  expect(hinted(files, {}, "compose.override.yaml")).toBe(files["compose.override.yaml"]);
});

test("only those of the range that is asked about", () => {
  const text = "services:\n  a: {image: '${T}'}\n  b: {image: '${T}'}\n";
  const project = composeOf(text, { env: { T: "1" } });
  const range = { start: 0, end: text.indexOf("  b:") };
  expect(composeHints(project, () => undefined, undefined, range, withoutSecrets)).toHaveLength(1);
});
