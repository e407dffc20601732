import { type Interpolated, interpolate, type Unset, type VariableLookup } from "../compose/interpolate.ts";
import type { DotenvFile } from "./parse.ts";

/**
 * The variables of a file with what each is in the end: the last entry of a name counts, and a value may use names above it.
 * `outside` is the shell, which goes before names above; a name alone that it does not set is missing.
 */
export function resolveDotenv(
  { entries }: DotenvFile,
  outside: VariableLookup,
  unset: Unset = "taken",
): ReadonlyMap<string, Interpolated> {
  const found = new Map<string, Interpolated>();
  const lookup: VariableLookup = (name) => {
    const above = found.get(name);
    return outside(name) ?? (above?.known ? above.text : undefined);
  };
  for (const { name, value, quote } of entries) {
    if (value === undefined) {
      const given = outside(name);
      if (given !== undefined) found.set(name, plain(given));
    } else found.set(name, quote === "single" ? plain(value) : interpolate(value, lookup, unset));
  }
  return found;
}

function plain(text: string): Interpolated {
  return { text, known: true, pieces: [] };
}
