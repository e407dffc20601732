import { randomUUID } from "node:crypto";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BuildEvent, BuildRequest } from "../../client/src/engine/build/build-types.ts";
import { connect } from "../../client/src/engine/connect.ts";
import { allEvents, buildOf, failureOf } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";
import { watchEngine } from "../support/engine/nothing-left.ts";
import { oldEngineAddress } from "../support/engine/old-engine.ts";
import { processes } from "../support/engine/processes.ts";
import { folderTree } from "../support/folder-tree.ts";

/** Calls `abort` at a moment that it picks; what it leaves alone goes to the engine. */
type Moment =
  | { readonly at: (passage: Passage, abort: () => void) => boolean }
  | { readonly on: (event: BuildEvent) => boolean };

/** The engine says nothing any more. */
const silence = (call: string): Moment => ({
  at(passage, abort) {
    const { client } = passage;
    if (passage.call !== call) return false;
    // That we leave is heard only by who listens.
    client.resume().once("end", () => client.destroy());
    setImmediate(abort);
    return true;
  },
});

/** We have sent that many bytes. */
const sent = (call: string, bytes: number): Moment => ({
  at({ call: asked, client, forward }, abort) {
    if (asked !== call) return false;
    const engine = forward();
    engine.on("close", () => client.destroy());
    engine.pipe(client);
    let seen = 0;
    client.on("data", (piece) => {
      seen += piece.length;
      if (seen > bytes) abort();
    });
    return true;
  },
});

/** The engine has said this. */
const said = (call: string, word: string): Moment => ({
  at({ call: asked, client, forward }, abort) {
    if (asked !== call) return false;
    const engine = forward();
    engine.on("close", () => client.destroy());
    engine.on("data", (piece: Buffer) => {
      if (piece.includes(word)) abort();
      client.write(piece);
    });
    return true;
  },
});

const started = (name: string): Moment => ({
  on: (event) => event.kind === "started" && event.step.name.includes(name),
});

/** What is copied has four hundred small files and a large one that no build before had. */
function contextOf(dockerfile: string): string {
  if (dockerfile !== copying) return folderTree({ Dockerfile: dockerfile });
  const small = Array.from({ length: 400 }, (_, index) => [`many/with-a-long-name-${index}`, `${index}`]);
  const z = Buffer.alloc(20_000_000, randomUUID());
  return folderTree({ Dockerfile: dockerfile, ...Object.fromEntries(small), z });
}

const copying = "FROM scratch\nCOPY . /c\n";
const running = "FROM alpine:3.20\nRUN sleep 9393\n";

async function cancelAt(
  moment: Moment,
  dockerfile: string,
  more: Partial<BuildRequest>,
  open: (handle: (passage: Passage) => boolean) => Promise<string>,
): Promise<string> {
  const watch = await watchEngine();
  const control = new AbortController();
  const abort = () => control.abort();
  let armed = true;
  const handle = (it: Passage) => armed && "at" in moment && moment.at(it, abort);
  const engine = await connect({ address: await open(watch.through(handle)) });
  let outcome = "cancelled";
  const request = buildOf(contextOf(dockerfile), { noCache: true, ...more });
  const error = await failureOf(engine.build(request, control.signal), (event) => {
    if ("on" in moment && moment.on(event)) abort();
    if (event.kind === "finished") outcome = "finished";
  }).catch((error: unknown) => {
    // It was faster.
    if (outcome === "finished") return undefined;
    throw error;
  });
  expect(control.signal.aborted).toBe(true);
  if (error) expect([error.failure.kind, error.message]).toEqual(["cancelled", "Cancelled."]);
  await watch.nothingLeft();
  if (dockerfile === running) await processes("sleep 9393", false);

  armed = false;
  const other = folderTree({ Dockerfile: copying, a: randomUUID() });
  expect((await allEvents(engine.build(buildOf(other, more)))).at(-1)?.kind).toBe("finished");
  return outcome;
}

const through = (handle: (passage: Passage) => boolean) => engineProxy(realEngine().dockerHost, handle);

describe("a build that is cancelled leaves nothing, and the next one works: with BuildKit,", () => {
  const plain = {};
  const named = { contexts: { other: "docker-image://alpine:3.20" } };

  test.each([
    ["while the engine is asked who it is", silence("GET /version"), copying, plain],
    ["while the session is opened", silence("POST /session"), copying, plain],
    ["before the engine has taken the build", silence("POST /build"), copying, plain],
    ["while the engine is told of the files", sent("POST /session", 20_000), copying, plain],
    ["while files are sent", sent("POST /session", 2_000_000), copying, plain],
    ["in a RUN", started("sleep 9393"), running, plain],
    ["before BuildKit’s own API answers", silence("POST /grpc"), copying, named],
    ["in a RUN of a build with named contexts", started("sleep 9393"), running, named],
  ] as const)("%s", async (_, moment, dockerfile, more) => {
    expect(await cancelAt(moment, dockerfile, more, through)).toBe("cancelled");
  });

  test.each([
    ["while the image is written", started("exporting to image")],
    ["right at the end", said("POST /build", "moby.image.id")],
  ] as const)("%s", async (_, moment) => {
    expect(["cancelled", "finished"]).toContain(await cancelAt(moment, copying, plain, through));
  });

  test("before it has begun", async () => {
    const watch = await watchEngine();
    const engine = await connect({ address: await through(watch.through(() => false)) });
    const asked = watch.calls.length;
    const error = await failureOf(engine.build(buildOf(contextOf(copying)), AbortSignal.abort()));
    expect(error.failure.kind).toBe("cancelled");
    expect(watch.calls.length).toBe(asked);
    await watch.nothingLeft();
  });

  test("by whoever reads its events, who just stops", async () => {
    const watch = await watchEngine();
    const engine = await connect({ address: await through(watch.through(() => false)) });
    for await (const event of engine.build(buildOf(contextOf(running), { noCache: true })))
      if (event.kind === "started" && event.step.name.includes("sleep")) break;
    await watch.nothingLeft();
    await processes("sleep 9393", false);
  });
});

describe("a build that is cancelled leaves nothing, and the next one works: with the classic builder,", () => {
  test.each([
    ["while the engine is asked who it is", silence("GET /version"), copying],
    ["before the engine has taken anything", silence("POST /build"), copying],
    ["while small files are sent", sent("POST /build", 20_000), copying],
    ["while a large file is sent", sent("POST /build", 2_000_000), copying],
    ["in a RUN", started("RUN sleep 9393"), running],
  ] as const)("%s", async (_, moment, dockerfile) => {
    expect(await cancelAt(moment, dockerfile, {}, oldEngineAddress)).toBe("cancelled");
  });

  test("right at the end", async () => {
    const moment = said("POST /build", "Successfully built");
    expect(["cancelled", "finished"]).toContain(await cancelAt(moment, copying, {}, oldEngineAddress));
  });
});

test.each([
  ["BuildKit", through],
  ["the classic builder", oldEngineAddress],
] as const)("a build that pulls from a silent registry is cancelled, with %s", async (_, way) => {
  const watch = await watchEngine();
  const control = new AbortController();
  const open = new Set<Socket>();
  const registry = createServer((socket) => {
    open.add(socket.resume().on("error", () => {}));
    control.abort();
  });
  onTestFinished(() => {
    registry.close();
    for (const it of open) it.destroy();
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const { port } = registry.address() as AddressInfo;
  const engine = await connect({ address: await way(watch.through(() => false)) });
  const folder = folderTree({ Dockerfile: `FROM 127.0.0.1:${port}/silent:1\n` });
  const error = await failureOf(engine.build(buildOf(folder), control.signal));
  expect(error.failure.kind).toBe("cancelled");
  await watch.nothingLeft();
});
