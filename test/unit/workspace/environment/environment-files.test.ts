import path from "node:path";
import { expect, test } from "vitest";
import { missingVariables } from "../../../../server/src/model/environment/missing-variables.ts";
import { environmentFileOf } from "../../../support/side-files.ts";

const compose = `services:
  api:
    image: example/api:\${TAG:-1.4}
    env_file: [config/api.env, { path: ./raw.env, format: raw }]
    environment:
      - TOKEN
      - URL=http://\${HOST:?}:\${PORT-80}/
      - PRICE=$$5
    build:
      args: { VERSION: }
  db:
    image: docker.io/library/postgres:18
    env_file: config/api.env
secrets:
  key: { environment: SECRET_KEY }
configs:
  text: { content: "\${NESTED:-\${INNER}}" }
`;

const files = { "compose.yaml": compose, "config/api.env": "A=$FROM_DOTENV\n" };

test("a .env beside a Compose file sets what the file and its environment files use", () => {
  const model = environmentFileOf("TAG=1\n", { files });
  expect(model.interpolates.map((it) => path.basename(it))).toEqual(["compose.yaml"]);
  expect(model.givenTo).toEqual([]);
  expect([...model.uses.keys()].toSorted()).toEqual([
    "FROM_DOTENV",
    "HOST",
    "INNER",
    "NESTED",
    "PORT",
    "SECRET_KEY",
    "TAG",
    "TOKEN",
    "VERSION",
  ]);
  expect(model.uses.get("PORT")).toMatchObject([{ service: "api", line: 6, default: "80", required: false }]);
  expect(model.uses.get("HOST")?.[0]?.required).toBe(true);
  const missing = missingVariables(model);
  expect(missing.map((it) => it.name)).not.toContain("TAG");
  expect(missing.find((it) => it.name === "PORT")?.default).toBe("80");
  expect(missing.find((it) => it.name === "NESTED")?.default).toBeUndefined();
});

test("an env_file is given to the services that name it, from a folder above too", () => {
  const model = environmentFileOf("A=1\n", { files, name: "config/api.env" });
  expect(model.givenTo.map((it) => [it.service, it.image, it.raw])).toEqual([
    ["api", undefined, false],
    ["db", "postgres", false],
  ]);
  expect(model.interpolates).toEqual([]);
  expect(environmentFileOf("A=1\n", { files, name: "raw.env" }).givenTo[0]?.raw).toBe(true);
});

test("what .env beside the Compose file sets may be used in an env_file", () => {
  const model = environmentFileOf("A=$B\n", { files: { ...files, ".env": "B=1\n" }, name: "config/api.env" });
  expect([...model.alsoSet]).toEqual([["B", "1"]]);
});

test("it is certain that nothing else uses .env only where nothing else may read it", () => {
  const complete = (more: Readonly<Record<string, string>>) =>
    environmentFileOf("TAG=1\n", { files: { "compose.yaml": "services: {}\n", ...more } }).usesComplete;
  expect(complete({})).toBe(true);
  expect(complete({ "README.md": "", "nginx/default.conf": "" })).toBe(true);
  expect(complete({ "package.json": "{}" })).toBe(false);
  expect(complete({ "start.sh": "" })).toBe(false);
  expect(complete({ "compose.yaml": "include: [other.yaml]\nservices: {}\n" })).toBe(false);
  expect(complete({ "compose.yaml": "services: [\n" })).toBe(false);
  expect(environmentFileOf("COMPOSE_FILE=a.yaml\n", { files }).usesComplete).toBe(false);
});

test("outside of a project with Compose files nothing is known", () => {
  const model = environmentFileOf("A=1\n", { files: { "package.json": "{}" } });
  expect(model.isInProject).toBe(false);
  expect(model.usesComplete).toBe(false);
});

test("a service that gets .env as a file may use what stands in it", () => {
  const complete = (service: string) =>
    environmentFileOf("A=1\n", { files: { "compose.yaml": `services: {a: {image: a, ${service}}}\n` } })
      .usesComplete;
  for (const it of [
    "build: .",
    "build: {dockerfile: b}",
    'volumes: [".:/app"]',
    'volumes: ["./.env:/app/.env:ro"]',
  ])
    expect(complete(it)).toBe(false);
  for (const it of ["build: ./api", "volumes: [data:/data]", 'volumes: ["./conf:/conf"]'])
    expect(complete(it)).toBe(true);
});
