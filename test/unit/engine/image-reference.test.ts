import { expect, test } from "vitest";
import { imageReference } from "../../../client/src/engine/registry/image-reference.ts";

test.each([
  ["alpine", "docker.io", "alpine", "latest"],
  ["alpine:3.24", "docker.io", "alpine", "3.24"],
  ["team/api:1", "docker.io", "team/api", "1"],
  ["localhost/api", "localhost", "localhost/api", "latest"],
  ["localhost:5000/api", "localhost:5000", "localhost:5000/api", "latest"],
  ["127.0.0.1:5000/team/api:2", "127.0.0.1:5000", "127.0.0.1:5000/team/api", "2"],
  ["ghcr.io/o/n@sha256:00", "ghcr.io", "ghcr.io/o/n", "sha256:00"],
  ["ghcr.io/o/n:1@sha256:00", "ghcr.io", "ghcr.io/o/n", "sha256:00"],
])("%s", (reference, host, name, tag) => {
  expect(imageReference(reference)).toEqual({ host, name, tag });
});
