import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { type PrivateEngine, startEngine, withoutEngine } from "../setup/engine.ts";
import { tools } from "../setup/places.ts";
import { output } from "../setup/programs.ts";
import { allEvents, buildFailureOf, buildOf, failureOf } from "../support/engine/build-events.ts";
import { oldEngineAddress } from "../support/engine/old-engine.ts";
import { folderTree } from "../support/folder-tree.ts";
import { imageOfText } from "../support/images/image-of-text.ts";

const { CI } = process.env;
const big = Buffer.alloc(40_000_000, "big");
const tooBig = { Dockerfile: "FROM scratch\nCOPY big /\n", big };
const fits = { Dockerfile: "FROM scratch\nCOPY small /\n", small: "1" };
const remedy = /disk is full.*docker (system|builder) prune.*try again/;

/** A real engine whose data has 64 MB. */
describe.skipIf(withoutEngine() !== undefined && CI !== "true")("an engine whose disk is full", () => {
  let own: PrivateEngine;
  let engine: Engine;
  let data = "";
  let base = "";
  beforeAll(async () => {
    own = await startEngine({
      async fill(folder) {
        data = folder;
        mkdirSync(folder, { recursive: true });
        await output("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", folder]);
      },
    });
    engine = await connect({ address: own.dockerHost });
    base = mkdtempSync(path.join(tmpdir(), "plimsoll-disk-"));
    copyFileSync(path.join(realpathSync(tools), "engine/bin/busybox"), path.join(base, "busybox"));
    writeFileSync(
      path.join(base, "Dockerfile"),
      'FROM scratch\nCOPY busybox /bin/\nCMD ["/bin/busybox", "sleep", "600"]\n',
    );
    await allEvents(engine.build(buildOf(base, { tags: ["full:base"] })));
    keepReserve();
  });
  afterAll(async () => {
    await own?.stop();
    rmSync(base, { recursive: true, force: true });
  });

  const keepReserve = () => writeFileSync(path.join(data, "reserve"), Buffer.alloc(6_000_000));

  /** The engine's data has no room for anything as long as `act` takes. */
  async function whileFull(act: () => Promise<void>): Promise<void> {
    const filler = path.join(data, "filler");
    const { bavail, bsize } = statfsSync(data);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
    try {
      await act();
    } finally {
      rmSync(filler);
    }
  }

  /** To remove anything the engine needs a little room itself, so something of no use makes way first. */
  async function buildsAgain(): Promise<void> {
    rmSync(path.join(data, "reserve"));
    await own.docker("builder", "prune", "--all", "--force");
    keepReserve();
    expect((await allEvents(engine.build(buildOf(folderTree(fits))))).at(-1)?.kind).toBe("finished");
  }

  test("for the context and its copy", async () => {
    const error = await failureOf(engine.build(buildOf(folderTree(tooBig))));
    expect(buildFailureOf(error).message).toMatch(/no space left/);
    expect(error.message).toMatch(remedy);
    await buildsAgain();
  });

  test("for the archive that the classic builder is sent", async () => {
    const classic = await connect({ address: await oldEngineAddress(undefined, own) });
    const more = Buffer.alloc(40_000_000, "more");
    const error = await failureOf(classic.build(buildOf(folderTree({ ...tooBig, more }))));
    expect(error.message).toMatch(remedy);
    await buildsAgain();
    expect((await allEvents(classic.build(buildOf(folderTree(fits))))).at(-1)?.kind).toBe("finished");
  });

  test("for what a RUN writes", async () => {
    const run = 'RUN ["/bin/busybox", "dd", "if=/dev/zero", "of=/x", "bs=1M", "count=100"]';
    const folder = folderTree({ Dockerfile: `FROM full:base\n${run}\n` });
    const error = await failureOf(engine.build(buildOf(folder)));
    expect(buildFailureOf(error).step).toContain("dd");
    expect(error.message).toMatch(remedy);
    await buildsAgain();
  });

  test("for a container: none is left, and of the image nothing is said", async () => {
    const request = { image: "full:base", ports: {}, environment: [] };
    await whileFull(async () => {
      await expect(engine.run(request)).rejects.toThrow(remedy);
      await expect(smokeCheck(engine, "full:base")).rejects.toThrow(remedy);
      await expect(engine.readImage("full:base")).rejects.toThrow(remedy);
    });
    expect(await own.docker("container", "ls", "--all", "--quiet")).toBe("");
    expect(await smokeCheck(engine, "full:base", { steady: 300 })).toMatchObject({ status: "steady" });
  });

  test("for the archive of an image", async () => {
    await imageOfText(engine, "full:large", "FROM full:base\nCOPY large /\n", {
      large: Buffer.alloc(5_000_000, "large"),
    });
    const image = await engine.inspectImage("full:large");
    await whileFull(async () => {
      await expect(engine.readLayers(image, { hashes: false })).rejects.toThrow(remedy);
    });
    expect((await engine.readLayers(image, { hashes: false })).problem).toBeUndefined();
  });
});
