import { describe, expect, test } from "vitest";
import {
  imageNamed,
  isImageName,
  repositoryOf,
  suggestedTag,
  tagOf,
} from "../../../client/src/editor/images/image-name.ts";

describe("suggestedTag", () => {
  test.each([
    ["/w/go-api/Dockerfile", "/w/go-api", undefined, "go-api:latest"],
    ["/w/go-api/Dockerfile.single-stage", "/w/go-api", undefined, "go-api:single-stage"],
    ["/w/go-api/alpine.Dockerfile", "/w/go-api", undefined, "go-api:alpine"],
    ["/w/go-api/Dockerfile", "/w/go-api", "builder", "go-api:builder"],
    ["/w/docker/Dockerfile", "/w/My Project_", undefined, "my-project:latest"],
    ["c:\\w\\API\\Containerfile.dev", "c:\\w\\API\\", undefined, "api:dev"],
    ["/w/日本/Dockerfile.a b", "/w/日本", undefined, "image:a-b"],
  ])("%s in %s", (dockerfile, context, stage, tag) => {
    expect(suggestedTag(dockerfile, context, stage)).toBe(tag);
    expect(isImageName(tag)).toBe(true);
  });
});

describe("isImageName", () => {
  test.each(["alpine", "go-api:1.0", "localhost:5000/a/b:c", "ghcr.io/o/n__x", "a.b/c"])(
    "takes %s",
    (name) => {
      expect(isImageName(name)).toBe(true);
    },
  );
  test.each(["", "Go-Api", "a:", "a b", "a:b:c", "-a", "a//b", ":1"])("refuses “%s”", (name) => {
    expect(isImageName(name)).toBe(false);
  });
});

describe("repositoryOf and tagOf", () => {
  test.each([
    ["go-api:1.0", "go-api", "1.0"],
    ["go-api", "go-api", undefined],
    ["localhost:5000/team/api", "localhost:5000/team/api", undefined],
    ["localhost:5000/team/api:2", "localhost:5000/team/api", "2"],
    [`alpine@sha256:${"0".repeat(64)}`, "alpine", undefined],
    [`alpine:3@sha256:${"0".repeat(64)}`, "alpine", "3"],
    [`sha256:${"0".repeat(64)}`, `sha256:${"0".repeat(64)}`, undefined],
  ])("%s", (reference, repository, tag) => {
    expect(repositoryOf(reference)).toBe(repository);
    if (!reference.startsWith("sha256:")) expect(tagOf(reference)).toBe(tag);
  });
});

describe("the image of a name", () => {
  const docker = { tags: ["alpine:3.24", "team/api:latest", "localhost:5000/api:latest"] };
  const podman = { tags: ["docker.io/library/node:24", "docker.io/team/web:latest"] };
  const found = (reference: string) => imageNamed([{ tags: [] }, docker, podman], reference);

  test("is found with and without Docker Hub's own, on Docker and on Podman", () => {
    for (const it of ["alpine:3.24", "docker.io/library/alpine:3.24", "docker.io/team/api"])
      expect(found(it), it).toBe(docker);
    for (const it of ["node:24", "docker.io/library/node:24", "team/web", "docker.io/team/web:latest"])
      expect(found(it), it).toBe(podman);
  });

  test("is latest where no tag is named; a registry's port is none", () => {
    expect(found("localhost:5000/api")).toBe(docker);
    expect(found("alpine")).toBeUndefined();
    expect(found("team/api@sha256:1234")).toBeUndefined();
  });
});
