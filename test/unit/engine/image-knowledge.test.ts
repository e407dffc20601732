import { expect, test } from "vitest";
import { type Engine, EngineError, type EngineFailure } from "../../../client/src/engine/engine.ts";
import { imageKnowledge } from "../../../client/src/engine/images/image-knowledge.ts";
import { imageMemory } from "../../../client/src/engine/images/image-memory.ts";
import type { ImageReading } from "../../../server/src/model/image/image-reading.ts";
import { image } from "../../support/images/images.ts";
import { reading } from "../../support/images/readings.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const away = () =>
  new EngineError({ kind: "unreachable", address: "unix:///x", cause: "no-socket", detail: "" }, "away");
const missing = () => new EngineError({ kind: "not-found", what: "x" }, "not here");
const one = `sha256:${"1".repeat(64)}`;

/** Knowledge of an engine that does as the test says. */
function setUp() {
  const world = {
    mayAsk: true,
    isUp: true,
    images: new Map<string, string>(),
    connects: 0,
    reads: [] as string[],
    withLayers: [] as string[],
    atOnce: 0,
    notes: [] as string[],
    read: (id: string): Promise<ImageReading> => Promise.resolve(reading({ id })),
  };
  const inspect = (reference: string): string => {
    if (!world.isUp) throw away();
    const id = world.images.get(reference);
    if (id === undefined) throw missing();
    return id;
  };
  const engine: Pick<Engine, "inspectImage" | "readImage" | "images"> = {
    async images() {
      if (!world.isUp) throw away();
      return [...world.images].map(([tag, id]) => ({ id, tags: [tag], created: 0, listedSize: 0 }));
    },
    inspectImage: async (reference) => image([], { id: inspect(reference) }),
    async readImage(reference, signal, layers) {
      world.reads.push(reference);
      if (layers) world.withLayers.push(reference);
      expect(++world.atOnce).toBe(1);
      try {
        return await Promise.race([
          world.read(inspect(reference)),
          new Promise<never>((_, reject) =>
            signal?.addEventListener("abort", () =>
              reject(new EngineError({ kind: "cancelled" }, "Cancelled.")),
            ),
          ),
        ]);
      } finally {
        world.atOnce--;
      }
    },
  };
  const knowledge = imageKnowledge({
    memory: imageMemory(temporaryFolder()),
    mayAsk: () => world.mayAsk,
    async connect() {
      world.connects++;
      if (!world.isUp) throw away();
      return engine as Engine;
    },
    failureOf: (error): EngineFailure | undefined =>
      error instanceof EngineError ? error.failure : undefined,
    note: (it) => world.notes.push(it),
  });
  return { world, knowledge };
}

test("reads an image once, and again when the name means another", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  expect(await knowledge.find("a:1")).toEqual({ reading: reading({ id: one }), isHere: true });
  expect((await knowledge.find("a:1"))?.reading.id).toBe(one);
  world.images.set("same:1", one);
  await knowledge.find("same:1");
  expect(world.reads).toEqual(["a:1"]);
  world.images.set("a:1", `sha256:${"2".repeat(64)}`);
  await knowledge.find("a:1");
  expect(world.reads).toEqual(["a:1", "a:1"]);
});

test("learns from layers what it need not read then", async () => {
  const { world, knowledge } = setUp();
  world.images.set(one, one).set("a:1", one);
  await knowledge.learn(one, []);
  expect(world.withLayers).toEqual([one]);
  expect((await knowledge.find("a:1"))?.reading.id).toBe(one);
  await knowledge.learn(one, []);
  expect(world.reads).toEqual([one]);
});

test("learns nothing where the engine may not be asked, and does no harm where that fails", async () => {
  const { world, knowledge } = setUp();
  await knowledge.learn(one, []);
  expect(world.notes).toHaveLength(1);
  world.mayAsk = false;
  await knowledge.learn(one, []);
  expect(world.reads).toEqual([one]);
});

test("several are read one after the other", async () => {
  const { world, knowledge } = setUp();
  for (const number of [1, 2, 3]) world.images.set(`a:${number}`, `sha256:${number}`);
  const found = await Promise.all(["a:1", "a:2", "a:3"].map((it) => knowledge.find(it)));
  expect(found.map((it) => it?.reading.id)).toEqual(["sha256:1", "sha256:2", "sha256:3"]);
});

test("without an engine tells what it remembers, and looks for one only once", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  await knowledge.find("a:1");
  world.isUp = false;
  expect(await knowledge.find("a:1")).toEqual({ reading: reading({ id: one }), isHere: false });
  expect(await knowledge.find("b:1")).toBeNull();
  const { connects } = world;
  await knowledge.find("a:1");
  expect(world.connects).toBe(connects);
  world.isUp = true;
  expect((await knowledge.find("a:1"))?.isHere).toBe(false);
  knowledge.refresh();
  expect((await knowledge.find("a:1"))?.isHere).toBe(true);
});

test("what the engine does not have is not known, whatever it had before", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  await knowledge.find("a:1");
  world.images.delete("a:1");
  expect(await knowledge.find("a:1")).toBeNull();
  world.isUp = false;
  expect(await knowledge.find("a:1")).toBeNull();
});

test("asks nobody when it may not", async () => {
  const { world, knowledge } = setUp();
  world.mayAsk = false;
  world.images.set("a:1", one);
  expect(await knowledge.find("a:1")).toBeNull();
  expect(world.connects).toBe(0);
});

test("asks for nothing that is no name of an image", async () => {
  const { world, knowledge } = setUp();
  for (const name of [
    "",
    "../containers",
    "a/../b",
    "a b",
    "a?all=1",
    "a#b",
    "a%2e",
    "-a",
    `a${"b".repeat(500)}`,
  ])
    expect(await knowledge.find(name), name).toBeNull();
  expect(world.connects).toBe(0);
});

test("ends what is under way when it is told to begin anew", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  world.read = () => {
    begin();
    return new Promise(() => {});
  };
  const finding = knowledge.find("a:1");
  const waiting = knowledge.find("a:1");
  await begun;
  knowledge.refresh();
  expect(await finding).toBeNull();
  expect(await waiting).toBeNull();
  world.read = async (id) => reading({ id });
  expect((await knowledge.find("a:1"))?.isHere).toBe(true);
});

test("at its end nothing is under way, and nothing is begun", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  world.read = () => new Promise(() => {});
  const finding = knowledge.find("a:1");
  await knowledge.stop();
  expect(world.atOnce).toBe(0);
  expect(await finding).toBeNull();
  const { connects } = world;
  expect(await knowledge.find("a:1")).toBeNull();
  expect(world.connects).toBe(connects);
});

test("a failure, expected or not, costs one answer", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one);
  world.read = () => Promise.reject(new EngineError({ kind: "other", message: "no space" }, "no space"));
  expect(await knowledge.find("a:1")).toBeNull();
  world.read = () => Promise.reject(new TypeError("a bug"));
  expect(await knowledge.find("a:1")).toBeNull();
  expect(world.notes.join(" ")).toMatch(/no space.*a bug/s);
  world.read = async (id) => reading({ id });
  expect((await knowledge.find("a:1"))?.isHere).toBe(true);
});

test("tells the names that the engine has, and none where it may not be asked or is away", async () => {
  const { world, knowledge } = setUp();
  world.images.set("a:1", one).set("b:2", one);
  expect(await knowledge.names()).toEqual(["a:1", "b:2"]);
  world.isUp = false;
  expect(await knowledge.names()).toEqual([]);
  world.isUp = true;
  world.mayAsk = false;
  expect(await knowledge.names()).toEqual([]);
});
