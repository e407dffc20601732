import { expect, test } from "vitest";
import { findingsOf, mentions } from "../../../../client/src/sizes/lines/findings.ts";
import type { ImageCosts } from "../../../../client/src/sizes/lines/line-costs.ts";
import type { ChainLine } from "../../../../client/src/sizes/lines/map-lines.ts";

const line = (number: number, text: string): ChainLine => ({
  ...{ keyword: text.split(" ")[0] ?? "", text, line: number, endLine: number },
});
const copy = line(1, "COPY big /big");
const run = line(2, "RUN rm /big");
const place = (path: string, bytes: number) => ({ path, bytes, files: 1 });

const costs: ImageCosts = {
  ...{ lines: [], base: 0, total: 0, visible: 0, reclaimable: 0 },
  waste: [
    {
      ...{ how: "deleted", bytes: 50, files: 1, places: [place("/big", 50)] },
      ...{ storedBy: copy, hiddenBy: run },
    },
    {
      ...{ how: "deleted", bytes: 40, files: 1, places: [place("/var/lib/apt/lists", 40)] },
      ...{ storedBy: copy, hiddenBy: run },
    },
    {
      ...{ how: "overwritten", bytes: 30, files: 1, places: [place("/x", 30)] },
      ...{ storedBy: "base", hiddenBy: "unknown" },
    },
  ],
  duplicates: [
    {
      ...{ size: 20, bytes: 20 },
      places: [
        { path: "/a", maker: "base" },
        { path: "/b", maker: copy },
        { path: "/c", maker: "base" },
      ],
    },
  ],
  leftovers: [
    {
      ...{ kind: "package-cache", owners: ["dnf"], bytes: 70, files: 3, storedBy: run },
      places: [place("/var/cache/dnf", 70)],
    },
    { kind: "tests", owners: ["tests"], bytes: 3, files: 1, places: [place("/t", 3)], storedBy: copy },
  ],
};

test("each mistake once, the largest first, on the line that can do something about it", () => {
  const found = findingsOf(costs, 10);
  expect(found.map((it) => [it.kind, it.bytes, it.line.line, it.other])).toEqual([
    ["package-cache", 70, 2, undefined],
    ["deleted", 50, 2, copy],
    ["deleted", 40, 2, copy],
    ["duplicate", 20, 1, "base"],
  ]);
  expect(found[3]?.places).toEqual(["/b", "/a"]);
});

test("which rules see the same mistake in the text", () => {
  const twins = findingsOf(costs, 10).map((it) => it.twins.map(({ rule, on }) => `${rule} ${on}`));
  expect(twins).toEqual([
    ["package-cache-left line", "no-cache-mount line"],
    ["deleted-later line", "archive-left other"],
    ["deleted-later line", "archive-left other", "package-cache-left other", "no-cache-mount other"],
    [],
  ]);
});

test.each([
  ["/big stays in the layer of the COPY above.", ["/big"], true],
  ["This stores /srv/app and /etc/x a second time.", ["/srv/app/main.js"], true],
  ["/tmp/tool.tar.gz stays in the layer of the ADD above.", ["/tmp"], true],
  ["tool.tar.gz stays in the image.", ["/opt/tool.tar.gz"], true],
  ["apt leaves its cache in this layer.", ["apt"], true],
  ["Without an ignore file this copies .git and node_modules too.", [".git"], true],
  ["/big stays in the layer of the COPY above.", ["/bigger"], false],
  ["This stores / a second time.", ["/srv"], false],
  ["apk leaves its cache in this layer.", ["apt"], false],
])("%s mentions %s: %s", (message, words, expected) => {
  expect(mentions(message, words)).toBe(expected);
});
