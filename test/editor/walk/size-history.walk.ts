import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Walk } from "../../support/editor/walk.ts";
import { gitRepository } from "../../support/git.ts";

/** Sizes over builds: the chart, the status bar, and what one can compare with. */
export const walk: Walk = async ({ page, workbench, folder, step, shot }) => {
  const file = "shop/Dockerfile";
  const tag = "shop:latest";
  const repository = await gitRepository(path.join(folder, "shop"));
  const text = (packages: number, assets: number, base = "alpine:3.24") =>
    `FROM ${base}\nWORKDIR /srv\nRUN head -c ${packages}00000 /dev/urandom > packages\nCOPY shop.txt .\nRUN head -c ${assets}00000 /dev/urandom > assets\nUSER 1000\nCMD ["sh"]\n`;
  const versions = [
    ["Begin", text(20, 40)],
    ["More packages", text(55, 40)],
    ["More assets", text(55, 62)],
    ["Smaller packages", text(31, 62)],
    ["Assets packed", text(31, 24)],
  ] as const;
  const status = page.locator("[id='plimsoll.plimsoll.plimsoll.size']");
  const theme = async (name: string) => {
    await workbench.command("Preferences: Color Theme");
    await workbench.quickInput().fill(name);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
    await page.keyboard.press("Enter");
  };
  const point = (name: RegExp) => workbench.webview().getByRole("button", { name });

  await step("build a Dockerfile again and again: the status bar tells its size and the change", async () => {
    for (const [index, [message, content]] of versions.entries()) {
      repository.commit(message, { Dockerfile: content, "shop.txt": "one\n" });
      if (index === 0) await workbench.openFile(file);
      const words = /packages\n/.exec(content) ? content.split("\n") : [];
      for (const line of words.slice(2, 5)) await workbench.line(line).waitFor();
      await workbench.command("Plimsoll: Build Image");
      await workbench.pick(`Build ${tag}`);
      await workbench.notification(`Built ${tag}`).waitFor();
      await workbench.command("Notifications: Clear All Notifications");
    }
    await status.filter({ hasText: /MB −3\.8\d MB/ }).waitFor();
    await page.locator(".codelens-decoration", { hasText: /−3\.8\d MB since the build before/ }).waitFor();
    await shot("20-size-status");
  });

  await step("the history shows each build, and which instruction moved it", async () => {
    await status.click();
    const webview = workbench.webview();
    await webview.getByRole("heading", { name: "Size history" }).waitFor();
    await point(/−3\.8\d MB since the build before, moved most by RUN head -c 2400000/).waitFor();
    assert.equal(await webview.locator(".point").count(), versions.length);
    assert.equal(await webview.locator("tbody tr").count(), versions.length);
    await workbench.command("View: Toggle Primary Side Bar Visibility");
    await shot("21-size-history");
  });

  await step("walk the chart with the keyboard; what is told is the build in focus", async () => {
    const webview = workbench.webview();
    await point(/moved most by RUN head -c 2400000/).focus();
    await page.keyboard.press("ArrowLeft");
    await webview.locator(".build .moves", { hasText: "was RUN head" }).waitFor();
    await webview.locator(".build .figures", { hasText: /−2\.4\d MB/ }).waitFor();
    await page.keyboard.press("Home");
    await webview.getByText("The first build that is known of.").waitFor();
    await page.keyboard.press("End");
    await webview.locator(".build .figures", { hasText: /−3\.8\d MB/ }).waitFor();
  });

  await step("the same in light and in high contrast", async () => {
    await theme("Light Modern");
    await page.locator(".monaco-workbench.vs").waitFor();
    await shot("22-size-history-light");
    await theme("Dark High Contrast");
    await page.locator(".monaco-workbench.hc-black").waitFor();
    await shot("23-size-history-contrast");
    await theme("Dark Modern");
    await page.locator(".monaco-workbench.vs-dark").waitFor();
  });

  await step("open the instruction that moved it", async () => {
    await workbench
      .webview()
      .locator(".build")
      .getByRole("button", { name: /RUN head -c 2400000.*open line 5/ })
      .click();
    await page.locator(".tab.active", { hasText: "Dockerfile" }).waitFor();
    await page.locator("[id='status.editor.selection']", { hasText: "Ln 5," }).waitFor();
  });

  await step("a new build moves the chart while it is open", async () => {
    writeFileSync(path.join(folder, file), text(31, 35));
    await workbench.line("RUN head -c 3500000").waitFor();
    await workbench.command("Plimsoll: Build Image");
    await workbench.pick(`Build ${tag}`);
    await workbench.notification(`Built ${tag}`).waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await point(/with changes.*\+1\.1\d MB since the build before/).waitFor();
  });

  await step("bars in the gutter for who wants them", async () => {
    const bars = page.locator(".glyph-margin-widgets .cgmr");
    assert.equal(await bars.count(), 0);
    const settings = path.join(folder, ".vscode/settings.json");
    mkdirSync(path.dirname(settings), { recursive: true });
    const wanted = { gutter: true, mediumFrom: 2, largeFrom: 3.3 };
    const named = Object.entries(wanted).map(([name, value]) => [`plimsoll.sizes.${name}`, value]);
    writeFileSync(settings, JSON.stringify(Object.fromEntries(named)));
    await bars.nth(1).waitFor();
    await shot("26-size-gutter");
    rmSync(settings);
    await bars.first().waitFor({ state: "detached" });
  });

  await step("pick what to compare with: earlier builds, stages, another revision, a registry", async () => {
    await workbench.command("View: Close All Editors");
    await workbench.openFile(file);
    await page
      .locator(".codelens-decoration a", { hasText: /^Compare sizes$/ })
      .last()
      .click();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Dockerfile at another git revision" }).waitFor();
    await shot("24-comparands");
    await rows.filter({ hasText: "Dockerfile at another git revision" }).click();
    await page
      .locator(".quick-input-action a, .quick-input-widget .monaco-button", { hasText: "OK" })
      .first()
      .click();
    await rows.filter({ hasText: "More assets" }).waitFor();
    await shot("25-revisions");
    await rows.filter({ hasText: "Begin" }).click();
    const webview = workbench.webview();
    await webview.getByRole("heading", { name: "Image sizes" }).waitFor();
    await webview.getByRole("heading", { name: /^Dockerfile @ [0-9a-f]{7}$/, level: 2 }).waitFor();
  });

  await step("the history is there again after a restart, with its page", async () => {
    await workbench.command("View: Close All Editors");
    await workbench.openFile(file);
    await status.click();
    await workbench.webview().locator(".point").first().waitFor();
    await workbench.command("Developer: Reload Window");
    await page.locator("iframe.webview.ready").waitFor({ state: "detached" });
    await workbench.webview().locator(".point").nth(versions.length).waitFor();
    assert.equal(await workbench.webview().locator(".point").count(), versions.length + 1);
  });
};
