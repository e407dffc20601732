/** Set by login shells, or by Compose itself (docs.docker.com, Compose, pre-defined environment variables, read 2026-11). */
const GIVEN =
  /^(?:HOME|USER|PWD|PATH|SHELL|LANG|HOSTNAME|LOGNAME|TERM|TMPDIR|UID|GID|DISPLAY|SSH_AUTH_SOCK|CI|COMPOSE_.+|DOCKER_.+|XDG_.+)$/;

/** Is it set in most shells, so that nothing has to set it? */
export function isGivenByShell(name: string): boolean {
  return GIVEN.test(name);
}
