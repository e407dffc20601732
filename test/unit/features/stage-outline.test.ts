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
