import ids from "./spdx-ids.json" with { type: "json" };

/** Names are compared in any case, operators are not (SPDX specification 2.3, annex D). */
interface Names {
  readonly licenses: ReadonlyMap<string, string>;
  readonly exceptions: ReadonlyMap<string, string>;
}

let names: Names | undefined;

/** Read when first asked for: most files name no licence. */
function known(): Names {
  names ??= { licenses: byLowerCase(ids.licenses), exceptions: byLowerCase(ids.exceptions) };
  return names;
}

function byLowerCase(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(lines.flatMap((it) => it.split(" ")).map((it) => [it.toLowerCase(), it]));
}

/** Every identifier of the licence list. */
export function licenseIds(): Iterable<string> {
  return known().licenses.values();
}

/** An identifier of the licence list, or an expression of several: `MIT OR (Apache-2.0 WITH LLVM-exception)`. */
export function isLicenseExpression(text: string): boolean {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const take = (token: string) => tokens[at] === token && ++at > 0;
  const one = (): boolean => {
    if (take("(")) return several() && take(")");
    if (!isLicense(tokens[at++] ?? "")) return false;
    return !take("WITH") || known().exceptions.has((tokens[at++] ?? "").toLowerCase());
  };
  const several = (): boolean => {
    if (!one()) return false;
    while (take("AND") || take("OR")) if (!one()) return false;
    return true;
  };
  return tokens.length > 0 && several() && at === tokens.length;
}

function isLicense(token: string): boolean {
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token)) return true;
  return known().licenses.has(token.toLowerCase().replace(/\+$/, ""));
}
