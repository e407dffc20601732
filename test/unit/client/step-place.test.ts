import { describe, expect, test } from "vitest";
import { placeOfFailure } from "../../../client/src/editor/builds/step-place.ts";
import { readStepName } from "../../../client/src/engine/build/build-steps.ts";
import type { StagesResult } from "../../../client/src/shared/server-messages.ts";

/** What the server says of a Dockerfile given as its lines; every line is one instruction. */
function stagesOf(...lines: string[]): StagesResult {
  const stages: StagesResult["stages"][number][] = [];
  lines.forEach((text, line) => {
    const [keyword = "", base = "", , name] = text.split(" ");
    if (keyword === "FROM") {
      const known = {
        isFinal: false,
        ports: [],
        secrets: [],
        ssh: [],
        arguments: [],
        chain: [],
        budgets: [],
      };
      stages.push({ index: stages.length, line, endLine: line, base, name: name ?? null, ...known });
    } else {
      const stage = stages.at(-1);
      const instruction = { keyword, text, line, endLine: line, stage: stages.length - 1 };
      if (stage) stages[stages.length - 1] = { ...stage, chain: [...stage.chain, instruction] };
    }
  });
  return { uri: "file:///Dockerfile", stages };
}

const step = (name: string) => readStepName(name, name);

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
    expect(placeOfFailure(step(name), "", twoStages)?.line).toBe(line);
  });

  test.each([
    "[builder 3/4] RUN something else",
    "[other 1/1] RUN x",
    "[internal] load metadata for docker.io/library/other:1",
    "[internal] load build context",
    "exporting to image",
  ])("none for %s", (name) => {
    expect(placeOfFailure(step(name), "exit code: 1", twoStages)).toBeUndefined();
  });

  test("none when the server does not know the stages", () => {
    expect(placeOfFailure(step("[2/2] RUN x"), "exit code: 1", undefined)).toBeUndefined();
  });
});

test("a line that the message names", () => {
  const message = "dockerfile parse error on line 9: unknown instruction: ECHO";
  expect(placeOfFailure(undefined, message, twoStages)).toEqual({ line: 8, endLine: 8 });
});
