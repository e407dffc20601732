import type { FrameLocator, Locator, Page } from "playwright-core";

export type SquiggleSeverity = "error" | "warning" | "info" | "hint";

/** VS Code as a user's hands and eyes have it. Everything waits for what it names, and throws when that does not come. */
export interface Workbench {
  readonly page: Page;
  /** Does `act` again and again until `shown` is there: what is typed while VS Code moves the focus is lost. */
  until(act: () => Promise<void>, shown: Locator): Promise<void>;
  /** Scrolls a list from its top down until `row` is in sight: rows out of sight are not in the page. */
  scrollTo(rows: Locator, row: Locator): Promise<void>;
  /** Runs a command from the palette by its whole title, category included: `Plimsoll: Build Image`. */
  command(title: string): Promise<void>;
  /** Opens a file by its path below the folder. */
  openFile(path: string): Promise<void>;
  /** Puts the cursor at a line and column of the active editor, both from 1. */
  goTo(line: number, column?: number): Promise<void>;
  save(): Promise<void>;
  /** The first line of the active editor that holds `text`. Lines out of sight are not there. */
  line(text: string | RegExp): Locator;
  /** The squiggles of one severity in the active editor. */
  squiggles(severity: SquiggleSeverity): Locator;
  /** Opens the Problems view, and answers its rows, those of files included. */
  problems(): Promise<Locator>;
  /** Opens the menu of quick fixes at the cursor and takes the one whose title holds `title`. */
  quickFix(title: string): Promise<void>;
  /** The lens above a line of the active editor. */
  lens(title: string | RegExp): Locator;
  /** In an open pick list: chooses the row that holds `text`. */
  pick(text: string | RegExp): Promise<void>;
  /** In an open input box: types `text` in place of what is there, and accepts. */
  input(text: string): Promise<void>;
  /** The input or filter of an open pick list or input box. */
  quickInput(): Locator;
  notification(text: string | RegExp): Locator;
  /** The page in the active webview. */
  webview(): FrameLocator;
}

/** How long something may take to appear on a machine with two busy cores. */
const patience = 60_000;

/** @param page - a page whose workbench is ready; see `startVSCode`. */
export function workbench(page: Page): Workbench {
  const quickInput = () => page.locator(".quick-input-widget:not([style*='display: none']) input").first();
  const rows = (text: string | RegExp) =>
    page.locator(".quick-input-list .monaco-list-row", { hasText: text });

  async function until(act: () => Promise<void>, shown: Locator): Promise<void> {
    for (const deadline = Date.now() + patience; ; ) {
      await act();
      try {
        await shown.waitFor({ timeout: 3_000 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Opens the quick input with `text` and accepts the row that matches. */
  async function quick(text: string, row: Locator): Promise<void> {
    await until(async () => {
      // An open list would take F1 as a letter of its own. What it offers is settled when it opens, and an extension that
      // has just started, or a file that has just been opened, brings more.
      await page.keyboard.press("Escape");
      await page.keyboard.press("F1");
      await quickInput()
        .fill(text, { timeout: 3_000 })
        .catch(() => {});
    }, row.first());
    await row.first().click();
  }

  return {
    page,
    until,
    scrollTo: async (rows, row) => {
      for (const deadline = Date.now() + patience; !(await row.isVisible()); ) {
        if (Date.now() > deadline) throw new Error(`No row is ${row}.`);
        const before = await rows.allTextContents();
        await rows
          .last()
          .hover({ timeout: 3_000 })
          .catch(() => {});
        await page.mouse.wheel(0, 60);
        await page.waitForTimeout(200);
        const atEnd = (await rows.allTextContents()).join("\n") === before.join("\n");
        if (atEnd) await page.mouse.wheel(0, -100_000);
      }
    },
    command: (title) => quick(`>${title}`, rows(title)),
    openFile: async (path) => {
      const name = path.split("/").at(-1) ?? path;
      await quick(path, rows(name));
      await page.locator(".tab.active", { hasText: name }).first().waitFor({ timeout: patience });
      await until(
        () => page.locator(".editor-group-container.active .view-lines").first().click(),
        focusedEditor(page),
      );
    },
    goTo: async (line, column = 1) => {
      await quick(`:${line}:${column}`, page.locator(".quick-input-list .monaco-list-row"));
      await focusedEditor(page).waitFor({ timeout: patience });
    },
    save: async () => {
      await until(() => page.keyboard.press("Control+s"), page.locator(".tab.active:not(.dirty)").first());
    },
    line: (text) => page.locator(".editor-group-container.active .view-line", { hasText: text }).first(),
    squiggles: (severity) => page.locator(`.editor-group-container.active .squiggly-${severity}`),
    problems: async () => {
      const panel = page.locator(".markers-panel");
      if (!(await panel.isVisible()))
        await quick(">Problems: Focus on Problems View", rows("Focus on Problems View"));
      await panel.waitFor({ timeout: patience });
      return panel.locator(".monaco-list-row");
    },
    quickFix: async (title) => {
      const entry = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
      await until(async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+.");
      }, entry);
      await entry.click();
      await entry.waitFor({ state: "hidden", timeout: patience });
    },
    lens: (title) =>
      page.locator(".editor-group-container.active .codelens-decoration a", { hasText: title }).first(),
    pick: async (text) => {
      await rows(text).first().waitFor({ timeout: patience });
      await rows(text).first().click();
    },
    input: async (text) => {
      await quickInput().waitFor({ timeout: patience });
      await quickInput().fill(text);
      await page.keyboard.press("Enter");
    },
    quickInput,
    notification: (text) =>
      page
        .locator(".notification-list-item, .notifications-toasts .notification-toast", { hasText: text })
        .first(),
    webview: () => page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame"),
  };
}

function focusedEditor(page: Page): Locator {
  return page.locator(".monaco-editor.focused").first();
}
