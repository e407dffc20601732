import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { openSuite, type Suite } from "../../setup/debian.ts";
import { tools } from "../../setup/places.ts";
import { inTurn } from "../../setup/turns.ts";

/**
 * A folder of `.tools` with what `fill` takes of packages of a Debian suite, made once. Nothing is installed on the machine.
 * `fill` is given a folder that becomes this one when it is whole.
 */
export async function debianFiles(
  name: string,
  suiteName: string,
  fill: (suite: Suite, folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(tools, name);
  await inTurn(name, async () => {
    if (existsSync(folder)) return;
    const work = mkdtempSync(`${folder}.partial-`);
    try {
      const apt = path.join(work, "apt");
      await fill(await openSuite(suiteName, apt), work);
      rmSync(apt, { recursive: true });
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return folder;
}
