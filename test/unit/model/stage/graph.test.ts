import { describe, expect, test } from "vitest";
import { modelOf } from "../../../support/model.ts";

function bases(text: string, buildArguments: Record<string, string> = {}): string[] {
  return modelOf(text, { buildArguments }).stages.map(({ base }) => {
    if (base.kind === "stage") return `stage ${base.stage.index}`;
    if (base.kind === "image") return [base.image.name, base.image.tag].filter(Boolean).join(":");
    return base.kind === "scratch" ? "scratch" : base.reason;
  });
}

describe("what FROM builds on", () => {
  test("images, scratch, earlier stages in any case", () => {
    expect(
      bases("FROM golang:1.27 AS Build\nFROM scratch\nFROM build\nFROM later\nFROM alpine AS later\n"),
    ).toEqual(["golang:1.27", "scratch", "stage 0", "later", "alpine"]);
  });

  test("of two stages with one name the later", () => {
    expect(bases("FROM a AS x\nFROM b AS x\nFROM x\n")[2]).toBe("stage 1");
  });

  test("global ARGs: default, given, nested, without a value", () => {
    const text = `ARG V=1.27
ARG IMAGE=golang:$V
ARG NONE
FROM $IMAGE
FROM alpine:\${NONE:-3.24}
FROM $NONE
`;
    expect(bases(text)).toEqual(["golang:1.27", "alpine:3.24", "$NONE has no value that is known"]);
    expect(bases(text, { NONE: "3.23", V: "1.26" })).toEqual(["golang:1.26", "alpine:3.23", "3.23"]);
  });

  test("a stage's own ARG is not seen by FROM", () => {
    expect(bases("FROM alpine AS a\nARG X=b\nFROM $X\n")[1]).toBe("$X has no value that is known");
  });
});

test("stages are found by name and by number, before a stage where asked", () => {
  const model = modelOf("FROM a AS one\nFROM b\nFROM c AS One\n");
  const [first, second, third] = model.stages;
  expect(model.findStage("ONE")).toBe(third);
  expect(model.findStage("one", third)).toBe(first);
  expect(model.findStage("1")).toBe(second);
  expect(model.findStage("2", second)).toBeUndefined();
  expect(model.findStage("nope")).toBeUndefined();
  expect(model.findStage("")).toBeUndefined();
});

test("which stages the final one needs", () => {
  const model = modelOf(`FROM a AS one
FROM one AS two
FROM b AS unused
FROM c AS mounted
FROM d AS last
COPY --from=two /x /x
RUN --mount=type=bind,from=mounted,target=/m true
`);
  expect(model.stages.map((it) => it.isUsedByFinal)).toEqual([true, true, false, true, true]);
  expect(model.stages.map((it) => it.isFinal)).toEqual([false, false, false, false, true]);
});

test.each([
  ["nothing", ""],
  ["no FROM", "RUN x\nENV A=1\n"],
  ["FROM alone", "FROM\nRUN x\n"],
  ["a stage that copies from itself", "FROM alpine AS a\nCOPY --from=a /x /y\nCOPY --from=0 /x /z\n"],
  [
    "stages that copy from each other",
    "FROM alpine AS a\nCOPY --from=b /x /y\nFROM a AS b\nCOPY --from=a /x /y\n",
  ],
  ["a number beyond all stages", "FROM alpine\nCOPY --from=99999999999999999999 /x /y\n"],
  [
    "unknown instructions",
    "FROM alpine\nFOO bar\nCOPY\nADD x\nENV\nUSER\nWORKDIR\nSHELL x\nHEALTHCHECK\nONBUILD\nEXPOSE\n",
  ],
])("any file has a model: %s", (_, text) => {
  const model = modelOf(text);
  for (const stage of model.stages) {
    const states = [stage.result, ...stage.instructions.map((it) => stage.after(it))];
    const answers = states.flatMap((it) => [it.hasPath("/y").is, it.hasTool("sh").is]);
    expect(answers.filter((it) => !["yes", "no", "unknown"].includes(it))).toEqual([]);
    for (const it of states) expect(typeof it.user.known).toBe("boolean");
  }
});

test("a chain of stages that nobody writes by hand", () => {
  const text = Array.from(
    { length: 3000 },
    (_, at) =>
      `FROM ${at === 0 ? "alpine:3.24" : `s${at - 1}`} AS s${at}\nRUN touch /f${at}\nCOPY --from=${Math.max(at - 1, 0)} /a /b\n`,
  ).join("");
  const model = modelOf(text);
  expect(model.finalStage?.result.hasPath("/f2999").is).toBe("yes");
  expect(model.finalStage?.result.hasTool("curl").is).toMatch(/^(?:no|unknown)$/);
  expect(model.finalStage?.result.user).toHaveProperty("known");
});
