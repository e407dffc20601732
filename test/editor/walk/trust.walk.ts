import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Walk, WalkNeeds } from "../../support/editor/walk.ts";

/** Runs each command that needs trust, and writes what they say beside the open folder. */
const witness = `
const { writeFileSync, renameSync } = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.commands.registerCommand("witness.runAll", async () => {
    const { contributes } = vscode.extensions.getExtension("plimsoll.plimsoll").packageJSON;
    const outcomes = {};
    for (const { command, enablement } of contributes.commands) {
      if (!enablement?.includes("isWorkspaceTrusted")) continue;
      const hangs = new Promise((resolve) => setTimeout(resolve, 5000, { outcome: "asks something first" }));
      const result = await Promise.race([vscode.commands.executeCommand(command, {}), hangs])
        .catch((error) => ({ outcome: String(error) }));
      outcomes[command] = result?.outcome ?? "nothing";
    }
    const told = path.join(vscode.workspace.workspaceFolders[0].uri.fsPath, "..", "witness.json");
    writeFileSync(told + ".part", JSON.stringify(outcomes));
    renameSync(told + ".part", told);
  }));
};
`;

export const needs: WalkNeeds = {
  workspaceTrust: true,
  extension: {
    main: witness,
    contributes: {
      commands: [{ command: "witness.runAll", title: "Run All Commands", category: "Witness" }],
    },
  },
};

/** A folder that is not trusted: the language part works, and nothing asks the engine until the user trusts it. */
export const walk: Walk = async ({ page, workbench, folder, engineCalls, step, shot }) => {
  const told = path.join(folder, "..", "witness.json");
  // A second try has another window, and the calls of the first are none of its own.
  const before = engineCalls.length;
  const refusal =
    "Plimsoll builds and runs nothing, and asks no Docker Engine, in a workspace that you do not trust";
  mkdirSync(path.join(folder, "shop"));
  writeFileSync(
    path.join(folder, "shop/compose.yaml"),
    "name: shop\nservices:\n  api:\n    build: .\n  cache:\n    image: alpine:3.24\n",
  );

  await step("checks work in a folder that is not trusted", async () => {
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await workbench.openFile("go-api/Dockerfile.bad");
    await workbench.squiggles("warning").first().waitFor();
  });

  await step("a lens says why it does nothing, with the way to trust", async () => {
    await workbench.until(() => workbench.lens("Build").click(), workbench.notification(refusal));
    const button = page.getByRole("button", { name: "Manage Workspace Trust" });
    await button.first().waitFor();
    await shot("4-untrusted");
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.openFile("shop/compose.yaml");
    await workbench.until(() => workbench.lens("Up").click(), workbench.notification(refusal));
    await workbench.command("Notifications: Clear All Notifications");
  });

  await step("the views say so", async () => {
    await workbench.command("View: Show Plimsoll");
    await page.getByText("Images and containers are shown once you trust this workspace.").first().waitFor();
  });

  // Before it lists or runs a task VS Code itself asks whether the folder is trusted.
  await step("no command asks the engine", async () => {
    await workbench.command("Witness: Run All Commands");
    for (let waited = 0; !existsSync(told) && waited < 60_000; waited += 200) await page.waitForTimeout(200);
    const outcomes = JSON.parse(readFileSync(told, "utf8")) as Readonly<Record<string, string>>;
    const others = Object.entries(outcomes).filter(([, outcome]) => outcome !== "untrusted");
    assert.deepEqual(others, []);
    assert.ok(Object.keys(outcomes).length > 40, "all commands were run");
    assert.deepEqual(engineCalls.slice(before), []);
  });

  await step("once it is trusted all works, without a reload", async () => {
    await page.evaluate("window.notReloaded = true");
    await page.locator(".notifications-toasts, .notifications-center").first().waitFor({ state: "attached" });
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.openFile("go-api/Dockerfile.bad");
    await workbench.until(() => workbench.lens("Build").click(), workbench.notification(refusal));
    const trust = page.locator(".workspace-trust-editor").getByRole("button", { name: /^Trust$/ });
    const manage = page.getByRole("button", { name: "Manage Workspace Trust" }).first();
    await workbench.until(() => manage.click({ timeout: 3_000 }).catch(() => {}), trust.first());
    await trust.first().click();
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor({ state: "detached" });
    await page.locator('.pane:has(.pane-header[aria-label^="Images"]) .monaco-list-row').first().waitFor();
    await workbench.command("Plimsoll: Check Engine");
    await workbench.notification("answers at unix://").waitFor();
    assert.equal(await page.evaluate("window.notReloaded"), true);
    assert.ok(engineCalls.slice(before).some((it) => it.includes("/images/json")));
  });

  await step("and facts are read of the images that documents name", async () => {
    await workbench.openFile("go-api/Dockerfile.bad");
    const isRead = () =>
      engineCalls
        .slice(before)
        .some((it) => /^(POST|GET) .*\/containers\/(create|[0-9a-f]+\/archive)/.test(it));
    for (let waited = 0; !isRead() && waited < 60_000; waited += 200) await page.waitForTimeout(200);
    assert.ok(isRead(), engineCalls.join("\n"));
  });
};
