import { describe, expect, test } from "vitest";
import {
  buildStepToInstruction,
  readClassicStep,
  readStepName,
  type StageLines,
} from "../../../client/src/engine/build/build-steps.ts";
import { chain } from "../../support/images/images.ts";

describe("names that BuildKit gives", () => {
  test.each([
    ["[builder 3/5] RUN go build", "builder", 3, 5, "RUN go build"],
    ["[stage-0 1/2] FROM alpine", "stage-0", 1, 2, "FROM alpine"],
    ["[2/5] COPY a b", "stage-0", 2, 5, "COPY a b"],
    ["[ 2/10] RUN x", "stage-0", 2, 10, "RUN x"],
    ["[stage-1  2/12] RUN x", "stage-1", 2, 12, "RUN x"],
    ["[linux/amd64 builder 2/3] RUN x", "builder", 2, 3, "RUN x"],
    ["[linux/amd64 2/3] RUN x", "stage-0", 2, 3, "RUN x"],
    ["[linux/arm64->linux/amd64 builder 2/3] RUN x", "builder", 2, 3, "RUN x"],
    ["[build 2/2] RUN <<E (echo a...)", "build", 2, 2, "RUN <<E (echo a...)"],
    ["[build 2/2] RUN [ -f x ] && a\nb", "build", 2, 2, "RUN [ -f x ] && a\nb"],
  ])("%s", (name, stage, position, of, instruction) => {
    expect(readStepName("id", name)).toEqual({ id: "id", name, stage, position, of, instruction });
  });

  test.each([
    ["[internal] load build context", "load build context"],
    ["exporting to image", "exporting to image"],
    ["copy /context /", "copy /context /"],
    [
      "[auth] library/golang:pull token for registry-1.docker.io",
      "library/golang:pull token for registry-1.docker.io",
    ],
  ])("no instruction: %s", (name, instruction) => {
    expect(readStepName("id", name)).toEqual({
      id: "id",
      name,
      stage: undefined,
      position: undefined,
      of: undefined,
      instruction,
    });
  });
});

test("names that the classic builder and Podman give", () => {
  expect(readClassicStep("Step 4/17 : RUN a : b\n")).toMatchObject({
    stage: undefined,
    position: 4,
    of: 17,
    instruction: "RUN a : b",
  });
  expect(readClassicStep("[2/3] STEP 5/10: RUN x")).toMatchObject({
    stage: "stage-1",
    position: 5,
    of: 10,
    instruction: "RUN x",
  });
  expect(readClassicStep("STEP 1/2: FROM alpine")).toMatchObject({ stage: undefined, position: 1, of: 2 });
  expect(readClassicStep(" ---> 0123456789ab")).toBeUndefined();
  expect(readClassicStep("Steps 1/2")).toBeUndefined();
});

describe("the place of a step", () => {
  const stage = (
    index: number,
    line: number,
    name: string | null,
    base: string,
    texts: readonly string[],
  ): StageLines => ({
    index,
    line,
    endLine: line,
    name,
    base,
    chain: chain(texts, index, line + 1),
  });
  const builder = stage(0, 0, "builder", "golang:1.23", [
    "ENV A=1",
    "WORKDIR /src",
    "COPY . .",
    "RUN go build \\\n  -o /out",
  ]);
  const final = stage(1, 7, null, "scratch", ["COPY --from=builder /out /", "USER 1", "COPY x /"]);
  const place = (name: string, stages = [builder, final]) =>
    buildStepToInstruction(readStepName(name, name), stages)?.line;

  test.each([
    ["[builder 1/4] FROM docker.io/library/golang:1.23", 0],
    ["[builder 2/4] WORKDIR /src", 2],
    ["[builder 4/4] RUN go build   -o /out", 4],
    ["[BUILDER 3/4] COPY . .", 3],
    ["[stage-1 1/2] COPY --from=builder /out /", 8],
    ["[stage-1 2/2] COPY x /", 10],
    ["[linux/amd64 builder 3/4] COPY . .", 3],
  ])("%s", (name, line) => expect(place(name)).toBe(line));

  test("a base with ONBUILD adds steps of its own in front", () => {
    expect(place("[builder 2/5] ONBUILD RUN echo x")).toBeUndefined();
    expect(place("[builder 3/5] WORKDIR /src")).toBe(2);
    expect(place("[builder 5/5] RUN go build   -o /out")).toBe(4);
  });

  test("in a file edited meanwhile, the text decides, or nothing", () => {
    expect(place("[builder 2/3] COPY . .")).toBe(3);
    expect(place("[builder 2/3] ADD x y")).toBeUndefined();
    expect(place("[other 1/2] RUN x")).toBeUndefined();
    expect(place("[internal] load build context")).toBeUndefined();
  });

  test("steps of a stage built on another count that other's not", () => {
    const child: StageLines = {
      ...stage(1, 7, "child", "builder", []),
      chain: [...builder.chain, ...chain(["RUN one", "RUN two"], 1, 8)],
    };
    expect(place("[child 1/2] RUN one", [builder, child])).toBe(8);
    expect(place("[child 2/2] RUN two", [builder, child])).toBe(9);
  });

  test("Podman counts every instruction of the stage", () => {
    const stages = [
      stage(0, 0, "one", "alpine", ["RUN a", "ENV A=1", "RUN b", "RUN a", "CMD x"]),
      stage(1, 7, null, "scratch", ["COPY --from=one /x /", "USER 1"]),
    ];
    const podman = (line: string) => {
      const step = readClassicStep(line);
      return step && buildStepToInstruction(step, stages)?.line;
    };
    expect(podman("[1/2] STEP 1/6: FROM alpine AS one")).toBe(0);
    expect(podman("[1/2] STEP 2/6: RUN a")).toBe(1);
    expect(podman("[1/2] STEP 3/6: ENV A=1")).toBe(2);
    expect(podman("[1/2] STEP 4/6: RUN b")).toBe(3);
    expect(podman("[1/2] STEP 5/6: RUN a")).toBe(4);
    expect(podman("[2/2] STEP 2/3: COPY --from=one /x /")).toBe(8);
  });

  test("the classic builder counts every instruction of the file", () => {
    const classic = (line: string) => {
      const step = readClassicStep(line);
      return step && buildStepToInstruction(step, [builder, final])?.line;
    };
    expect(classic("Step 1/9 : FROM golang:1.23 AS builder")).toBe(0);
    expect(classic("Step 4/9 : COPY . .")).toBe(3);
    expect(classic("Step 6/10 : RUN go build   -o /out")).toBe(4);
    expect(classic("Step 9/9 : COPY x /")).toBe(10);
  });
});
