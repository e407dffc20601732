import { expect, test } from "vitest";
import { kindOfDocument, kindOfFile } from "../../../server/src/workspace/languages.ts";

test.each([
  "Dockerfile",
  "/a/b/Dockerfile",
  "C:\\a\\Dockerfile.dev",
  "Dockerfile.alpine",
  "Dockerfile-ci",
  "api.Dockerfile",
  "api.dockerfile",
  "Containerfile",
  "Containerfile.prod",
])("%s is a Dockerfile", (path) => {
  expect(kindOfFile(path)).toBe("dockerfile");
});

test.each([
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.prod.yaml",
  "compose.override.yaml",
  "docker-compose-ci.yml",
  "/x/compose.test.yml",
])("%s is a Compose file", (path) => {
  expect(kindOfFile(path)).toBe("compose");
});

test.each([
  ["Dockerfile.dockerignore", "ignore"],
  ["/x/.dockerignore", "ignore"],
  [".containerignore", "ignore"],
  [".env", "environment"],
  ["/x/prod.env", "environment"],
  [".env.local", "environment"],
  ["Dockerfile.env", "dockerfile"],
])("%s is a file of kind %s", (path, kind) => {
  expect(kindOfFile(path)).toBe(kind);
});

test.each([
  ".gitignore",
  ".envrc",
  "env",
  "Makefile",
  "values.yaml",
  "compose.json",
  "decompose.yaml",
  "Dockerfiles/readme.md",
  "MyDockerfile",
])("%s is none of ours", (path) => {
  expect(kindOfFile(path)).toBeUndefined();
});

test("the editor's language goes before the name", () => {
  expect(kindOfDocument("dockerfile", "/x/notes.txt")).toBe("dockerfile");
  expect(kindOfDocument("dockercompose", "/x/stack.yml")).toBe("compose");
  expect(kindOfDocument("yaml", "/x/compose.yaml")).toBe("compose");
  expect(kindOfDocument("yaml", "/x/other.yaml")).toBeUndefined();
});
