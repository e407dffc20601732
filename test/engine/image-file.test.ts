import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImageDetails } from "../../client/src/engine/engine.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";

const tag = "plimsoll-file-test:1";
const twin = "plimsoll-file-test:2";

const dockerfile = `FROM alpine:3.24
COPY note /data/note
RUN printf 'second\\n' > /data/note && ln -s /data/note /to-note && ln -s ../to-note /data/back && ln -s nowhere /data/broken && ln -s loop /data/loop && mkfifo /data/pipe
RUN rm -r /data/note && printf third > /data/other
VOLUME /data
`;

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  let folder: string;
  let image: ImageDetails;
  let other: ImageDetails;

  const read = async (path: string, layer?: string, limit = 1000) => {
    const { bytes, size } = await up.engine.readFile(image, { path, ...(layer && { layer }) }, { limit });
    return [Buffer.from(bytes).toString(), size];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-file-"));
    writeFileSync(join(folder, "Dockerfile"), dockerfile);
    writeFileSync(join(folder, "note"), "first\n");
    await allEvents(up.engine.build(buildOf(folder, { tags: [tag] })));
    writeFileSync(join(folder, "Dockerfile"), "FROM alpine:3.24\nCOPY note /only\n");
    await allEvents(up.engine.build(buildOf(folder, { tags: [twin] })));
    [image, other] = [await up.engine.inspectImage(tag), await up.engine.inspectImage(twin)];
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", tag, twin);
    rmSync(folder, { recursive: true });
  });

  test("a file as a container would see it, through links, also in a volume", async () => {
    expect(await read("/data/other")).toEqual(["third", 5]);
    expect((await read("/etc/os-release"))[0]).toContain("Alpine Linux");
    expect((await read("/etc/os-release", undefined, 4))[0]).toHaveLength(4);
  });

  test("a file that another layer hides, as each layer stores it", async () => {
    const layers = image.diffIds.slice(-3);
    expect(await read("/data/note", layers[0])).toEqual(["first\n", 6]);
    expect(await read("/data/note", layers[1])).toEqual(["second\n", 7]);
    await expect(read("/data/note", layers[2])).rejects.toMatchObject({ failure: { kind: "not-found" } });
  });

  test.each([
    ["/data/note", "/data/note is not in the image."],
    ["/data/broken", "/data/broken is a link that leads nowhere."],
    ["/data/loop", "/data/loop is a link that leads nowhere."],
    ["/data/pipe", "/data/pipe is a device or a pipe, and has no content."],
    ["/etc", "/etc is a directory."],
  ])("what is no file is said to be none: %s", async (path, message) => {
    await expect(read(path)).rejects.toMatchObject({ name: "EngineError", message });
  });

  test("no container is left", async () => {
    await read("/data/other");
    expect(await up.real.docker("ps", "--all", "--quiet", "--filter", "label=dev.plimsoll.read")).toBe("");
  });

  test("cancelled, it ends as cancelled", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(
      up.engine.readFile(image, { path: "/etc/passwd" }, { limit: 10, signal: stop.signal }),
    ).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  });

  test("two images are read at once, and a layer that both have comes once", async () => {
    let both = 0;
    const read = await up.engine.readLayersOf([image, other], {
      hashes: true,
      onProgress: (bytes) => {
        both = bytes;
      },
    });
    expect(read.map((it) => it.problem)).toEqual([undefined, undefined]);
    expect(read.map((it) => it.layers.map((layer) => layer.diffId))).toEqual([image.diffIds, other.diffIds]);
    expect(read.flatMap((it) => it.layers.map((layer) => layer.problem)).filter(Boolean)).toEqual([]);
    expect(read[1]?.layers.at(-1)?.layer?.entries.map((it) => it.path)).toEqual(["/only"]);
    expect(read[0]?.layers[0]?.layer?.entries).toBe(read[1]?.layers[0]?.layer?.entries);
    let one = 0;
    await up.engine.readLayers(image, {
      hashes: true,
      onProgress: (bytes) => {
        one = bytes;
      },
    });
    // The other one adds its own small layer, its configuration and its manifests.
    expect(both - one).toBeLessThan(100_000);
  });
});
