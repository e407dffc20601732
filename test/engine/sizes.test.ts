import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareImages } from "../../client/src/sizes/comparison/compare.ts";
import { mapLines } from "../../client/src/sizes/lines/map-lines.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";
import { chain } from "../support/images/images.ts";

const goHello = fileURLToPath(new URL("../fixtures/go-hello", import.meta.url));
const multi = "plimsoll-sizes-test:multi-stage";
const single = "plimsoll-sizes-test:single-stage";
const every = "plimsoll-sizes-test:every-instruction";

/** One instruction of each kind; line n + 1 is entry n. */
const everyInstruction = [
  "ARG WHO=me",
  'ARG TWO="hello world"',
  'ENV A=1 B="two words"',
  "LABEL x=y",
  'SHELL ["/bin/sh", "-ec"]',
  "RUN --mount=type=cache,target=/c echo $WHO && \\\n    # why\n    echo two > /two",
  'RUN ["/bin/echo", "exec form", "x"]',
  "RUN <<E\necho here > /here\nE",
  "COPY <<E /h.txt\ntext\nE",
  "WORKDIR /w",
  "WORKDIR sub",
  "COPY --chmod=600 a.txt /w/",
  "ADD a.txt $A/",
  "EXPOSE 80 443/udp",
  "VOLUME /data",
  "STOPSIGNAL SIGTERM",
  "ONBUILD RUN echo x",
  "USER 1",
  "HEALTHCHECK --interval=5s --retries=3 CMD echo ok",
  "CMD echo hi",
  'ENTRYPOINT ["/bin/sh", "-c"]',
];

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  beforeAll(async () => {
    const dockerfile = path.join(goHello, "Dockerfile.single-stage");
    await allEvents(up.engine.build(buildOf(goHello, { tags: [single], dockerfile })));
    await allEvents(up.engine.build(buildOf(goHello, { tags: [multi] })));
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", multi, single, every);
  });

  test("what docker says of an image is what we say", async () => {
    const image = await up.engine.inspectImage(multi);
    const [told] = JSON.parse(await up.real.docker("image", "inspect", multi));
    expect(image).toMatchObject({
      id: told.Id,
      tags: [multi],
      platform: `linux/${told.Architecture}`,
      diffIds: told.RootFS.Layers,
      config: {
        user: "65532:65532",
        exposedPorts: ["8080/tcp"],
        entrypoint: ["/hello"],
        command: undefined,
        healthcheck: ["CMD", "/hello", "-health"],
      },
    });
    expect(image.created).toBe(Date.parse(told.Created));

    const history = (
      await up.real.docker(
        "history",
        "--no-trunc",
        "--human=false",
        "--format",
        "{{.Size}}\t{{.CreatedBy}}",
        multi,
      )
    )
      .trim()
      .split("\n")
      .toReversed()
      .map((line) => line.split("\t"));
    expect(image.history.map((row) => [String(row.size), row.createdBy])).toEqual(history);
  });

  test("unpacked and compressed size, as this store keeps them", async () => {
    const image = await up.engine.inspectImage(multi);
    const sum = image.history.reduce((total, row) => total + row.size, 0);
    expect(image.unpackedSize).toBe(sum);
    const [told] = JSON.parse(await up.real.docker("image", "inspect", multi));
    if (store === "graph") {
      expect(image.unpackedSize).toBe(told.Size);
      expect(image.compressedSize).toBeUndefined();
    } else {
      // A Go binary of some 5.5 MB packs to less than half.
      expect(image.compressedSize).toBeGreaterThan(1_500_000);
      expect(image.compressedSize).toBeLessThan(image.unpackedSize / 2);
      expect(image.compressedSize).toBeLessThanOrEqual(told.Size);
    }
    const listed = (await up.engine.images()).find((it) => it.id === image.id);
    expect(listed?.tags).toEqual([multi]);
    const slack = 10_000;
    const both = image.unpackedSize + (image.compressedSize ?? 0);
    expect(Math.abs((listed?.listedSize ?? 0) - both)).toBeLessThan(slack);
  });

  test("an image that is not there", async () => {
    await expect(up.engine.inspectImage("plimsoll-none:1")).rejects.toMatchObject({
      failure: { kind: "not-found" },
    });
  });

  test("single-stage against scratch", async () => {
    const [one, two] = await Promise.all([up.engine.inspectImage(single), up.engine.inspectImage(multi)]);
    const stage = {
      index: 0,
      base: "golang:1.23-alpine",
      line: 0,
      chain: chain([
        "WORKDIR /src",
        "COPY go.mod ./",
        "COPY main.go ./",
        'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/hello .',
        "EXPOSE 8080",
        'CMD ["/usr/local/bin/hello"]',
      ]),
    };
    const { images, rows } = compareImages([
      { details: one, label: single, dockerfile: { file: "/w/Dockerfile", stage } },
      { details: two, label: multi },
    ]);
    expect(images[0]?.layers.map((it) => [it.keyword, it.line, it.fromBase])).toEqual([
      ["FROM", 1, true],
      ["WORKDIR", 2, false],
      ["COPY", 3, false],
      ["COPY", 4, false],
      ["RUN", 5, false],
      ["EXPOSE", 6, false],
      ["CMD", 7, false],
    ]);
    for (const image of images)
      expect(image.layers.reduce((total, it) => total + it.size, 0)).toBe(image.unpackedSize);
    expect(images[1]?.difference).toBe(two.unpackedSize - one.unpackedSize);
    // The compiler, its library and the build cache are what the second stage leaves behind.
    expect(images[1]?.difference).toBeLessThan(-200_000_000);
    expect(rows[0]?.instruction).toBe("FROM golang:1.23-alpine");
    expect(rows.find((it) => it.instruction === "COPY /out/hello /hello")?.sizes[0]).toBeUndefined();
    expect(rows.find((it) => it.instruction === "EXPOSE 8080")?.sizes).toEqual([0, 0]);
  });

  test("every kind of instruction finds its line", async () => {
    const folder = folderTree({
      Dockerfile: `FROM alpine:3.20\n${everyInstruction.join("\n")}\n`,
      "a.txt": "a",
    });
    await allEvents(up.engine.build(buildOf(folder, { tags: [every] })));
    const [base, image] = await Promise.all([
      up.engine.inspectImage("alpine:3.20"),
      up.engine.inspectImage(every),
    ]);
    const written = chain(everyInstruction);
    const { instructions, baseRows } = mapLines(image.history, written);
    expect(baseRows).toBe(base.history.length);
    // BuildKit leaves no row for ONBUILD.
    expect(instructions.slice(baseRows)).toEqual(written.filter((it) => it.keyword !== "ONBUILD"));
  });
});
