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
  /**
   * The programs that may come with what apt installs for a name, and `@certificates` and `@timeZones`: all that it depends on, and
   * what it recommends where asked for. Any other program of `programs` does not come with it. Undefined where that is not known.
   */
  broughtBy(release: string, name: string, withRecommended: boolean): ReadonlySet<string> | undefined;
  /** The programs and features that the index speaks of. */
  readonly programs: ReadonlySet<string>;
}

/**
 * Families of thousands of names, each with few users, and names that change with every build: they would be three quarters of
 * the index.
 */
export const LEFT_OUT =
  /^(?:librust-|linux-(?:config|headers|image|kbuild|modules|support)|libghc-|haskell-|r-(?:api|bioc|cran|other)|golang-.*-dev$|elpa-|node-|libjs-|cl-|coq-)|-[0-9a-f]{5}$/;

/**
 * Reads the index's text. It has a part for each set of releases: `= 11 12` and the names of packages that just these have, or
 * `? 12` and names with what provides them. Each part is sorted by UTF-16 code units, and is looked up where it stands. Behind
 * names stands what comes with them, two characters a name in the same order: `+ 11 required` without what packages recommend and
 * `+ 11 recommended` with it. At the end `*` names the programs, and each line what one pair of characters stands for.
 */
export function readPackageIndex(text: string): PackageIndex {
  const parts: Part[] = [];
  let legend = "";
  for (const part of text.split(/^(?=[=?+*] )/m)) {
    if (part.startsWith("* ")) legend = part;
    else if (part.startsWith("+ ")) addCodes(part, parts.at(-1));
    else if (/^[=?] /.test(part)) parts.push(partOf(part));
  }
  const [programs, meaningOf] = readLegend(legend);
  const releases = new Set(parts.flatMap((it) => it.releases));
  const of = (release: string, kind: Part["kind"]) =>
    parts.filter((it) => it.kind === kind && it.releases.includes(release));
  // The same packages are asked for after each keystroke.
  const asked = new Map<string, ReadonlySet<string> | undefined>();
  const brought = (release: string, name: string, kind: string) => {
    for (const part of of(release, "=")) {
      const codes = part.codes.get(`${release} ${kind}`);
      const number = codes === undefined ? -1 : numberOf(part, name);
      if (codes !== undefined && number >= 0) return meaningOf(codes.slice(2 * number, 2 * number + 2));
    }
    return undefined;
  };
  return {
    programs: new Set(programs),
    broughtBy(release, name, withRecommended) {
      const kind = withRecommended ? "recommended" : "required";
      const key = `${release} ${kind} ${name}`;
      if (!asked.has(key)) {
        const providers = this.providersOf(release, name);
        const all = (providers.length > 0 ? providers : [name]).map((it) => brought(release, it, kind));
        if (asked.size > MOST_ASKED) asked.clear();
        asked.set(key, all.includes(undefined) ? undefined : new Set(all.flatMap((it) => [...(it ?? [])])));
      }
      return asked.get(key);
    },
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

const MOST_ASKED = 10_000;

interface Part {
  readonly kind: "=" | "?";
  readonly releases: readonly string[];
  readonly lines: string;
  /** What comes with the names, by `11 required`. */
  readonly codes: Map<string, string>;
  /** Where each line begins; found when the number of a line is first asked for. */
  starts: Uint32Array | undefined;
}

function partOf(text: string): Part {
  const end = endOf(text, 0);
  const [kind, ...releases] = text.slice(0, end).split(" ");
  return {
    kind: kind === "?" ? "?" : "=",
    releases,
    lines: text.slice(end + 1).replace(/\n$/, ""),
    codes: new Map(),
    starts: undefined,
  };
}

function addCodes(text: string, part: Part | undefined): void {
  const end = endOf(text, 0);
  part?.codes.set(text.slice(2, end), text.slice(end + 1));
}

/** The programs spoken of, and which of them two characters stand for. */
function readLegend(text: string): [readonly string[], (code: string) => ReadonlySet<string> | undefined] {
  const [head = "", ...sets] = text.replace(/\n$/, "").split("\n");
  const programs = head.slice(2).split(" ").filter(Boolean);
  const read = new Map<string, ReadonlySet<string>>();
  return [
    programs,
    (code) => {
      const known = read.get(code);
      if (known) return known;
      const numbers = sets[(code.charCodeAt(0) - FIRST) * BASE + code.charCodeAt(1) - FIRST];
      if (numbers === undefined) return undefined;
      const names = numbers
        .split(" ")
        .filter(Boolean)
        .flatMap((it) => programs[Number.parseInt(it, 36)] ?? []);
      const set = new Set(names);
      read.set(code, set);
      return set;
    },
  ];
}

/** Characters of a code are the printable ones of ASCII but the blank. */
const FIRST = 0x21;
const BASE = 94;

/** The number of the line that is this name, from 0; -1 where there is none. */
function numberOf(part: Part, name: string): number {
  const { lines } = part;
  const at = lineAt(lines, name);
  if (lines.slice(at, endOf(lines, at)) !== name) return -1;
  part.starts ??= startsOf(lines);
  let [low, high] = [0, part.starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((part.starts[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startsOf(lines: string): Uint32Array {
  const starts = [0];
  for (let at = lines.indexOf("\n"); at >= 0; at = lines.indexOf("\n", at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
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
