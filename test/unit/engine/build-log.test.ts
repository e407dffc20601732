import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildFailure } from "../../../client/src/engine/build/build-failure.ts";
import { type BuildLog, logTails } from "../../../client/src/engine/build/build-log.ts";
import type { BuildEvent } from "../../../client/src/engine/build/build-types.ts";
import { buildKitLog } from "../../../client/src/engine/buildkit/buildkit-log.ts";
import { classicLog } from "../../../client/src/engine/classic/classic-log.ts";
import { type BuildRecord, records } from "../../../client/src/engine/records.ts";

/** Records as engine 28.5.2 sent them for a build that fails in its second stage. */
async function recorded(name: string): Promise<readonly BuildRecord[]> {
  const file = readFileSync(new URL(`../../fixtures/engine/${name}`, import.meta.url));
  const all: BuildRecord[] = [];
  for await (const record of records(inPieces(file, 777))) all.push(record);
  return all;
}

async function* inPieces(file: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

function told(log: BuildLog, all: readonly BuildRecord[]): readonly string[] {
  return [...all.flatMap((record) => log.read(record)), ...log.end()].map(inWords);
}

function inWords(event: BuildEvent): string {
  switch (event.kind) {
    case "started":
      return `started ${event.step.name}`;
    case "completed":
      return `completed ${event.step.name}${event.cached ? " (cached)" : ""}`;
    case "failed":
      return `failed ${event.step.name}: ${event.error}`;
    case "log":
      return `log ${event.step?.name}: ${JSON.stringify(event.text)}`;
    case "warning":
      return `warning ${event.startLine}-${event.endLine}: ${event.message}`;
    case "again":
      return `again ${event.step.name}${event.milliseconds === undefined ? "" : ", over"}`;
    case "planned":
      return `planned ${event.step.name}`;
    case "transfer":
      return `transfer ${event.step.name}: ${event.transfer.item} ${event.transfer.current} of ${event.transfer.total}`;
    case "context":
    case "finished":
      return event.kind;
  }
}

test("BuildKit's trace: each step starts and ends once, its output between", async () => {
  const log = buildKitLog();
  expect(told(log, await recorded("buildkit-failing.jsonl"))).toMatchInlineSnapshot(`
    [
      "planned [internal] load remote build context",
      "started [internal] load remote build context",
      "completed [internal] load remote build context",
      "again [internal] load remote build context",
      "again [internal] load remote build context, over",
      "planned copy /context /",
      "started copy /context /",
      "completed copy /context /",
      "warning 1-1: FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)",
      "started [internal] load metadata for docker.io/library/alpine:3.20",
      "completed [internal] load metadata for docker.io/library/alpine:3.20",
      "planned [stage-1 1/1] RUN echo one; echo two >&2; exit 7",
      "planned [base 2/2] RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n"",
      "planned [base 1/2] FROM docker.io/library/alpine:3.20",
      "started [base 1/2] FROM docker.io/library/alpine:3.20",
      "completed [base 1/2] FROM docker.io/library/alpine:3.20",
      "again [base 1/2] FROM docker.io/library/alpine:3.20",
      "again [base 1/2] FROM docker.io/library/alpine:3.20, over",
      "started [base 2/2] RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n"",
      "log [base 2/2] RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n": "za"",
      "log [base 2/2] RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n": "żółć\\n"",
      "completed [base 2/2] RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n"",
      "started [stage-1 1/1] RUN echo one; echo two >&2; exit 7",
      "log [stage-1 1/1] RUN echo one; echo two >&2; exit 7: "one\\n"",
      "log [stage-1 1/1] RUN echo one; echo two >&2; exit 7: "two\\n"",
      "failed [stage-1 1/1] RUN echo one; echo two >&2; exit 7: process "/bin/sh -c echo one; echo two >&2; exit 7" did not complete successfully: exit code: 7",
    ]
  `);
  expect(log.imageId).toBeUndefined();
  expect(log.failing?.stage).toBe("stage-1");
  expect(log.failing && log.tail(log.failing)).toEqual(["one", "two"]);
});

test("the classic builder's output: colours and bookkeeping left out", async () => {
  let now = 0;
  const log = classicLog(() => (now += 1));
  const events = (await recorded("classic-failing.jsonl")).flatMap((it) => log.read(it)).map(inWords);
  expect(events).toMatchInlineSnapshot(`
    [
      "started Step 1/4 : FROM alpine:3.20 as base",
      "completed Step 1/4 : FROM alpine:3.20 as base",
      "started Step 2/4 : RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n"",
      "log Step 2/4 : RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n": "za�"",
      "log Step 2/4 : RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n": "�ółć\\n"",
      "completed Step 2/4 : RUN printf "za\\305" && sleep 0.2 && printf "\\274\\303\\263\\305\\202\\304\\207\\n"",
      "started Step 3/4 : FROM base",
      "completed Step 3/4 : FROM base",
      "started Step 4/4 : RUN echo one; echo two >&2; exit 7",
      "log Step 4/4 : RUN echo one; echo two >&2; exit 7: "one\\n"",
      "log Step 4/4 : RUN echo one; echo two >&2; exit 7: "two\\n"",
      "failed Step 4/4 : RUN echo one; echo two >&2; exit 7: The command '/bin/sh -c echo one; echo two >&2; exit 7' returned a non-zero code: 7",
    ]
  `);
  expect(log.failing && log.tail(log.failing)).toEqual(["one", "two"]);
});

test("the classic builder's and Podman's image ids", () => {
  const docker = classicLog(() => 0);
  told(docker, [
    { stream: "Step 1/1 : FROM a\n" },
    { aux: { ID: "sha256:abc" } },
    { stream: "Successfully built abcabcabcabc\n" },
  ]);
  expect(docker.imageId).toBe("sha256:abc");
  const podman = classicLog(() => 0);
  expect(
    told(podman, [
      { stream: "STEP 1/2: FROM a\n" },
      { stream: "STEP 2/2: RUN x\n" },
      { stream: "--> Using cache 0123\n" },
      { stream: "Successfully built 0123456789ab\n" },
    ]),
  ).toEqual([
    "started STEP 1/2: FROM a",
    "completed STEP 1/2: FROM a",
    "started STEP 2/2: RUN x",
    'log STEP 2/2: RUN x: "Successfully built 0123456789ab\\n"',
    "completed STEP 2/2: RUN x (cached)",
  ]);
  expect(podman.imageId).toBe("0123456789ab");
});

test("what is no JSON is said to be so", async () => {
  const all = async () => {
    for await (const _ of records(inPieces(Buffer.from("<html>\n"), 3)));
  };
  await expect(all()).rejects.toThrow(/cannot be understood: “<html>”/);
});

test("the last lines of a step: progress bars by their last state, no more than forty lines", () => {
  const tails = logTails();
  tails.add("a", "10 %\r 50 %\r100 %\nnext");
  tails.add("a", " line\r\n");
  expect(tails.of("a")).toEqual(["100 %", "next line"]);
  for (let line = 0; line < 100; line++) tails.add("b", `${line}\n`);
  expect(tails.of("b")).toHaveLength(40);
  expect(tails.of("b").at(-1)).toBe("99");
  expect(tails.of("none")).toEqual([]);
});

test.each([
  [
    'process "/bin/sh -c exit 3" did not complete successfully: exit code: 3',
    "The build failed: exit code 3.",
  ],
  [
    "The command '/bin/sh -c x' returned a non-zero code: 137",
    "The build failed: it was killed (exit code 137), perhaps for want of memory.",
  ],
  [
    'failed to compute cache key: failed to calculate checksum of ref a::b: "/nope": not found',
    "The build failed: “nope” was not found. It may be misspelt, left out by an ignore file, or missing in the stage that it is copied from.",
  ],
  [
    "nosuch:1: failed to resolve source metadata for docker.io/library/nosuch:1: no such host",
    "The build failed: the image nosuch:1 could not be fetched: no such host.",
  ],
  [
    "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
    "The build failed: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?).",
  ],
])("“%s” in plain words", (said, message) => {
  const error = buildFailure(said, undefined);
  expect(error.message).toBe(message);
  expect(error.failure).toMatchObject({
    kind: "build-failed",
    message: said,
    ...(said.includes("line 2") && { line: 2 }),
  });
});

test("Podman's own data of a step, with the values of its variables, is not shown", () => {
  const log = classicLog(() => 0);
  log.read({ stream: "STEP 2/2: COPY a /a\n" });
  // As Podman 5.4.2 said it of an engine's disk that could not be written.
  const said =
    "committing container for step {Env:[PATH=/bin KEY=s3cr3t] Command:copy Args:[a /a] Flags:[] Attrs:map[] Message:COPY a /a Heredocs:[] Original:COPY a /a}: copying layers: writing blob: no room";
  expect(log.read({ error: said })).toMatchObject([
    { kind: "failed", error: "copying layers: writing blob: no room" },
  ]);
  const { message, failure } = buildFailure(said, log);
  expect(message).toBe("The build failed at “COPY a /a”: copying layers: writing blob: no room.");
  expect(JSON.stringify(failure)).not.toContain("s3cr3t");
});
