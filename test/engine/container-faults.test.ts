import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import type { EngineError, RunRequest } from "../../client/src/engine/engine.ts";
import { listImages } from "../../client/src/engine/images/images.ts";
import { connectionTo } from "../../client/src/engine/transport/transport.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";

const hello = "plimsoll-container-faults:hello";
const request: RunRequest = { image: hello, ports: {}, environment: [], interactive: true };

/** What goes wrong at the socket with containers: a sentence, and nothing left. */
describe("with faults at the socket", () => {
  const real = realEngine();
  beforeAll(async () => {
    const engine = await connect({ address: real.dockerHost });
    const folder = fileURLToPath(new URL("../fixtures/http-hello", import.meta.url));
    await allEvents(engine.build(buildOf(folder, { tags: [hello] })));
  });
  afterAll(async () => {
    await real.docker("image", "rm", "--force", hello);
  });
  afterEach(async () => {
    expect(
      await real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.run"),
    ).toBe("");
  });

  const through = async (handle: (passage: Passage) => boolean) =>
    connect({ address: await engineProxy(real.dockerHost, handle) });
  const on = (call: RegExp, act: (passage: Passage) => void) => (passage: Passage) => {
    if (!call.test(passage.call)) return false;
    act(passage);
    return true;
  };

  test.each([
    ["the attaching", /attach$/],
    ["the start", /start$/],
  ])("%s is refused: no container is left", async (_, call) => {
    const engine = await through(on(call, (it) => it.answer(500, '{"message":"no space left on device"}')));
    await expect(engine.run(request)).rejects.toThrow(/^The engine's disk is full/);
  });

  test("the connection breaks at the attaching: no container is left", async () => {
    const engine = await through(on(/attach$/, (it) => void it.client.destroy()));
    await expect(engine.run(request)).rejects.toThrow(/broke off while starting/);
  });

  test("cancelled while it is attached: no container is left", async () => {
    const control = new AbortController();
    const engine = await through((it) => {
      if (/attach$/.test(it.call)) control.abort();
      return false;
    });
    await expect(engine.run(request, control.signal)).rejects.toMatchObject({
      failure: { kind: "cancelled" },
    });
  });

  test("half a list, and junk in place of one", async () => {
    const half = await through(on(/containers\/json$/, (it) => it.answer(200, '[{"Id":"ab')));
    const notUnderstood = /^The engine's answer cannot be understood: “.*”.*then try again\.$/;
    await expect(half.containers.list()).rejects.toThrow(notUnderstood);
    const junk = await through(on(/images\/json$/, (it) => it.answer(200, "<html>")));
    await expect(junk.store.images()).rejects.toThrow(notUnderstood);
    // It says nothing about the image.
    const noId = await through(on(/containers\/create$/, (it) => it.answer(201, "<html>")));
    await expect(smokeCheck(noId, hello)).rejects.toThrow(notUnderstood);
  });

  test("silence in place of an answer is not waited for without end, when nobody can cancel", async () => {
    const address = await engineProxy(
      real.dockerHost,
      on(/images\/json$/, () => {}),
    );
    const impatient = { ...connectionTo({ url: address, from: "setting", tls: undefined }), patience: 200 };
    await expect(listImages(impatient, undefined)).rejects.toMatchObject({
      failure: { kind: "unreachable" },
      message: expect.stringMatching(/took the question and does not answer\..*then try again\.$/),
    });
  });

  test.each(["gone", "cancelled"])(
    "%s in the middle of pruning: what is removed already is told",
    async (how) => {
      const names = ["plimsoll-prune-a", "plimsoll-prune-b"];
      for (const it of names) await real.docker("create", "--name", it, hello);
      try {
        const control = new AbortController();
        let removals = 0;
        const engine = await through((it) => {
          if (!it.call.startsWith("DELETE") || ++removals < 2) return false;
          if (how === "gone") it.client.destroy();
          else control.abort();
          return how === "gone";
        });
        const { containers } = await engine.store.prunable();
        const ours = containers.filter((it) => names.includes(it.name));
        expect(ours.length).toBe(2);
        const error = await engine.store.prune({ containers: ours }, control.signal).then(
          () => expect.fail("It was not stopped."),
          (error: EngineError) => error,
        );
        expect(error.failure.kind).toBe(how === "gone" ? "unreachable" : "cancelled");
        expect(error.message).toMatch(/1 thing was removed before; the rest is still there\.$/);
        // And the next try works.
        const next = await connect({ address: real.dockerHost });
        const left = (await next.store.prunable()).containers.filter((it) => names.includes(it.name));
        expect(await next.store.prune({ containers: left })).toMatchObject({ problems: [] });
      } finally {
        await real.docker("rm", "--force", ...names);
      }
      expect(await real.docker("ps", "--all", "--quiet", "--filter", "name=plimsoll-prune-")).toBe("");
    },
  );

  test("the engine goes away while its events are listened to", async () => {
    let drop = () => {};
    const engine = await through(
      on(/events$/, (it) => {
        const socket = it.forward();
        socket.pipe(it.client, { end: false });
        drop = () => it.client.destroy();
      }),
    );
    const changes = await engine.events({ types: ["container"] }, new AbortController().signal);
    const reading = (async () => {
      for await (const _ of changes);
    })();
    setTimeout(() => drop(), 50);
    await expect(reading).rejects.toMatchObject({ failure: { kind: "unreachable" } });
  });

  test("the engine goes away in the middle of a smoke check: the error is its, and the container goes", async () => {
    const engine = await through(on(/events$/, (it) => void it.client.destroy()));
    await expect(smokeCheck(engine, hello)).rejects.toMatchObject({ failure: { kind: "unreachable" } });
  });

  test("an engine that does not answer is left when one asks for it", async () => {
    const engine = await through((it) => /json$|df$/.test(it.call));
    const cancelled = { failure: { kind: "cancelled" } };
    const soon = () => AbortSignal.timeout(100);
    await expect(engine.containers.list(soon())).rejects.toMatchObject(cancelled);
    await expect(engine.store.images(soon())).rejects.toMatchObject(cancelled);
    await expect(engine.store.prunable(soon())).rejects.toMatchObject(cancelled);
    await expect(engine.store.removal("a", soon())).rejects.toMatchObject(cancelled);
    const watching = (async () => {
      for await (const _ of engine.containers.watch("a", soon()));
    })();
    await expect(watching).rejects.toMatchObject(cancelled);
  });
});
