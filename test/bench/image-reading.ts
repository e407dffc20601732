import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import path from "node:path";
import { connect } from "../../client/src/engine/connect.ts";
import { partsOf } from "../../client/src/engine/images/parts.ts";
import { Sniffer } from "../../client/src/sizes/layers/archive-blobs.ts";
import type { Layer } from "../../client/src/sizes/layers/layer.ts";
import { compressionOf, unpackedBlob } from "../../client/src/sizes/layers/layer-blob.ts";
import { TarReader } from "../../client/src/sizes/layers/tar/tar-reader.ts";
import { startEngineWithBases } from "../setup/bases.ts";

/**
 * Compares reading an image's layers with reading the same stream and discarding it, in turns on one engine, for both image stores:
 * `npm run bench image-reading`, or one of them: `node test/bench/image-reading.ts containerd`. A containerd store sends layers packed, so
 * there also with unpacking them and discarding that. And what a listing costs, and a second image that shares its layers with the first.
 */
const rounds = 3;
const slowest = 0.8;

/** 1 GB in all: half of it cannot be packed, the rest well; 20,000 small files. */
const shared = `FROM alpine:3.20 AS shared
RUN mkdir /large && for i in 1 2 3 4 5 6 7 8 9 10; do head -c 40000000 /dev/urandom > /large/random-$i; done
RUN for i in 1 2 3 4 5 6 7 8 9 10; do yes "line of text $i" | head -c 40000000 > /large/text-$i; done
RUN mkdir /small && i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); echo "$i $i" > /small/$i; done
`;
const own = (name: string) => `FROM shared AS ${name}
RUN head -c 100000000 /dev/urandom > /${name}
`;

const folder = mkdtempSync(path.join("/tmp", "plimsoll-bench-"));
try {
  writeFileSync(path.join(folder, "Dockerfile"), `${shared}${own("one")}${own("two")}`);
  const [only] = process.argv.slice(2);
  for (const store of ["graph", "containerd"] as const)
    if (only === undefined || only === store) await measure(store);
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(store: "graph" | "containerd"): Promise<void> {
  const engine = await startEngineWithBases(store);
  try {
    for (const target of ["one", "two"])
      await engine.docker("build", "--quiet", "--target", target, "--tag", `bench:${target}`, folder);
    const ours = await connect({ address: engine.dockerHost });
    const [one, two] = await Promise.all(["bench:one", "bench:two"].map((it) => ours.inspectImage(it)));
    if (!one || !two) throw new Error("The images were not built.");
    let read: readonly Layer[] = [];
    const layers = async (hashes: boolean) => {
      const archive = await ours.readLayers(one, { hashes });
      if (archive.problem !== undefined) throw new Error(archive.problem);
      read = archive.layers.flatMap((it) => it.layer ?? []);
    };
    const contenders = {
      discarded: () => drain(engine.dockerHost, one.id),
      ...(store === "containerd" && { "unpacked and discarded": () => unpack(engine.dockerHost, one.id) }),
      read: () => layers(false),
      "read with digests": () => layers(true),
    };
    const runs = Object.entries(contenders);
    const times = new Map<string, number[]>(runs.map(([name]) => [name, []]));
    const ownTimes = new Map<string, number[]>(runs.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round++)
      // Each is the first once: the engine's disk cache helps whoever comes later.
      for (const [name, run] of [...runs.slice(round % runs.length), ...runs.slice(0, round % runs.length)]) {
        console.log(`${store} store, round ${round + 1}: ${name}`);
        const before = process.cpuUsage();
        const start = performance.now();
        await run();
        times.get(name)?.push(performance.now() - start);
        const { user, system } = process.cpuUsage(before);
        ownTimes.get(name)?.push((user + system) / 1000);
      }
    // Of the same work the fastest round is the one that the rest of the machine disturbed least.
    const best = (name: string) => Math.min(...(times.get(name) ?? []));
    const bytes = read.reduce((sum, it) => sum + it.size, 0);
    console.log(`\n${store} store: ${read.length} layers, ${(bytes / 1e6).toFixed(0)} MB`);
    console.table(
      Object.keys(contenders).map((name) => ({
        what: name,
        "fastest s": (best(name) / 1000).toFixed(1),
        "of these at work here": (Math.min(...(ownTimes.get(name) ?? [])) / 1000).toFixed(1),
        "of the speed of discarding": `${((100 * best("discarded")) / best(name)).toFixed(0)} %`,
      })),
    );
    const listings: number[] = [];
    let paths = 0;
    for (let round = 0; round < 6; round++) {
      const start = performance.now();
      const [listed = []] = (await ours.listFiles([one], {})) ?? [];
      listings.push((performance.now() - start) / 1000);
      paths = listed.length;
    }
    const seconds = listings.map((it) => it.toFixed(1)).join(", ");
    console.log(`Listed without reading it: ${paths} paths in ${seconds} s.`);
    const known = new Map(read.map((it) => [it.diffId, it]));
    let came = 0;
    const start = performance.now();
    const second = await ours.readLayers(two, {
      hashes: true,
      known: (diffId) => known.get(diffId),
      onProgress: (count) => {
        came = count;
      },
    });
    console.log(
      `A second image that shares ${second.layers.filter((it) => known.has(it.diffId)).length} layers: ` +
        `${((performance.now() - start) / 1000).toFixed(1)} s, ${(came / 1e6).toFixed(0)} MB came.`,
    );
    if (best("discarded") / best("read with digests") < slowest) process.exitCode = 1;
  } finally {
    await engine.stop();
  }
}

async function drain(dockerHost: string, id: string): Promise<void> {
  await new Promise((resolve, reject) => {
    get(
      dockerHost,
      id,
      (answer) =>
        answer
          .on("data", () => {})
          .on("end", resolve)
          .on("error", reject),
      reject,
    );
  });
}

/** What nobody can do without who looks into packed layers: the archive taken apart, and each layer unpacked. */
async function unpack(dockerHost: string, id: string): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(dockerHost, id, resolve, reject),
  );
  const reader = new TarReader(({ kind, storedSize }) =>
    kind === "file" && storedSize > 0
      ? new Sniffer(storedSize, (start) => unpackedBlob(compressionOf(start), { write() {}, end() {} }))
      : undefined,
  );
  for await (const part of partsOf(answer)) await reader.write(part);
}

function get(
  dockerHost: string,
  id: string,
  onAnswer: (answer: IncomingMessage) => void,
  onError: (error: Error) => void,
): void {
  const socketPath = dockerHost.replace("unix://", "");
  http.get({ socketPath, path: `/images/${id}/get` }, onAnswer).on("error", onError);
}
