import type { DocumentSymbol, SymbolKind } from "./symbols.ts";

/** A symbol of some file, to be found by a part of its name. */
export interface FoundSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What it stands in: the section. */
  readonly container: string;
  readonly symbol: DocumentSymbol;
}

/** What can be jumped to by name: services, networks and so on of Compose files, and the stages of Dockerfiles that have one. */
export function findSymbols(symbols: readonly DocumentSymbol[], query: string): readonly FoundSymbol[] {
  return symbols.flatMap((symbol): readonly FoundSymbol[] => {
    if (symbol.kind === "stage")
      return !NUMBERED.test(symbol.name) && matches(symbol.name, query) ? [found(symbol, symbol.detail)] : [];
    if (symbol.kind !== "section") return [];
    return symbol.children
      .filter((it) => it.kind !== "key" && matches(it.name, query))
      .map((it) => found(it, symbol.name));
  });
}

/** What the outline calls a stage without a name. */
const NUMBERED = /^stage \d+$/;

function found(symbol: DocumentSymbol, container: string): FoundSymbol {
  return { name: symbol.name, kind: symbol.kind, container, symbol };
}

/** Editors ask with what was typed so far, and expect its letters in order. */
function matches(name: string, query: string): boolean {
  let at = 0;
  const lower = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
