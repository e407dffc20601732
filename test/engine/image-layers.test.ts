import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { ImageArchive } from "../../client/src/sizes/layers/image-archive.ts";
import type { Layer } from "../../client/src/sizes/layers/layer.ts";
import { weigh } from "../../client/src/sizes/waste.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineProxy } from "../support/engine/engine-proxy.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";

const tag = "plimsoll-layers-test:1";

/** Each instruction makes one layer that is known to the byte. */
const dockerfile = `FROM alpine:3.22
COPY big /data/big
COPY small /data/small
COPY --chown=1000:1000 big /data/big
COPY small /data/big
RUN rm -r /data
RUN mkdir -p /srv && printf 1234567 > /srv/one && ln /srv/one /srv/two && dd if=/dev/zero of=/srv/holes bs=1 count=1 seek=4999999 2>/dev/null
COPY big /copy-1
COPY big /copy-2
RUN mkdir /opaque && printf 12345678 > /opaque/old
RUN rm -r /opaque && mkdir /opaque && printf 123 > /opaque/new
`;

function layersOf({ layers }: ImageArchive): readonly Layer[] {
  return layers.flatMap((it) => it.layer ?? []);
}

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  let archive: ImageArchive;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-layers-"));
    writeFileSync(join(folder, "Dockerfile"), dockerfile);
    writeFileSync(join(folder, "small"), "s".repeat(1234));
    writeFileSync(join(folder, "big"), Buffer.alloc(2_000_003, "b"));
    await allEvents(up.engine.build(buildOf(folder, { tags: [tag] })));
    const image = await up.engine.inspectImage(tag);
    archive = await up.engine.readLayers(image, { hashes: true });
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", tag);
    rmSync(folder, { recursive: true });
  });

  test("each layer weighs what its instruction brought, to the byte", () => {
    expect(archive.problem).toBeUndefined();
    const sizes = layersOf(archive).map((it) => it.size);
    const linked = layersOf(archive)[6]?.entries.filter((it) => /^\/srv\/(one|two)$/.test(it.path)) ?? [];
    expect(linked.map((it) => it.kind).sort()).toEqual(["file", "hard-link"]);
    expect(sizes.slice(1)).toEqual([
      2_000_003,
      1234,
      2_000_003,
      1234,
      0,
      7 + 5_000_000,
      2_000_003,
      2_000_003,
      8,
      3,
    ]);
  });

  test("what is carried for nothing, what for, and by which layer", () => {
    const { waste, duplicates, total, visible } = weigh(layersOf(archive));
    expect(
      waste
        .filter((it) => it.storedBy > 0)
        .map(({ storedBy, hiddenBy, how, bytes }) => [storedBy, hiddenBy, how, bytes]),
    ).toEqual([
      [1, 3, "rewritten", 2_000_003],
      [3, 4, "overwritten", 2_000_003],
      [2, 5, "deleted", 1234],
      [4, 5, "deleted", 1234],
      [9, 10, "deleted", 8],
    ]);
    expect(duplicates[0]).toMatchObject({
      size: 2_000_003,
      places: [{ path: "/copy-1" }, { path: "/copy-2" }],
    });
    expect(total - visible).toBe(waste.reduce((sum, it) => sum + it.bytes, 0));
  });

  test("the layers together are what the engine says the image is on disk", async () => {
    const { unpackedSize, diffIds } = await up.engine.inspectImage(tag);
    const total = layersOf(archive).reduce((sum, it) => sum + it.size, 0);
    expect(archive.layers.map((it) => it.diffId)).toEqual(diffIds);
    // overlay2 counts the names that symbolic links lead to as well; a containerd store counts blocks of 4 KiB.
    const links = layersOf(archive)
      .flatMap((it) => it.entries)
      .reduce((sum, it) => sum + (it.kind === "symlink" ? (it.target ?? "").length : 0), 0);
    if (store === "graph") expect(total + links).toBe(unpackedSize);
    else expect(Math.abs(total - unpackedSize) / unpackedSize).toBeLessThan(0.2);
  });

  test("layers that are known are asked for no more", async () => {
    const image = await up.engine.inspectImage(tag);
    const known = new Map(layersOf(archive).map((it) => [it.diffId, it]));
    let bytes = 0;
    const again = await up.engine.readLayers(image, {
      hashes: true,
      known: (diffId) => known.get(diffId),
      onProgress: (read) => {
        bytes = read;
      },
    });
    expect(bytes).toBe(0);
    expect(layersOf(again)).toEqual(layersOf(archive));
  });

  test("another image does not have the layers unpacked again that both share", async () => {
    const other = "plimsoll-layers-test:2";
    writeFileSync(join(folder, "Dockerfile.other"), `FROM ${tag}\nRUN printf 12 > /two\n`);
    const build = buildOf(folder, { tags: [other], dockerfile: join(folder, "Dockerfile.other") });
    await allEvents(up.engine.build(build));
    const known = new Map(layersOf(archive).map((it) => [it.diffId, it]));
    let bytes = 0;
    const read = await up.engine.readLayers(await up.engine.inspectImage(other), {
      hashes: true,
      known: (diffId) => known.get(diffId),
      onProgress: (came) => {
        bytes = came;
      },
    });
    await up.real.docker("image", "rm", "--force", other);
    const layers = layersOf(read);
    // The very same objects: they come from memory.
    expect(layers.slice(0, -1).map((it, index) => it === layersOf(archive)[index])).not.toContain(false);
    expect(layers.at(-1)?.size).toBe(2);
    // A graph store sends the image whole, a containerd store the manifest, the configuration and that layer.
    if (store === "graph") expect(bytes).toBeGreaterThan(12_000_000);
    else expect(bytes).toBeLessThan(10_000);
    expect(read.layers.every((it) => (it.compressedSize === undefined) === (store === "graph"))).toBe(true);
  });

  const onContainerd = test.runIf(store === "containerd");
  onContainerd("layers that come one by one are those of the archive", async () => {
    const { id, diffIds } = await up.engine.inspectImage(tag);
    // Without its packed size the image counts as one of a store that cannot give single layers.
    const saved = await up.engine.readLayers({ id, diffIds }, { hashes: true });
    expect(archive).toEqual(saved);
  });

  onContainerd.each(["refused", "broken off"] as const)(
    "where single layers are %s, the image is read as the engine saves it",
    async (how) => {
      let asked = 0;
      const address = await engineProxy(up.real.dockerHost, ({ call, client, forward, answer }) => {
        if (call !== "POST /grpc") return false;
        asked++;
        if (how === "refused") answer(404, "{}");
        else
          forward()
            .on("data", (part: Buffer) => client.write(part))
            // In the first blob: an image index, a manifest or a configuration.
            .once("data", () => setTimeout(() => client.destroy(), 20));
        return true;
      });
      const engine = await connect({ address });
      const read = await engine.readLayers(await engine.inspectImage(tag), { hashes: true });
      expect(asked).toBe(1);
      expect(read).toEqual(archive);
    },
  );

  // Graph stores take no attestations.
  onContainerd(
    "where the image carries provenance, each layer has the lines that were recorded",
    async () => {
      const recorded = "plimsoll-layers-test:provenance";
      writeFileSync(
        join(folder, "Dockerfile.recorded"),
        "FROM alpine:3.22\nWORKDIR /w\nRUN printf 1 > one && \\\n    printf 2 > two\nENV A=1\nRUN <<E\nprintf 3 > three\nE\n",
      );
      await up.real.docker(
        ...["build", "--provenance=mode=max", "--tag", recorded],
        ...["--file", join(folder, "Dockerfile.recorded"), folder],
      );
      const { history } = await up.engine.readLayers(await up.engine.inspectImage(recorded), {
        hashes: false,
      });
      await up.real.docker("image", "rm", "--force", recorded);
      const sources = history?.flatMap(({ isEmpty, source }) => (isEmpty ? [] : [source?.text]));
      expect(sources).toEqual([
        "FROM alpine:3.22",
        "WORKDIR /w",
        "RUN printf 1 > one && \\\n    printf 2 > two",
        "RUN <<E\nprintf 3 > three\nE",
      ]);
    },
  );

  test("cancelled in the middle, it ends as cancelled", async () => {
    const image = await up.engine.inspectImage(tag);
    const stop = new AbortController();
    const reading = up.engine.readLayers(image, {
      hashes: false,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  });

  test("an image that is gone is not found", async () => {
    const gone = { id: `sha256:${"0".repeat(64)}`, diffIds: [`sha256:${"1".repeat(64)}`] };
    await expect(up.engine.readLayers(gone, { hashes: false })).rejects.toMatchObject({
      failure: { kind: "not-found" },
    });
  });
});
