/**
 * A tag with another version, e.g. `3.14-slim` of `3.13-slim`. A version of more parts goes whole (`17.0.11_9`), and so do a
 * release of Alpine, for which there may be no such image, and one of Debian that is no longer built. `at`: its offset in the tag.
 */
export function tagWithVersion(
  tag: string,
  { version, at }: { readonly version: string; readonly at: number },
  wanted: string,
): string {
  const variant = tag
    .slice(at + version.length)
    .replace(/^\.[\w.]+/, "")
    .replace(/-alpine[\d.]+$/, "-alpine")
    .replace(/-(stretch|buster|bullseye)\b/, "-bookworm");
  return `${tag.slice(0, at)}${wanted}${variant}`;
}
