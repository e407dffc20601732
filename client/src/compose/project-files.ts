/** What is asked about the folder of a Compose file. */
export interface ProjectFolder {
  /** Whether a file of this name is in the folder. */
  has(name: string): boolean;
  /** Absolute path of a path that is relative to the folder. */
  resolve(path: string): string;
  /** A variable of the environment, else of the folder's `.env`; undefined when neither sets it. */
  variable(name: string): string | undefined;
  /** Between the paths of `COMPOSE_FILE`: `:`, on Windows `;`. */
  readonly listSeparator: string;
}

export interface ProjectFiles {
  /** What goes behind `-f`; none where Compose finds them by itself, and with them the override file. */
  readonly chosen: readonly string[];
  /** All files that Compose reads, absolute, the one that counts most last. */
  readonly read: readonly string[];
}

/** In the order in which Compose prefers them (compose-go cli/options.go, read 2026-11). */
const defaultNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrideNames = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/**
 * Which files make the project of the Compose file named `name`. A file that Compose would not find by itself from its folder is
 * chosen, and then stands alone, as on the command line.
 */
export function projectFiles(name: string, folder: ProjectFolder): ProjectFiles {
  const file = folder.resolve(name);
  const listed = folder.variable("COMPOSE_FILE");
  if (listed) {
    const separator = folder.variable("COMPOSE_PATH_SEPARATOR") || folder.listSeparator;
    const read = listed.split(separator).filter(Boolean).map(folder.resolve);
    return read.includes(file) ? { chosen: [], read } : { chosen: [file], read: [file] };
  }
  const base = defaultNames.find((it) => folder.has(it));
  const override = overrideNames.find((it) => folder.has(it));
  if (base !== undefined && (name === base || name === override)) {
    const read = [base, ...(override === undefined ? [] : [override])].map(folder.resolve);
    return { chosen: [], read };
  }
  return { chosen: [file], read: [file] };
}
