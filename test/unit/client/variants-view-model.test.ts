import { describe, expect, test } from "vitest";
import { openTrial } from "../../../client/src/commands/variants/open-trial.ts";
import type { Trial, TrialRow } from "../../../client/src/shared/variants-messages.ts";
import { pageOf as pageOfMade } from "../../../client/webview/variants/view-model.ts";

const works = { works: true, status: "healthy", readyAfter: 430, message: "x is healthy.", log: ["noise"] };
const row = (name: string, more: Partial<TrialRow> = {}): TrialRow => ({
  ...{ name, base: `${name}:1`, state: "tried", tag: `plimsoll-variant:${name}-1`, start: works },
  ...{ lacks: [], changes: [], checks: [] },
  ...more,
});
const pageOf = (it: Trial) => pageOfMade(it, ["plimsoll-variant:current-1"]);
const trial = (rows: readonly TrialRow[], state: Trial["state"] = "over"): Trial => ({
  ...{ dockerfile: "/w/Dockerfile", name: "Dockerfile", state, rows, refused: [] },
});

describe("headline", () => {
  test("names the smallest that starts, and what it saves", () => {
    const rows = [
      row("current", { unpackedSize: 300_000_000 }),
      row("scratch", { unpackedSize: 1_000_000, start: { ...works, works: false } }),
      row("alpine", { unpackedSize: 15_000_000 }),
    ];
    expect(pageOf(trial(rows)).headline).toBe(
      "Dockerfile: the smallest that starts is alpine, −285 MB (−95.0 %) on disk.",
    );
  });

  test("says when nothing is gained, and when nothing starts", () => {
    const rows = [row("current", { unpackedSize: 10 }), row("alpine", { unpackedSize: 20 })];
    expect(pageOf(trial(rows)).headline).toContain("the one that it has");
    expect(pageOf(trial([row("scratch", { start: { ...works, works: false } })])).headline).toContain(
      "none of them starts",
    );
  });

  test("counts while it goes on, and asks to be run again after a restart", () => {
    const rows = [row("current"), row("scratch", { state: "building" })];
    expect(pageOf(trial(rows, "running")).headline).toBe("Dockerfile: 1 of 2 tried.");
    expect(pageOf(trial([], "again")).headline).toContain("nothing is known any more");
  });
});

describe("rows", () => {
  test("figures with all digits, and the difference to the Dockerfile as it is", () => {
    const [current, scratch] = pageOf(
      trial([
        row("current", { unpackedSize: 300_000_000, compressedSize: 64_000_000 }),
        row("scratch", { base: "scratch", unpackedSize: 7_451_233 }),
      ]),
    ).rows;
    expect(current).toMatchObject({ name: "as it is", base: "current:1", difference: undefined });
    expect(current?.transfer?.text).toBe("64.0 MB");
    expect(scratch?.onDisk).toEqual({ text: "7.45 MB", exact: "7,451,233 bytes" });
    expect(scratch).toMatchObject({ base: "scratch", transfer: undefined, summary: undefined });
    expect(scratch?.difference).toEqual({ text: "−293 MB (−97.5 %)", trend: "smaller" });
  });

  test("how it started, or why not with its last lines", () => {
    const starts = (it: Partial<TrialRow>) => pageOf(trial([row("a", it)])).rows[0]?.starts;
    expect(starts({})).toEqual({ mood: "good", text: "Healthy after 430 ms", log: [] });
    expect(starts({ start: { ...works, status: "answers", readyAfter: 1200 } })?.text).toBe(
      "Answers at its port after 1.2 s",
    );
    const crash = {
      works: false,
      status: "crashed",
      readyAfter: undefined,
      message: "x ended.",
      log: ["no such file"],
    };
    expect(starts({ start: crash })).toEqual({ mood: "bad", text: "x ended.", log: ["no such file"] });
    expect(starts({ state: "not-built", failure: { message: "exit 1", log: ["E: no"] } })).toEqual({
      mood: "bad",
      text: "Not built: exit 1",
      log: ["E: no"],
    });
    expect(starts({ state: "building", step: "[builder 3/5] RUN x" })?.text).toBe(
      "Is built: [builder 3/5] RUN x",
    );
  });

  test("what was done is counted", () => {
    const summary = (it: Partial<TrialRow>) => pageOf(trial([row("a", it)])).rows[0]?.summary;
    expect(summary({ changes: ["a", "b"], checks: ["c"] })).toBe("2 changes besides FROM, 1 to check");
    expect(summary({ changes: ["a"] })).toBe("1 change besides FROM");
  });

  test("images are compared from two on, and removed when all is over", () => {
    const rows = [row("current"), row("scratch", { tag: undefined })];
    expect(pageOf(trial(rows))).toMatchObject({ canCompare: false, canRemove: true });
    expect(pageOf(trial([row("current"), row("alpine")], "running"))).toMatchObject({
      canCompare: true,
      canRemove: false,
    });
    expect(pageOfMade(trial(rows), []).canRemove).toBe(false);
    const weighed = rows.map((it) => ({ ...it, unpackedSize: 7 }));
    expect(pageOf(trial(weighed)).canMeasure).toBe(true);
    expect(pageOf(trial(weighed, "running")).canMeasure).toBe(false);
    expect(pageOf(trial(weighed.map((it) => ({ ...it, compressedSize: 3 })))).canMeasure).toBe(false);
    expect(pageOf(trial([], "again")).canRemove).toBe(true);
  });
});

test("a trial that ends has no row that goes on", () => {
  const drawn: Trial[] = [];
  const variants = ["current", "scratch"].map((name) => ({
    ...{ name, base: name, text: "", lacks: [], changes: [], checks: [] },
  }));
  const open = openTrial({ dockerfile: "/w/Dockerfile", name: "Dockerfile", refused: [] }, variants, (it) =>
    drawn.push(it),
  );
  open.set(0, { state: "tried", start: works });
  open.set(1, { state: "building", step: "x" });
  open.end();
  expect(open.now().rows.map((it) => it.state)).toEqual(["tried", "cancelled"]);
  expect(open.now()).toMatchObject({ state: "over" });
  expect(drawn).toHaveLength(3);
});
