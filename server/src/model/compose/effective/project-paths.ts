import { baseName } from "../../stage/paths.ts";
import { folderOf, pathFrom } from "./paths.ts";

/** What is asked about the folder of a Compose file. */
export interface ProjectFolder {
  /** Names of what is in a folder. */
  namesIn(folder: string): readonly string[];
  /** A variable of `.env` beside the file. */
  variable(name: string): string | undefined;
  /** Between the paths of `COMPOSE_FILE`: `:`, on Windows `;`. */
  readonly listSeparator: string;
}

/** In the order in which Compose prefers them (compose-go cli/options.go, read 2026-11). */
export const usualNames: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

export interface ProjectPaths {
  /** Absolute, the one that counts most last. */
  readonly paths: readonly string[];
  /** Whether Compose comes to them by itself when it is started in the file's folder; else it has to be given them with `-f`. */
  readonly found: boolean;
}

/**
 * The files that Compose reads together with the one at `path`: those of `COMPOSE_FILE` where it names this one, a usual name
 * with its override file, else the file alone.
 */
export function projectPaths(path: string, folder: ProjectFolder): ProjectPaths {
  const home = folderOf(path);
  const listed = folder.variable("COMPOSE_FILE");
  if (listed) {
    const separator = folder.variable("COMPOSE_PATH_SEPARATOR") || folder.listSeparator;
    const paths = listed
      .split(separator)
      .filter(Boolean)
      .map((it) => pathFrom(home, it));
    return paths.includes(path) ? { paths, found: true } : { paths: [path], found: false };
  }
  const names = new Set(folder.namesIn(home));
  const base = usualNames.find((it) => names.has(it));
  const over = overrideNames.find((it) => names.has(it));
  const name = baseName(path);
  if (base === undefined || (name !== base && name !== over)) return { paths: [path], found: false };
  const paths = [base, ...(over === undefined ? [] : [over])].map((it) => pathFrom(home, it));
  return { paths, found: true };
}
