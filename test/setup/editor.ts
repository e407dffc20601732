/**
 * The editor suite: the packaged extension in a real VS Code, with a real Docker Engine behind it.
 *
 * `npm test -- editor` runs all of it; `npm test -- editor NAME` only the suite or walk files whose path contains NAME.
 *
 * ## What is set up
 * - a private Docker Engine with the base images of `bases.ts` loaded; the extension host has its address in `DOCKER_HOST`;
 * - the VSIX of `npm run package`, installed in a VS Code server of its own (`vscode.ts`), workspace trust off;
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
 * A module with `export const walk: Walk` (`test/support/walk.ts`): it acts as a user would, in Chromium, through
 * `workbench` (`test/support/workbench.ts`) and playwright's `page`. It is handed a workbench that has the folder open and is
 * ready. It divides itself with `step("what the user does", async () => …)`; each step counts as one test, and a
 * walk without steps fails. `shot("name")` takes a screenshot. Walks run in Node, not in the extension host: no `vscode` there.
 * A failed step leaves `dist/test/shots/failure-WALK.png` and the log of VS Code in `dist/test/logs/`.
 */
export {};
