import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { countSteps } from "../../client/src/builds/build-record.ts";
import { createBuilds } from "../../client/src/builds/builds.ts";
import { connect } from "../../client/src/engine/connect.ts";
import { allEvents, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy } from "../support/engine/engine-proxy.ts";
import { folderTree } from "../support/folder-tree.ts";

describe("the progress of a build", () => {
  test("the first is told by the engine's first words alone", async () => {
    let goOn = () => {};
    const address = await engineProxy(realEngine().dockerHost, ({ call, client, forward }) => {
      if (call !== "POST /build") return false;
      const engine = forward();
      engine.on("close", () => client.destroy());
      const first = (piece: Buffer) => {
        client.write(piece);
        if (!piece.includes("moby.buildkit.trace")) return;
        // Not a word more before something was told of this.
        engine.off("data", first).pause();
        goOn = () => void engine.pipe(client);
      };
      engine.on("data", first);
      return true;
    });
    const engine = await connect({ address });
    const request = buildOf(folderTree({ Dockerfile: "FROM alpine:3.20\nRUN echo\n" }), { noCache: true });
    const kinds: string[] = [];
    for await (const event of engine.build(request)) {
      kinds.push(event.kind);
      goOn();
      goOn = () => {};
    }
    // Had it waited for more, none would have come.
    expect(["planned", "started"]).toContain(kinds[0]);
    expect(kinds.at(-1)).toBe("finished");
  });

  test("steps are planned before they begin; bytes of the context are counted", async () => {
    const engine = await connect({ address: realEngine().dockerHost });
    const tree = {
      Dockerfile: "FROM alpine:3.20\nCOPY big /\nRUN true\n",
      big: Buffer.alloc(30_000_000, "x"),
    };
    const building = createBuilds().begin({
      tag: "a",
      dockerfile: "/a",
      target: undefined,
      context: "/",
      repeat: {},
    });
    const events = await allEvents(engine.build(buildOf(folderTree(tree), { noCache: true })));
    for (const event of events) building.take(event);
    expect(ofKind(events, "planned").map((it) => it.step.position)).toEqual(expect.arrayContaining([2, 3]));
    const context = building.record.steps.find((it) => it.step.name === "[internal] load build context");
    expect(context?.bytes?.current).toBeGreaterThan(29_000_000);
    expect(countSteps(building.record)).toEqual({ all: 3, over: 3, cached: expect.any(Number) });
  });

  test("several builds at once: one is cancelled, the other goes on to its end", async () => {
    const engine = await connect({ address: realEngine().dockerHost });
    const builds = createBuilds();
    const start = (command: string) => {
      const building = builds.begin({
        tag: command,
        dockerfile: "/a",
        target: undefined,
        context: "/",
        repeat: {},
      });
      const dockerfile = `FROM alpine:3.20\nRUN echo ${command} && ${command}\n`;
      const request = buildOf(folderTree({ Dockerfile: dockerfile }), { noCache: true });
      return { building, events: engine.build(request, building.signal) };
    };
    const long = start("sleep 9191");
    const short = start("sleep 2");
    const cancelled = failureOf(long.events, long.building.take);
    const finished = (async () => {
      for await (const event of short.events) short.building.take(event);
    })();
    const wrote = (it: typeof long) => it.building.record.steps.some((step) => step.text() !== "");
    while (!wrote(long) || !wrote(short)) await sleep(20);
    builds.cancel(long.building.record.id);
    expect((await cancelled).failure.kind).toBe("cancelled");
    await finished;
    const texts = (it: typeof long) => it.building.record.steps.map((step) => step.text()).join("");
    expect([texts(long), texts(short)]).toEqual(["sleep 9191\n", "sleep 2\n"]);
  });
});
