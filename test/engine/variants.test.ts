import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { variantNamed, variantsIn } from "../support/variants.ts";

/**
 * Proves the variants: `examples/go-api` on each base is built as the text says, started, and says that it is well; and each
 * weighs a fraction of what the single stage does.
 */
const folder = fileURLToPath(new URL("../../examples/go-api", import.meta.url));

const up = engineWithStore("graph");
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

async function variantsOfExample(dockerfile: string) {
  const text = readFileSync(`${folder}/${dockerfile}`, "utf8");
  return variantsIn(text, { shell: await shellReader(), context: new Disk().contextAt(folder) });
}

async function buildAndStart(name: string, text: string) {
  const tag = `plimsoll-variants-test:${name}`;
  built.push(tag);
  const request = buildOf(folder, { tags: [tag], dockerfileText: text });
  expect((await allEvents(up.engine.build(request))).at(-1)).toMatchObject({ kind: "finished" });
  const { unpackedSize, config } = await up.engine.inspectImage(tag);
  const { status } = await smokeCheck(up.engine, tag, { limit: 60_000, checkEvery: 1_000 });
  return { status, unpackedSize, user: config.user };
}

describe("a single stage", () => {
  test("runs on scratch, distroless, alpine and slim, for a fraction of its weight", async () => {
    const found = await variantsOfExample("Dockerfile.single-stage");
    const names = ["current", "scratch", "distroless", "alpine", "slim"];
    expect(found.variants.map((it) => it.name)).toEqual(names);
    const results = await Promise.all(
      names.map((it) => buildAndStart(`single-${it}`, variantNamed(it, found).text)),
    );
    // By the health check of each: wget where there is one, else the program's own flag.
    expect(results.map((it) => it.status)).toEqual(names.map(() => "healthy"));
    const [current, ...others] = results.map((it) => it.unpackedSize);
    for (const it of others.slice(0, 3)) expect(it).toBeLessThan((current ?? 0) / 5);
    expect(Math.min(...others)).toBe(others[0]);
    expect(results[1]?.user).toBe("10001:10001");
  }, 600_000);
});

describe("several stages", () => {
  test.each([
    ["Dockerfile", "slim"],
    ["Dockerfile.distroless", "scratch"],
    ["Dockerfile.scratch", "alpine"],
  ])(
    "%s on %s",
    async (dockerfile, name) => {
      const found = await variantsOfExample(dockerfile);
      const tag = `${dockerfile.toLowerCase()}-${name}`;
      const { status } = await buildAndStart(tag, variantNamed(name, found).text);
      expect(status).toBe("healthy");
    },
    600_000,
  );
});
