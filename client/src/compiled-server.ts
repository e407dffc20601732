import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * The folder in which Node keeps what it compiled of the server, so that its next start does not compile it again: that is nearly
 * half of the time until it answers. Node has done so since 22.1; an older one takes no notice. Each version of the extension
 * has a folder of its own in `storage`, as its code is another.
 */
export function compiledServerFolder(storage: string, extensionPath: string): string {
  return join(storage, "compiled-server", basename(extensionPath));
}

/** Removes what other versions of the extension have left beside the `folder` of this one. */
export async function removeOtherCompiled(folder: string): Promise<void> {
  const all = join(folder, "..");
  const names = await readdir(all).catch(() => []);
  const others = names.filter((it) => it !== basename(folder));
  await Promise.all(others.map((it) => rm(join(all, it), { recursive: true, force: true })));
}
