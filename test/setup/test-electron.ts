/**
 * `npm run test:electron`: the mocha suites of `test/editor/suite` in a desktop VS Code, which @vscode/test-electron downloads.
 * `CODE=/path/to/code` takes one that is installed; `PLIMSOLL_DOCKER_HOST` names an engine, else a private one is started.
 * `npm test` runs the same files where VS Code cannot be downloaded.
 */

import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { startEngineWithBases } from "./bases.ts";
import { buildEditorTests, buildShipped } from "./bundles.ts";
import { runMochaSuites } from "./editor.ts";
import { command, Expected } from "./ending.ts";
import { withoutEngine } from "./engine.ts";
import { root } from "./places.ts";

await command(async () => {
  const { PLIMSOLL_DOCKER_HOST: given, CODE: code } = process.env;
  const lacking = given ? undefined : withoutEngine();
  if (lacking) throw new Expected(`The editor tests build images: ${lacking}.`);
  await buildShipped();
  await buildEditorTests();
  const vscodeExecutablePath = code ?? (await download());
  const dockerHost = given ?? (await startEngineWithBases()).dockerHost;
  const { passed, failures } = await runMochaSuites(dockerHost, process.argv[2] ?? "", {
    vscodeExecutablePath,
  });
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length > 0 ? 1 : 0;
});

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: `${root}/.tools/vscode-test` });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Expected(
      `VS Code cannot be downloaded here (${detail}). \`npm test -- editor\` runs the same tests in VS Code's server.`,
    );
  }
}
