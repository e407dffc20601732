import { describe, expect, test } from "vitest";
import type { HistoryRow } from "../../../../client/src/engine/engine.ts";
import type { Layer } from "../../../../client/src/sizes/layers/layer.ts";
import { type CostedImage, costsOf } from "../../../../client/src/sizes/lines/line-costs.ts";
import type { ChainLine } from "../../../../client/src/sizes/lines/map-lines.ts";
import { layerOf } from "../../../support/images/layers.ts";

function layer(
  files: Readonly<Record<string, readonly [size: number, hash: string]>>,
  removed: readonly string[] = [],
) {
  const entries = Object.entries(files).map(([path, [size, hash]]) => [path, { size, hash }]);
  return layerOf(Object.fromEntries(entries), removed);
}

function row(createdBy: string, size = 0): HistoryRow {
  return { createdBy, size, comment: "", created: 0 };
}

function line(number: number, text: string): ChainLine {
  return { keyword: text.split(" ")[0] ?? "", text, line: number, endLine: number };
}

const chain = [
  line(0, "FROM alpine:3.22"),
  line(1, "ENV A=1"),
  line(2, "COPY big /big"),
  line(3, "RUN chown 5 /big"),
  line(4, "WORKDIR /"),
  line(5, "RUN rm /bin/tool && cp /big /again"),
];
const history = [
  row("ADD file:1 in / # buildkit", 110),
  row('CMD ["/bin/sh"]'),
  row("ENV A=1"),
  row("COPY big /big # buildkit", 1000),
  row("RUN /bin/sh -c chown 5 /big # buildkit", 1000),
  row("WORKDIR /"),
  row("RUN /bin/sh -c rm /bin/tool && cp /big /again # buildkit", 1000),
];
const layers = [
  layer({ "/bin/tool": [100, "t"], "/bin/twin": [5, "w"], "/bin/twin2": [5, "w"] }),
  layer({ "/big": [1000, "b"] }),
  layer({ "/big": [1000, "b"] }),
  layer({ "/again": [1000, "b"] }, ["/bin/tool"]),
];
const configHistory = history.map((it) => ({ createdBy: it.createdBy, isEmpty: it.size === 0 }));

test("each line with what it brought, what it hides and what is seen in the end", () => {
  const costs = costsOf({ history, configHistory, layers, chain });
  expect(costs.lines.map((it) => [it.line.line, it.bytes, it.visible, it.hidden])).toEqual([
    [1, 0, 0, 0],
    [2, 1000, 0, 0],
    [3, 1000, 1000, 1000],
    [4, 0, 0, 0],
    [5, 1000, 1000, 100],
  ]);
  expect(costs).toMatchObject({ base: 110, total: 3110, visible: 2010, reclaimable: 1100 });
  expect(costs.lines[2]?.hides).toEqual({
    rewritten: { bytes: 1000, files: 1 },
    overwritten: { bytes: 0, files: 0 },
    deleted: { bytes: 0, files: 0 },
  });
  expect(costs.lines[1]?.largest).toEqual([{ path: "/big", size: 1000 }]);
});

test("waste says who stored and who hides, the base image among them; what is twice in the base alone is nobody's business", () => {
  const { waste, duplicates } = costsOf({ history, configHistory, layers, chain });
  expect(waste.map(({ how, bytes, storedBy, hiddenBy }) => [how, bytes, storedBy, hiddenBy])).toEqual([
    ["rewritten", 1000, chain[2], chain[3]],
    ["deleted", 100, "base", chain[5]],
  ]);
  expect(duplicates).toEqual([
    {
      size: 1000,
      bytes: 1000,
      places: [
        { path: "/big", maker: chain[2] },
        { path: "/again", maker: chain[5] },
      ],
    },
  ]);
});

test("without the configuration rows of no bytes are told apart by their instruction", () => {
  expect(costsOf({ history, configHistory: undefined, layers, chain }).lines.map((it) => it.bytes)).toEqual([
    0, 1000, 1000, 0, 1000,
  ]);
});

test("where layers cannot be given to rows nothing is said of any line", () => {
  const odd = [...layers, layer({ "/x": [7, "x"] }), layer({ "/y": [7, "x"] })];
  const costs = costsOf({ history, configHistory: undefined, layers: odd, chain });
  expect(costs.lines).toEqual([]);
  expect(costs.total).toBe(3124);
});

test("nothing is said of a line whose layer could not be read, nor of one that was edited since", () => {
  const edited = chain.map((it) => (it.line === 3 ? line(3, "RUN chown 6 /big") : it));
  const partly = layers.map((it, index) => (index === 1 ? undefined : it));
  const costs = costsOf({ history, configHistory, layers: partly, chain: edited });
  expect(costs.lines.map((it) => it.line.line)).toEqual([1, 4, 5]);
});

/** What another tool (dive, read in its code 2026-11) counts otherwise. */
describe("what can be reclaimed", () => {
  const two = [line(0, "FROM a"), line(1, "COPY a /a"), line(2, "RUN b")];
  const rows = [row("ADD rootfs"), row("RUN of the base"), row("COPY a /a"), row("RUN b")];
  const all = rows.map((it) => ({ createdBy: it.createdBy, isEmpty: false }));
  const base = [layer({ "/x": [70, "x"] }), layer({ "/x": [90, "y"] })];
  const costs = (copied: Layer, ran: Layer, config?: CostedImage["config"]) =>
    costsOf({
      ...{ history: rows, configHistory: all, layers: [...base, copied, ran], chain: two },
      ...(config && { config }),
    });

  test("the copy that is needed does not count: of 900 bytes that are stored twice 900, and not 1,800", () => {
    const { reclaimable, waste } = costs(layer({ "/a": [900, "a"] }), layer({ "/a": [900, "a"] }));
    expect([reclaimable, waste.length]).toEqual([900, 1]);
  });

  test("a directory that is deleted counts with all that was in it", () => {
    const copied = layer({ "/a/1": [10, "1"], "/a/b/2": [20, "2"], "/c": [5, "c"] });
    expect(costs(copied, layer({}, ["/a"])).reclaimable).toBe(30);
  });

  test("and so does one that is made anew", () => {
    const copied = layerOf({ "/a/1": 10, "/a/2": 20 });
    const ran = layerOf({ "/a/.wh..wh..opq": 0, "/a/2": 3 });
    expect(costs(copied, ran).reclaimable).toBe(30);
  });

  test("what the base image hides of itself is nobody's here, however many layers it has", () => {
    const { reclaimable, total, visible } = costs(layer({ "/a": [1, "a"] }), layer({}));
    expect([reclaimable, total - visible]).toEqual([0, 70]);
  });

  test("a file that is gone counts with what it had, and one that was replaced with what it was before", () => {
    const copied = layer({ "/a": [10, "a"], "/b": [100, "b"] });
    expect(costs(copied, layer({ "/b": [7, "B"] }, ["/a"])).reclaimable).toBe(110);
  });

  test("the same content under two paths is told, but frees nothing by itself", () => {
    const { reclaimable, duplicates } = costs(layer({ "/a": [10, "a"] }), layer({ "/b": [10, "a"] }));
    expect([reclaimable, duplicates.map((it) => it.bytes)]).toEqual([0, [10]]);
  });

  test("two copies are told of the instruction that brought them, not of one that gave them to somebody", () => {
    const copied = layer({ "/a": [10, "a"], "/b": [10, "a"] });
    const { duplicates } = costs(copied, layer({ "/a": [10, "a"], "/b": [10, "a"] }));
    expect(duplicates.flatMap((it) => it.places.map(({ maker }) => maker))).toEqual([two[1], two[1]]);
  });

  test("what is not needed is told once: not as twice there too", () => {
    const lists = { "/var/lib/apt/lists/a": [10, "a"], "/var/lib/apt/lists/b": [10, "a"] } as const;
    const { leftovers, duplicates } = costs(layer({}), layer(lists));
    expect([leftovers.map((it) => [it.kind, it.bytes, it.storedBy.line]), duplicates]).toEqual([
      [["package-cache", 20, 2]],
      [],
    ]);
  });
});
