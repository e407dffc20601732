import assert from "node:assert/strict";
import type { Walk } from "../../support/editor/walk.ts";

/** Which engine is used, and how one takes another. */
export const walk: Walk = async ({ page, workbench, dockerHost, step, shot }) => {
  const item = (text: string | RegExp) => page.locator(".statusbar-item", { hasText: text });
  const row = (text: string | RegExp) =>
    page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  const toast = page.locator(".notification-toast");

  await step("the status bar says nothing of engines before one is needed", async () => {
    assert.equal(await item(/Docker \d|No engine/).count(), 0);
  });

  await step("then it shows the one that answers", async () => {
    await workbench.command("Plimsoll: Check Engine");
    await item(/Docker \d+\.\d+/).waitFor();
    await workbench.notification(`answers at ${dockerHost} (DOCKER_HOST)`).waitFor();
  });

  await step("a click shows the engines that there are, and which of them answer", async () => {
    await item(/Docker \d+\.\d+/).click();
    await row("Automatic")
      .filter({ hasText: /Docker \d+\.\d+/ })
      .waitFor();
    await row("DOCKER_HOST").filter({ hasText: dockerHost }).last().waitFor();
    await row("Enter an Address").waitFor();
    await shot("7-choose-engine");
  });

  await step("an address that is entered is taken, and that nobody answers is said calmly", async () => {
    await workbench.pick("Enter an Address");
    await workbench.input("unix:///nowhere/docker.sock");
    const advice = toast.filter({ hasText: "No engine answers at unix:///nowhere/docker.sock" });
    await advice.waitFor();
    await advice.getByRole("button", { name: "Check Again" }).waitFor();
    await item("No engine").waitFor();
    await shot("7-no-engine");
  });

  await step("back to the one that is found", async () => {
    await item("No engine").click();
    await row("/nowhere/docker.sock").first().waitFor();
    await workbench.pick("Automatic");
    await item(/Docker \d+\.\d+/).waitFor();
  });
};
