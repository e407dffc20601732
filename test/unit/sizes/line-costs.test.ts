import { expect, test } from "vitest";
import type { HistoryRow } from "../../../client/src/engine/engine.ts";
import { LayerBuilder } from "../../../client/src/sizes/layer.ts";
import { costsOf } from "../../../client/src/sizes/line-costs.ts";
import type { ChainLine } from "../../../client/src/sizes/map-lines.ts";

function layer(
  name: string,
  files: Readonly<Record<string, readonly [size: number, hash: string]>>,
  removed: readonly string[] = [],
) {
  const builder = new LayerBuilder();
  const common = { mode: 0o644, uid: 0, gid: 0, linkName: "", kind: "file" } as const;
  for (const [path, [size, hash]] of Object.entries(files)) builder.add(path, { ...common, size, hash });
  for (const path of removed)
    builder.add(path.replace(/([^/]+)$/, ".wh.$1"), { ...common, size: 0, hash: undefined });
  return builder.build(name);
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
  layer("base", { "/bin/tool": [100, "t"], "/bin/twin": [5, "w"], "/bin/twin2": [5, "w"] }),
  layer("big", { "/big": [1000, "b"] }),
  layer("chown", { "/big": [1000, "b"] }),
  layer("last", { "/again": [1000, "b"] }, ["/bin/tool"]),
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
  expect(costs).toMatchObject({ base: 110, total: 3110, visible: 2010 });
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
        { path: "/big", maker: chain[3] },
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
  const odd = [...layers, layer("more", { "/x": [7, "x"] }), layer("most", { "/y": [7, "x"] })];
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
