/**
 * What Compose fetches instead of looking for it on this machine: as `docker compose config` 2.40.3 answered for some thirty spellings each
 * (asked 2026-11). It reads the two kinds by different rules, so that `deploy@host:repo` is a folder as a build context, and a repository
 * as a file.
 */

/** Is a build context (`context`, `additional_contexts`) no folder: a repository, an image, an address, another service's result? */
export function isRemoteContext(context: string): boolean {
  return /:\/\/|^(?:git@|github\.com\/|service:)/.test(context);
}

/** Is a Compose file (`include`, `extends.file`) one of a git repository, or an OCI artifact? */
export function isRemoteFile(path: string): boolean {
  return (
    /^(?:oci:\/\/|github\.com\/|[\w-]+@[A-Za-z0-9.-]+:)/.test(path) ||
    /^(?:git|ssh):\/\//i.test(path) ||
    // Only then Compose takes such an address for a repository.
    /^https?:\/\/.*\.git(?:#.+)?$/i.test(path)
  );
}
