/**
 * What Debian's archive has, release by release, as it was when the index was made (`debian-packages.txt.br`, written by
 * `npm run package-names`, with source and date in its first line). Names are those that apt installs: packages, and names that
 * just one package provides.
 */
export interface PackageIndex {
  /** Undefined where it is not known: of another release, or a kind of name that the index leaves out. */
  has(release: string, name: string): boolean | undefined;
  /** The packages that provide a name which is none itself, so that apt asks for one of them. Empty for any other name. */
  providersOf(release: string, name: string): readonly string[];
  /** The names of a release that match, in order of name. Looks at all of them. */
  matching(release: string, pattern: RegExp): readonly string[];
  /** Those that begin so. */
  startingWith(release: string, prefix: string): readonly string[];
}

/**
 * Families of thousands of names, each with few users, and names that change with every build: they would be three quarters of
 * the index.
 */
export const LEFT_OUT =
  /^(?:librust-|linux-(?:config|headers|image|kbuild|modules|support)|libghc-|haskell-|r-(?:api|bioc|cran|other)|golang-.*-dev$|elpa-|node-|libjs-|cl-|coq-)|-[0-9a-f]{5}$/;

/**
 * Reads the index's text. It has a part for each set of releases: `= 11 12` and the names of packages that just these have, or
 * `? 12` and names with what provides them. Each part is sorted by UTF-16 code units, and is looked up where it stands.
 */
export function readPackageIndex(text: string): PackageIndex {
  const parts = text
    .split(/^(?=[=?] )/m)
    .filter((it) => /^[=?] /.test(it))
    .map(partOf);
  const releases = new Set(parts.flatMap((it) => it.releases));
  const of = (release: string, kind: Part["kind"]) =>
    parts.filter((it) => it.kind === kind && it.releases.includes(release));
  return {
    has(release, name) {
      if (!releases.has(release) || LEFT_OUT.test(name)) return undefined;
      return of(release, "=").some((it) => lineFrom(it.lines, name) === name);
    },
    providersOf(release, name) {
      for (const { lines } of of(release, "?")) {
        const [first, ...providers] = lineFrom(lines, name).split(" ");
        if (first === name) return providers;
      }
      return [];
    },
    matching: (release, pattern) =>
      of(release, "=")
        .flatMap((it) => it.lines.split("\n").filter((line) => pattern.test(line)))
        .sort(),
    startingWith(release, prefix) {
      const found: string[] = [];
      for (const { lines } of of(release, "="))
        for (let at = lineAt(lines, prefix); at < lines.length; at = endOf(lines, at) + 1) {
          if (!lines.startsWith(prefix, at)) break;
          found.push(lines.slice(at, endOf(lines, at)));
        }
      return found.sort();
    },
  };
}

interface Part {
  readonly kind: "=" | "?";
  readonly releases: readonly string[];
  readonly lines: string;
}

function partOf(text: string): Part {
  const end = endOf(text, 0);
  const [kind, ...releases] = text.slice(0, end).split(" ");
  return { kind: kind === "?" ? "?" : "=", releases, lines: text.slice(end + 1).replace(/\n$/, "") };
}

/** The first line that does not stand before `name`. */
function lineFrom(lines: string, name: string): string {
  const at = lineAt(lines, name);
  return lines.slice(at, endOf(lines, at));
}

/** Where that line begins, by halves. */
function lineAt(lines: string, name: string): number {
  let [low, high] = [0, lines.length + 1];
  while (low < high) {
    const start = lines.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    const from = Math.max(start, low);
    const end = endOf(lines, from);
    if (lines.slice(from, end) < name) low = end + 1;
    else high = from;
  }
  return Math.min(low, lines.length);
}

function endOf(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
