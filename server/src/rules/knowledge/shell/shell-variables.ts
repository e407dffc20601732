import { isOfEveryShell } from "../../../model/environment/shell-variables.ts";

/** Shells and CI set them, but may not hand them on; Compose itself (docs.docker.com, pre-defined environment variables, read 2026-11). */
const GIVEN = /^(?:UID|GID|CI|COMPOSE_.+|DOCKER_.+|XDG_.+)$/;

/** Is it set in most shells, so that nothing has to set it? */
export function isGivenByShell(name: string): boolean {
  return isOfEveryShell(name) || GIVEN.test(name);
}
