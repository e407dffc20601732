import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { costsOf, type ImageCosts } from "../../client/src/sizes/lines/line-costs.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { chain } from "../support/images/images.ts";

const goHello = fileURLToPath(new URL("../fixtures/go-hello", import.meta.url));
const tag = "plimsoll-leftovers-test:1";

/** As the fixture's Dockerfile has them. */
const written = chain([
  "WORKDIR /src",
  "COPY go.mod ./",
  "COPY main.go ./",
  'RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /usr/local/bin/hello .',
  "EXPOSE 8080",
  'CMD ["/usr/local/bin/hello"]',
]);

describe.each(imageStores)("a Go service built in one stage, with the %s image store", (store) => {
  const up = engineWithStore(store);
  let costs: ImageCosts;

  beforeAll(async () => {
    const dockerfile = path.join(goHello, "Dockerfile.single-stage");
    await allEvents(up.engine.build(buildOf(goHello, { tags: [tag], dockerfile })));
    const image = await up.engine.inspectImage(tag);
    const { layers, history } = await up.engine.readLayers(image, { hashes: true });
    costs = costsOf({
      history: image.history,
      configHistory: history,
      layers: layers.map((it) => it.layer),
      compressed: layers.map((it) => it.compressedSize),
      chain: written,
      config: image.config,
    });
  });
  afterAll(() => up.real.docker("image", "rm", "--force", tag));

  test("leaves the compiler's cache and the sources beside the program, and says nothing of what the base image has", () => {
    expect(
      costs.leftovers.map((it) => [it.kind, it.owners, it.storedBy.text, it.places.map((at) => at.path)]),
    ).toEqual([
      ["package-cache", ["go"], written[3]?.text, ["/root/.cache/go-build"]],
      ["sources", [".go"], written[2]?.text, ["/src"]],
    ]);
    const [cache, sources] = costs.leftovers;
    // What the standard library compiles to is some tens of megabytes.
    expect(cache?.bytes).toBeGreaterThan(10_000_000);
    expect(cache?.bytes).toBeLessThan(costs.lines.find((it) => it.line === written[3])?.bytes ?? 0);
    expect(sources?.files).toBe(1);
  });

  test("each line says what a pull transfers of it, where the store keeps layers packed", () => {
    const build = costs.lines.find((it) => it.line === written[3]);
    if (store === "graph") expect(build?.transfer).toBeUndefined();
    else {
      expect(build?.transfer).toBeGreaterThan(1_000_000);
      expect(build?.transfer).toBeLessThan(build?.bytes ?? 0);
    }
  });
});
