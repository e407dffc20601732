import { expect, test } from "vitest";
import {
  type BuildAnswers,
  draftFor,
  rememberedOf,
  requestOf,
} from "../../../client/src/editor/builds/build-draft.ts";

const dockerfile = "/work/api/Dockerfile";

const answers: BuildAnswers = {
  tag: "api:1",
  moreTags: ["api:latest", "api:1"],
  buildArguments: { GO: "1.26", API_TOKEN: "argument-secret" },
  secrets: {
    npm: { kind: "file", path: "/home/me/.npmrc" },
    key: { kind: "environment", variable: "DEPLOY_KEY" },
    typed: { kind: "value", value: "typed-secret" },
  },
  ssh: { default: [] },
  labels: { version: "1", "my.token": "label-secret" },
  noCache: true,
  pull: true,
  network: "host",
  extraHosts: { "a.test": "10.0.0.1" },
  contexts: { shared: "/work/shared" },
  cacheFrom: ["api:cache"],
  builder: { name: "far", output: "push", platforms: ["linux/amd64", "linux/arm64"] },
};

test("all answers reach the request, the tag once", () => {
  const request = requestOf(
    dockerfile,
    draftFor(dockerfile, "final", answers, undefined, undefined),
    undefined,
  );
  expect(request).toEqual({
    context: "/work/api",
    dockerfile,
    target: "final",
    tags: ["api:1", "api:latest"],
    buildArguments: { GO: "1.26", API_TOKEN: "argument-secret" },
    hidden: ["argument-secret"],
    secrets: [
      { id: "npm", from: { kind: "file", path: "/home/me/.npmrc" } },
      { id: "key", from: { kind: "environment", variable: "DEPLOY_KEY" } },
      { id: "typed", from: { kind: "value", value: "typed-secret" } },
    ],
    ssh: [{ id: "default", keys: [] }],
    labels: answers.labels,
    noCache: true,
    pull: true,
    network: "host",
    extraHosts: { "a.test": "10.0.0.1" },
    contexts: { shared: "/work/shared" },
    cacheFrom: ["api:cache"],
    builder: answers.builder,
  });
});

test("a value that holds a password is hidden and not kept, whatever its name", () => {
  const index = "https://ci:p%40ss@pypi.corp/simple";
  const draft = draftFor(
    dockerfile,
    undefined,
    { buildArguments: { PIP_INDEX_URL: index }, contexts: { lib: "https://me:gitpass@git.corp/lib.git" } },
    undefined,
    undefined,
  );
  expect(requestOf(dockerfile, draft, undefined).hidden).toEqual([index, "p%40ss", "p@ss", "gitpass"]);
  expect(JSON.stringify(rememberedOf(draft))).not.toMatch(/p%40ss|gitpass/);
});

test("what is remembered holds no secret, and gives the same build again but for what is for once", () => {
  const first = draftFor(dockerfile, undefined, answers, undefined, undefined);
  const remembered = rememberedOf(first);
  // As it is kept: JSON.
  const kept = JSON.parse(JSON.stringify(remembered));
  expect(JSON.stringify(kept)).not.toMatch(/typed-secret|argument-secret|label-secret/);
  expect(kept.more.secrets).toEqual({
    npm: { kind: "file", path: "/home/me/.npmrc" },
    key: { kind: "environment", variable: "DEPLOY_KEY" },
    typed: { kind: "ask" },
  });
  const again = draftFor(dockerfile, undefined, {}, kept, undefined);
  expect(again).toEqual({
    ...first,
    buildArguments: { GO: "1.26" },
    labels: { version: "1" },
    secrets: kept.more.secrets,
    noCache: false,
  });
});

test("what an older version remembered still counts", () => {
  const last = { tag: "x:1", context: "/work", buildArguments: { A: "1" }, platform: undefined };
  expect(requestOf(dockerfile, draftFor(dockerfile, undefined, {}, last, undefined), "FROM a")).toEqual({
    context: "/work",
    dockerfile,
    dockerfileText: "FROM a",
    tags: ["x:1"],
    buildArguments: { A: "1" },
  });
});

test("the builder: an answer, then the last build, then the setting; null is the engine", () => {
  const builderOf = (given: BuildAnswers, last: BuildAnswers | undefined, setting: string | undefined) => {
    const before = last && rememberedOf(draftFor(dockerfile, undefined, last, undefined, undefined));
    return draftFor(dockerfile, undefined, given, before, setting).builder?.name;
  };
  expect(builderOf({}, undefined, undefined)).toBeUndefined();
  expect(builderOf({}, undefined, "set")).toBe("set");
  expect(builderOf({}, answers, "set")).toBe("far");
  expect(builderOf({ builder: null }, answers, "set")).toBeUndefined();
});
