/**
 * The registry that the name of an image begins with, as Docker tells it from a user or a folder (distribution/reference, splitDockerDomain,
 * read 2026-11): `ghcr.io`, `127.0.0.1:5000`, `localhost`. Undefined where none is written, which means Docker Hub.
 */
export function writtenRegistry(name: string): string | undefined {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  return /[.:A-Z]/.test(first) || first === "localhost" ? first : undefined;
}
