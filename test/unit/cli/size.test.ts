import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runSize } from "../../../client/src/cli/size.ts";
import { appendOrWrite, writeResult } from "../../../client/src/cli/write-result.ts";
import { EngineError } from "../../../client/src/engine/engine.ts";
import type { SizeRequest } from "../../../client/src/shared/size-request.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const request: SizeRequest = {
  subjects: [{ kind: "image", reference: "api:1", budgets: [] }],
  format: "text",
  ...{ output: undefined, record: undefined, against: undefined, maxGrowth: undefined },
};

/** What a run says where no engine can be had. */
async function ran(more: Partial<SizeRequest>, failure: Error) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    error: (text: string) => void error.push(text),
  };
  const code = await runSize({ ...request, ...more }, terminal, () => Promise.reject(failure));
  return { code, out: out.join(""), error: error.join("") };
}

const absent = new EngineError(
  { kind: "unreachable", address: "unix:///none", cause: "no-socket", detail: "" },
  "No engine.",
);

test("what is expected to fail ends as one sentence, a bug does not", async () => {
  expect(await ran({}, absent)).toEqual({ code: 2, out: "", error: "plimsoll size: No engine.\n" });
  expect(await ran({}, new EngineError({ kind: "cancelled" }, "Cancelled."))).toEqual({
    ...{ code: 130, out: "", error: "" },
  });
  await expect(ran({}, new Error("a bug"))).rejects.toThrow("a bug");
});

test("a record that cannot be compared with is told of before anything is built", async () => {
  const folder = temporaryFolder({ "other.json": "[]", "torn.json": '{"form": 1,' });
  const against = (name: string) => ran({ against: join(folder, name) }, new Error("The engine was asked."));
  expect(await against("none.json")).toEqual({
    ...{ code: 2, out: "" },
    error: `plimsoll size: There is no record ${folder}/none.json that can be read. Write one on the base branch with --record.\n`,
  });
  expect((await against("other.json")).error).toBe(
    `plimsoll size: ${folder}/other.json cannot be compared with: it is no record of plimsoll size --record.\n`,
  );
  expect((await against("torn.json")).error).toContain("torn.json cannot be compared with: it is no JSON.");
});

test("results are written with their folder, and the summary of a step is added to", () => {
  const folder = temporaryFolder({ "summary.md": "before\n" });
  const summary = join(folder, "summary.md");
  const { GITHUB_STEP_SUMMARY: given } = process.env;
  process.env["GITHUB_STEP_SUMMARY"] = summary;
  try {
    expect(appendOrWrite(summary, "after\n")).toBeUndefined();
    expect(appendOrWrite(join(folder, "new/other.md"), "text\n")).toBeUndefined();
  } finally {
    if (given === undefined) delete process.env["GITHUB_STEP_SUMMARY"];
    else process.env["GITHUB_STEP_SUMMARY"] = given;
  }
  expect(readFileSync(summary, "utf8")).toBe("before\nafter\n");
  expect(readFileSync(join(folder, "new/other.md"), "utf8")).toBe("text\n");
  expect(writeResult(folder, "x")).toBe(`${folder} cannot be written (EISDIR).`);
  expect(writeResult(join(summary, "below.json"), "x")).toMatch(/below\.json cannot be written \(E\w+\)\.$/);
});
