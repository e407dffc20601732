import { globSync } from "node:fs";
import type { Server } from "node:http";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { developmentDependenciesShipped } from "../../server/src/rules/dockerfile/development-dependencies-shipped.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { buildTwice, saidBy, sizeOf } from "../support/engine/split-stages.ts";
import { makeNodeImages, type Packages, registryOf } from "../support/images/node-images.ts";

/**
 * Proves the refactoring to two stages for Node: each project of `test/fixtures/single-stage-node` is built by real npm as it
 * is and as the fix of `development-dependencies-shipped` leaves it. What the second image starts says the same, without the
 * devDependencies.
 */
const folder = new URL("../fixtures/single-stage-node/", import.meta.url).pathname;
const projects = globSync("*/Dockerfile", { cwd: folder }).map(path.dirname).sort();

/** What the projects depend on; the compiler takes the types away, and weighs something. */
const packages: Packages = {
  greeting: {
    "package.json": '{ "name": "greeting", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    "index.js": "export const greet = (whom) => `Hello, ${whom}`;\n",
  },
  typescript: {
    "package.json": '{ "name": "typescript", "version": "6.0.3", "bin": { "tsc": "bin/tsc" } }',
    "bin/tsc": `#!/usr/bin/env node
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { stripTypeScriptTypes } = require("node:module");
mkdirSync("dist", { recursive: true });
for (const name of readdirSync("src"))
  writeFileSync("dist/" + name.replace(/ts$/, "js"), stripTypeScriptTypes(readFileSync("src/" + name, "utf8")));
`,
    "lib/checker.js": "// Types.\n".repeat(500_000),
  },
};

const up = engineWithStore("graph");
const images = ["node:24", "node:24-slim"];
const built: string[] = [];
let registry: Server | undefined;
afterAll(async () => {
  registry?.close();
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

describe("Node", () => {
  test("has images here", async () => {
    registry = await registryOf(packages);
    built.push(...images);
    await makeNodeImages(up.real, registry, images);
  }, 600_000);

  test.each(projects)(
    "%s starts as before, without devDependencies",
    async (project) => {
      const [before, after] = [`plimsoll-split:${project}-before`, `plimsoll-split:${project}-after`];
      built.push(before, after);
      await buildTwice(up, path.join(folder, project), developmentDependenciesShipped, [before, after]);

      const said = await saidBy(after, up.real);
      expect(said).toBe(await saidBy(before, up.real));
      expect(said).toContain("Hello");
      const list = (image: string) =>
        up.real.docker("run", "--rm", "--entrypoint", "ls", image, "node_modules", ".");
      expect(await list(before)).toMatch(/src[\s\S]*typescript/);
      expect(await list(after)).not.toMatch(/typescript|src/);
      expect(await sizeOf(after, up.real)).toBeLessThan((await sizeOf(before, up.real)) - 5_000_000);
    },
    600_000,
  );
});
