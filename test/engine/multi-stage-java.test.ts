import { globSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { toolchainInFinalStage } from "../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { buildTwice, saidBy, sizeOf } from "../support/engine/split-stages.ts";
import { makeJavaImages } from "../support/images/java-images.ts";

/**
 * Proves the refactoring to two stages for Java: each project of `test/fixtures/single-stage-java` is compiled and packed by
 * Debian's JDK as it is and as the fix of `toolchain-in-final-stage` leaves it. What the second image starts on the JRE alone
 * says the same.
 */
const folder = new URL("../fixtures/single-stage-java/", import.meta.url).pathname;
const projects = globSync("*/Dockerfile", { cwd: folder }).map(path.dirname).sort();

const up = engineWithStore("graph");
const images = {
  jre: "eclipse-temurin:17-jre",
  maven: "maven:3.9-eclipse-temurin-17",
  gradle: "gradle:8-jdk17",
};
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

describe("Java", () => {
  test("has images here", async () => {
    built.push(...Object.values(images));
    await makeJavaImages(up.real, images);
  }, 600_000);

  test.each(projects)(
    "%s starts as before, without the compiler",
    async (project) => {
      const [before, after] = [`plimsoll-split:${project}-before`, `plimsoll-split:${project}-after`];
      built.push(before, after);
      await buildTwice(up, path.join(folder, project), toolchainInFinalStage, [before, after]);

      const said = await saidBy(after, up.real);
      expect(said).toBe(await saidBy(before, up.real));
      expect(said).toContain("Hello");
      const compiler = (image: string) =>
        up.real.docker(
          "run",
          "--rm",
          "--entrypoint",
          "sh",
          image,
          "-c",
          "command -v javac; command -v mvn; true",
        );
      expect(await compiler(before)).toMatch(/javac\n.*mvn/);
      expect(await compiler(after)).toBe("");
      expect(await sizeOf(after, up.real)).toBeLessThan((await sizeOf(before, up.real)) - 50_000_000);
    },
    600_000,
  );
});
