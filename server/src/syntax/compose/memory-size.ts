/**
 * Bytes of a size as Compose reads it: `512m`, `1.5 GiB`, `1024`. Docker's units are binary, with and without `i` (docker/go-units
 * RAMInBytes, read 2026-11). Undefined for anything else.
 */
export function readMemorySize(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const power = "kmgtp".indexOf(unit.toLowerCase()) + 1;
  const bytes = Math.floor(Number(digits) * 1024 ** (unit === "" ? 0 : power));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
