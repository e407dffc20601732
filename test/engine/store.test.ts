import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { startEngineWithBases } from "../setup/bases.ts";
import type { RealEngine } from "../support/engine/engine.ts";
import { imageStores } from "../support/engine/engines.ts";
import { imageOfText } from "../support/images/image-of-text.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

// Pruning takes everything, so each store has an engine of its own here.
describe.each(imageStores)("with the %s image store", (store) => {
  let real: RealEngine & { stop(): Promise<void> };
  let engine: Engine;
  beforeAll(async () => {
    real = await startEngineWithBases(store);
    engine = await connect({ address: real.dockerHost });
  });
  afterAll(() => real.stop());
  afterEach(async () => {
    // Every test ends with its containers gone, whichever way it went.
    expect((await engine.containers.list()).map((it) => it.name)).toEqual([]);
  });

  /** An image of a file of so many bytes, which nothing compresses. */
  function build(tag: string | undefined, bytes: number): Promise<string> {
    const text = 'FROM alpine:3.20\nCOPY file /file\nVOLUME /data\nCMD ["sleep", "600"]';
    return imageOfText(engine, tag, text, { file: randomBytes(bytes) });
  }
  const find = async (tag: string) => (await engine.store.images()).find((it) => it.tags.includes(tag));

  test("images: both sizes, platform, age, containers", async () => {
    await build("listed:1", 1_000_000);
    onTestFinished(() => engine.store.remove("listed:1"));
    const container = await engine.run({
      image: "listed:1",
      ports: {},
      environment: [],
      name: "uses-listed",
    });
    const listed = await find("listed:1");
    await container.stop(undefined, { graceSeconds: 0 });
    expect(listed).toMatchObject({ containers: ["uses-listed"] });
    expect(listed?.platforms).toEqual(["linux/amd64"]);
    expect(Math.abs(Date.now() - (listed?.created ?? 0))).toBeLessThan(120_000);
    // On either store the same measure, and the one that a comparison of sizes takes.
    const details = await engine.inspectImage("listed:1");
    expect(listed?.onDisk).toBe(details.unpackedSize);
    expect(listed?.transfer).toBe(details.compressedSize);
    expect(details.config.volumes).toEqual(["/data"]);
    expect(await engine.store.inspectImage("listed:1")).toMatchObject({ RepoTags: ["listed:1"] });
  });

  test("an image is saved to a file that only its owner may read; none where that cannot be", async () => {
    await build("saved:1", 1_000);
    onTestFinished(() => engine.store.remove("saved:1"));
    const file = path.join(temporaryFolder(), "image.tar");
    let bytes = 0;
    await engine.saveImage("saved:1", file, undefined, (so) => {
      bytes = so;
    });
    expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([bytes, 0o600]);
    expect(execFileSync("tar", ["-xOf", file, "manifest.json"], { encoding: "utf8" })).toContain('"saved:1"');
    const failing = (reference: string, into: string, signal?: AbortSignal) =>
      expect(engine.saveImage(reference, into, signal)).rejects;
    await failing("saved:1", file).toThrow(/^The image could not be written to .*image\.tar: /);
    await failing("saved:none", `${file}2`).toMatchObject({ failure: { kind: "not-found" } });
    await failing("saved:1", `${file}3`, AbortSignal.abort()).toMatchObject({
      failure: { kind: "cancelled" },
    });
  });

  test("a tag is one more name, and goes without the image", async () => {
    await build("named:1", 500_000);
    await engine.store.tag("named:1", "localhost:5000/team/other");
    const removal = await engine.store.removal("named:1");
    expect(removal).toMatchObject({ otherTags: ["localhost:5000/team/other:latest"] });
    await engine.store.remove("named:1");
    const last = await engine.store.removal("localhost:5000/team/other");
    expect(last).toMatchObject({ otherTags: [], running: [], stopped: [] });
    // Its own layer, not Alpine's.
    expect(last.bytes).toBeGreaterThan(499_000);
    expect(last.bytes).toBeLessThan(2_500_000);
    await engine.store.remove("localhost:5000/team/other");
    await expect(engine.store.removal("named:1")).rejects.toMatchObject({ failure: { kind: "not-found" } });
    await expect(engine.store.tag("named:1", "a:b")).rejects.toThrow(
      "There is no image named:1 here any more.",
    );
  });

  test("one in use is not removed, and it is said what to do", async () => {
    await build("used:1", 1_000);
    const container = await engine.run({
      ...{ image: "used:1", ports: {}, environment: [], name: "uses-it", keep: true },
    });
    await expect(engine.store.remove("used:1")).rejects.toThrow(
      "used:1 is in use: uses-it runs from it. Stop and remove that container first.",
    );
    await container.stop(undefined, { graceSeconds: 0 });
    expect(await engine.store.removal("used:1")).toMatchObject({ running: [], stopped: ["uses-it"] });
    await expect(engine.store.remove("used:1")).rejects.toThrow(
      "used:1 is in use by stopped containers: uses-it. Remove it first.",
    );
    // With another name the image stays, so this name may go.
    await engine.store.tag("used:1", "used:2");
    await engine.store.remove("used:1");
    await engine.containers.remove("uses-it");
    await engine.store.remove("used:2");
    expect(await find("used:2")).toBeUndefined();
  });

  test("pruning: what was shown goes, with its bytes, and nothing else", async () => {
    const dangling = await build(undefined, 3_000_000);
    await build("stays:1", 1_000);
    const stays = await engine.run({ image: "stays:1", ports: {}, environment: [], name: "stays" });
    const container = await engine.run({
      image: "alpine:3.20",
      command: ["sh", "-c", "head -c 2000000 /dev/urandom > /big"],
      ...{ ports: {}, environment: [], name: "goes", keep: true },
    });
    await real.docker("wait", container.id);
    const shown = await engine.store.prunable();
    expect(shown.containers.map((it) => it.name)).toEqual(["goes"]);
    expect(shown.containers[0]?.bytes).toBeGreaterThanOrEqual(2_000_000);
    expect(shown.images.map((it) => it.id)).toContain(dangling);
    const image = shown.images.find((it) => it.id === dangling);
    expect(image?.bytes).toBeGreaterThan(2_900_000);
    expect(image?.bytes).toBeLessThan(7_000_000);

    // In the meantime somebody starts and stops things.
    const later = await engine.run({
      ...{ image: "stays:1", ports: {}, environment: [], name: "later", keep: true },
    });
    await later.stop(undefined, { graceSeconds: 0 });
    const { containers, images } = shown;
    const pruned = await engine.store.prune({ containers, images });
    expect(pruned).toMatchObject({ containers: 1, images: shown.images.length, buildCache: 0, problems: [] });
    expect(pruned.bytes).toBeGreaterThan(4_900_000);
    expect((await engine.containers.list()).map((it) => it.name).toSorted()).toEqual(["later", "stays"]);
    expect((await engine.store.images()).some((it) => it.id === dangling)).toBe(false);

    const left = await engine.store.prunable();
    expect(left.images).toEqual([]);
    expect(left.buildCache.length).toBeGreaterThan(0);
    const expected = left.buildCache.reduce((sum, it) => sum + it.bytes, 0);
    // What is built after it was shown stays in the cache.
    await build("cached:1", 1_000);
    const cache = await engine.store.prune({ buildCache: left.buildCache });
    expect(cache.buildCache).toBeGreaterThan(0);
    const shownIds = new Set(left.buildCache.map((it) => it.id));
    const still = (await engine.store.prunable()).buildCache;
    expect(still.length).toBeGreaterThan(0);
    expect(still.filter((it) => shownIds.has(it.id) && it.bytes > 0)).toEqual([]);
    await engine.store.remove("cached:1");
    // At least what was shown; the engine may count what images hold as well.
    expect(cache.bytes).toBeGreaterThan(expected - 100_000);
    await stays.stop(undefined, { graceSeconds: 0 });
    await engine.containers.remove("later");
  });

  test("what came into use meanwhile is left, and said", async () => {
    const container = await engine.run({
      ...{ image: "alpine:3.20", ports: {}, environment: [], name: "revived", keep: true },
      command: ["sleep", "600"],
    });
    await container.stop(undefined, { graceSeconds: 0 });
    const all = await engine.store.prunable();
    const shown = { ...all, containers: all.containers.filter((it) => it.name === "revived") };
    await engine.containers.start("revived");
    const pruned = await engine.store.prune({ containers: shown.containers });
    expect(pruned.containers).toBe(0);
    expect(pruned.problems).toEqual(["revived: It runs again."]);
    await engine.containers.remove("revived", true);
  });

  test("unused images and volumes: listed apart, by their names; what came into use meanwhile is left", async () => {
    await build("unused:1", 2_000_000);
    await engine.store.tag("unused:1", "unused:2");
    await build("needed:1", 1_000);
    await build("late:1", 1_000);
    const run = (image: string, name: string) =>
      engine.run({
        ...{ image, name, ports: {}, environment: [], keep: true },
        mounts: [{ kind: "volume", source: `${name}-data`, target: "/named" }],
      });
    await run("needed:1", "needs-it");
    await real.docker("volume", "create", "old-data");
    await real.docker(
      "run",
      "--rm",
      "--volume=old-data:/d",
      "alpine:3.20",
      "sh",
      "-c",
      "echo precious > /d/f",
    );
    await real.docker("volume", "create", "late-data");
    const [anonymous = ""] = (await real.docker("volume", "create")).trim().split("\n");

    const found = await engine.store.prunable();
    const unused = found.unusedImages.filter((it) => /^(unused|needed|late):/.test(it.name));
    expect(unused.map((it) => [...(it.references ?? [])].toSorted()).toSorted()).toEqual([
      ["late:1"],
      ["unused:1", "unused:2"],
    ]);
    expect(unused.find((it) => it.name.includes("unused"))?.bytes).toBeGreaterThan(1_900_000);
    expect(found.volumes.map((it) => it.name).toSorted()).toEqual(["late-data", "old-data"]);
    expect(found.volumes.find((it) => it.name === "old-data")?.bytes).toBe("precious\n".length);
    expect(found.anonymousVolumes.map((it) => it.id)).toEqual([anonymous]);

    await run("late:1", "late");
    const { volumes, anonymousVolumes } = found;
    const pruned = await engine.store.prune({ unusedImages: unused, volumes, anonymousVolumes });
    expect(pruned).toMatchObject({
      unusedImages: 1,
      volumes: 1,
      anonymousVolumes: 1,
      images: 0,
      containers: 0,
    });
    expect(pruned.bytes).toBeGreaterThan(1_900_000);
    expect(pruned.problems).toEqual([
      "late:1: A container has it by now.",
      "late-data: A container has it by now.",
    ]);
    expect(await find("unused:2")).toBeUndefined();
    expect(await find("late:1")).toBeDefined();
    await engine.containers.remove("late", true);
    await engine.containers.remove("needs-it", true);
    for (const it of ["needed:1", "late:1"]) await engine.store.remove(it);
    await real.docker("volume", "rm", "late-data", "needs-it-data");
  });
});
