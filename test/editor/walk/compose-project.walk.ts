import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Walk } from "../../support/editor/walk.ts";

/** A Compose project of several files, written and read as one: values, names, forms, and the files beside it. No engine is needed. */
export const walk: Walk = async ({ page, workbench, folder, step, shot }) => {
  const blog = path.join(folder, "blog");
  const textOf = (name: string) => readFileSync(path.join(blog, name), "utf8");
  writeFileSync(
    path.join(blog, "compose.override.yaml"),
    'services:\n  posts:\n    restart: "no"\n    environment:\n      LOG_LEVEL: ${LOG_LEVEL:-debug}\n',
  );
  // What is typed here is meant as it is, whenever the list of suggestions comes.
  mkdirSync(path.join(folder, ".vscode"));
  writeFileSync(
    path.join(folder, ".vscode/settings.json"),
    JSON.stringify({ "editor.acceptSuggestionOnEnter": "off" }),
  );
  const hint = (text: string | RegExp) =>
    page.locator(".editor-group-container.active .view-line", { hasText: text }).first();

  await step("what another file overrides stands beside the line", async () => {
    await workbench.openFile("blog/compose.yaml");
    await hint(/unless-stopped.*compose\.override\.yaml/).waitFor();
    await shot("compose-hints");
  });

  await step("the project of all files as one, without its secret", async () => {
    await workbench.command("Plimsoll: Show Effective Compose File");
    await workbench.line(/LOG_LEVEL:\sdebug/).waitFor();
    assert.match((await workbench.line(/LOG_LEVEL:\sdebug/).textContent()) ?? "", /compose\.override\.yaml/);
    assert.equal(await page.getByText("only-for-this-example").count(), 0);
    await shot("compose-effective");
    await workbench.command("View: Close Editor");
  });

  await step("rename a service: its uses and the proxy's configuration follow", async () => {
    await workbench.openFile("blog/compose.yaml");
    await workbench.goTo(32, 4);
    const box = page.locator(".rename-box input, .rename-input").first();
    await workbench.until(() => page.keyboard.press("F2"), box);
    await box.fill("replies");
    await page.keyboard.press("Enter");
    await workbench.line(/^\s*replies:/).waitFor();
    await shot("compose-renamed");
    await workbench.command("File: Save All Files");
    for (let waited = 0; !textOf("compose.yaml").includes("replies:") && waited < 60_000; waited += 200)
      await page.waitForTimeout(200);
    for (
      let waited = 0;
      !textOf("gateway/nginx.conf").includes("replies:8181") && waited < 60_000;
      waited += 200
    )
      await page.waitForTimeout(200);
    assert.match(textOf("gateway/nginx.conf"), /proxy_pass http:\/\/replies:8181;/);
    assert.match(textOf("compose.yaml"), /COMMENTS_URL: http:\/\/replies:8181/);
    assert.match(textOf("compose.yaml"), /target: comments/);
  });

  await step("completion knows what a service can wait for", async () => {
    await workbench.openFile("blog/compose.override.yaml");
    await page.keyboard.press("Control+a");
    // Each line goes in where it belongs.
    for (const line of ["services:", "replies:", "image: postgres:18-alpine"]) {
      await page.keyboard.type(line, { delay: 10 });
      await page.keyboard.press("Enter");
    }
    await workbench.line(/^\s{4}image:/).waitFor();
    await workbench.command("Trigger Suggest");
    const suggestion = page.locator(".suggest-widget .monaco-list-row", { hasText: "healthcheck" }).first();
    await suggestion.waitFor();
    await shot("compose-completion");
    await page.keyboard.press("Escape");
    await workbench.command("File: Revert File");
  });

  await step("an ignore file and an environment file say what they do", async () => {
    await workbench.openFile("blog/.dockerignore");
    const hover = page
      .locator(".monaco-hover:visible .hover-contents, .monaco-hover-content:visible")
      .first();
    await workbench.goTo(1, 1);
    await workbench.until(() => workbench.command("Show or Focus Hover"), hover);
    await shot("ignore-hover");
    await page.keyboard.press("Escape");
    await workbench.openFile("blog/.env");
    await workbench.goTo(2, 3);
    await workbench.until(() => workbench.command("Show or Focus Hover"), hover);
    assert.match((await hover.textContent()) ?? "", /db|posts|comments/);
    await shot("env-hover");
  });
};
