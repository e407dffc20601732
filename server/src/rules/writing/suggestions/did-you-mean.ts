/** How a message about a name that nobody has ends: with the one that must have been meant, if there is one. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? "." : `; did you mean ${near}?`;
}
