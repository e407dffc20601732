import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { type SyncCount, syncFolder } from "../../../client/src/engine/buildkit/file-sync.ts";
import type { GrpcCall } from "../../../client/src/engine/buildkit/grpc.ts";
import { walkContext } from "../../../client/src/engine/context/context-walk.ts";
import { readIgnoreFile } from "../../../client/src/engine/context/ignore-file.ts";
import { folderTree } from "../../support/folder-tree.ts";

/** The engine's end of a call: it asks for files by number, and takes what is sent when the test says so. */
function engineCall(patterns: readonly string[] = []) {
  const over = new AbortController();
  const waiting: (() => void)[] = [];
  let sends = 0;
  let taking = false;
  const asked: Buffer[] = [];
  let wake = () => {};
  const call: GrpcCall = {
    signal: over.signal,
    metadata: (key) => (key === "exclude-patterns" ? patterns : []),
    async send() {
      sends++;
      if (over.signal.aborted) throw new Error("The engine gave up the call.");
      if (!taking) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    messages: (async function* () {
      for (;;) {
        const next = asked.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })(),
  };
  return {
    call,
    sends: () => sends,
    /** Packet of type 1 for a file, 3 for the end. */
    ask(type: number, number: number) {
      asked.push(Buffer.from([0x08, type, 0x18, number]));
      wake();
    },
    take() {
      taking = true;
      for (const it of waiting.splice(0)) it();
    },
    giveUp() {
      over.abort();
      for (const it of waiting.splice(0)) it();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

test("the first entry is told at once, and no further than the engine takes", async () => {
  const names = Array.from({ length: 2_000 }, (_, index) => [`d${index % 9}/f${index}`, "x"]);
  const engine = engineCall();
  const count: SyncCount = { files: 0, bytes: 0, sentBytes: 0 };
  const folder = folderTree(Object.fromEntries(names));
  const syncing = syncFolder(engine.call, folder, count, () => {});
  await vi.waitFor(() => expect(engine.sends()).toBe(1));
  await settled();
  expect(engine.sends()).toBe(1);
  expect(count.files).toBeLessThan(3);
  engine.take();
  await vi.waitFor(() => expect(count.files).toBe(2_000));
  engine.ask(3, 0);
  await syncing;
});

test("of large files only some pieces are in memory, however many are asked for", async () => {
  const big = Buffer.alloc(3_000_000);
  const folder = folderTree(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, big])));
  const engine = engineCall();
  const count: SyncCount = { files: 0, bytes: 0, sentBytes: 0 };
  let isTold = false;
  const send = engine.call.send;
  // The names are taken, and of the contents nothing.
  const call = {
    ...engine.call,
    send: (...parts: Uint8Array[]) => (isTold ? send(...parts) : Promise.resolve()),
  };
  const syncing = syncFolder(call, folder, count, () => {});
  await vi.waitFor(() => expect(count.files).toBe(30));
  isTold = true;
  for (let number = 0; number < 30; number++) engine.ask(1, number);
  await vi.waitFor(() => expect(count.sentBytes).toBeGreaterThan(0));
  await settled();
  expect(count.sentBytes).toBeLessThanOrEqual(16 * 256 * 1024);
  engine.giveUp();
  await expect(syncing).rejects.toThrow();
});

test("a folder of which nothing is told is walked no further once the engine has given up", async () => {
  const ignored = Array.from({ length: 1_000 }, (_, index) => [`ignored/d${index}/f`, ""]);
  const folder = folderTree({ ...Object.fromEntries(ignored), "ignored/kept": "" });
  const control = new AbortController();
  let looked = 0;
  const ignore = readIgnoreFile("ignored\n!ignored/zzz/*");
  const watched = {
    ...ignore,
    decide: (...of: Parameters<typeof ignore.decide>) => {
      if (++looked === 100) control.abort();
      return ignore.decide(...of);
    },
  };
  const walking = (async () => {
    for await (const _ of walkContext(folder, watched, () => {}, undefined, control.signal));
  })();
  await expect(walking).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  expect(looked).toBeLessThan(200);
});

test("what goes away while it is walked is no part of the context", async () => {
  const folder = folderTree({ a: "", "b/in": "", "c/in": "", d: "", "e/in": "" });
  const found: string[] = [];
  for await (const { path: it } of walkContext(folder, readIgnoreFile(""), () => {})) {
    found.push(it);
    if (it !== "a") continue;
    rmSync(path.join(folder, "b"), { recursive: true });
    writeFileSync(path.join(folder, "b"), "a file now");
    rmSync(path.join(folder, "c/in"));
    mkdirSync(path.join(folder, "new"));
  }
  expect(found).toEqual(["a", "b", "c", "d", "e", "e/in"]);
});
