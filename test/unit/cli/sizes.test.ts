import { expect, test } from "vitest";
import { sizesAsJson } from "../../../client/src/cli/sizes-as-json.ts";
import { sizesAsMarkdown } from "../../../client/src/cli/sizes-as-markdown.ts";
import { sizesAsText } from "../../../client/src/cli/sizes-as-text.ts";
import { failsOf, type SizeResult } from "../../../client/src/cli/verdict.ts";
import type { ImageReport } from "../../../client/src/sizes/report/image-report.ts";
import { changeOf } from "../../../client/src/sizes/report/size-change.ts";
import { readSizeRecord } from "../../../client/src/sizes/report/size-record.ts";

const report: ImageReport = {
  ...{ name: "api/Dockerfile", id: "sha256:1", references: ["api:1"], platform: "linux/amd64" },
  ...{ onDisk: 112_345_678, visible: 110_345_678, transfer: 40_000_000 },
  base: { name: "alpine:3.24", bytes: 8_345_678 },
  lines: [
    {
      ...{ instruction: "RUN apk add a | b `c`", keyword: "RUN", line: 3, bytes: 100_000_000 },
      ...{ files: 1200, hidden: 0 },
    },
    { instruction: "ENV A=1", keyword: "ENV", line: 4, bytes: 0, files: 0, hidden: 0 },
    { instruction: "COPY app /app", keyword: "COPY", line: 5, bytes: 4_000_000, files: 1, hidden: 2_000_000 },
  ],
  waste: [
    { how: "overwritten", bytes: 2_000_000, files: 1, storedBy: 0, hiddenBy: 2, paths: ["/app"] },
    { how: "deleted", bytes: 10, files: 1, storedBy: "base", hiddenBy: "unknown", paths: ["/b"] },
  ],
  problems: [],
};
const before: ImageReport = {
  ...report,
  ...{ onDisk: 100_345_678, transfer: 39_000_000 },
  lines: report.lines.map((it) => (it.line === 3 ? { ...it, bytes: 88_000_000 } : it)),
};

const over: SizeResult = {
  report,
  file: "api/Dockerfile",
  verdicts: [
    {
      budget: {
        ...{ of: "disk", bytes: 100_000_000, image: null, severity: "warning" },
        from: { kind: "comment", line: 0 },
      },
      ...{ size: report.onDisk, over: 12_345_678 },
    },
    {
      budget: {
        ...{ of: "transfer", bytes: 50_000_000, image: null, severity: "warning" },
        from: { kind: "configuration", path: "/p/.plimsoll.yaml", pattern: "api" },
      },
      ...{ size: 40_000_000, over: 0 },
    },
  ],
  isCompared: true,
  change: changeOf(report, before),
  growth: { limit: { kind: "percent", percent: 5 }, over: 6_982_716 },
};
const plain: SizeResult = {
  report: {
    ...report,
    name: "web:1",
    base: null,
    transfer: null,
    lines: [],
    waste: [],
    visible: report.onDisk,
  },
  file: undefined,
  ...{ verdicts: [], isCompared: false, change: undefined, growth: undefined },
};

test("text, for the log of a build", () => {
  expect(sizesAsText([over, plain])).toMatchInlineSnapshot(`
    "api/Dockerfile  linux/amd64
      on disk   112,345,678 bytes (112 MB), 104 MB of it its own, 8.35 MB of alpine:3.24
      transfer  40,000,000 bytes (40.0 MB)
      wasted    2.00 MB, hidden by later instructions
      change    +12.0 MB (+12.0 %) on disk, +1.00 MB to transfer, from 100 MB

      100,000,000  api/Dockerfile:3  RUN apk add a | b \`c\`
        4,000,000  api/Dockerfile:5  COPY app /app

      Carried for nothing:
      2.00 MB of api/Dockerfile:3 replaced by api/Dockerfile:5: /app
      10 B of the base image deleted by an unknown instruction: /b

      What moved it:
      +12.0 MB  api/Dockerfile:3  RUN apk add a | b \`c\`

      FAILS: api/Dockerfile is 12.3 MB over its budget of 100 MB on disk (api/Dockerfile:1)
      ok: api/Dockerfile is within its budget of 50.0 MB to transfer (.plimsoll.yaml: api), 10.0 MB left
      FAILS: api/Dockerfile grew 6.98 MB more than the 5 % that it may

    web:1  linux/amd64
      on disk   112,345,678 bytes (112 MB), which of it came with a base image is not known here
      transfer  not known, as not all layers could be read

      No instruction of its own brings files.
    "
  `);
});

test("Markdown, for a pull request", () => {
  expect(sizesAsMarkdown([over])).toMatchInlineSnapshot(`
    "### Image sizes: too large

    | Image | On disk | Transfer | Base | For nothing | Budget | Change |
    |---|---:|---:|---:|---:|---:|---:|
    | \`api/Dockerfile\` | 112 MB | 40.0 MB | 8.35 MB | 2.00 MB | **over** 100 MB, 50.0 MB transfer | +12.0 MB (+12.0 %) |

    - **\`api/Dockerfile\` is 12.3 MB over its budget of 100 MB on disk (api/Dockerfile:1).**
    - \`api/Dockerfile\` is within its budget of 50.0 MB to transfer (.plimsoll.yaml: api), 10.0 MB left.
    - **\`api/Dockerfile\` grew 6.98 MB more than the 5 % that it may.**

    What moved \`api/Dockerfile\`:

    | Change | Before | Now | Instruction |
    |---:|---:|---:|---|
    | +12.0 MB | 88.0 MB | 100 MB | api/Dockerfile:3 \`\` RUN apk add a \\| b \`c\` \`\` |

    <details><summary>Every instruction of api/Dockerfile</summary>

    | Bytes | Files | Instruction |
    |---:|---:|---|
    | 8,345,678 | | \`FROM alpine:3.24\` |
    | 100,000,000 | 1,200 | api/Dockerfile:3 \`\` RUN apk add a \\| b \`c\` \`\` |
    | 4,000,000 | 1 | api/Dockerfile:5 \`COPY app /app\` |

    Carried for nothing:

    - 2.00 MB of \`api/Dockerfile:3\`, overwritten by \`api/Dockerfile:5\`: \`/app\`
    - 10 B of \`the base image\`, deleted by \`an unknown instruction\`: \`/b\`

    </details>
    "
  `);
  const kept = { ...over, verdicts: [], growth: { limit: { kind: "bytes", bytes: 2e7 }, over: 0 } } as const;
  expect(sizesAsMarkdown([kept])).toContain("### Image sizes: within limits\n");
  expect(sizesAsMarkdown([kept])).toContain(
    "- `api/Dockerfile` grew 12.0 MB, within the 20.0 MB that it may.\n",
  );
  expect(sizesAsMarkdown([plain])).toMatchInlineSnapshot(`
    "### Image sizes

    | Image | On disk | Base | For nothing |
    |---|---:|---:|---:|
    | \`web:1\` | 112 MB | not known | 0 B |

    <details><summary>Every instruction of web:1</summary>

    | Bytes | Files | Instruction |
    |---:|---:|---|

    </details>
    "
  `);
});

test("JSON is a record, with what is held against each image", () => {
  const text = sizesAsJson([over, plain]);
  const [first, second] = JSON.parse(text).images;
  expect(first).toMatchObject({
    ...report,
    budgets: [
      { of: "disk", bytes: 100_000_000, size: 112_345_678, over: 12_345_678 },
      { of: "transfer", bytes: 50_000_000, size: 40_000_000, over: 0 },
    ],
    change: { onDisk: 12_000_000, transfer: 1_000_000 },
    growth: { over: 6_982_716 },
  });
  expect(second).toMatchObject({ name: "web:1", budgets: [], change: null, growth: null });
  expect(readSizeRecord(text)).toMatchObject({ images: [{ name: "api/Dockerfile" }, { name: "web:1" }] });
});

test("what is over fails, and what cannot be judged says so", () => {
  expect(failsOf([over])).toEqual({ isOver: true, isUnknown: [] });
  expect(failsOf([plain])).toEqual({ isOver: false, isUnknown: [] });
  const [disk, transfer] = over.verdicts;
  expect(failsOf([{ ...plain, growth: over.growth }]).isOver).toBe(true);
  if (!disk || !transfer) throw new Error("There are two.");
  expect(failsOf([{ ...plain, verdicts: [{ ...transfer, size: undefined }] }])).toEqual({
    isOver: false,
    isUnknown: [
      "not all layers of web:1 could be read, so its budget of 50.0 MB to transfer cannot be checked.",
    ],
  });
});

test("nothing of an image steers a terminal", () => {
  const lines = [
    { ...report.lines[0], instruction: "RUN \u001B[31mred\u0007" } as ImageReport["lines"][number],
  ];
  const steering = { ...over, report: { ...report, lines, waste: [] }, change: undefined };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
  expect(sizesAsText([steering])).not.toMatch(/[\u001B\u0007]/);
});
