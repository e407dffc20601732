import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engineAt } from "../../setup/engine.ts";
import type { Walk } from "../../support/editor/walk.ts";

const composeFile = `name: shop

services:
  api:
    image: alpine:3.24
    init: true
    command: sleep 600
    environment:
      DB_PASSWORD: \${DB_PASSWORD}
    ports: ["127.0.0.1::8080"]
    volumes:
      - data:/data
    healthcheck:
      test: ["CMD", "test", "-d", "/data"]
      interval: 1s

  migrate:
    image: alpine:3.24
    command: sh -c "echo migrating; exit 3"

  debug:
    image: alpine:3.24
    init: true
    command: sleep 600
    profiles: [debug]

volumes:
  data:
`;

/** A project brought up, looked at and taken down from the lines of its file. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const { docker } = engineAt(dockerHost);
  const lens = (text: RegExp) => workbench.lens(text);

  await step("bring a project up from the lens at its top, with a profile", async () => {
    mkdirSync(path.join(folder, "shop"));
    writeFileSync(path.join(folder, "shop/compose.yaml"), composeFile);
    writeFileSync(path.join(folder, "shop/.env"), "DB_PASSWORD=hush4711\n");
    await workbench.openFile("shop/compose.yaml");
    await lens(/0 of 3 running/).waitFor();
    await lens(/^Up/).click();
    await workbench.quickInput().waitFor();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "debug" }).first().click();
    await page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).first().click();
    await lens(/2 of 3 running/).waitFor();
    await lens(/healthy/).waitFor();
    await lens(/exited 3/).waitFor();
    await shot("7-compose");
  });

  await step("what happens elsewhere shows at once", async () => {
    await docker("container", "pause", "shop-api-1");
    await lens(/paused/).waitFor();
    await docker("container", "unpause", "shop-api-1");
    await lens(/healthy/).waitFor();
  });

  await step("the state tells more of a service", async () => {
    await lens(/healthy/).click();
    const row = (text: string) => page.locator(".quick-input-list .monaco-list-row", { hasText: text });
    await row("Open in Browser").waitFor();
    await row("Open a Shell").waitFor();
    await shot("8-compose-service");
    await page.keyboard.press("Escape");
  });

  await step("the resolved file, without its secret", async () => {
    await workbench.command("Plimsoll: Compose: Show Resolved File");
    await workbench.line("DB_PASSWORD: •••").waitFor();
    await page.locator(".view-lines", { hasText: "hush4711" }).waitFor({ state: "detached" });
  });

  await step("taking it down with its volumes asks first, and says what goes", async () => {
    await workbench.openFile("shop/compose.yaml");
    await workbench.command("Plimsoll: Compose Down and Remove Volumes");
    const dialog = page.locator(".monaco-dialog-box", { hasText: "all that is in its volumes" });
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? "", /shop_data: \d/);
    await shot("9-compose-down");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.match(await docker("volume", "ls", "--quiet"), /shop_data/);

    await workbench.command("Plimsoll: Compose Down and Remove Volumes");
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await lens(/0 of 3 running/).waitFor();
    assert.doesNotMatch(await docker("volume", "ls", "--quiet"), /shop_data/);
    assert.equal((await docker("container", "ls", "--all", "--quiet", "--filter", "name=shop-")).trim(), "");
  });
};
