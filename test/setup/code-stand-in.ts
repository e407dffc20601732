#!/usr/bin/env node
/**
 * Stands in for the desktop's `code` where VS Code cannot be downloaded: it takes the flags that @vscode/test-electron gives
 * to `code`, and runs the tests in the extension host of VS Code's server, with the workbench open in Chromium. Its status
 * is what VS Code reports.
 *
 * Known flags: `--extensionDevelopmentPath=DIR` (several), `--extensionTestsPath=FILE.js`, `--install-extension=VSIX` (several), and the
 * folder to open. All others concern the desktop and are ignored. `PLIMSOLL_VSCODE_LOGS` names a folder for VS Code's log files.
 */

import { cpSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import { startChromium } from "./chromium.ts";
import { command, Expected } from "./ending.ts";
import { startVSCode } from "./vscode.ts";

/** A suite that hangs must not hang the run: mocha gives each test a limit, this is for what mocha cannot see. */
const limit = 15 * 60_000;

await command(async () => {
  const { development, tests, install, folder } = readFlags(process.argv.slice(2));
  const vscode = await startVSCode({ extensions: install, forTests: true });
  const browser = await startChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

  const ended = Promise.withResolvers<number>();
  // VS Code's workbench calls these two by name when it runs extension tests in a browser that is driven.
  const log: string[] = [];
  await page.exposeFunction("codeAutomationLog", (_level: string, values: unknown[]) => {
    log.push(format(...values));
  });
  await page.exposeFunction("codeAutomationExit", (status: number) => ended.resolve(status));
  page.on("crash", () => ended.reject(new Expected("The page of VS Code crashed.")));
  browser.on("disconnected", () => ended.reject(new Expected("Chromium ended before the tests did.")));
  setTimeout(
    () => ended.reject(new Expected(`VS Code reported nothing within ${limit / 60_000} minutes.`)),
    limit,
  ).unref();
  // When the runner is killed, nobody is left to ask for an end.
  const parent = process.ppid;
  setInterval(
    () => process.ppid !== parent && ended.reject(new Expected("The test runner is gone.")),
    1_000,
  ).unref();

  try {
    await page.goto(vscode.testAddress(folder, development, tests));
    return await ended.promise;
  } finally {
    const { PLIMSOLL_VSCODE_LOGS: logs, PLIMSOLL_MOCHA_REPORT: report } = process.env;
    if (logs) {
      cpSync(vscode.logs, logs, { recursive: true });
      writeFileSync(path.join(logs, "workbench.log"), log.join("\n"));
    }
    // Much of it is about what this server lacks; without a report it is where the reason is.
    if (!report || !existsSync(report)) console.error(log.slice(-40).join("\n"));
  }
});

interface Flags {
  readonly development: readonly string[];
  readonly tests: string;
  readonly install: readonly string[];
  readonly folder: string;
}

function readFlags(args: readonly string[]): Flags {
  const values = (name: string) =>
    args.filter((it) => it.startsWith(`--${name}=`)).map((it) => path.resolve(it.slice(name.length + 3)));
  const tests = values("extensionTestsPath").at(-1);
  const folder = args.find((it) => !it.startsWith("-"));
  if (!tests || !folder)
    throw new Expected("usage: code-stand-in.ts --extensionTestsPath=FILE.js [flags of code] FOLDER");
  return {
    development: values("extensionDevelopmentPath"),
    tests,
    install: values("install-extension"),
    folder: path.resolve(folder),
  };
}
