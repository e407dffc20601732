import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { ImageDetails } from "../../client/src/engine/engine.ts";
import { stackLayers } from "../../client/src/sizes/stack.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineProxy } from "../support/engine/engine-proxy.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { oldEngineAddress } from "../support/engine/old-engine.ts";
import { layersIn, seenFiles } from "../support/engine/seen-files.ts";

/** What is odd in a file system: names, owners, modes, links of both kinds over layers, devices, holes, and what layers hide. */
const odd = `FROM alpine:3.24
RUN mkdir -p /odd/sub /odd/gone /odd/anew && cd /odd && printf 12345 > plain && printf 1 > 'a name' && printf 12 > "$(printf 'line\\nend')" && printf 123 > "quote's" && printf 1 > "a -> b" && printf 1 > naïve-名 && printf 1 > "$(printf '\\377bytes')" \\
 && ln plain sub/linked && ln plain also && ln -s 'a -> b' 'x -> y' && ln -s ../no/where dangling && ln -s "$(printf '/odd/line\\nend')" "$(printf 'over\\nlines')" && mkfifo pipe && mknod device c 1 3 && printf 1 > secret && mkdir closed && printf 1234 > closed/in && printf 1 > sticky \\
 && chmod 4751 plain && chmod 0700 closed && chmod 1777 sub && chmod 0 secret && chown -h 1000:2000 secret dangling closed closed/in \\
 && dd if=/dev/zero of=holes bs=1 count=1 seek=4999999 2>/dev/null && printf 1 > gone/one && printf 12 > anew/two && printf 123 > sticky
RUN rm -r /odd/gone && rm /odd/also && rm -r /odd/anew && mkdir /odd/anew && printf 1234 > /odd/anew/three && rm /odd/sticky && mkdir /odd/sticky
RUN chown 5:6 /odd/quote\\'s && printf 123456789 > '/odd/a name'
`;
const scratch = "FROM scratch\nCOPY conf /app/conf\n";
const [oddTag, scratchTag] = ["plimsoll-listed:odd", "plimsoll-listed:scratch"];

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  let images: readonly ImageDetails[];

  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-listed-"));
    for (const [name, text] of Object.entries({
      Dockerfile: odd,
      "Dockerfile.scratch": scratch,
      conf: "a = 1\n",
    }))
      writeFileSync(join(folder, name), text);
    await allEvents(up.engine.build(buildOf(folder, { tags: [oddTag] })));
    const dockerfile = `${folder}/Dockerfile.scratch`;
    await allEvents(up.engine.build(buildOf(folder, { tags: [scratchTag], dockerfile })));
    images = await Promise.all([oddTag, scratchTag].map((it) => up.engine.inspectImage(it)));
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", oddTag, scratchTag);
    rmSync(folder, { recursive: true });
  });

  const containers = () =>
    up.real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.read");
  const nothingLeft = () => vi.waitFor(async () => expect(await containers()).toBe(""), { timeout: 20_000 });

  test("the listing is what reading the layers gives, of each image, and no container is left", async () => {
    const [listed, archives] = [
      await up.engine.listFiles(images, {}),
      await up.engine.readLayersOf(images, { hashes: false }),
    ];
    expect(listed).toHaveLength(2);
    for (const [index, { layers }] of archives.entries()) {
      expect(seenFiles(listed?.[index] ?? [], layersIn(layers))).toEqual(
        seenFiles(undefined, layersIn(layers)),
      );
    }
    const { visible } = stackLayers(layersIn(archives[0]?.layers ?? []));
    expect([...visible.keys()].filter((it) => it.startsWith("/odd/"))).toHaveLength(21);
    expect(await containers()).toBe("");
  });

  test("an engine that cannot mount images lists nothing and makes nothing", async () => {
    const asked: string[] = [];
    const address = await oldEngineAddress((passage) => {
      asked.push(passage.call);
      return false;
    }, up.real);
    const old = await connect({ address });
    expect(await old.listFiles(images, {})).toBeUndefined();
    expect(asked.filter((it) => it.startsWith("POST"))).toEqual([]);
  });

  test("only official images and the user's own are started; one without the programs is passed over", async () => {
    const [odd, scratch] = images;
    const address = await engineProxy(up.real.dockerHost, (passage) => {
      if (passage.call !== "GET /images/json") return false;
      const here = [odd, scratch].map((it) => ({ Id: it?.id, RepoTags: it?.tags, Created: 0, Size: 0 }));
      passage.answer(200, JSON.stringify(here));
      return true;
    });
    const engine = await connect({ address });
    expect(await engine.listFiles(images, {})).toBeUndefined();
    expect(await engine.listFiles(images, { own: [scratch?.id ?? ""] })).toBeUndefined();
    const through = await engine.listFiles(images, { own: [scratch?.id ?? "", odd?.id ?? ""] });
    expect(through?.[1]?.map((it) => it.path)).toContain("/app/conf");
    expect(await containers()).toBe("");
  });

  test.each(["POST /containers/create", "POST start", "POST wait"])(
    "cancelled at %s, it ends as cancelled and leaves no container",
    async (when) => {
      const stop = new AbortController();
      const address = await engineProxy(up.real.dockerHost, (passage) => {
        if (passage.call.replace(/\/containers\/\w{64}\//, "") === when) stop.abort();
        return false;
      });
      const engine = await connect({ address });
      await expect(engine.listFiles(images, { signal: stop.signal })).rejects.toMatchObject({
        failure: { kind: "cancelled" },
      });
      await nothingLeft();
    },
  );

  test("an engine that breaks off in the middle gives no listing, and the container goes", async () => {
    const address = await engineProxy(up.real.dockerHost, (passage) => {
      if (!/^POST \/containers\/\w+\/start/.test(passage.call)) return false;
      passage.client.destroy();
      return true;
    });
    const engine = await connect({ address });
    const listing = await engine.listFiles(images, {}).catch((error: unknown) => error);
    if (listing !== undefined) expect(listing).toHaveProperty("name", "EngineError");
    await nothingLeft();
  });
});
