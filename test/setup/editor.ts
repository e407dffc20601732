/**
 * The editor suite: the packaged extension in a real VS Code, with a real Docker Engine behind it.
 *
 * `npm test -- editor` runs all of it; `npm test -- editor NAME` only the suite or walk files whose path contains NAME.
 *
 * ## What is set up
 * - a private Docker Engine with the base images of `bases.ts` loaded; the extension host has its address in `DOCKER_HOST`;
 * - the VSIX of `npm run package`, installed in a VS Code server of its own (`vscode.ts`), workspace trust off unless a walk needs it;
 * - a fresh copy of `examples/` as the open folder, once for the mocha suite and once for each walk, so that tests may write.
 *
 * ## Mocha suites: `test/editor/suite/*.test.ts`
 * Plain mocha with the `bdd` interface, run inside the extension host: `import { before, describe, it } from "mocha"` and
 * `import * as vscode from "vscode"`. Each file is bundled by itself; `suite/index.ts` finds them, nothing is registered.
 * `vscode.workspace.workspaceFolders[0]` is the copy of `examples/`. The timeout is 60 s unless a suite says otherwise
 * (`this.timeout(…)`). The extension is `vscode.extensions.getExtension("plimsoll.plimsoll")`. The same files run on the
 * desktop through `npm run test:electron`, so they use the `vscode` API only. A run without a passed test fails.
 *
 * ## Walks: `test/editor/walk/*.walk.ts`
 * A module with `export const walk: Walk` (`test/support/editor/walk.ts`): it acts as a user would, in Chromium, through
 * `workbench` (`test/support/editor/workbench.ts`) and playwright's `page`. It is handed a workbench that has the folder open and is
 * ready. It divides itself with `step("what the user does", async () => …)`; each step counts as one test, and a
 * walk without steps fails. `shot("name")` takes a screenshot. Walks run in Node, not in the extension host: no `vscode` there.
 * A failed step leaves `dist/test/shots/failure-WALK.png` and the log of VS Code in `dist/test/logs/`.
 */

import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { runTests } from "@vscode/test-electron";
import type { Browser } from "playwright-core";
import type { MochaReport } from "../support/editor/mocha-in-vscode.ts";
import type { Walk, WalkNeeds } from "../support/editor/walk.ts";
import { workbench } from "../support/editor/workbench.ts";
import { watchEngine } from "../support/engine/watched-engine.ts";
import { startEngineWithBases } from "./bases.ts";
import { startChromium, withoutChromium } from "./chromium.ts";
import { atEnd, Expected } from "./ending.ts";
import { commandLineEnvironment, withoutEngine } from "./engine.ts";
import { gitPath, withoutGit } from "./git.ts";
import { failure, type Outcome, together } from "./outcome.ts";
import { dist, fromRoot, root } from "./places.ts";
import { seconds } from "./say.ts";
import { startVSCode, type VSCode } from "./vscode.ts";
import { packFolder, packVsix } from "./vsix.ts";

export interface EditorOptions {
  /** Keeps the files whose path contains it; all when empty. */
  readonly only: string;
  /** Copies the screenshots of the walks that the README shows to `docs/images/`. */
  readonly keepShots: boolean;
}

const shots = path.join(dist, "test/shots");
const logs = path.join(dist, "test/logs");

/** Why the editor suite cannot run on this machine; undefined when it can. */
export function withoutEditor(): string | undefined {
  const { PLIMSOLL_DOCKER_HOST: given } = process.env;
  return (given ? undefined : withoutEngine()) ?? withoutChromium() ?? withoutGit();
}

/** Runs the editor suite on what is in `dist/`. */
export async function runEditorSuite({ only, keepShots }: EditorOptions): Promise<Outcome> {
  for (const folder of [shots, logs]) rmSync(folder, { recursive: true, force: true });
  const suites = globSync("test/editor/suite/*.test.ts", { cwd: root }).filter((it) => it.includes(only));
  const walks = globSync("test/editor/walk/*.walk.ts", { cwd: root })
    .filter((it) => it.includes(only))
    .sort();
  if (suites.length + walks.length === 0) throw new Expected(`No editor test has "${only}" in its path.`);

  const { PLIMSOLL_DOCKER_HOST: given } = process.env;
  const dockerHost = given ?? (await startEngineWithBases()).dockerHost;
  // Not in dist/, which a build beside this run would empty.
  const { file: vsix } = await packVsix(scratchFolder());
  const outcomes: Outcome[] = [];
  if (suites.length > 0) outcomes.push(await runMochaSuites(dockerHost, only, { vsix }));
  if (walks.length > 0) outcomes.push(await runWalks(walks, vsix, dockerHost));
  if (keepShots) keepShown();
  return together(outcomes);
}

/** The variables with which `docker` and `git` are found. */
async function programsEnvironment(): Promise<Record<string, string>> {
  const environment = commandLineEnvironment();
  return { ...environment, PATH: await gitPath(environment["PATH"] ?? process.env["PATH"] ?? "") };
}

/** What runs the mocha suites: the stand-in with a package installed, or a desktop VS Code with the repository as extension. */
export type SuiteHost = { readonly vsix: string } | { readonly vscodeExecutablePath: string };

/** Runs `dist/test` through @vscode/test-electron, as is the standard for extensions. */
export async function runMochaSuites(dockerHost: string, only: string, host: SuiteHost): Promise<Outcome> {
  const scratch = scratchFolder();
  const reportFile = path.join(scratch, "report.json");
  const inBrowser = "vsix" in host;
  let ending: unknown;
  console.log("Running the mocha suites inside VS Code; their report comes when they are done.");
  await runTests({
    vscodeExecutablePath: inBrowser
      ? path.join(import.meta.dirname, "code-stand-in.ts")
      : host.vscodeExecutablePath,
    // An extension in development is what brings tests; beside a package it stands in for another linter.
    extensionDevelopmentPath: inBrowser ? otherLinter(scratch) : root,
    extensionTestsPath: path.join(dist, "test/index.js"),
    launchArgs: [
      copyOfExamples(scratch),
      ...(inBrowser ? [`--install-extension=${host.vsix}`] : ["--disable-extensions"]),
    ],
    extensionTestsEnv: {
      ...(await programsEnvironment()),
      DOCKER_HOST: dockerHost,
      PLIMSOLL_MOCHA_REPORT: reportFile,
      PLIMSOLL_TEST_ONLY: onlyName(only),
      PLIMSOLL_VSCODE_LOGS: path.join(logs, "suite"),
    },
  }).catch((error) => {
    ending = error;
  });
  const report = readReport(reportFile);
  if (!report) {
    console.error(
      `VS Code ended without a report of the tests${ending ? `: ${ending}` : ""}. Its log is in ${fromRoot(logs)}.`,
    );
    return {
      passed: 0,
      failures: [failure("VS Code ended without a report", ending ? String(ending) : undefined)],
    };
  }
  console.log(report.output);
  const failures = report.failures.map((it) => failure(it.test, it.message));
  // No test at all, or a status that mocha knows nothing of, is a failure too.
  if (failures.length === 0 && (report.passes === 0 || ending !== undefined))
    failures.push(
      failure(`${report.passes} tests passed, and VS Code ended`, String(ending ?? "Nothing run.")),
    );
  return { passed: report.passes, failures };
}

/** A file with a walk. */
interface WalkFile {
  readonly name: string;
  readonly walk: Walk;
  readonly needs: WalkNeeds | undefined;
}

/** Where a walk goes. */
interface WalkHost {
  readonly vscode: VSCode;
  readonly browser: Browser;
  readonly dockerHost: string;
  readonly engineCalls: readonly string[];
}

/** Walks without needs of their own in one VS Code, each in a browser page and a folder of its own. */
async function runWalks(files: readonly string[], vsix: string, dockerHost: string): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  try {
    const walks = await Promise.all(files.map(loadWalk));
    const browser = await startChromium();
    const runAll = async (
      some: readonly WalkFile[],
      engine: Pick<WalkHost, "dockerHost" | "engineCalls">,
    ) => {
      if (some.length === 0) return;
      const needs = some[0]?.needs;
      const vscode = await startVSCode({
        extensions: [vsix, ...(needs ? [await packInsider(needs.extension)] : [])],
        env: { ...(await programsEnvironment()), DOCKER_HOST: engine.dockerHost },
        workspaceTrust: needs?.workspaceTrust ?? false,
      });
      const before = together(outcomes).failures.length;
      for (const it of some) outcomes.push(await runWalk(it, { vscode, browser, ...engine }));
      if (together(outcomes).failures.length > before)
        cpSync(vscode.logs, path.join(logs, "walk"), { recursive: true });
      await vscode.stop();
    };
    await runAll(
      walks.filter((it) => it.needs === undefined),
      { dockerHost, engineCalls: [] },
    );
    for (const it of walks.filter((one) => one.needs !== undefined)) {
      const watched = await watchEngine(dockerHost, scratchFolder());
      await runAll([it], watched);
      watched.stop();
    }
    await browser.close();
  } catch (error) {
    // What ran before still counts.
    console.error(error instanceof Expected ? error.message : error);
    outcomes.push({ passed: 0, failures: [failure("the walks could not go on", String(error))] });
  }
  return together(outcomes);
}

async function loadWalk(file: string): Promise<WalkFile> {
  const { walk, needs } = (await import(pathToFileURL(path.join(root, file)).href)) as Omit<WalkFile, "name">;
  return { name: path.basename(file, ".walk.ts"), walk, needs };
}

/** A walk that fails is gone once more, in a new page and folder, and the report shows both: a real browser on a busy machine is late now and then. */
async function runWalk(file: WalkFile, host: WalkHost): Promise<Outcome> {
  console.log(`\n  ${file.name}`);
  const first = await walkOnce(file, host);
  if (first.failures.length === 0) return first;
  console.log(`\n  ${file.name}, once more, as it failed`);
  return await walkOnce(file, host);
}

async function walkOnce({ name, walk }: WalkFile, host: WalkHost): Promise<Outcome> {
  const { vscode, browser, dockerHost, engineCalls } = host;
  const folder = copyOfExamples(scratchFolder());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // Two busy cores are slower than what playwright expects.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  let passed = 0;
  let going = "opening the folder";
  try {
    await page.goto(vscode.address(folder));
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 90_000 });
    await walk({
      page,
      folder,
      dockerHost,
      engineCalls,
      workbench: workbench(page),
      step: async (what, act) => {
        const start = performance.now();
        going = what;
        await act().catch((error) => {
          console.log(`    ✗ ${what} (${seconds(performance.now() - start)})`);
          throw error;
        });
        passed += 1;
        console.log(`    ✓ ${what} (${seconds(performance.now() - start)})`);
      },
      shot: async (shot) => {
        await page.screenshot({ path: path.join(shots, `${shot}.png`) });
      },
    });
    if (passed === 0) throw new Error("The walk has no step.");
    return { passed, failures: [] };
  } catch (error) {
    await page.screenshot({ path: path.join(shots, `failure-${name}.png`) }).catch(() => {});
    console.error(error instanceof Error ? error.stack : error);
    return { passed, failures: [failure(`${name}: ${going}`, String(error))] };
  } finally {
    await context.close();
  }
}

/** What nobody shows would only lie in the repository, and get old there. */
function keepShown(): void {
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const images = path.join(root, "docs/images");
  mkdirSync(images, { recursive: true });
  for (const shot of globSync("*.png", { cwd: shots }))
    if (readme.includes(`docs/images/${shot}`)) cpSync(path.join(shots, shot), path.join(images, shot));
}

function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "plimsoll-editor-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return folder;
}

/** Named `examples`, as it is what the title bar of a screenshot shows. */
function copyOfExamples(scratch: string): string {
  const folder = path.join(scratch, "examples");
  cpSync(path.join(root, "examples"), folder, { recursive: true });
  return folder;
}

/** An extension that a walk brings, which runs in any workspace. Answers its package. */
async function packInsider({ main, contributes }: WalkNeeds["extension"]): Promise<string> {
  const folder = scratchFolder();
  const manifest = {
    name: "insider",
    publisher: "plimsoll-test",
    version: "1.0.0",
    engines: { vscode: "^1.91.0" },
    main: "main.js",
    capabilities: { untrustedWorkspaces: { supported: true } },
    contributes,
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(path.join(folder, "main.js"), main);
  writeFileSync(path.join(folder, "LICENSE"), "As Plimsoll.");
  const vsix = path.join(scratchFolder(), "insider.vsix");
  await packFolder(folder, vsix);
  return vsix;
}

/** What Plimsoll sees of the hadolint extension: that it is there, and its settings. */
function otherLinter(scratch: string): string {
  const folder = path.join(scratch, "hadolint");
  mkdirSync(folder);
  const properties = { "hadolint.cliOptions": { type: "array", default: ["--no-color"] } };
  const manifest = {
    name: "hadolint",
    publisher: "exiasr",
    version: "1.1.2",
    engines: { vscode: "*" },
    contributes: { configuration: { title: "hadolint", properties } },
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

/** Bundles are named after the file alone: `test/editor/suite/x` and `x.test.ts` both mean `x`. */
function onlyName(only: string): string {
  return path.basename(only).replace(/\.ts$/, "");
}

function readReport(file: string): MochaReport | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
