import { runMocha } from "../../support/editor/mocha-in-vscode.ts";

/** What the extension host calls (`extensionTestsPath`): runs every `*.test.js` beside the bundle of this file. */
export function run(): Promise<void> {
  return runMocha(__dirname);
}
