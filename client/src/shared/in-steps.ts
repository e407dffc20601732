/** Tells of a growing number of bytes only when `step` more have come: each chunk would be told of otherwise. */
export function inSteps(step: number, tell: (bytes: number) => void): (bytes: number) => void {
  let told = 0;
  return (bytes) => {
    if (bytes - told < step) return;
    told = bytes;
    tell(bytes);
  };
}
