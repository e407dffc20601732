import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import type { Walk } from "../../support/editor/walk.ts";

/** The Builds view and what a build leaves in the editor. */
export const walk: Walk = async ({ page, workbench, folder, step, shot }) => {
  const file = "hello-c/Dockerfile";
  mkdirSync(path.join(folder, "hello-c/src"), { recursive: true });
  writeFileSync(
    path.join(folder, "hello-c/src/main.c"),
    "#include <stdio.h>\n\nint main(void) {\n  puts(greeting);\n}\n",
  );
  const write = (run: string) =>
    writeFileSync(
      path.join(folder, file),
      `FROM golang:1.27-alpine AS builder\nWORKDIR /src\nCOPY src ./src\nRUN sleep 1 && echo prepared\nRUN ${run}\n\nFROM alpine:3.24\nCOPY --from=builder /src /usr/share/hello\nCMD ["true"]\n`,
    );
  const rows = page.locator(".pane-body .monaco-list-row");
  const row = (text: string) => rows.filter({ hasText: text }).first();
  const build = async (tag: string) => {
    await workbench.command("Plimsoll: Build Image");
    await workbench.pick(`Build ${tag}`);
  };

  await step("a build is on the list while it runs, with its steps; it is cancelled from there", async () => {
    write("echo compiling && sleep 944");
    await workbench.openFile(file);
    await build("hello-c:latest");
    await workbench.command("View: Show Plimsoll");
    await row("RUN echo compiling").waitFor();
    await row("RUN echo compiling").click();
    await page.locator(".tab.active", { hasText: "RUN echo compiling" }).waitFor();
    await workbench.line("compiling").waitFor();
    await shot("7-build-running");
    await row("hello-c:latest").hover();
    await row("hello-c:latest").getByRole("button", { name: "Cancel Build" }).click();
    await row("cancelled after").waitFor();
  });

  await step("one that fails shows what it wrote, and the source that the compiler names", async () => {
    write(
      "printf \"src/main.c:4:8: error: 'greeting' undeclared (first use in this function)\\\\n\" && exit 1",
    );
    await workbench.openFile(file);
    await build("hello-c:latest");
    await row("src/main.c:4:8").waitFor();
    await workbench.notification("hello-c:latest was not built").waitFor();
    await page.getByRole("button", { name: "Show main.c:4" }).click();
    await workbench.line("puts(greeting)").waitFor();
    await workbench.squiggles("error").first().waitFor();
    await workbench.problems();
    await shot("8-build-failed-source");
  });

  await step("go from a step to its instruction", async () => {
    await row("RUN printf").hover();
    await row("RUN printf").getByRole("button", { name: "Go to Instruction" }).click();
    await page.locator(".tab.active", { hasText: "Dockerfile" }).waitFor();
  });

  await step("times and what came from the cache stand beside the instructions", async () => {
    write("echo compiled");
    await workbench.openFile(file);
    await build("hello-c:latest");
    await row("steps cached").waitFor();
    await timesShown(page, "CACHED");
    await shot("9-build-times");
  });

  await step("they are there again after a restart", async () => {
    await page.reload();
    await workbench.openFile(file);
    await timesShown(page, "CACHED");
  });
};

/** Waits for a text that stands behind a line without being part of it. */
async function timesShown(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll(".editor-group-container.active .view-line span")].some((it) =>
        getComputedStyle(it, "::after").content.includes(wanted),
      ),
    text,
    { timeout: 60_000 },
  );
}
