import { chmodSync, chownSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import type { Engine, RunRequest } from "../../client/src/engine/engine.ts";
import { buildElsewhere } from "../support/engine/build-elsewhere.ts";
import { buildOf } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";
import { watchEngine } from "../support/engine/nothing-left.ts";
import { imageOfText } from "../support/images/image-of-text.ts";

const image = "plimsoll-container-cancel:1";
const request: RunRequest = { image, ports: { "8080/tcp": 0 }, environment: [], interactive: true };

beforeAll(async () => {
  const engine = await connect({ address: realEngine().dockerHost });
  const command = 'STOPSIGNAL SIGKILL\nCMD ["sh", "-c", "echo up; exec sleep 600"]';
  await imageOfText(engine, image, `FROM alpine:3.20\nEXPOSE 8080\n${command}`);
});
afterAll(async () => {
  await realEngine().docker("image", "rm", "--force", image);
});

type Act = (engine: Engine, signal: AbortSignal) => Promise<unknown>;
const run: Act = (engine, signal) => engine.run(request, signal);
const smoke: Act = (engine, signal) => smokeCheck(engine, image, {}, signal);
const read: Act = (engine, signal) => engine.readImage(image, signal);
const weigh: Act = async (engine, signal) =>
  engine.readLayers(await engine.inspectImage(image), { hashes: true, signal });

/** What is done with containers and images, and the calls that it makes of the engine. */
const steps: readonly (readonly [string, Act, RegExp])[] = [
  ["running, at the creation", run, /containers\/create$/],
  ["running, at the attaching", run, /attach$/],
  ["running, at the start", run, /start$/],
  ["running, at the look at it", run, /containers\/\w+\/json$/],
  ["a smoke check, at the look at the image", smoke, /^GET \/images/],
  ["a smoke check, at the creation", smoke, /containers\/create$/],
  ["a smoke check, at the start", smoke, /start$/],
  ["a smoke check, at the logs", smoke, /logs$/],
  ["a smoke check, at the events", smoke, /events$/],
  ["reading an image, at the creation", read, /containers\/create$/],
  ["reading an image, at its files", read, /archive$/],
  ["weighing an image", weigh, /\/get$/],
];

describe("cancelled while the engine does what it was asked for", () => {
  test.each(steps)("%s: nothing is left", async (_, act, call) => {
    const watch = await watchEngine();
    const control = new AbortController();
    const through = (it: Passage) => {
      if (call.test(it.call)) control.abort();
      return false;
    };
    const engine = await connect({
      address: await engineProxy(realEngine().dockerHost, watch.through(through)),
    });
    await expect(act(engine, control.signal)).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    await watch.nothingLeft();
  });
});

describe("cancelled while the engine is silent", () => {
  test.each([
    ["running, at the creation", run, /containers\/create$/],
    ["running, at the start", run, /start$/],
    ["a smoke check, at its end", smoke, /stop$/],
    ["reading an image, at the creation", read, /containers\/create$/],
    ["reading an image, at the removal of what it was read through", read, /^DELETE/],
    ["weighing an image", weigh, /\/get$/],
  ] as const)("%s: who cancelled does not wait, and what comes late is taken back", async (_, act, call) => {
    const watch = await watchEngine();
    const control = new AbortController();
    const held: Passage[] = [];
    let silent = true;
    const through = (it: Passage) => {
      // A smoke check waits for the image's port, which never answers.
      if (act === smoke && /logs$/.test(it.call)) setImmediate(() => control.abort());
      if (!silent || !call.test(it.call)) return false;
      held.push(it);
      setImmediate(() => control.abort());
      return true;
    };
    const engine = await connect({
      address: await engineProxy(realEngine().dockerHost, watch.through(through)),
    });
    await expect(act(engine, control.signal)).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    expect(held.length).toBeGreaterThan(0);
    silent = false;
    for (const { client, forward } of held) {
      const socket = forward();
      socket.on("close", () => client.destroy());
      socket.pipe(client);
    }
    await watch.nothingLeft();
  });

  test("a shell", async () => {
    const { docker, dockerHost } = realEngine();
    const id = (await docker("run", "--detach", "--rm", image)).trim();
    try {
      const control = new AbortController();
      const handle = ({ call, client }: Passage) => {
        if (!/exec$/.test(call)) return false;
        client.resume().once("end", () => client.destroy());
        setImmediate(() => control.abort());
        return true;
      };
      const engine = await connect({ address: await engineProxy(dockerHost, handle) });
      const cancelled = { failure: { kind: "cancelled" } };
      await expect(engine.containers.shell(id, control.signal)).rejects.toMatchObject(cancelled);
    } finally {
      await docker("rm", "--force", id);
    }
  });
});

describe("the engine goes away", () => {
  const gone = { failure: { kind: "unreachable" } };
  const never = new AbortController().signal;

  /** It breaks off when it has sent that many bytes. */
  async function engineCut(call: RegExp, bytes: number): Promise<Engine> {
    const handle = (passage: Passage) => {
      if (!call.test(passage.call)) return false;
      let seen = 0;
      passage.forward().on("data", (piece) => {
        seen += piece.length;
        passage.client.write(piece, () => {
          if (seen >= bytes) passage.client.destroy();
        });
      });
      return true;
    };
    return connect({ address: await engineProxy(realEngine().dockerHost, handle) });
  }

  test("while an image is weighed, or read", async () => {
    await expect(weigh(await engineCut(/\/get$/, 100_000), never)).rejects.toMatchObject(gone);
    await expect(read(await engineCut(/^GET .*archive$/, 1_000), never)).rejects.toMatchObject(gone);
  });

  test("while the output of a container is read: it can be stopped all the same", async () => {
    const watch = await watchEngine();
    const engine = await engineCut(/logs$/, 1);
    const container = await engine.run({ ...request, interactive: false });
    try {
      const reading = (async () => {
        for await (const _ of container.logs());
      })();
      await expect(reading).rejects.toMatchObject(gone);
    } finally {
      await container.stop(undefined, { graceSeconds: 0 });
    }
    await watch.nothingLeft();
  });
});

test("a socket that one may not use", async () => {
  const address = await engineProxy(realEngine().dockerHost, () => false);
  const socket = address.replace("unix://", "");
  chownSync(socket, 65534, 65534);
  chmodSync(socket, 0o600);
  const request = buildOf("/nowhere");
  const { failure, message } = await buildElsewhere(address, request, { asPlainUser: true }).result;
  expect(failure).toMatchObject({ kind: "unreachable", cause: "permission-denied" });
  expect(message).toMatch(/^You may not use the Docker Engine at .*usermod -aG docker/);
});
