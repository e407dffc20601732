import { describe, expect, test } from "vitest";
import { received } from "../../../client/webview/compare/received.ts";
import { firstChoices, pageOf } from "../../../client/webview/compare/view-model.ts";
import { comparison, layer, singleAndMultiStage } from "./comparison.ts";

const page = pageOf(singleAndMultiStage, firstChoices);

describe("headline", () => {
  test("says which is smallest and by how much, and names the measure", () => {
    expect(page.headline).toBe("api:latest is 303 MB (97.7 %) smaller than api:single-stage, unpacked.");
  });

  test("whichever comes first", () => {
    const images = comparison(
      { label: "a", layers: [layer("RUN x", 10)] },
      { label: "b", layers: [layer("RUN x", 30)] },
    );
    expect(pageOf(images, firstChoices).headline).toBe("a is 20 B (66.7 %) smaller than b, unpacked.");
  });

  test("or there is no difference", () => {
    const images = comparison(
      { label: "a", layers: [layer("RUN x", 10)] },
      { label: "b", layers: [layer("RUN y", 10)] },
    );
    expect(pageOf(images, firstChoices).headline).toBe("All weigh the same, unpacked.");
  });
});

describe("bars", () => {
  test("share one scale: the largest image is full width", () => {
    expect(page.bars.map((bar) => Number(bar.length.toFixed(4)))).toEqual([1, 0.0232]);
  });

  test("or have full width each", () => {
    const own = pageOf(singleAndMultiStage, { ...firstChoices, scale: "own" });
    expect(own.bars.map((bar) => bar.length)).toEqual([1, 1]);
  });

  test("layers without bytes have no segment, and the others fill the bar", () => {
    const [single] = page.bars;
    expect(single?.segments.map((it) => it.kind)).toEqual(["base", "copy", "run"]);
    expect(single?.segments.reduce((sum, it) => sum + it.width, 0)).toBeCloseTo(1);
  });

  test("a segment says in one sentence what it is", () => {
    expect(page.bars[1]?.segments.map((it) => it.label)).toEqual([
      "FROM alpine:3.24: 2.00 MB, 28 % of the image, from the base image",
      "COPY /out/api /usr/local/bin/api: 5.20 MB, 72 % of the image, line 19",
    ]);
  });

  test("the first image differs from nothing", () => {
    expect(page.bars.map((bar) => bar.difference)).toEqual([
      undefined,
      { bytes: "−303 MB", percent: "−97.7 %", trend: "smaller" },
    ]);
  });

  test("an image without a byte has no segment and breaks nothing", () => {
    const empty = pageOf(comparison({ label: "a", layers: [] }, { label: "b", layers: [] }), firstChoices);
    expect(empty.bars.map((bar) => [bar.segments.length, bar.difference?.percent])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
  });
});

describe("table", () => {
  test("rows without bytes are shown when asked for, and counted", () => {
    expect(page.rows.map((row) => row.instruction)).not.toContain("USER app");
    expect(page.emptyRows).toBe(1);
    const all = pageOf(singleAndMultiStage, { ...firstChoices, showEmpty: true });
    expect(all.rows.map((row) => row.instruction)).toContain("USER app");
  });

  test("an instruction that only one image has differs by all its bytes", () => {
    const row = page.rows.find((it) => it.instruction === "COPY . .");
    expect(row?.cells.map((cell) => [cell.size, cell.difference, cell.trend])).toEqual([
      ["20.0 kB", undefined, "same"],
      [undefined, "−20.0 kB", "smaller"],
    ]);
  });

  test("sorts by size and by difference, largest first", () => {
    const order = (by: "size" | "difference") =>
      pageOf(singleAndMultiStage, { ...firstChoices, sort: { by, image: 1 } }).rows.map(
        (row) => row.instruction,
      );
    expect(order("size").slice(0, 2)).toEqual(["COPY /out/api /usr/local/bin/api", "FROM alpine:3.24"]);
    expect(order("difference").slice(0, 2)).toEqual([
      "FROM golang:1.27-alpine",
      "RUN go build -o /usr/local/bin/api .",
    ]);
  });

  test("a row opens the line of an image that knows it", () => {
    const places = page.rows
      .filter((row) => row.place !== undefined)
      .map((row) => [row.instruction, row.place]);
    expect(places).toEqual([["COPY /out/api /usr/local/bin/api", { file: "/w/Dockerfile", line: 19 }]]);
  });

  test("compressed sizes: what is not known can be measured, no difference where one is missing", () => {
    expect(page.compressedTotals.map((cell) => cell.size)).toEqual([undefined, undefined]);
    expect(page.canMeasureTransfer).toBe(true);
    const known = pageOf(
      comparison(
        { label: "a", layers: [layer("RUN x", 10)], compressedSize: 8 },
        { label: "b", layers: [layer("RUN x", 10)] },
        { label: "c", layers: [layer("RUN x", 10)], compressedSize: 5 },
      ),
      firstChoices,
    );
    expect(known.compressedTotals.map((cell) => [cell.size, cell.difference])).toEqual([
      ["8 B", undefined],
      [undefined, undefined],
      ["5 B", "−3 B"],
    ]);
  });
});

test("the same comparison gives the same page", () => {
  expect(pageOf(singleAndMultiStage, firstChoices)).toEqual(page);
});

test("a comparison that was sent as JSON gives the same page", () => {
  const sent = JSON.parse(JSON.stringify(singleAndMultiStage));
  expect(sent.rows[0].sizes).toContain(null);
  expect(pageOf(received(sent), firstChoices)).toEqual(page);
});
