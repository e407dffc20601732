import type { LayerEntry } from "../layers/layer.ts";
import type { StackedLayers } from "../read-image.ts";
import type { VisibleEntry } from "../stack.ts";

/**
 * How a path of an image stands against the same path of the first one. `changed`: other content, or another kind of entry;
 * `metadata`: only another mode or owner; `absent`: neither has it. A directory counts with what is in it.
 */
export type FileStatus = "same" | "added" | "removed" | "changed" | "metadata" | "absent";

/** One path that any of the images has. Lists with one item an image are in the images' order. */
export interface ComparedEntry {
  readonly path: string;
  readonly name: string;
  readonly parent: ComparedEntry | undefined;
  /** In no order; empty for what is no directory in any image. */
  readonly children: readonly ComparedEntry[];
  readonly isDirectory: boolean;
  /** Undefined where the image does not have it, or no layer names the directory. */
  readonly versions: readonly (VisibleEntry | undefined)[];
  /** Bytes that a container sees here, unpacked; of a directory all that is in it. */
  readonly bytes: readonly number[];
  /** Files at or below it. */
  readonly files: readonly number[];
  /** Against the first image: bytes of files that grew or came, and of those that shrank or went. Neither is below 0. */
  readonly grown: readonly number[];
  readonly shrunk: readonly number[];
  /** Against the first image; the first itself is `same` or `absent`. */
  readonly statuses: readonly FileStatus[];
}

/** The file systems of two or more images in one tree. */
export interface FileDifference {
  readonly root: ComparedEntry;
  readonly images: number;
  find(path: string): ComparedEntry | undefined;
}

/** Of a directory: sums of what is in it. Files have theirs in their own bytes, as there are many of them. */
interface Sums {
  readonly files: number[];
  readonly grown: number[];
  readonly shrunk: number[];
}

const none: readonly Entry[] = [];

class Entry implements ComparedEntry {
  readonly path: string;
  readonly name: string;
  readonly parent: Entry | undefined;
  readonly versions: (VisibleEntry | undefined)[];
  readonly bytes: number[];
  readonly statuses: FileStatus[];
  children: readonly Entry[] = none;
  isDirectory = false;
  sums: Sums | undefined;

  constructor(path: string, name: string, parent: Entry | undefined, images: number) {
    this.path = path;
    this.name = name;
    this.parent = parent;
    this.versions = new Array<undefined>(images).fill(undefined);
    this.bytes = new Array<number>(images).fill(0);
    this.statuses = new Array<FileStatus>(images).fill("absent");
    if (parent) parent.#add(this);
  }

  #add(child: Entry): void {
    this.isDirectory = true;
    if (this.children === none) this.children = [child];
    else (this.children as Entry[]).push(child);
  }

  get files(): readonly number[] {
    return this.bytes.map((_, image) => this.filesIn(image));
  }
  get grown(): readonly number[] {
    return this.bytes.map((_, image) => this.grownIn(image));
  }
  get shrunk(): readonly number[] {
    return this.bytes.map((_, image) => this.shrunkIn(image));
  }

  filesIn(image: number): number {
    return this.sums ? (this.sums.files[image] ?? 0) : isFile(this.versions[image]) ? 1 : 0;
  }
  grownIn(image: number): number {
    return this.sums ? (this.sums.grown[image] ?? 0) : Math.max(this.#change(image), 0);
  }
  shrunkIn(image: number): number {
    return this.sums ? (this.sums.shrunk[image] ?? 0) : Math.max(-this.#change(image), 0);
  }

  #change(image: number): number {
    return (this.bytes[image] ?? 0) - (this.bytes[0] ?? 0);
  }
}

function isFile(version: VisibleEntry | undefined): boolean {
  const kind = version?.entry.kind;
  return kind === "file" || kind === "hard-link";
}

/** How contents are told apart: `size` where they were not read, and files of one size count as the same. */
export type ContentMeasure = "digest" | "size";

/**
 * Lays what containers of the images would see beside each other, path by path. The bytes of a file with several names count
 * at one of them. All bytes of the root are those of `weigh(…).visible`. Takes time linear in the entries.
 */
export function compareFiles(
  images: readonly StackedLayers[],
  measure: ContentMeasure = "digest",
): FileDifference {
  const tree = new Tree(images.length);
  const contents = images.map((it, image) => tree.add(image, it));
  const { entries } = tree;
  // Those within a directory stand behind it.
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (!entry) continue;
    if (entry.children !== none) addUp(entry);
    for (let image = 0; image < images.length; image++)
      entry.statuses[image] = statusOf(entry, image, contents, measure);
  }
  return { root: tree.root, images: images.length, find: (path) => tree.find(path) };
}

/** What a name stands for: of a hard link the file that it is another name of. */
type ContentOf = (version: VisibleEntry) => LayerEntry;

class Tree {
  readonly entries: Entry[] = [];
  readonly root: Entry;
  readonly #byPath = new Map<string, Entry>();
  readonly #images: number;
  /** The directory that the last entry was put into: archives go through one after the other. */
  #last: Entry;

  constructor(images: number) {
    this.#images = images;
    this.root = this.#make("/", "/", undefined);
    this.root.isDirectory = true;
    this.#last = this.root;
  }

  find(path: string): Entry | undefined {
    return this.#byPath.get(path);
  }

  add(image: number, { stack }: StackedLayers): ContentOf {
    const contentOf: ContentOf = ({ entry }) => stack.linked.get(entry)?.entry ?? entry;
    const counted = new Set<LayerEntry>();
    for (const [path, version] of stack.visible) {
      const entry = this.#at(path);
      entry.versions[image] = version;
      const { kind } = version.entry;
      if (kind === "directory") entry.isDirectory = true;
      if (kind !== "file" && kind !== "hard-link") continue;
      const content = contentOf(version);
      // A file that is seen under its own name counts there.
      const isElsewhere = kind === "hard-link" && stack.visible.get(content.path)?.entry === content;
      if (isElsewhere || counted.has(content)) continue;
      counted.add(content);
      entry.bytes[image] = content.size;
    }
    return contentOf;
  }

  #at(path: string): Entry {
    const known = this.#byPath.get(path);
    if (known) return known;
    const slash = path.lastIndexOf("/");
    const parent = this.#directory(slash === 0 ? "/" : path.slice(0, slash));
    return this.#make(path, path.slice(slash + 1), parent);
  }

  /** With the directories above it. Not by recursion: an archive may be as deep as it likes. */
  #directory(path: string): Entry {
    if (path === this.#last.path) return this.#last;
    const missing: string[] = [];
    let above = path;
    let entry = this.#byPath.get(above);
    while (!entry) {
      missing.push(above);
      above = above.slice(0, above.lastIndexOf("/"));
      entry = above === "" ? this.root : this.#byPath.get(above);
    }
    for (const it of missing.reverse()) entry = this.#make(it, it.slice(it.lastIndexOf("/") + 1), entry);
    this.#last = entry;
    return entry;
  }

  #make(path: string, name: string, parent: Entry | undefined): Entry {
    const made = new Entry(path, name, parent, this.#images);
    this.#byPath.set(path, made);
    this.entries.push(made);
    return made;
  }
}

/** What is below an entry, which may be a file itself in one of the images. */
function addUp(entry: Entry): void {
  const { bytes, children, versions } = entry;
  const sums: Sums = {
    files: bytes.map((_, image) => entry.filesIn(image)),
    grown: bytes.map((_, image) => entry.grownIn(image)),
    shrunk: bytes.map((_, image) => entry.shrunkIn(image)),
  };
  for (const child of children)
    for (let image = 0; image < versions.length; image++) {
      bytes[image] = (bytes[image] ?? 0) + (child.bytes[image] ?? 0);
      sums.files[image] = (sums.files[image] ?? 0) + child.filesIn(image);
      sums.grown[image] = (sums.grown[image] ?? 0) + child.grownIn(image);
      sums.shrunk[image] = (sums.shrunk[image] ?? 0) + child.shrunkIn(image);
    }
  entry.sums = sums;
}

/** Those of what is below are known. */
function statusOf(
  { versions, children }: Entry,
  image: number,
  contents: readonly ContentOf[],
  measure: ContentMeasure,
): FileStatus {
  const [first, other] = [versions[0], versions[image]];
  let [isHere, isInFirst] = [other !== undefined, first !== undefined];
  let [isChanged, isTouched] = [false, false];
  for (const child of children) {
    const status = child.statuses[image] ?? "absent";
    isHere ||= status !== "absent" && status !== "removed";
    isInFirst ||= status !== "absent" && status !== "added";
    isChanged ||= status === "added" || status === "removed" || status === "changed";
    isTouched ||= status === "metadata";
  }
  if (!isHere) return isInFirst ? "removed" : "absent";
  if (!isInFirst) return "added";
  if (isChanged) return "changed";
  // A directory that no layer names, here or there, says nothing of its own.
  const own = first && other ? difference(first, other, contents[0], contents[image], measure) : "same";
  return own === "same" && isTouched ? "metadata" : own;
}

function difference(
  first: VisibleEntry,
  other: VisibleEntry,
  ofFirst: ContentOf | undefined,
  ofOther: ContentOf | undefined,
  measure: ContentMeasure,
): "same" | "changed" | "metadata" {
  const [a, b] = [ofFirst?.(first) ?? first.entry, ofOther?.(other) ?? other.entry];
  if (a !== b && !isSameContent(a, b, measure)) return "changed";
  const isMeta = a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
  // Nobody asks for the mode of a link.
  return isMeta || a.kind === "symlink" ? "same" : "metadata";
}

function isSameContent(a: LayerEntry, b: LayerEntry, measure: ContentMeasure): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "file")
    return a.size === b.size && (measure === "size" || (a.hash !== undefined && a.hash === b.hash));
  return a.kind !== "symlink" || a.target === b.target;
}
