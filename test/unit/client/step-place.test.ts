import { describe, expect, test } from "vitest";
import { placeInMessage, placeOfStep } from "../../../client/src/editor/step-place.ts";
import type { BuildStep } from "../../../client/src/engine/build-types.ts";
import type { StagesResult } from "../../../client/src/shared/server-messages.ts";

/** What the server says of a Dockerfile given as its lines; every line is one instruction. */
function stagesOf(...lines: string[]): StagesResult {
  const stages: StagesResult["stages"][number][] = [];
  lines.forEach((text, line) => {
    const [keyword = "", base = "", , name] = text.split(" ");
    if (keyword === "FROM") {
      const known = { isFinal: false, ports: [], arguments: [], chain: [] };
      stages.push({ index: stages.length, line, endLine: line, base, name: name ?? null, ...known });
    } else {
      const stage = stages.at(-1);
      const instruction = { keyword, text, line, endLine: line, stage: stages.length - 1 };
      if (stage) stages[stages.length - 1] = { ...stage, chain: [...stage.chain, instruction] };
    }
  });
  return { uri: "file:///Dockerfile", stages };
}

/** A step as BuildKit names it. */
function step(name: string): BuildStep {
  const [, stage, position, of, instruction] = /^\[(?:(\S+) +)?(\d+)\/(\d+)\] (.*)$/.exec(name) ?? [];
  return {
    id: name,
    name,
    stage,
    position: position === undefined ? undefined : Number(position),
    of: of === undefined ? undefined : Number(of),
    instruction: instruction ?? name,
  };
}

const twoStages = stagesOf(
  "FROM golang:1.27 AS builder",
  "ENV A=1",
  "WORKDIR /src",
  "COPY . .",
  "RUN go build",
  "FROM alpine",
  "COPY --from=builder /a /a",
  "USER app",
  "RUN /a",
);

describe("the line of a step", () => {
  test.each([
    ["[builder 2/4] WORKDIR /src", 2],
    ["[builder 4/4] RUN go build", 4],
    ["[builder 1/4] FROM docker.io/library/golang:1.27", 0],
    ["[stage-1 2/3] COPY --from=builder /a /a", 6],
    ["[stage-1 3/3] RUN /a", 8],
    ["[internal] load metadata for docker.io/library/golang:1.27", 0],
    ["[internal] load metadata for docker.io/library/alpine:latest", 5],
  ])("%s", (name, line) => {
    expect(placeOfStep(step(name), twoStages)?.line).toBe(line);
  });

  test("a single stage has no name in the step", () => {
    const single = stagesOf("FROM alpine", "RUN a", "RUN b");
    expect(placeOfStep(step("[2/3] RUN a"), single)?.line).toBe(1);
    expect(placeOfStep(step("[3/3] RUN b"), single)?.line).toBe(2);
  });

  test("FROM counts as a step or not, the count is from the end", () => {
    const chained = stagesOf("FROM alpine AS a", "RUN x", "FROM a", "RUN y", "RUN z");
    expect(placeOfStep(step("[stage-1 1/2] RUN y"), chained)?.line).toBe(3);
  });

  test.each([
    "[builder 3/4] RUN something else",
    "[other 1/1] RUN x",
    "[2/4] WORKDIR /src",
    "[internal] load build context",
    "exporting to image",
  ])("none for %s", (name) => {
    expect(placeOfStep(step(name), twoStages)).toBeUndefined();
  });
});

test("a line that the message names", () => {
  expect(placeInMessage("dockerfile parse error on line 9: unknown instruction: ECHO")?.line).toBe(8);
  expect(placeInMessage("exit code: 1")).toBeUndefined();
});
