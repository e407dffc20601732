/** What a source of ADD is by its name: what is downloaded, cloned, unpacked, or copied from the context as it is. */
export type AddSource = "url" | "repository" | "archive" | "local" | "unknown";

/** `text` with variables resolved as far as they are known; those that are not are `$…` still. */
export function addSource(text: string): AddSource {
  if (REPOSITORY.test(text)) return "repository";
  if (isAddress(text)) return "url";
  if (ARCHIVE.test(text)) return "archive";
  // A variable in front may hold the beginning of a URL, one at the end the ending of an archive, and so may `*`.
  if (text.startsWith("$") || /[}$*?\]]$/.test(text) || /\$\w+$/.test(text)) return "unknown";
  return "local";
}

/** Whether a source is an address, of a URL or of a repository over SSH, and nothing of the build context. */
export function isAddress(source: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i.test(source);
}

/** BuildKit clones over SSH and git's own protocol, and over HTTP what ends in `.git` (Dockerfile reference, read 2026-11). */
const REPOSITORY = /^(?:[\w.-]+@[\w.-]+:|(?:ssh|git):\/\/)|\.git(?:[#?]|$)/i;

/** What ADD unpacks, and what hadolint takes for it (Dockerfile reference and hadolint's Rule.hs, read 2026-11). */
const ARCHIVE = /\.(?:tar(?:\.\w+)?|t?gz|t?bz2?|tb2|t?xz|t?lz|tlzma|lzma|t?Z|tpz|t?zst)$/;
