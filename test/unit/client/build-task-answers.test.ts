import { describe, expect, test } from "vitest";
import { answersOfTask } from "../../../client/src/editor/builds/build-task-answers.ts";
import manifest from "../../../package.json" with { type: "json" };

const root = "/work/app";
const read = (task: object, builder?: string) => answersOfTask({ ...task }, root, builder);

describe("what a task of tasks.json says of its build", () => {
  test("nothing: the Dockerfile of the workspace folder", () => {
    expect(read({})).toEqual({
      dockerfile: "/work/app/Dockerfile",
      context: root,
      tag: "app:latest",
      buildArguments: {},
    });
  });

  const everything = {
    dockerfile: "api/Dockerfile",
    context: "api",
    target: "final",
    tag: "api:1",
    moreTags: ["api:latest"],
    args: { VERSION: 1, DEBUG: true },
    platform: "linux/arm64",
    secrets: { npm: { file: ".npmrc" }, token: { environment: "TOKEN" } },
    ssh: { default: [], deploy: ["keys/id"] },
    labels: { "org.opencontainers.image.version": "1.0" },
    pull: true,
    noCache: true,
    network: "host",
    extraHosts: { "registry.test": "10.0.0.5" },
    contexts: { shared: "../shared", base: "docker-image://alpine:3.24" },
    cacheFrom: ["api:latest"],
    builder: "cluster",
    push: true,
  };

  test("all that the schema offers", () => {
    expect(read(everything)).toEqual({
      dockerfile: "/work/app/api/Dockerfile",
      context: "/work/app/api",
      target: "final",
      tag: "api:1",
      moreTags: ["api:latest"],
      buildArguments: { VERSION: "1", DEBUG: "true" },
      platform: "linux/arm64",
      secrets: {
        npm: { kind: "file", path: "/work/app/.npmrc" },
        token: { kind: "environment", variable: "TOKEN" },
      },
      ssh: { default: [], deploy: ["/work/app/keys/id"] },
      labels: { "org.opencontainers.image.version": "1.0" },
      pull: true,
      noCache: true,
      network: "host",
      extraHosts: { "registry.test": "10.0.0.5" },
      contexts: { shared: "/work/shared", base: "docker-image://alpine:3.24" },
      cacheFrom: ["api:latest"],
      builder: { name: "cluster", output: "push", platforms: ["linux/arm64"] },
    });
    const [schema] = manifest.contributes.taskDefinitions;
    expect(Object.keys(schema?.properties ?? {}).toSorted()).toEqual(
      ["task", ...Object.keys(everything)].toSorted(),
    );
  });

  test("several platforms go through the builder of the settings when the task names none", () => {
    const platform = ["linux/amd64", "linux/arm64"];
    expect(read({ platform }, "remote")).toMatchObject({
      builder: { name: "remote", output: "load", platforms: platform },
    });
    expect(read({ platform })).toEqual({ key: "platform", expected: "builder" });
    expect(read({ push: true })).toEqual({ key: "push", expected: "builder" });
    expect(read({ push: true, builder: "" }, "remote")).toEqual({ key: "push", expected: "builder" });
    expect(read({ builder: "" }, "remote")).toMatchObject({ builder: null });
  });

  test.each([
    ["dockerfile", 1, "text"],
    ["noCache", "yes", "yes or no"],
    ["moreTags", "a:1", "texts"],
    ["platform", { os: "linux" }, "text or texts"],
    ["args", ["A=1"], "values by name"],
    ["labels", { a: { b: 1 } }, "values by name"],
    ["secrets", ["npm"], "secrets by id"],
    ["secrets", { npm: "the-value" }, "secrets by id"],
    ["secrets", { npm: { value: "the-value" } }, "secrets by id"],
    ["ssh", ["default"], "keys by id"],
  ])("%s: %j is refused", (key, value, expected) => {
    expect(read({ [key]: value })).toEqual({ key, expected });
  });
});
