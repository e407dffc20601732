import { type ComposeFolder, foundFiles, listedFiles } from "../found-files.ts";
import { folderOf, nameIn, pathFrom } from "./paths.ts";

/** What is asked about the folder of a Compose file. */
export interface ProjectFolder extends ComposeFolder {
  /** Names of what is in a folder. */
  namesIn(folder: string): readonly string[];
}

/**
 * The files that Compose reads together with the one at `path`, absolute, the one that counts most last: those of `COMPOSE_FILE` where
 * it names this one, a usual name with its override file, else the file alone.
 */
export function projectPaths(path: string, folder: ProjectFolder): readonly string[] {
  const home = folderOf(path);
  const listed = listedFiles(folder)?.map((it) => pathFrom(home, it));
  if (listed) return listed.includes(path) ? listed : [path];
  const names = new Set(folder.namesIn(home));
  const found = foundFiles((it) => names.has(it));
  return found.includes(nameIn(path)) ? found.map((it) => pathFrom(home, it)) : [path];
}
