/** What a source of ADD is by its name: `remote` for URLs and git repositories, `archive` for what ADD unpacks. */
export type AddSource = "remote" | "archive" | "local" | "unknown";

/** `text` with variables resolved as far as they are known; those that are not are `$…` still. */
export function addSource(text: string): AddSource {
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|git@|[\w.-]+@[\w.-]+:)/i.test(text) || /\.git(?:[#?]|$)/.test(text))
    return "remote";
  if (ARCHIVE.test(text)) return "archive";
  // A variable in front may hold the beginning of a URL, one at the end the ending of an archive, and so may `*`.
  if (text.startsWith("$") || /[}$*?\]]$/.test(text) || /\$\w+$/.test(text)) return "unknown";
  return "local";
}

/** What ADD unpacks, and what hadolint takes for it (Dockerfile reference and hadolint's Rule.hs, read 2026-11). */
const ARCHIVE = /\.(?:tar(?:\.\w+)?|t?gz|t?bz2?|tb2|t?xz|t?lz|tlzma|lzma|t?Z|tpz|t?zst)$/;
