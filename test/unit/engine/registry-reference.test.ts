import { expect, test } from "vitest";
import { registryReference } from "../../../client/src/engine/registry/registry-reference.ts";
import { challengeOf } from "../../../client/src/engine/registry/registry-token.ts";

const digest = `sha256:${"a1".repeat(32)}`;

test.each([
  ["alpine", "docker.io library/alpine latest"],
  ["alpine:3.24", "docker.io library/alpine 3.24"],
  ["docker.io/alpine", "docker.io library/alpine latest"],
  ["index.docker.io/team/app:1", "docker.io team/app 1"],
  ["team/app", "docker.io team/app latest"],
  ["ghcr.io/a/b/c:v1.0-rc_1", "ghcr.io a/b/c v1.0-rc_1"],
  ["localhost/app", "localhost app latest"],
  ["127.0.0.1:5000/app:2", "127.0.0.1:5000 app 2"],
  ["[::1]:5000/app:2", "[::1]:5000 app 2"],
  [`ghcr.io/a/b:1@${digest}`, `ghcr.io a/b ${digest}`],
])("%s", (text, expected) => {
  const { host, repository, version, name } = registryReference(text);
  expect(`${host} ${repository} ${version}`).toBe(expected);
  expect(name).toBe(`${host}/${repository}${version.includes(":") ? "@" : ":"}${version}`);
  expect(registryReference(name).version).toBe(version);
});

test.each([
  "",
  "Alpine",
  "a b",
  "a//b",
  "ghcr.io/",
  "a:b:c",
  "-x",
  "https://ghcr.io/a",
  "ghcr.io/../x",
  "a@sha256:1",
])("“%s” is no name", (text) => {
  expect(() => registryReference(text)).toThrow(/is no name of an image/);
});

test("what a registry wants to see", () => {
  expect(challengeOf('Bearer realm="https://a/token",service="a b",scope="repository:x:pull,push"')).toEqual({
    scheme: "bearer",
    parameters: { realm: "https://a/token", service: "a b", scope: "repository:x:pull,push" },
  });
  expect(challengeOf("basic Realm=x")).toEqual({ scheme: "basic", parameters: { realm: "x" } });
  expect(challengeOf("Negotiate")).toBeUndefined();
  expect(challengeOf(undefined)).toBeUndefined();
});
