/** What a size written by a person means, or what is wrong with it and what is expected instead. */
export type ReadByteSize =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "wrong"; readonly message: string };

/** Decimal as `docker images` and registries count, binary where it says so. */
const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** How units are written, for lists of choices. */
export const byteUnits: readonly string[] = Object.keys(units);

const byLowerCase = new Map(Object.entries(units).map(([unit, bytes]) => [unit.toLowerCase(), bytes]));

/**
 * Reads `25MB`, `1.5 GiB`, `800kB`; the case of a unit does not count. `25M` is refused: some programs mean MB by it and others
 * MiB. The answer is in whole bytes, more than 0.
 */
export function readByteSize(text: string): ReadByteSize {
  const [, digits = "", unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  if (digits === "")
    return wrong(`\`${text.trim()}\` is no size: a number with a unit is expected, ${EXAMPLES}.`);
  if (unit === "") return wrong(`\`${digits}\` lacks a unit: ${EXAMPLES}.`);
  const factor = byLowerCase.get(unit.toLowerCase());
  if (factor === undefined) {
    const [, letter] = /^([kmgt])i?$/i.exec(unit) ?? [];
    if (letter === undefined)
      return wrong(`There is no unit \`${unit}\`: it is one of ${byteUnits.join(", ")}.`);
    const big = letter.toUpperCase();
    return wrong(`\`${unit}\` may mean two sizes: write ${big === "K" ? "k" : big}B or ${big}iB.`);
  }
  const bytes = Math.round(Number(digits) * factor);
  return bytes > 0 && Number.isSafeInteger(bytes)
    ? { kind: "bytes", bytes }
    : wrong(`\`${text.trim()}\` is no size that an image can have.`);
}

const EXAMPLES = "for example 25MB or 1.5GiB";

function wrong(message: string): ReadByteSize {
  return { kind: "wrong", message };
}
