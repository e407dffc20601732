/** In nanoseconds; `µ` in both its encodings. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["\u00b5s", 1e3],
  ["\u03bcs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
]);

/** Nanoseconds of a duration as Go's `time.ParseDuration` takes it (`1h2m3.5s`, `-1s`, `0`); undefined if it is none. */
export function readDuration(text: string): number | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  const rest = text.slice(sign.length);
  if (rest === "0") return 0;
  if (rest === "") return undefined;
  let total = 0;
  let at = 0;
  const part = /(\d+\.?\d*|\.\d+)([^\d.]+)/y;
  while (at < rest.length) {
    part.lastIndex = at;
    const match = part.exec(rest);
    const unit = UNITS.get(match?.[2] ?? "");
    if (!match || unit === undefined) return undefined;
    total += Number(match[1]) * unit;
    at = part.lastIndex;
  }
  // Go counts in 63 bits.
  if (total >= 2 ** 63) return undefined;
  return sign === "-" ? -total : total;
}
