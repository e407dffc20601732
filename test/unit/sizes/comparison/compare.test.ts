import { describe, expect, test } from "vitest";
import { compareImages } from "../../../../client/src/sizes/comparison/compare.ts";
import { rowsFromBase } from "../../../../client/src/sizes/lines/base-boundary.ts";
import { chain, image } from "../../../support/images/images.ts";
import { layer } from "../layers.ts";

const golang = image([
  ["", 2_000],
  ["ADD golang.tar / # buildkit", 225_000],
  ['CMD ["/bin/sh"]', 0],
]);
const single = image([
  ["", 2_000],
  ["ADD golang.tar / # buildkit", 225_000],
  ['CMD ["/bin/sh"]', 0],
  ["WORKDIR /src", 10],
  ["RUN /bin/sh -c go build # buildkit", 70_000],
  ["EXPOSE [8080/tcp]", 0],
]);
const scratch = image(
  [
    ["COPY /out/api /api # buildkit", 5_000],
    ["USER 65532", 0],
    ["EXPOSE [8080/tcp]", 0],
  ],
  { compressedSize: 2_400 },
);

const stage = {
  index: 0,
  base: "golang:1.23-alpine",
  line: 0,
  chain: chain(["WORKDIR /src", "RUN go build", "EXPOSE 8080"]),
};

describe("images against the first", () => {
  const comparison = compareImages([
    { details: single, label: "api:single", dockerfile: { file: "/w/Dockerfile", stage } },
    { details: scratch, label: "api:scratch" },
  ]);

  test("totals and differences", () => {
    expect(
      comparison.images.map(({ label, unpackedSize, compressedSize, difference }) => [
        label,
        unpackedSize,
        compressedSize,
        difference,
      ]),
    ).toEqual([
      ["api:single", 297_010, undefined, 0],
      ["api:scratch", 5_000, 2_400, -292_010],
    ]);
  });

  test("the base is one layer, with the line of its FROM", () => {
    expect(comparison.images[0]?.layers.map((it) => [it.instruction, it.size, it.line, it.fromBase])).toEqual(
      [
        ["FROM golang:1.23-alpine", 227_000, 1, true],
        ["WORKDIR /src", 10, 2, false],
        ["RUN go build", 70_000, 3, false],
        ["EXPOSE 8080", 0, 4, false],
      ],
    );
    expect(comparison.images[1]?.layers.map((it) => [it.instruction, it.line, it.file])).toEqual([
      ["COPY /out/api /api", undefined, undefined],
      ["USER 65532", undefined, undefined],
      ["EXPOSE 8080", undefined, undefined],
    ]);
  });

  test("layers add up to the image", () => {
    for (const { layers, unpackedSize } of comparison.images)
      expect(layers.reduce((sum, it) => sum + it.size, 0)).toBe(unpackedSize);
  });

  test("rows: the same instruction once, in the images' own order", () => {
    expect(comparison.rows.map((it) => [it.instruction, ...it.sizes])).toEqual([
      ["FROM golang:1.23-alpine", 227_000, undefined],
      ["WORKDIR /src", 10, undefined],
      ["RUN go build", 70_000, undefined],
      ["COPY /out/api /api", undefined, 5_000],
      ["USER 65532", undefined, 0],
      ["EXPOSE 8080", 0, 0],
    ]);
  });
});

describe("the base", () => {
  test("is one of the images compared", () => {
    const { images } = compareImages([
      { details: golang, label: "golang:1.23-alpine" },
      { details: single, label: "api:single" },
    ]);
    expect(images[1]?.layers[0]).toEqual({
      layers: [0, 1],
      instruction: "FROM golang:1.23-alpine",
      keyword: "FROM",
      size: 227_000,
      line: undefined,
      file: undefined,
      fromBase: true,
    });
    expect(images[0]?.layers.every((it) => !it.fromBase)).toBe(true);
  });

  test("is handed in", () => {
    const [weighed] = compareImages([
      { details: single, label: "api:single", base: { details: golang, label: "golang:1.23-alpine" } },
    ]).images;
    expect(weighed?.layers[0]?.instruction).toBe("FROM golang:1.23-alpine");
  });

  test("is unknown: every row stands for itself", () => {
    const [weighed] = compareImages([{ details: single, label: "api:single" }]).images;
    expect(weighed?.layers).toHaveLength(single.history.length);
  });

  test("of a stage made from another stage is that stage's", () => {
    const two = {
      file: "/w/Dockerfile",
      stage: {
        index: 1,
        base: "tools",
        line: 2,
        chain: [...chain(["WORKDIR /src"], 0), ...chain(["RUN go build", "EXPOSE 8080"], 1, 3)],
      },
    };
    const stages = [{ index: 0, base: "golang:1.23-alpine", line: 0 }, two.stage];
    const layers = (dockerfile: typeof two & { stages?: typeof stages }) =>
      compareImages([{ details: single, label: "x", dockerfile }]).images[0]?.layers.map((it) => [
        it.instruction,
        it.line,
      ]);
    expect(layers({ ...two, stages })?.[0]).toEqual(["FROM golang:1.23-alpine", 1]);
    expect(layers(two)?.[0]).toEqual(["FROM the base image", undefined]);
  });

  test("needs the same first layers", () => {
    expect(rowsFromBase(single, golang)).toBe(3);
    expect(rowsFromBase(golang, single)).toBeUndefined();
    expect(rowsFromBase(scratch, golang)).toBeUndefined();
    expect(rowsFromBase(single, { ...golang, diffIds: ["sha256:other"] })).toBeUndefined();
    expect(rowsFromBase(single, { history: [], diffIds: [] })).toBeUndefined();
  });
});

test("the same instruction twice in one image is two rows", () => {
  const twice = image([
    ["COPY . . # buildkit", 1],
    ["RUN /bin/sh -c x # buildkit", 2],
    ["COPY . . # buildkit", 3],
  ]);
  const once = image([["COPY . . # buildkit", 4]]);
  const { rows } = compareImages([
    { details: twice, label: "twice" },
    { details: once, label: "once" },
  ]);
  expect(rows.map((it) => [it.instruction, ...it.sizes])).toEqual([
    ["COPY . .", 1, 4],
    ["RUN x", 2, undefined],
    ["COPY . .", 3, undefined],
  ]);
});

test("each image keeps its order where two have the same lines in another", () => {
  const rowsOf = (...texts: string[]) => image(texts.map((text) => [text, 1] as const));
  const { rows } = compareImages([
    { details: rowsOf("ENV A=1", "ENV B=1", "ENV C=1", "ENV D=1"), label: "abcd" },
    { details: rowsOf("ENV D=1", "ENV A=1", "ENV B=1", "ENV C=1"), label: "dabc" },
  ]);
  expect(rows.map((it) => it.instruction)).toEqual(["ENV D=1", "ENV A=1", "ENV B=1", "ENV C=1", "ENV D=1"]);
});

test("says what the figures mean", () => {
  const notes = (...details: (typeof single)[]) =>
    compareImages(details.map((it) => ({ details: it, label: "x" }))).notes.join("\n");
  expect(notes(single)).toMatch(/does not tell compressed/);
  expect(notes(scratch)).toMatch(/disk blocks/);
});

describe("with layers that were read", () => {
  const layers = [
    layer("+ /go 2000 g", "+ /etc/a 5 a"),
    layer("+ /usr/go 225000 u"),
    layer("/ /src"),
    layer("+ /go 70000 x", "- /etc/a"),
  ];
  const read = { layers, configHistory: undefined, problems: [] };

  test("sizes are those of the layers, and what hides what is told by instruction", () => {
    const { images, rows } = compareImages([
      { details: single, label: "a", dockerfile: { file: "/w/Dockerfile", stage }, read },
      { details: scratch, label: "b" },
    ]);
    expect(images[0]?.layers.map((it) => [it.instruction, it.size, it.layers])).toEqual([
      ["FROM golang:1.23-alpine", 227_005, [0, 1]],
      ["WORKDIR /src", 0, [2]],
      ["RUN go build", 70_000, [3]],
      ["EXPOSE 8080", 0, []],
    ]);
    expect([images[0]?.unpackedSize, images[1]?.difference]).toEqual([297_005, 5000 - 297_005]);
    expect(rows.map((it) => it.sizes[0]).slice(0, 2)).toEqual([227_005, 0]);
    expect(images[0]?.read).toEqual({
      files: 2,
      visible: 295_000,
      duplicated: 0,
      duplicates: [],
      problems: [],
      waste: [
        {
          ...{ how: "overwritten", bytes: 2000, files: 1, storedBy: 0, hiddenBy: 2 },
          storedIn: layers[0]?.diffId,
          places: [{ path: "/go", bytes: 2000, files: 1, file: "/go" }],
        },
        {
          ...{ how: "deleted", bytes: 5, files: 1, storedBy: 0, hiddenBy: 2 },
          storedIn: layers[0]?.diffId,
          places: [{ path: "/etc/a", bytes: 5, files: 1, file: "/etc/a" }],
        },
      ],
    });
    expect(images[1]?.read).toBeUndefined();
  });

  test("where a layer cannot be read, its size is the engine's, and the page says so", () => {
    const part = { ...read, layers: [...layers.slice(0, 3), undefined], problems: ["Layer 4 is damaged."] };
    const { images, notes } = compareImages([{ details: single, label: "a", read: part }]);
    expect([images[0]?.unpackedSize, images[0]?.layers.at(-2)?.size]).toEqual([297_010, 70_000]);
    expect(notes.at(-1)).toBe("a was read in part. Layer 4 is damaged.");
  });
});
