import { expect, test } from "vitest";
import { estimateText } from "../../../server/src/features/estimate-text.ts";
import { hoverDockerfile } from "../../../server/src/features/hover/dockerfile.ts";
import { estimateStage } from "../../../server/src/features/stage-estimate.ts";
import { weighContext } from "../../../server/src/model/context/weigh-context.ts";
import type { ImageFactsSource } from "../../../server/src/model/image/facts.ts";
import { factsOfReading } from "../../../server/src/model/image/read-facts.ts";
import { finish } from "../../../server/src/text/steps.ts";
import { readCursor } from "../../support/cursor.ts";
import { reading } from "../../support/images/readings.ts";
import { contextOf, modelOf } from "../../support/model.ts";

/** An engine that has alpine, of 8,000,000 bytes, and nothing else. */
const images: ImageFactsSource = {
  find: ({ name }) =>
    name === "alpine"
      ? factsOfReading(reading(), { name, tag: "3.24", isHere: true, shipped: undefined })
      : undefined,
  names: () => [],
  tags: () => [],
};

const context = contextOf({
  ".dockerignore": "node_modules\nsecret*\n!secret.pub\n",
  "package.json": "x".repeat(100),
  "src/a.js": "x".repeat(1000),
  "src/b.js": "x".repeat(2000),
  "src/secret.key": "x".repeat(9),
  "node_modules/big.js": "x".repeat(50_000),
  "rootfs.tar.gz": "x".repeat(70),
  "secret.pub": "x".repeat(5),
});

/** `bytes = base + bytes in files; missing` of the last stage. */
function estimate(text: string, inputs: Partial<Parameters<typeof modelOf>[1]> = {}): string | undefined {
  const stage = modelOf(text, { images, context, ...inputs }).finalStage;
  const found = stage && finish(estimateStage(stage));
  if (!found) return undefined;
  const { bytes, base, files, missing } = found;
  const left = Object.entries(missing).flatMap(([kind, count]) => (count > 0 ? [`${kind} ${count}`] : []));
  return `${bytes} = ${base.bytes} + ${files.bytes} in ${files.files}; ${left.join(", ") || "all"}`;
}

test("the base and what COPY and ADD bring, the ignore file minded", () => {
  expect(estimate("FROM alpine:3.24\nCOPY src package.json /app/\nENV A=1\n")).toBe(
    "8003109 = 8000000 + 3109 in 4; all",
  );
  expect(estimate("FROM scratch\nCOPY . /\n")).toMatch(/^3\d{3} = 0 \+ \d+ in 7; all$/);
  expect(estimate("FROM scratch\nCOPY src/*.js /\nCOPY --chmod=600 src/a.js /b\n")).toBe(
    "4000 = 0 + 4000 in 3; all",
  );
  expect(estimate("FROM scratch\nARG NAME=package\nADD $NAME.json /\nCOPY <<EOF /x\nhello\nEOF\n")).toBe(
    "106 = 0 + 106 in 2; all",
  );
});

test("what is not counted is named", () => {
  expect(
    estimate(`FROM alpine:3.24 AS base
RUN apk add a
FROM base
COPY package.json /
RUN a && b
ADD https://example.com/x.bin rootfs.tar.gz /y/
COPY --from=busybox /bin/busybox /bin/
`),
  ).toBe("8000100 = 8000000 + 100 in 1; runs 2, fromStages 1, downloads 1, archives 1");
});

test("a file of another stage whose size is known is counted", () => {
  expect(
    estimate(
      "FROM alpine:3.24 AS a\nCOPY src/a.js /out/a\nFROM scratch\nCOPY --from=a /out/a /a\nCOPY --from=a /bin/sh /sh\n",
    ),
  ).toBe("1000 = 0 + 1000 in 1; fromStages 1");
});

test.each([
  ["a base that is not known", "FROM company/base\nCOPY package.json /\n"],
  ["a file that is not there", "FROM alpine:3.24\nCOPY nothing /\n"],
  ["a variable without a value", "FROM alpine:3.24\nARG FILE\nCOPY $FILE.json /\n"],
  ["a pattern that nothing fits", "FROM alpine:3.24\nCOPY src/*.ts /\n"],
  ["what is left out of a copy", "FROM alpine:3.24\nCOPY --exclude=*.js src /\n"],
  ["nothing at all", "FROM scratch\nCOPY --from=busybox /bin/busybox /bin/\n"],
])("silent about %s", (_, text) => {
  expect(estimate(text)).toBeUndefined();
});

test("silent without a context, and where the ignore file cannot be read", () => {
  const text = "FROM alpine:3.24\nCOPY package.json /\n";
  expect(estimate(text, { context: undefined })).toBeUndefined();
  expect(estimate("FROM alpine:3.24\nRUN x\n", { context: undefined })).toBe(
    "8000000 = 8000000 + 0 in 0; runs 1",
  );
  expect(
    estimate(text, { context: contextOf({ ".dockerignore": "[a-\n", "package.json": "{}" }) }),
  ).toBeUndefined();
});

test("no context costs more than a moment", () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`d/${at}`, "x"]));
  expect(finish(weighContext(contextOf(files), "d", 21))).toEqual({ files: 20, bytes: 20 });
  expect(finish(weighContext(contextOf(files), "d", 20))).toBeUndefined();
  const many = Object.fromEntries(Array.from({ length: 950 }, (_, at) => [`d/${at}`, "x"]));
  const context = contextOf(many);
  const first = weighContext(context, "d");
  let pieces = 0;
  while (!first.next().done) pieces++;
  expect(pieces).toBe(9);
  // Once is enough for a context.
  expect(weighContext(context, "d").next()).toEqual({ done: true, value: { files: 950, bytes: 950 } });
});

test("in words, with where the base's size is from", () => {
  const text = "FROM alp<|>ine:3.24 AS app\nRUN x\nCOPY src /app/\nCOPY --from=busybox /bin/sh /\n";
  const { text: written, offset } = readCursor(text);
  const model = modelOf(written, { images, context });
  const found = model.finalStage && finish(estimateStage(model.finalStage));
  const words = found && estimateText(found);
  expect(words).toBe(
    "**~ 8.0 MB** on disk, estimated before it is built: 8.0 MB of `alpine:3.24` (read from the image on this machine (sha256:aaaaaaaaaaaa), 2026-11-25) and 3.0 kB in 3 files that COPY and ADD bring; not counted: 1 RUN line, files of other stages and images.",
  );
  expect(hoverDockerfile(model, offset)?.markdown.endsWith(`\n\n${words}`)).toBe(true);
  expect(hoverDockerfile(model, offset, false)?.markdown).not.toContain("~");
});
