/** What one path of an image is. */
export interface TreeEntry {
  readonly kind: "directory" | "file" | "link" | "other";
  readonly executable: boolean;
  /** Bytes. */
  readonly size: number;
  /** Of a link, as written. */
  readonly target: string | undefined;
}

export type Resolved =
  | { readonly is: "there"; readonly path: string; readonly entry: TreeEntry }
  | { readonly is: "missing" }
  | { readonly is: "unknown" };

const root: TreeEntry = { kind: "directory", executable: false, size: 0, target: undefined };

/** As many as Linux follows. */
const mostLinks = 40;

/** As much of an image's file system as was read. Paths are absolute and without `.` and `..`. */
export class ImageTree {
  readonly #entries = new Map<string, TreeEntry>([["/", root]]);
  readonly #names = new Map<string, string[]>();
  readonly #complete = new Set<string>();

  get size(): number {
    return this.#entries.size;
  }

  add(path: string, entry: TreeEntry): void {
    if (!this.#entries.has(path)) {
      const directory = directoryOf(path);
      const names = this.#names.get(directory) ?? [];
      this.#names.set(directory, names);
      names.push(path.slice(directory === "/" ? 1 : directory.length + 1));
    }
    this.#entries.set(path, entry);
  }

  /** All of the directory and of what is below it was added. */
  completeBelow(directory: string): void {
    this.#complete.add(directory);
    for (const [path, { kind }] of this.#entries)
      if (kind === "directory" && (directory === "/" || path.startsWith(`${directory}/`)))
        this.#complete.add(path);
  }

  isComplete(directory: string): boolean {
    return this.#complete.has(directory);
  }

  namesIn(directory: string): readonly string[] {
    return this.#names.get(directory) ?? [];
  }

  at(path: string): TreeEntry | undefined {
    return this.#entries.get(path);
  }

  directories(): readonly string[] {
    return [...this.#entries].flatMap(([path, { kind }]) => (kind === "directory" ? [path] : []));
  }

  /** Follows the links on the way and the last one. */
  resolve(path: string): Resolved {
    let rest = partsOf(path);
    let at = "/";
    for (let links = 0; rest.length > 0; ) {
      const [name = "", ...more] = rest;
      const next = join(at, name);
      const entry = this.#entries.get(next);
      if (!entry) {
        if (this.#complete.has(at)) return { is: "missing" };
        // Of a large image a directory may be known without those above it.
        const known = rest.findIndex((_, index) =>
          this.#entries.has(join(at, rest.slice(0, index + 1).join("/"))),
        );
        if (known < 0) return { is: "unknown" };
        at = join(at, rest.slice(0, known).join("/"));
        rest = rest.slice(known);
        continue;
      }
      if (entry.kind === "link") {
        if (++links > mostLinks) return { is: "missing" };
        const target = entry.target ?? "";
        rest = [...partsOf(target.startsWith("/") ? target : `${at}/${target}`), ...more];
        at = "/";
        continue;
      }
      if (entry.kind !== "directory" && more.length > 0) return { is: "missing" };
      at = next;
      rest = more;
    }
    const entry = this.#entries.get(at);
    return entry ? { is: "there", path: at, entry } : { is: "unknown" };
  }
}

/** Path of an entry of a directory; both as an image has them, from `/`. */
export function join(directory: string, name: string): string {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** `..` is taken as written: only links of links to directories would tell the difference. */
export function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts;
}
