import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { until } from "../../support/editor/until.ts";
import type { Walk } from "../../support/editor/walk.ts";

const minutes = 60_000;
const variants = ["single-stage", "scratch", "distroless", "alpine"] as const;

/** One service on four bases, compared from one command: layers, files, what is carried for nothing. */
export const walk: Walk = async ({ page, workbench, folder, step, shot }) => {
  const view = workbench.webview();
  const inList = (text: string | RegExp) =>
    page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  const pickTheme = async (name: string) => {
    await workbench.command("Preferences: Color Theme");
    await workbench.input(name);
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  };
  const top = (of: Locator) => of.evaluate((it) => it.scrollIntoView({ block: "start" }));

  await step("build the service on four bases", async () => {
    for (const variant of variants) {
      await workbench.openFile(`go-api/Dockerfile.${variant}`);
      await workbench.command("Plimsoll: Build Image");
      await workbench.pick(`Build go-api:${variant}`);
      await workbench.notification(`Built go-api:${variant}`).waitFor({ timeout: 15 * minutes });
      await workbench.command("Notifications: Clear All Notifications");
    }
    await workbench.command("View: Close All Editors");
  });

  await step("compare them from one command: the page opens with the engine's figures", async () => {
    await workbench.command("Plimsoll: Compare Image Sizes");
    for (const variant of variants) {
      // Images of other tests may stand above them.
      await workbench.quickInput().fill(`go-api:${variant}`);
      await inList(`go-api:${variant}`).click();
    }
    await page
      .locator(".quick-input-action a, .quick-input-widget .monaco-button", { hasText: "OK" })
      .first()
      .click();
    await view.getByRole("heading", { name: "Image sizes" }).waitFor({ timeout: minutes });
    await view
      .getByRole("row", { name: /FROM golang/ })
      .first()
      .waitFor();
    assert.deepEqual(
      (await view.locator("article.image h2").allTextContents()).toSorted(),
      variants.map((it) => `go-api:${it}`).toSorted(),
    );
  });

  await step(
    "read their files: what it costs stands on the button, and the figures are to the byte then",
    async () => {
      const read = view.getByRole("button", { name: /^Read files · \d+ MB$/ });
      const waste = view.getByRole("heading", { name: "Carried for nothing" });
      // Where another test has read the images already the page does so by itself.
      await read.or(waste).first().waitFor({ timeout: minutes });
      if (await read.isVisible()) {
        await view.getByText("As a container sees them").waitFor();
        await shot("11-compare-unread");
        await read.click();
      }
      await waste.waitFor({ timeout: 5 * minutes });
      await view.getByRole("heading", { name: "Files", exact: true }).waitFor();
      const sizes = await view
        .locator("article.image .size")
        .evaluateAll((all) => all.map((it) => it.getAttribute("title") ?? ""));
      for (const size of sizes) assert.match(size, /^[\d,]+ bytes unpacked$/);
      await top(view.locator("header"));
      await shot("11-compare");
    },
  );

  await step("the treemap of the difference: walked and entered with the keyboard", async () => {
    const map = view.getByRole("tree");
    const tiles = map.getByRole("treeitem");
    await tiles.first().waitFor();
    await top(view.locator(".part").last());
    await shot("11-compare-difference");
    await tiles.first().focus();
    const entered = (await tiles.first().getAttribute("aria-label")) ?? "";
    assert.match(entered, /folder/);
    await page.keyboard.press("Enter");
    const crumbs = view.getByRole("navigation", { name: "Directory" }).getByRole("button");
    await crumbs.nth(1).waitFor();
    // The focus goes along, into the folder and out of it.
    const focused = map.locator("[role=treeitem]:focus");
    await focused.waitFor();
    await page.keyboard.press("Backspace");
    await until("the root again", async () => (await crumbs.count()) < 3);
    await focused.waitFor();
    await crumbs.first().click();
    await until("the root", async () => (await crumbs.count()) === 1);
  });

  await step("the list: filtered, sorted, walked, and a changed text file opens as a diff", async () => {
    // One is held against the first: the oldest build.
    await view.getByRole("combobox", { name: /^Against/ }).selectOption({ label: "go-api:alpine" });
    await view.getByRole("searchbox").fill("/etc/**");
    const grid = view.getByRole("grid");
    const world = grid.getByRole("row", { name: /^etc\/apk\/world .*Changed RUN apk add/ });
    await world.waitFor();
    await view.getByRole("button", { name: /^Path/ }).click();
    await view.locator("th[aria-sort=ascending]", { hasText: "Path" }).waitFor();
    await grid.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await grid.getByRole("row", { selected: true }).waitFor();
    await top(view.locator(".tools").last());
    await shot("11-compare-list");
    await view.getByRole("button", { name: /^Changed/ }).click();
    await until("one that changed", async () => (await grid.getByRole("row").count()) < 6);
    await grid.focus();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "world: go-api:single-stage ↔ go-api:alpine" }).waitFor();
    await page.locator(".monaco-diff-editor .view-line", { hasText: "tzdata" }).first().waitFor();
    await shot("11-compare-diff");
    await workbench.command("View: Close Editor");
  });

  await step("PNG: a picture of the page, where the user wants it", async () => {
    await page.locator(".tab", { hasText: "Image Sizes" }).click();
    const field = workbench.quickInput();
    await workbench.until(() => view.getByRole("button", { name: "Export as PNG" }).click(), field);
    const file = path.join(folder, "sizes.png");
    // The dialog writes the name that it proposes a moment after it has opened.
    await until("the proposed name", async () => (await field.inputValue()).endsWith(".png"));
    await field.fill(file);
    await until("the name", async () => (await field.inputValue()) === file);
    await page.keyboard.press("Enter");
    await until("the picture", async () => existsSync(file) && readFileSync(file).length > 1000);
    assert.equal(readFileSync(file).subarray(1, 4).toString(), "PNG");
    await page.locator(".tab.active", { hasText: "sizes.png" }).waitFor();
    await workbench.command("View: Close Editor");
  });

  await step("in a dark theme, and in high contrast", async () => {
    for (const [theme, name] of [
      ["Dark Modern", "dark"],
      ["Dark High Contrast", "contrast"],
    ] as const) {
      await pickTheme(theme);
      await page.locator(".tab", { hasText: "Image Sizes" }).click();
      await view.locator(`body.vscode-${name === "dark" ? "dark" : "high-contrast"}`).waitFor();
      await view.getByRole("searchbox").fill("");
      if (name === "dark") await view.getByRole("button", { name: /^Changed/ }).click();
      await top(view.locator("header"));
      await shot(`11-compare-${name}`);
      await top(view.locator(".part").last());
      await shot(`11-compare-files-${name}`);
    }
    await pickTheme("Light Modern");
  });

  await step("what a pull transfers is measured when asked for", async () => {
    const transfer = view.locator("tr", { hasText: "Compressed, as transferred" });
    await transfer.waitFor();
    // A first try of this walk may have measured them.
    const measure = view.getByRole("button", { name: "Measure what a pull transfers" });
    if (await measure.isVisible()) await measure.click();
    const unknown = transfer.getByText("not told").first();
    await unknown.waitFor({ state: "detached", timeout: 5 * minutes });
    assert.match((await transfer.textContent()) ?? "", /\d MB/);
  });

  await step("reload the window: the page comes back with its files, from memory", async () => {
    await workbench.command("Developer: Reload Window");
    await page.locator("iframe.webview.ready").waitFor({ state: "detached" });
    await view.getByRole("heading", { name: "Files", exact: true }).waitFor({ timeout: 2 * minutes });
    await view.getByRole("treeitem").first().waitFor();
    await view.getByText("go-api:scratch", { exact: true }).first().waitFor();
    const transfer = view.locator("tr", { hasText: "Compressed, as transferred" });
    assert.match((await transfer.textContent()) ?? "", /\d MB/);
  });
};
