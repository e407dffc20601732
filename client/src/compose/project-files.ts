import {
  type ComposeFolder,
  foundFiles,
  listedFiles,
} from "../../../server/src/model/compose/found-files.ts";

/** What is asked about the folder of a Compose file. */
export interface ProjectFolder extends ComposeFolder {
  /** Whether a file of this name is in the folder. */
  has(name: string): boolean;
  /** Absolute path of a path that is relative to the folder. */
  resolve(path: string): string;
}

export interface ProjectFiles {
  /** What goes behind `-f`; none where Compose finds them by itself, and with them the override file. */
  readonly chosen: readonly string[];
  /** All files that Compose reads, absolute, the one that counts most last. */
  readonly read: readonly string[];
}

/**
 * Which files make the project of the Compose file named `name`. A file that Compose would not find by itself from its folder is
 * chosen, and then stands alone, as on the command line.
 */
export function projectFiles(name: string, folder: ProjectFolder): ProjectFiles {
  const file = folder.resolve(name);
  const read = (listedFiles(folder) ?? foundFiles(folder.has)).map(folder.resolve);
  return read.includes(file) ? { chosen: [], read } : { chosen: [file], read: [file] };
}
