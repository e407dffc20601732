/** Decimal units, as registries and `docker images` count. */
export function sizeText(bytes: number): string {
  const [value, unit] =
    bytes < 1e3
      ? [bytes, "bytes"]
      : bytes < 1e6
        ? [bytes / 1e3, "kB"]
        : bytes < 1e9
          ? [bytes / 1e6, "MB"]
          : [bytes / 1e9, "GB"];
  return `${unit === "bytes" || value >= 10 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}
