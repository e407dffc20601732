import { expect, test } from "vitest";
import { type Layer, LayerBuilder } from "../../../../client/src/sizes/layers/layer.ts";
import { reportOf } from "../../../../client/src/sizes/report/image-report.ts";
import { chain, image } from "../../../support/images/images.ts";

function layer(diffId: string, files: Readonly<Record<string, number>>): Layer {
  const builder = new LayerBuilder();
  for (const [path, size] of Object.entries(files))
    builder.add(path, {
      ...{ kind: "file", size, mode: 0o644, uid: 0, gid: 0, linkName: "" },
      hash: `${size}`,
    });
  return builder.build(diffId);
}

const details = image(
  [
    ["ADD rootfs / # buildkit", 100],
    ["COPY big /big # buildkit", 50],
    ["RUN /bin/sh -c cp /small /big # buildkit", 7],
    ['CMD ["/big"]', 0],
  ],
  { tags: ["api:1"] },
);
const layers = [layer("base", { "/a": 100 }), layer("big", { "/big": 50 }), layer("run", { "/big": 7 })];
const read = { configHistory: undefined, layers };
const measured = { name: "api", image: details, read, transfer: undefined, problems: [] };

test("of a Dockerfile: its lines, its base, and who wastes whose bytes", () => {
  const lines = chain(["COPY big /big", "RUN cp /small \\\n  # why\n  /big", 'CMD ["/big"]']);
  expect(reportOf({ ...measured, dockerfile: { chain: lines, base: "alpine:3.24" } })).toEqual({
    ...{ name: "api", id: details.id, references: ["api:1"], platform: "linux/amd64" },
    ...{ onDisk: 157, visible: 107, transfer: null },
    base: { name: "alpine:3.24", bytes: 100 },
    lines: [
      { instruction: "COPY big /big", keyword: "COPY", line: 2, bytes: 50, files: 1, hidden: 0 },
      { instruction: "RUN cp /small /big", keyword: "RUN", line: 3, bytes: 7, files: 1, hidden: 50 },
      { instruction: 'CMD ["/big"]', keyword: "CMD", line: 6, bytes: 0, files: 0, hidden: 0 },
    ],
    waste: [{ how: "overwritten", bytes: 50, files: 1, storedBy: 0, hiddenBy: 1, paths: ["/big"] }],
    problems: [],
  });
});

test("of an image alone: what its history says, behind the base that was found", () => {
  const { base, lines } = reportOf({ ...measured, transfer: 33, base: { rows: 1, name: "alpine:3.24" } });
  expect(base).toEqual({ name: "alpine:3.24", bytes: 100 });
  expect(lines.map((it) => [it.instruction, it.line, it.bytes])).toEqual([
    ["COPY big /big", null, 50],
    ["RUN cp /small /big", null, 7],
    ['CMD ["/big"]', null, 0],
  ]);
  const unknown = reportOf(measured);
  expect(unknown.base).toBeNull();
  expect(unknown.lines.map((it) => it.bytes)).toEqual([100, 50, 7, 0]);
});

test("a Dockerfile that another image was made from has no lines", () => {
  const lines = chain(["COPY other /big", "RUN make", "USER app"]);
  const { lines: found } = reportOf({ ...measured, dockerfile: { chain: lines, base: "alpine:3.24" } });
  expect(found.map((it) => it.line)).toEqual([null, null, null, null]);
});

test("where a layer cannot be read, the engine's figure is the size", () => {
  const problems = ["Layer 2 cannot be read."];
  const broken = { configHistory: undefined, layers: [layers[0], undefined, layers[2]] };
  const report = reportOf({ ...measured, read: broken, problems, base: { rows: 1, name: undefined } });
  expect([report.onDisk, report.problems]).toEqual([157, problems]);
  // As the engine's history has them.
  expect(report.lines.map((it) => it.bytes)).toEqual([50, 7, 0]);
});
