import { expect, test } from "vitest";
import { readImageArchive } from "../../../../client/src/sizes/layers/image-archive.ts";
import { mapLines, withRecorded } from "../../../../client/src/sizes/lines/map-lines.ts";
import { sourcesOfLayers } from "../../../../client/src/sizes/lines/provenance.ts";
// Of docker build --provenance=mode=max (engine 28.5.2, buildx 0.29, 2026-11), without its LLB.
import recorded from "../../../fixtures/provenance/slsa-0.2.json" with { type: "json" };
import { imageArchive, inParts, tarOf } from "../../../support/images/image-archives.ts";
import { chain } from "../../../support/images/images.ts";

const metadata = recorded.predicate.metadata["https://mobyproject.org/buildkit@v1#metadata"];
const blobs = metadata.layers["step8:0"][0]?.map((it) => it.digest) ?? [];

const expected = [
  [4, 4, "FROM alpine:3.20"],
  [5, 5, "WORKDIR /w"],
  [6, 6, "COPY --from=b /x /x"],
  [7, 8, "RUN echo a > /a && \\\n  head -c 100000 /dev/urandom > /r"],
  [10, 12, "RUN <<E\necho b > /b\nE"],
  [13, 13, "COPY Dockerfile ."],
];

function sources(document: unknown, digests: readonly string[] = blobs) {
  return sourcesOfLayers(document, digests)?.map((it) => it && [it.line, it.endLine, it.text]);
}

test("each layer with the lines that made it, as BuildKit recorded them", () => {
  expect(blobs).toHaveLength(6);
  expect(sources(recorded)).toEqual(expected);
});

test("the same in the form of SLSA 1", () => {
  const document = {
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: { runDetails: { metadata: { buildkit_metadata: metadata } } },
  };
  expect(sources(document)).toEqual(expected);
});

test("a base image of several layers has its FROM for all of them, and other images are not mistaken for this one", () => {
  const two = blobs[1] ?? "";
  const document = (layers: object, locations: object = {}) => ({
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      runDetails: {
        metadata: {
          buildkit_metadata: {
            source: {
              infos: [{ data: Buffer.from("FROM a\nRUN b\n").toString("base64") }],
              locations: { step0: at(1), step1: at(2), ...locations },
            },
            layers,
          },
        },
      },
    },
  });
  const at = (line: number) => ({ locations: [{ ranges: [{ start: { line }, end: { line } }] }] });
  const layer = (digest: string) => ({ digest });
  const chained = (...digests: readonly string[]) => [digests.map(layer)];
  const layers = { "step0:0": chained("1", two), "step1:0": chained("1", two, "3") };
  expect(sources(document(layers), ["1", two, "3"])).toEqual([
    [0, 0, "FROM a"],
    [0, 0, "FROM a"],
    [1, 1, "RUN b"],
  ]);
  expect(sources(document(layers), ["other", two, "3"])).toEqual([undefined, undefined, undefined]);
  // The same step in two stages: which of them it was is not told.
  const twice = { step1: { locations: [...at(2).locations, ...at(1).locations] } };
  expect(sources(document(layers, twice), ["1", two, "3"])?.[2]).toBeUndefined();
  const outside = { step1: at(9) };
  expect(sources(document(layers, outside), ["1", two, "3"])?.[2]).toBeUndefined();
});

test.each([
  ["nothing", undefined],
  ["another document", { predicateType: "https://spdx.dev/Document", predicate: {} }],
  ["the short form of provenance", { ...recorded, predicate: { metadata: {} } }],
  ["nonsense", { predicateType: "https://slsa.dev/provenance/v1", predicate: { runDetails: 5 } }],
])("%s says nothing", (_, document) => {
  expect(sourcesOfLayers(document, blobs)).toBeUndefined();
});

test("it is found in the image's archive, and kept with the rows that made a layer", async () => {
  const { archive, blobs: names } = await imageArchive(
    [await tarOf([{ name: "a", content: "a" }]), await tarOf([{ name: "b", content: "b" }])],
    { form: "docker" },
  );
  const digests = names.map((it) => it.replace("blobs/sha256/", "sha256:"));
  const own = JSON.stringify(recorded)
    .replaceAll(blobs[0] ?? "", digests[0] ?? "")
    .replaceAll(blobs[1] ?? "", digests[1] ?? "");
  const statement = await tarOf([{ name: `blobs/sha256/${"5".repeat(64)}`, content: own }]);
  const { history } = await readImageArchive(
    inParts(Buffer.concat([statement.subarray(0, -1024), archive])),
    {
      hashes: false,
    },
  );
  expect(history?.map((it) => it.source?.text)).toEqual(["FROM alpine:3.20", "WORKDIR /w", undefined]);
});

test("what was recorded goes before what the order and the texts of rows say", () => {
  const lines = chain(["WORKDIR /w", "RUN make $TARGET", "RUN edited since", "CMD x"]);
  const row = (createdBy: string) => ({ createdBy, size: 1, comment: "", created: 0 });
  const rows = [row("ADD rootfs"), row("WORKDIR /w"), row("RUN make all"), row("RUN before"), row("CMD x")];
  const source = (line: number, text: string) => ({ source: { line, endLine: line, text } });
  const config = [
    { createdBy: "", isEmpty: false, ...source(0, "FROM a") },
    { createdBy: "", isEmpty: false, ...source(1, "WORKDIR /w") },
    { createdBy: "", isEmpty: false, ...source(2, "RUN make $TARGET") },
    { createdBy: "", isEmpty: false, ...source(3, "RUN before") },
    { createdBy: "", isEmpty: true },
  ];
  const guessed = mapLines(rows, lines);
  const texts = (it: typeof guessed) => it.instructions.map((one) => one?.text);
  expect(texts(guessed)).toEqual([undefined, "WORKDIR /w", undefined, undefined, "CMD x"]);
  const known = withRecorded(guessed, config, lines);
  expect(texts(known)).toEqual([undefined, "WORKDIR /w", "RUN make $TARGET", undefined, "CMD x"]);
  expect(known.baseRows).toBe(1);
  // Where the order says nothing at all, the base is what FROM is recorded for.
  const unknown = { instructions: rows.map(() => undefined), baseRows: undefined };
  expect(withRecorded(unknown, config, lines).baseRows).toBe(1);
});
