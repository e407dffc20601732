import { expect, test } from "vitest";
import {
  draftFor,
  type RememberedAnswers,
  rememberedOf,
} from "../../../client/src/editor/builds/build-draft.ts";
import { answersAtRevision } from "../../../client/src/editor/revisions/revision-answers.ts";

const taken = { tree: "/tmp/t/tree", root: "/work/shop", context: "/tmp/t/tree/api" };

function remembered(more: object = {}): RememberedAnswers {
  const answers = { tag: "api:1", context: "/work/shop/api", buildArguments: { A: "1" }, ...more };
  return rememberedOf(draftFor("/work/shop/api/Dockerfile", undefined, answers, undefined, undefined));
}

test("arguments, secrets and platform stay; nothing goes to another tag, builder or registry", () => {
  const builder = { name: "remote", output: "push", platforms: ["linux/arm64"] } as const;
  const before = remembered({
    ...{ moreTags: ["ghcr.io/shop/api:1"], pull: true, builder, platform: "linux/arm64" },
    secrets: { npm: { kind: "environment", name: "NPM_TOKEN" } },
  });
  const { more, ...answers } = answersAtRevision(before, taken);
  expect(answers).toMatchObject({
    context: taken.context,
    buildArguments: { A: "1" },
    platform: "linux/arm64",
  });
  expect(more).toMatchObject({ moreTags: [], pull: false, builder: undefined });
  expect(more?.secrets).toEqual(before.more?.secrets);
});

test("named contexts of the repository are those of the revision, others stay", () => {
  const contexts = {
    ...{
      lib: "/work/shop/lib",
      self: "/work/shop",
      beside: "/work/shopping",
      image: "docker-image://alpine:3",
    },
  };
  expect(answersAtRevision(remembered({ contexts }), taken).more?.contexts).toEqual({
    lib: "/tmp/t/tree/lib",
    self: "/tmp/t/tree",
    beside: "/work/shopping",
    image: "docker-image://alpine:3",
  });
});

test("what was remembered by an earlier version has no more than a context", () => {
  const { more: _, ...old } = remembered();
  expect(answersAtRevision(old, taken)).toEqual({ ...old, context: taken.context });
});
