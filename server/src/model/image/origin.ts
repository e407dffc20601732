import type { ImageFacts } from "./facts.ts";

/** Where facts are from, to follow what they say: `, read from the image on this machine (sha256:…), 2026-11-25`. */
export function originOf({ name, readFrom, source, date }: ImageFacts): string {
  // Nobody doubts that it is empty.
  if (name === "scratch") return "";
  const when = date === undefined ? "" : `, ${date}`;
  return readFrom ? `, read from ${source}${when}` : `, by the table shipped with Plimsoll${when}`;
}
