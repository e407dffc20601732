import { expect, test } from "vitest";
import { stageOutlines } from "../../../server/src/features/stage-outline.ts";
import { modelOf } from "../../support/model.ts";

test("the chain goes through the stages that a stage is built from", () => {
  const [, , last] = stageOutlines(
    modelOf("FROM alpine AS base\nRUN a\nFROM base AS mid\nRUN b\nFROM mid\nRUN c\n"),
  );
  expect(last?.chain.map((it) => `${it.stage.index} ${it.instruction.rest.text}`)).toEqual([
    "0 a",
    "1 b",
    "2 c",
  ]);
});

test("build arguments: each once, with the default that counts", () => {
  const [stage] = stageOutlines(
    modelOf("ARG GO=1.26 DEBUG\nFROM golang:$GO\nARG GO\nARG DEBUG=0\nARG TOKEN\nENV X=1\n"),
  );
  expect(stage?.buildArguments.map((it) => [it.name, it.value])).toEqual([
    ["GO", "1.26"],
    ["DEBUG", "0"],
    ["TOKEN", undefined],
  ]);
});

test("secrets and SSH agents of all stages that a build goes through", () => {
  const text = `FROM alpine AS unused
RUN --mount=type=secret,id=unused true
FROM alpine AS deps
RUN --mount=type=secret,id=npm --mount=type=ssh true
FROM alpine AS base
RUN --mount=type=secret,target=/root/.aws/credentials,required true
FROM base
RUN --mount=type=secret,id=npm,required=true --mount=type=ssh,id=git --mount=type=secret,id=$X --mount=type=secret,source=pip true
COPY --from=deps /a /a
`;
  const outlines = stageOutlines(modelOf(text));
  expect(outlines.at(-1)).toMatchObject({
    secrets: [
      { id: "npm", required: true },
      { id: "credentials", required: true },
      { id: "pip", required: false },
    ],
    ssh: ["default", "git"],
  });
  expect(outlines[1]).toMatchObject({ secrets: [{ id: "npm", required: false }], ssh: ["default"] });
});
