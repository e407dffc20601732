import { expect, test } from "vitest";
import {
  familiarName,
  officialName,
  parseImageReference,
} from "../../../../server/src/model/image/reference.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each<[string, string, string | undefined, string | undefined]>([
  ["alpine", "alpine", undefined, undefined],
  ["golang:1.26-alpine", "golang", "1.26-alpine", undefined],
  ["docker.io/library/golang:1.26", "golang", "1.26", undefined],
  ["index.docker.io/library/golang", "golang", undefined, undefined],
  ["library/golang", "golang", undefined, undefined],
  ["docker.io/bitnami/redis:7", "bitnami/redis", "7", undefined],
  ["gcr.io/distroless/static-debian12:nonroot", "gcr.io/distroless/static-debian12", "nonroot", undefined],
  ["localhost:5000/team/app", "localhost:5000/team/app", undefined, undefined],
  ["localhost:5000/team/app:1", "localhost:5000/team/app", "1", undefined],
  [`alpine@${digest}`, "alpine", undefined, digest],
  [`ghcr.io/a/b:c@${digest}`, "ghcr.io/a/b", "c", digest],
  ["", "", undefined, undefined],
  [":", ":", undefined, undefined],
  ["a:", "a:", undefined, undefined],
])("%j", (text, name, tag, expectedDigest) => {
  expect(parseImageReference(text)).toEqual({ name, tag, digest: expectedDigest, text });
});

test("a registry keeps its name", () => {
  expect(familiarName("registry.example.com/library/x")).toBe("registry.example.com/library/x");
});

test.each([
  ["arm64v8/node", "node"],
  ["amd64/debian", "debian"],
  ["public.ecr.aws/docker/library/ruby", "ruby"],
  ["mirror.gcr.io/library/python", "python"],
  ["node", "node"],
  // An account of somebody, an image of an account, and another registry.
  ["arm64/node", "arm64/node"],
  ["amd64", "amd64"],
  ["quay.io/amd64/node", "quay.io/amd64/node"],
])("%s is the official image %s", (name, expected) => {
  expect(officialName(name)).toBe(expected);
});
