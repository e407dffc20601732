/** `just now`, `3 minutes ago`, `2 days ago`, in whole numbers of the largest unit. Takes milliseconds. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.max(0, milliseconds) / 60_000;
  const steps: readonly (readonly [number, string])[] = [
    [525_600, "year"],
    [43_800, "month"],
    [10_080, "week"],
    [1_440, "day"],
    [60, "hour"],
    [1, "minute"],
  ];
  for (const [length, unit] of steps) {
    const count = Math.floor(minutes / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
