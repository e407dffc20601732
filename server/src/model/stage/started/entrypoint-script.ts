/**
 * Is it the entrypoint script of an official image, which ends in `exec "$@"`: `docker-entrypoint.sh`, `docker-php-entrypoint`,
 * `/__cacert_entrypoint.sh` of eclipse-temurin? By its name, as in the Dockerfiles of docker-library and adoptium (read 2026-11).
 */
export function isEntrypointScript(path: string): boolean {
  return /(?:^|\/)(?:docker-[\w-]*entrypoint[\w-]*|__cacert_entrypoint|entrypoint)(?:\.sh)?$/.test(path);
}

/** Does an entrypoint end in such a script, so that it starts what stands behind it? */
export function handsOn(words: readonly string[]): boolean {
  return isEntrypointScript(words.at(-1) ?? "");
}
