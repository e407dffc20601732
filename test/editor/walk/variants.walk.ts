import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { engineAt } from "../../setup/engine.ts";
import type { Walk } from "../../support/editor/walk.ts";

const file = "go-api/Dockerfile.single-stage";
/** Five are built, two of them with the whole of Go's standard library. */
const patience = 300_000;

/** A single stage against scratch, distroless, alpine and slim: tried, compared, applied, cleared up. */
export const walk: Walk = async ({ page, workbench, folder, dockerHost, step, shot }) => {
  const { docker } = engineAt(dockerHost);
  const tagged = async () =>
    (await docker("image", "ls", "--quiet", "plimsoll-variant")).trim().split("\n").filter(Boolean);
  const webview = workbench.webview();
  const row = (name: string) =>
    webview.locator("tbody").filter({ has: webview.locator("th", { hasText: new RegExp(`^${name}$`) }) });

  await step("from the lens above FROM: the bases, each with what it asks for", async () => {
    await workbench.openFile(file);
    await workbench.lens("Try other bases").waitFor();
    const distroless = page.locator(".quick-input-list .monaco-list-row", { hasText: "static-debian13" });
    await workbench.until(() => workbench.lens("Try other bases").click(), distroless.first());
    await page
      .locator(".quick-input-list .monaco-list-row", { hasText: "The certificates are copied from builder" })
      .first()
      .waitFor();
    await shot("try-bases");
    await page
      .locator(".quick-input-action a, .quick-input-widget .monaco-button", { hasText: "OK" })
      .first()
      .click();
  });

  await step("each is built and started, and the page says what it weighs and lacks", async () => {
    await row("scratch").getByText("Healthy after").waitFor({ timeout: patience });
    for (const name of ["as it is", "distroless", "alpine", "slim"])
      await row(name).getByText("Healthy after").waitFor({ timeout: patience });
    await webview
      .getByRole("status")
      .getByText("the smallest that starts is scratch")
      .waitFor({ timeout: patience });
    await row("scratch").getByText("shell, package manager").waitFor();
    await row("scratch").getByText("besides FROM").click();
    await row("scratch").getByText("The certificates are copied from builder.").waitFor();
    await row("scratch")
      .getByText(/−[\d.]+ MB \(−9\d/)
      .waitFor();
    assert.equal((await tagged()).length, 5);
    await workbench.command("Notifications: Clear All Notifications");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await shot("other-bases");
  });

  await step("the lines that make the difference: the comparison of all of them", async () => {
    await webview.getByRole("button", { name: "Compare sizes" }).click();
    await page.locator(".tab.active", { hasText: "Image Sizes" }).waitFor();
    await workbench.webview().locator("article.image").nth(4).waitFor();
    await workbench.webview().locator("th", { hasText: "go build" }).first().waitFor();
    // What the base brought counts as one, though no Dockerfile of the workspace made these images.
    await workbench.webview().locator("th", { hasText: "FROM golang:1.27-alpine" }).first().waitFor();
    await shot("bases-compared");
    await page.locator(".tab", { hasText: "Other Bases" }).click();
    await row("scratch").waitFor();
  });

  await step("what would change in the Dockerfile, beside it", async () => {
    await webview.getByRole("button", { name: "Show changes for scratch" }).click();
    await page.locator(".tab.active", { hasText: "as it is against scratch" }).waitFor();
    await page.locator(".monaco-diff-editor .view-line", { hasText: "FROM scratch" }).first().waitFor();
    await shot("base-changes");
    await page.locator(".tab", { hasText: "Other Bases" }).click();
    await row("scratch").waitFor();
  });

  await step("apply one: the Dockerfile stands on it, and nothing in it is wrong", async () => {
    await webview.getByRole("button", { name: "Apply scratch to the Dockerfile" }).click();
    await workbench.notification("stands on scratch now").waitFor();
    await page.locator(".tab.active", { hasText: /^Dockerfile\.single-stage/ }).waitFor();
    // In a browser VS Code saves by itself a moment later; whoever is first.
    await workbench.line("FROM scratch").click();
    await workbench.save();
    const read = () => readFileSync(path.join(folder, file), "utf8");
    for (let tries = 0; tries < 100 && !/^FROM scratch$/m.test(read()); tries++)
      await page.waitForTimeout(300);
    const text = read();
    assert.match(text, /^FROM golang:1\.27-alpine AS builder$/m);
    assert.match(text, /^HEALTHCHECK CMD \["\/usr\/local\/bin\/api", "-health"\]$/m);
    // Nothing but a hint is left: the toolchain stays in the builder now.
    await workbench.squiggles("warning").first().waitFor({ state: "detached" });
    assert.equal(await workbench.squiggles("error").count(), 0);
    await shot("base-applied");
  });

  await step("a Dockerfile that has changed since is left alone", async () => {
    await page.locator(".tab", { hasText: "Other Bases" }).click();
    await webview.getByRole("button", { name: "Apply alpine to the Dockerfile" }).click();
    await workbench.notification("has changed since the bases were tried").waitFor();
  });

  await step("reload the window: the page says what it was of, and offers to try again", async () => {
    // VS Code writes down what is open when it reloads by itself.
    await workbench.command("Developer: Reload Window");
    await page.locator("iframe.webview.ready").waitFor({ state: "detached" });
    await webview.getByRole("status").getByText("nothing is known any more").waitFor();
    await webview.getByRole("button", { name: "Try again" }).waitFor();
  });

  await step("the images that were tried go after a question, after the restart too", async () => {
    await webview.getByRole("button", { name: "Remove the images tried" }).click();
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText("Remove 5 images?").waitFor();
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await webview.locator("button:disabled", { hasText: "Remove the images tried" }).waitFor();
    assert.deepEqual(await tagged(), []);
  });
};
