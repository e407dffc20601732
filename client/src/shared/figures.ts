/** How figures are written for the reader: the same words in messages, lenses and pages. */

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** `7.45 MB`: decimal units as the Docker command line writes them, three significant digits. Takes bytes, 0 or more. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would be written as 1000 with three digits, so it already belongs to the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const decimals = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(decimals)} ${units[unit]}`;
}

/** `+1.20 MB`, `−304 MB` with a real minus sign, `±0 B`. */
export function formatDifference(bytes: number): string {
  if (bytes === 0) return "±0 B";
  return `${bytes > 0 ? "+" : "−"}${formatBytes(Math.abs(bytes))}`;
}

/** `−97.6 %` of `whole`; undefined when there is nothing to compare with. */
export function formatPercent(part: number, whole: number): string | undefined {
  if (whole === 0) return undefined;
  const percent = Math.abs((part / whole) * 100);
  const digits = percent === 0 || percent >= 99.95 ? percent.toFixed(0) : percent.toFixed(1);
  return `${part > 0 ? "+" : part < 0 ? "−" : "±"}${digits} %`;
}

/** `7,451,233`: all digits, grouped, for tooltips and exports that people read. */
export function formatExactBytes(bytes: number): string {
  return Math.round(bytes)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `850 ms`, `12.4 s`, `3 min 5 s`. Takes milliseconds. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
