import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import { parseDotenv } from "../../../syntax/dotenv/parse.ts";
import { interpolatedParts } from "./interpolated.ts";

/** Of how many other variables a value is known to be made; a chain of all in a file would cost the square of them. */
const MOST_NAMES = 100;

/**
 * Variables of a project: those of `outer` before what the texts of its `.env` files say, of these the later before the earlier. A value
 * may use variables that stand before it (compose-go dotenv, read 2026-11).
 */
export function variablesOf(texts: readonly string[], outer: VariableLookup): VariableLookup {
  if (texts.length === 0) return outer;
  const own = new Map<string, string>();
  const made = new Map<string, readonly string[]>();
  const lookup: VariableLookup = Object.assign((name: string) => outer(name) ?? own.get(name), {
    madeOf: (name: string) => (outer(name) === undefined ? made.get(name) : outer.madeOf?.(name)) ?? [],
  });
  for (const text of texts) {
    for (const { name, value, quote } of parseDotenv(text).entries) {
      if (value === undefined) continue;
      const parts = quote === "single" ? undefined : interpolatedParts(value, lookup);
      made.set(name, [...new Set(parts?.flatMap((it) => it.variables))].slice(0, MOST_NAMES));
      own.set(name, parts ? parts.map((it) => it.text).join("") : value);
    }
  }
  return lookup;
}
