import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { engineAt } from "../../setup/engine.ts";
import type { Walk } from "../../support/editor/walk.ts";

/** What one can answer on the sheet of a build. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const file = "go-api/Dockerfile.sheet";
  const rows = page.locator(".quick-input-list .monaco-list-row");
  const row = (text: string) => rows.filter({ hasText: text }).first();
  const open = async (command: string, first: string) => {
    await workbench.command(command);
    await row(first).waitFor();
  };

  await step("the secrets and agents that the stage needs stand on the sheet", async () => {
    writeFileSync(
      path.join(folder, file),
      "FROM alpine:3.24\nARG WHO=you\nRUN --mount=type=secret,id=npm,required --mount=type=ssh,id=git grep -q quack /run/secrets/npm\n",
    );
    await workbench.openFile(file);
    await open("Plimsoll: Build Image", "Build go-api:sheet");
    await row("The secret npm is needed and not given").waitFor();
    await row("Secret npm").waitFor();
    await row("SSH git").waitFor();
    await row("WHO=you").waitFor();
    await shot("7-build-sheet");
  });

  await step("a secret is typed, and shown nowhere", async () => {
    await workbench.pick(/^Secret npm/);
    await workbench.pick("Type it");
    const box = workbench.quickInput();
    await page.locator(".quick-input-widget input[type=password]").waitFor();
    await box.fill("quack-quack");
    await page.keyboard.press("Enter");
    await row("typed").waitFor();
    assert.equal(await page.getByText("quack-quack").count(), 0);
  });

  await step("labels and an unused cache under More…", async () => {
    await workbench.pick("More…");
    await row("Back to the build").waitFor();
    await workbench.pick("Labels");
    await workbench.input("maker=Ada");
    await row("maker=Ada").waitFor();
    await workbench.pick("Cache");
    await row("not used, this once").waitFor();
    // The sheet closes and opens again with the new answer.
    await page.waitForTimeout(500);
    await shot("8-build-sheet-more");
    await workbench.pick("Back to the build");
    await row("Build go-api:sheet").waitFor();
    await row("maker=Ada").waitFor();
  });

  await step("the build is given all of it", async () => {
    await workbench.pick("Build go-api:sheet");
    await workbench.notification("Built go-api:sheet").waitFor();
    const { docker } = engineAt(dockerHost);
    const label = await docker(
      ...["image", "inspect", "--format", "{{.Config.Labels.maker}}", "go-api:sheet"],
    );
    assert.equal(label.trim(), "Ada");
  });

  await step("the next time the label is remembered, and the secret asked for again", async () => {
    await open("Plimsoll: Build Image", "Build go-api:sheet");
    await row("maker=Ada").waitFor();
    await row("typed when the build begins").waitFor();
    await workbench.pick("Build go-api:sheet");
    await page.locator(".quick-input-widget input[type=password]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").first().waitFor({ state: "hidden" });
  });

  await step(
    "a Dockerfile that was never saved is saved first; nothing else is built in its place",
    async () => {
      await workbench.command("Create: New File...");
      await workbench.pick("Text File");
      await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
      await workbench.command("Change Language Mode");
      await workbench.quickInput().fill("dockerfile");
      await workbench.pick(/\(dockerfile\)/);
      await workbench.command("Plimsoll: Build Image");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.getByText("is not saved yet").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      // No sheet of another one.
      await page.locator(".quick-input-widget").first().waitFor({ state: "hidden" });
    },
  );
};
