import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "./temporary-folder.ts";

/** What stands at a path: text, bytes, or a symbolic link's target. A path that ends in `/` is an empty folder. */
export type Tree = Readonly<Record<string, string | Buffer | { readonly link: string }>>;

/** Writes a tree into a folder that goes away after the test. Answers its path. */
export function folderTree(tree: Tree = {}): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(folder, name);
    mkdirSync(name.endsWith("/") ? file : path.dirname(file), { recursive: true });
    if (name.endsWith("/")) continue;
    if (typeof content === "string" || Buffer.isBuffer(content)) writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
  return folder;
}
