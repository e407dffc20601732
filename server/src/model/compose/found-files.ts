/** What says which files make a project. */
export interface ComposeFolder {
  /** A variable of the shell, or of `.env` in the folder where Compose is started. */
  variable(name: string): string | undefined;
  /** Between the paths of `COMPOSE_FILE`: `:`, on Windows `;`. */
  readonly listSeparator: string;
}

/** In the order in which Compose prefers them (compose-go cli/options.go, read 2026-11). */
export const defaultNames: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];
const overrideNames: readonly string[] = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** Names of the files that Compose reads without `-f` and `COMPOSE_FILE`: none, or the one it prefers, and its override file behind it. */
export function foundFiles(has: (name: string) => boolean): readonly string[] {
  const base = defaultNames.find(has);
  const override = overrideNames.find(has);
  return base === undefined ? [] : [base, ...(override === undefined ? [] : [override])];
}

/** Paths as `COMPOSE_FILE` lists them; undefined where it is not set, or empty. */
export function listedFiles({ variable, listSeparator }: ComposeFolder): readonly string[] | undefined {
  const listed = variable("COMPOSE_FILE");
  const separator = variable("COMPOSE_PATH_SEPARATOR") || listSeparator;
  return listed ? listed.split(separator).filter(Boolean) : undefined;
}
