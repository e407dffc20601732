import { WELL_KNOWN_DIRECTORIES } from "./layout.ts";
import { realDirectory } from "./links.ts";
import type { ContentsView } from "./view.ts";

/** Is there certainly a directory at this path, or a link to one? */
export function isDirectoryAt(view: ContentsView, path: string): boolean {
  const links = view.links();
  const file = view.fileAt(links.size === 0 ? path : realDirectory(path, (it) => links.get(it)));
  return file
    ? file.kind === "directory"
    : path === "/" || (WELL_KNOWN_DIRECTORIES.has(path) && view.hasPath(path).is === "yes");
}
