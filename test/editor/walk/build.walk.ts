import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { engineAt } from "../../setup/engine.ts";
import type { Walk } from "../../support/editor/walk.ts";

/** What one can do about a build while it runs and after it failed. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const file = "go-api/Dockerfile.slow";
  const write = (text: string) => writeFileSync(path.join(folder, file), text);
  const toast = page.locator(".notification-toast");
  const build = async (tag: string) => {
    await workbench.command("Plimsoll: Build Image");
    await workbench.pick(`Build ${tag}`);
  };

  await step("cancel a build: it stops, and leaves no image", async () => {
    write("FROM alpine:3.24\nRUN sleep 543\n");
    await workbench.openFile(file);
    await build("go-api:slow");
    const progress = toast.filter({ hasText: "RUN sleep 543" });
    await progress.waitFor();
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    const { docker } = engineAt(dockerHost);
    assert.equal((await docker("image", "ls", "--quiet", "go-api:slow")).trim(), "");
  });

  await step("a build that fails says so on its line", async () => {
    write('FROM alpine:3.24\nRUN echo "almost there" && exit 7\n');
    await build("go-api:slow");
    await workbench.notification("go-api:slow was not built (line 2)").waitFor();
    await workbench.problems();
    const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "almost there" });
    await problem.waitFor();
    await shot("6-build-failed");
  });

  await step("the problem goes with the next build that succeeds", async () => {
    write('FROM alpine:3.24\nRUN echo "almost there"\n');
    await build("go-api:slow");
    await workbench.notification("Built go-api:slow").waitFor();
    await page
      .locator(".markers-panel .monaco-list-row", { hasText: "almost there" })
      .waitFor({ state: "detached" });
  });
};
