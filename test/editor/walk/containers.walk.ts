import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { engineAt } from "../../setup/engine.ts";
import type { Walk } from "../../support/editor/walk.ts";

/** Runs an image, looks at it in the views, uses its shell, and clears up. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const { docker } = engineAt(dockerHost);
  const service = path.join(folder, "service");
  mkdirSync(service);
  writeFileSync(path.join(service, ".env"), "LOG_LEVEL=debug\n");
  writeFileSync(
    path.join(service, "Dockerfile"),
    'FROM alpine:3.24\nRUN mkdir /made\nVOLUME /data\nEXPOSE 8080\nSTOPSIGNAL SIGKILL\nHEALTHCHECK --interval=1s CMD wget -q -O /dev/null http://127.0.0.1:8080/hostname\nCMD ["httpd", "-f", "-p", "8080", "-h", "/etc"]\n',
  );
  const rows = (view: string) =>
    page.locator(`.pane:has(.pane-header[aria-label^="${view}"]) .monaco-list-row`);
  const row = (view: string, text: string | RegExp) => rows(view).filter({ hasText: text }).first();
  // By the whole name, which is what a screen reader is told: other tests have images of this engine too.
  const image = (name: string) =>
    page
      .locator(`.pane:has(.pane-header[aria-label^="Images"]) .monaco-list-row[aria-label^="${name},"]`)
      .first();
  const built = image("service:latest");
  const menu = async (on: Locator, entry: string) => {
    const item = page.locator(".monaco-menu .action-item", { hasText: entry }).first();
    await workbench.until(() => on.click({ button: "right" }), item);
    // VS Code takes a click right after the menu opened for the end of the one that opened it.
    for (let tries = 0; tries < 20 && (await item.isVisible()); tries++) {
      await item.click({ timeout: 2000 }).catch(() => undefined);
      await page.waitForTimeout(300);
    }
  };

  await step("build an image, and see it in the view", async () => {
    await workbench.openFile("service/Dockerfile");
    await workbench.command("Plimsoll: Build Image");
    await workbench.pick("Build service:latest");
    await workbench.notification("Built service:latest").waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.command("View: Show Plimsoll");
    await row("Images", /latest.*MB on disk.*ago.*linux\/amd64/).waitFor();
    // The list holds only the rows in sight, and there are many base images.
    const header = page.locator('.pane-header[aria-label^="Images"]');
    await header.hover();
    await header.getByRole("button", { name: "Collapse All" }).click();
    await workbench.scrollTo(rows("Images"), row("Images", /^\s*service(?![-\w])/));
    await row("Images", /^\s*service(?![-\w])/).click();
    // Opens what is closed, and leaves open what the click has opened.
    await page.keyboard.press("ArrowRight");
    await workbench.scrollTo(rows("Images"), built);
  });

  await step("run it from the view: the sheet shows what will happen", async () => {
    await menu(built, "Run Image");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Run service:latest" }).waitFor();
    await page
      .locator(".quick-input-list .monaco-list-row", {
        hasText: "/data (volume of the image, without a name)",
      })
      .waitFor();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "service/.env" }).waitFor();
    await shot("run-image");
    await workbench.pick("Run service:latest");
    await row("Containers", /service:latest.*\(healthy\)/).waitFor();
    const healthy = workbench.notification(/service:latest is healthy at http/);
    await healthy.waitFor();
    await page.locator(".xterm-rows > div", { hasText: "runs as" }).first().waitFor();
    // Where it answers, as the editor opens it.
    const [, at = ""] = /(127\.0\.0\.1:\d+)/.exec((await healthy.textContent()) ?? "") ?? [];
    const opened = page.context().waitForEvent("page");
    await healthy.getByRole("button", { name: "Open in Browser" }).click();
    const browser = await opened;
    await browser.waitForURL(new RegExp(at.replace(/.*:/, "")));
    await browser.close();
    await workbench.command("Notifications: Clear All Notifications");
    await shot("containers");
  });

  await step("a shell in it, which is typed in", async () => {
    await menu(row("Containers", "service:latest"), "Open Shell in Container");
    await page.locator(".xterm-rows > div", { hasText: "A shell in" }).first().waitFor();
    const answer = page.locator(".xterm-rows > div", { hasText: "debug 42" });
    await workbench.until(async () => {
      await page.locator(".terminal-wrapper.active .xterm").first().click();
      await page.keyboard.type("echo $LOG_LEVEL $((6 * 7))\n");
    }, answer.first());
    await page.keyboard.type("exit\n");
    await page.locator(".xterm-rows > div", { hasText: "The shell has ended" }).first().waitFor();
    await page.keyboard.press("Enter");
  });

  await step(
    "stop it: its container goes, and a stopped one is pruned after a look at what goes",
    async () => {
      await menu(row("Containers", "service:latest"), "Stop Container");
      await row("Containers", "service:latest").waitFor({ state: "detached" });
      await docker(
        "run",
        "--name",
        "left-over",
        "alpine:3.24",
        "sh",
        "-c",
        "head -c 2000000 /dev/zero > /big",
      );
      await row("Containers", "left-over").waitFor();
      await workbench.command("Plimsoll: Prune Unused");
      const preview = page.locator(".quick-input-list .monaco-list-row", { hasText: "left-over" });
      await preview.waitFor();
      await page
        .locator(".quick-input-list .monaco-list-row", { hasText: /2\.\d+ MB/ })
        .first()
        .waitFor();
      // Only the containers: the images of other tests are none of this one's business.
      const images = page.locator(".quick-input-list .monaco-list-row", { hasText: /dangling image/ });
      if ((await images.count()) > 0) await images.first().click();
      const ok = page
        .locator(".quick-input-action a, .quick-input-widget .monaco-button", { hasText: "OK" })
        .first();
      await ok.click();
      await page.locator(".quick-input-title", { hasText: "Untick what stays" }).waitFor();
      await preview.waitFor();
      await ok.click();
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.getByText("left-over").first().waitFor();
      await dialog.getByRole("button", { name: "Remove", exact: true }).click();
      await workbench.notification(/2\.\d+ MB freed/).waitFor();
      await row("Containers", "left-over").waitFor({ state: "detached" });
      assert.equal(
        (await docker("container", "ls", "--all", "--quiet", "--filter", "name=left-over")).trim(),
        "",
      );
    },
  );

  await step("one that ends at once says with which exit code, and its last words", async () => {
    writeFileSync(
      path.join(service, "Dockerfile.crash"),
      'FROM alpine:3.24\nEXPOSE 8080\nCMD ["sh", "-c", "echo starting; echo no DATABASE_URL >&2; exit 3"]\n',
    );
    await workbench.openFile("service/Dockerfile.crash");
    await workbench.command("Plimsoll: Build Image");
    await workbench.pick("Build service:crash");
    await workbench.notification("Built service:crash").getByRole("button", { name: "Run" }).click();
    await workbench.pick("Run service:crash");
    const said = workbench.notification(/service:crash ended with exit code 3: .*no DATABASE_URL/);
    await said.waitFor();
    await shot("run-ends-at-once");
    await said.getByRole("button", { name: "Show Logs" }).click();
    await page.locator(".xterm-rows > div", { hasText: "Ended with exit code 3" }).first().waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await docker("image", "rm", "--force", "service:crash");
  });

  await step("remove the image, after a question that says what goes", async () => {
    await docker("tag", "service:latest", "service:again");
    await workbench.scrollTo(rows("Images"), image("service:again"));
    await workbench.scrollTo(rows("Images"), built);
    await menu(built, "Remove Image");
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText(/only this name goes. The image keeps service:again/).waitFor();
    await dialog.getByRole("button", { name: "Remove All Names" }).click();
    await row("Images", /^\s*service(?![-\w])/).waitFor({ state: "detached" });
  });
};
