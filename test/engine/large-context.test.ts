import { createHash } from "node:crypto";
import { truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { buildElsewhere } from "../support/engine/build-elsewhere.ts";
import { buildOf } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";
import { watchEngine } from "../support/engine/nothing-left.ts";
import { oldEngineAddress } from "../support/engine/old-engine.ts";
import { folderTree } from "../support/folder-tree.ts";

const MB = 1024 * 1024;

/** A Node that has loaded what builds has 100 MB and some; with garbage that it has not yet collected up to twice that. */
const bounded = 300 * MB;

type Handle = (passage: Passage) => boolean;
const ways = [
  {
    way: "BuildKit",
    upload: "POST /session",
    address: (handle: Handle) => engineProxy(realEngine().dockerHost, handle),
  },
  {
    way: "the classic builder",
    upload: "POST /build",
    address: (handle: Handle) => oldEngineAddress(handle),
  },
];

describe.each(ways)("a large build context, with $way", ({ upload, address }) => {
  test("2 GB: sent as it is read, and cancelled in the middle", async () => {
    const watch = await watchEngine();
    const folder = folderTree({ Dockerfile: "FROM scratch\nCOPY . /\n", big: "" });
    // Sparse: it takes no room here.
    truncateSync(path.join(folder, "big"), 2048 * MB);
    let sent = 0;
    let cancel = () => {};
    const through = watch.through(({ call, client, forward }) => {
      if (call !== upload) return false;
      const engine = forward();
      engine.on("close", () => client.destroy());
      engine.pipe(client);
      client.on("data", (piece) => {
        sent += piece.length;
        if (sent > 150 * MB) cancel();
      });
      return true;
    });
    const building = buildElsewhere(await address(through), buildOf(folder, { noCache: true }));
    cancel = building.cancel;
    const { failure, mostMemory } = await building.result;
    expect(failure?.kind).toBe("cancelled");
    expect(mostMemory).toBeLessThan(bounded);
    expect(sent).toBeLessThan(1024 * MB);
    await watch.nothingLeft();
  });

  test("6,000 files: all are there, and memory is bounded", async () => {
    const dockerfile = "FROM alpine:3.20\nCOPY . /c\nRUN cd /c/many && cat $(ls -d */* | sort) | md5sum\n";
    const files = Array.from({ length: 6_000 }, (_, index) => {
      const number = String(index).padStart(4, "0");
      return [`${number.slice(0, 2)}/file-with-a-name-${number}`, `content of ${number}\n`] as const;
    });
    const folder = folderTree(Object.fromEntries(files.map(([name, text]) => [`many/${name}`, text])));
    writeFileSync(path.join(folder, "Dockerfile"), dockerfile);
    const { events, message, mostMemory } = await buildElsewhere(
      await address(() => false),
      buildOf(folder, { noCache: true }),
    ).result;
    expect(message).toBe("");
    const all = files.map(([, text]) => text).join("");
    const sum = createHash("md5").update(all).digest("hex");
    expect(events.flatMap((it) => (it.kind === "log" ? it.text : [])).join("")).toContain(sum);
    expect(events.find((it) => it.kind === "context")).toMatchObject({ files: 6_001 });
    expect(mostMemory).toBeLessThan(bounded);
  });
});
