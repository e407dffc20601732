// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import {
  holdsSecret,
  shownLookup,
  shownValue,
  yamlWithoutSecrets,
} from "../../../../server/src/features/knowledge/shown-value.ts";

test("names of secrets, as the client tells them and as linters do", () => {
  const secret = ["DB_PASSWORD", "dbPass", "MYSQL_PWD", "AUTH_SALT", "AUTH_KEY", "NPM_TOKEN"];
  const others = ["PWD", "LOG_LEVEL", "DB_PASSWORD_FILE", "KEYBOARD", "PUBLIC_KEY"];
  expect([...secret, ...others].filter(holdsSecret)).toEqual(secret);
});

test("a value: hidden by its name, and what is in it", () => {
  expect(shownValue("DB_PASSWORD", "hunter2")).toBe("•••");
  expect(shownValue("DB_PASSWORD", "")).toBe("");
  expect(shownValue("DB_URL", "postgres://app:hunter2@db/app?password=x")).toBe(
    "postgres://app:•••@db/app?password=•••",
  );
  expect(shownValue("MODE", "fast")).toBe("fast");
  const lookup = shownLookup((name) => (name === "API_TOKEN" ? "hunter2" : undefined));
  expect([lookup("API_TOKEN"), lookup("NONE")]).toEqual(["•••", undefined]);
});

test("lines of a Compose file: what is a variable alone says nothing", () => {
  const yaml = [
    "environment:",
    "  DB_PASSWORD: hunter2",
    "  DB_USER: app",
    "  API_TOKEN: ${API_TOKEN:?}",
    "  - AUTH_KEY=a b",
    "x: {password: hunter2}",
  ];
  expect(yamlWithoutSecrets(yaml.join("\n")).split("\n")).toEqual([
    "environment:",
    "  DB_PASSWORD: •••",
    "  DB_USER: app",
    "  API_TOKEN: ${API_TOKEN:?}",
    "  - AUTH_KEY=•••",
    "x: {password: •••}",
  ]);
});
