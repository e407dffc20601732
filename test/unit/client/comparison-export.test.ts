import { expect, test } from "vitest";
import { exportComparison } from "../../../client/src/views/comparison-export.ts";
import { comparison, layer, singleAndMultiStage } from "./comparison.ts";

test("Markdown: a table of images, a table of instructions that weigh something", () => {
  expect(exportComparison(singleAndMultiStage, "markdown")).toMatchInlineSnapshot(`
    "| Image | Platform | Unpacked | Compressed | Against api:single-stage |
    | --- | --- | ---: | ---: | ---: |
    | api:single-stage | linux/amd64 | 310 MB (310,020,000 B) | not told |  |
    | api:latest | linux/amd64 | 7.20 MB (7,200,000 B) | not told | −303 MB, −97.7 % |

    | Instruction (unpacked bytes) | api:single-stage | api:latest |
    | --- | ---: | ---: |
    | \`FROM golang:1.27-alpine\` | 240 MB | – |
    | \`COPY . .\` | 20.0 kB | – |
    | \`RUN go build -o /usr/local/bin/api .\` | 70.0 MB | – |
    | \`FROM alpine:3.24\` | – | 2.00 MB |
    | \`COPY /out/api /usr/local/bin/api\` | – | 5.20 MB |
    "
  `);
});

test("Markdown survives pipes, backticks and line breaks in an instruction", () => {
  const text = exportComparison(
    comparison({ label: "a", layers: [layer("RUN a | b `c`\n d", 1)] }),
    "markdown",
  );
  expect(text).toContain("| `` RUN a \\| b `c` d `` | 1 B |");
});

test("CSV: bytes, quoted where needed, empty where the image has no such instruction", () => {
  const text = exportComparison(
    comparison(
      { label: "a", layers: [layer('RUN echo "x", y', 5)], compressedSize: 4 },
      { label: "b", layers: [layer("=cmd", 7)] },
    ),
    "csv",
  );
  expect(text.split("\r\n")).toEqual([
    "instruction,a (unpacked bytes),b (unpacked bytes)",
    '"RUN echo ""x"", y",5,',
    "'=cmd,,7",
    "total unpacked,5,7",
    "total compressed,4,",
    "",
  ]);
});

test("JSON gives the comparison back", () => {
  expect(JSON.parse(exportComparison(singleAndMultiStage, "json"))).toEqual(
    JSON.parse(JSON.stringify(singleAndMultiStage)),
  );
});
