import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { engineAt } from "../../setup/engine.ts";
import { until } from "../../support/editor/until.ts";
import type { Walk } from "../../support/editor/walk.ts";

const bad = "go-api/Dockerfile.bad";
const single = "go-api/Dockerfile.single-stage";
const minutes = 60_000;

/** From a bad Dockerfile to two images side by side, as the README tells it. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const text = () => readFileSync(path.join(folder, bad), "utf8");
  const problems = page.locator(".markers-panel .monaco-list-row", { hasText: "plimsoll" });
  // The list holds only the rows in sight; the status bar counts all.
  const untilProblems = (count: number) =>
    until(`${count} problems`, async () => {
      const label = await page.locator("[id='status.problems'] a").first().getAttribute("aria-label");
      const counts = [...(label ?? "").matchAll(/\d+/g)].map(Number);
      return counts.reduce((sum, it) => sum + it, 0) === count;
    });

  const build = async (start: () => Promise<void>, tag: string) => {
    await start();
    await workbench.pick(`Build ${tag}`);
    await workbench.notification(`Built ${tag}`).waitFor({ timeout: 3 * minutes });
  };

  await step("build the single-stage image from the palette, to have something to compare with", async () => {
    await build(async () => {
      await workbench.openFile(single);
      await workbench.command("Plimsoll: Build Image");
    }, "go-api:single-stage");
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.command("View: Close All Editors");
  });

  await step("open the bad Dockerfile: six findings, underlined and listed", async () => {
    await workbench.openFile(bad);
    await workbench.problems();
    await untilProblems(6);
    await workbench.squiggles("error").first().waitFor();
    await workbench.line("biulder").waitFor();
    await shot("1-findings");
  });

  await step("fix all that is safe: one is left", async () => {
    await workbench.command("Plimsoll: Fix All Safe Problems");
    await untilProblems(1);
    await workbench.notification("5 of 6 problems fixed").waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.line("--from=builder").waitFor();
    await shot("2-safe-fixes");
  });

  await step("pick the fix of the last one: nothing is left", async () => {
    await problems.filter({ hasText: "runs-as-root" }).first().dblclick();
    const menu = page.locator(".action-widget .monaco-list-row", { hasText: /user/i }).first();
    await workbench.until(() => page.keyboard.press("Control+."), menu);
    await shot("3-quick-fix");
    await menu.click();
    await untilProblems(0);
    await workbench.save();
    await until("the file on disk to be the one on the screen", async () => /^USER /m.test(text()));
    await workbench.command("View: Toggle Panel Visibility");
  });

  await step("build it from the line above FROM", async () => {
    await build(async () => {
      const lens = page.locator(".codelens-decoration a", { hasText: /^Build$/ });
      await workbench.until(() => lens.last().click(), workbench.quickInput());
    }, "go-api:bad");
    await workbench.command("Plimsoll: Show Build Log");
    await page.locator(".xterm-rows > div", { hasText: "Built go-api:bad" }).waitFor();
    await page.locator(".notification-toast", { hasText: "Building" }).waitFor({ state: "detached" });
    await shot("4-build");
    await workbench.command("View: Toggle Panel Visibility");
    await workbench.command("Notifications: Clear All Notifications");
  });

  await step("compare the two: the page shows the engine's own figures", async () => {
    await workbench.command("Plimsoll: Compare Image Sizes");
    // The last image of the Dockerfile on the screen is ticked already.
    for (const tag of ["go-api:bad", "go-api:single-stage"]) {
      await workbench.quickInput().fill(tag);
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: tag }).first();
      await row.getByRole("checkbox").check();
    }
    await page
      .locator(".quick-input-action a, .quick-input-widget .monaco-button", { hasText: "OK" })
      .first()
      .click();

    const webview = workbench.webview();
    await webview.getByRole("heading", { name: "Image sizes" }).waitFor({ timeout: minutes });
    const images = webview.locator("article.image");
    await untilCount(images, 2);
    const tags = await images.locator("h2").allTextContents();
    assert.deepEqual(tags.toSorted(), ["go-api:bad", "go-api:single-stage"]);
    const { docker } = engineAt(dockerHost);
    for (const [index, tag] of tags.entries()) {
      const shown = await images.nth(index).locator(".size").getAttribute("title");
      const bytes = await docker("image", "inspect", "--format", "{{.Size}}", tag);
      // Images whose layers another test has read are weighed by their files: engines count links too.
      const weighed = Number.parseInt((shown ?? "").replaceAll(",", ""), 10);
      assert.ok(Math.abs(weighed - Number(bytes)) < Number(bytes) / 1000, `${shown} of ${bytes}`);
    }
    await webview.getByText(/go-api:bad is \d+ MB \(9\d\.\d %\) smaller than go-api:single-stage/).waitFor();
    await webview
      .getByRole("row", { name: /FROM golang/ })
      .first()
      .waitFor();
    await webview
      .getByRole("row", { name: /COPY \/out\/api/ })
      .first()
      .waitFor();
    await shot("5-compare");
  });

  await step("walk the bar with the keyboard, and open the line of an instruction", async () => {
    const webview = workbench.webview();
    const bar = webview.locator("article.image").first();
    await bar.getByRole("button").first().focus();
    await page.keyboard.press("End");
    await bar.locator(".detail code").waitFor();
    await webview
      .getByRole("button", { name: /^COPY \/out\/api/ })
      .last()
      .click();
    await page.locator(".tab.active", { hasText: "Dockerfile.bad" }).waitFor();
  });

  await step("reload the window: the page comes back, weighed anew", async () => {
    await page.locator(".tab", { hasText: "Image Sizes" }).click();
    // VS Code writes down what is open when it reloads by itself.
    await workbench.command("Developer: Reload Window");
    await page.locator("iframe.webview.ready").waitFor({ state: "detached" });
    await untilCount(workbench.webview().locator("article.image"), 2);
  });

  await step(
    "weigh an image line by line: each line with what it added, the stage with its sum",
    async () => {
      await workbench.command("View: Close All Editors");
      await workbench.openFile(single);
      await workbench.command("Plimsoll: Weigh Image Line by Line");
      await workbench.notification("go-api:single-stage holds").waitFor({ timeout: 2 * minutes });
      await page
        .locator(".codelens-decoration", { hasText: /on disk · (?:.+ transfer · )?base .+, yours/ })
        .first()
        .waitFor();
      await shot("10-lines");
    },
  );
};

async function untilCount(rows: Locator, count: number): Promise<void> {
  await until(`${count} of ${rows}`, async () => (await rows.count()) === count);
}
