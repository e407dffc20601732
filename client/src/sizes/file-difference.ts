import type { Layer, LayerEntry } from "./layer.ts";
import { type Stack, stackLayers, type VisibleEntry } from "./stack.ts";

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

type Entry = { -readonly [Field in keyof ComparedEntry]: ComparedEntry[Field] } & {
  readonly children: Entry[];
  readonly bytes: number[];
  readonly files: number[];
  readonly grown: number[];
  readonly shrunk: number[];
  readonly statuses: FileStatus[];
  readonly versions: (VisibleEntry | undefined)[];
};

/**
 * Lays what containers of the images would see beside each other, path by path. The bytes of a file with several names count
 * at one of them. All bytes of the root are those of `weigh(…).visible`. Takes time linear in the entries.
 */
export function compareFiles(images: readonly (readonly Layer[])[]): FileDifference {
  const tree = new Tree(images.length);
  const contents = images.map((layers, image) => tree.add(image, layers));
  const { entries } = tree;
  // Those within a directory stand behind it.
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (!entry) continue;
    const own = entry.bytes.slice();
    for (let image = 0; image < images.length; image++) sum(entry, own, image, contents);
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

  constructor(images: number) {
    this.#images = images;
    this.root = this.#make("/", "/", undefined);
    this.root.isDirectory = true;
  }

  find(path: string): Entry | undefined {
    return this.#byPath.get(path);
  }

  add(image: number, layers: readonly Layer[]): ContentOf {
    const stack = stackLayers(layers);
    const contentOf = contentsBehindLinks(layers, stack);
    const counted = new Set<LayerEntry>();
    for (const [path, version] of stack.visible) {
      const entry = this.#at(path);
      entry.versions[image] = version;
      const { kind } = version.entry;
      if (kind === "directory") entry.isDirectory = true;
      if (kind !== "file" && kind !== "hard-link") continue;
      entry.files[image] = 1;
      const content = contentOf(version);
      // A file that is seen under its own name counts there.
      const isElsewhere = kind === "hard-link" && stack.visible.get(content.path)?.entry === content;
      if (isElsewhere || counted.has(content)) continue;
      counted.add(content);
      entry.bytes[image] = content.size;
    }
    return contentOf;
  }

  /** With the directories above it. Not by recursion: an archive may be as deep as it likes. */
  #at(path: string): Entry {
    const missing: string[] = [];
    let above = path;
    let entry = this.#byPath.get(above);
    while (!entry) {
      missing.push(above);
      above = above.slice(0, above.lastIndexOf("/"));
      entry = above === "" ? this.root : this.#byPath.get(above);
    }
    for (const it of missing.reverse()) {
      entry.isDirectory = true;
      entry = this.#make(it, it.slice(it.lastIndexOf("/") + 1), entry);
    }
    return entry;
  }

  #make(path: string, name: string, parent: Entry | undefined): Entry {
    const zeros = () => new Array<number>(this.#images).fill(0);
    const made: Entry = {
      path,
      name,
      parent,
      children: [],
      isDirectory: false,
      versions: new Array<undefined>(this.#images).fill(undefined),
      bytes: zeros(),
      files: zeros(),
      grown: zeros(),
      shrunk: zeros(),
      statuses: new Array<FileStatus>(this.#images).fill("absent"),
    };
    parent?.children.push(made);
    this.#byPath.set(path, made);
    this.entries.push(made);
    return made;
  }
}

/** Adds up what is below an entry, and says how it stands against the first image. */
function sum(entry: Entry, own: readonly number[], image: number, contents: readonly ContentOf[]): void {
  const grew = (own[image] ?? 0) - (own[0] ?? 0);
  let [bytes, files] = [entry.bytes[image] ?? 0, entry.files[image] ?? 0];
  let [grown, shrunk] = [Math.max(grew, 0), Math.max(-grew, 0)];
  let [isHere, isInFirst] = [entry.versions[image] !== undefined, entry.versions[0] !== undefined];
  let [isChanged, isTouched] = [false, false];
  for (const child of entry.children) {
    const status = child.statuses[image] ?? "absent";
    bytes += child.bytes[image] ?? 0;
    files += child.files[image] ?? 0;
    grown += child.grown[image] ?? 0;
    shrunk += child.shrunk[image] ?? 0;
    isHere ||= status !== "absent" && status !== "removed";
    isInFirst ||= status !== "absent" && status !== "added";
    isChanged ||= status === "added" || status === "removed" || status === "changed";
    isTouched ||= status === "metadata";
  }
  entry.bytes[image] = bytes;
  entry.files[image] = files;
  entry.grown[image] = grown;
  entry.shrunk[image] = shrunk;
  entry.statuses[image] = statusOf(entry, image, contents, { isHere, isInFirst, isChanged, isTouched });
}

interface Below {
  readonly isHere: boolean;
  readonly isInFirst: boolean;
  readonly isChanged: boolean;
  readonly isTouched: boolean;
}

function statusOf(
  { versions }: Entry,
  image: number,
  contents: readonly ContentOf[],
  { isHere, isInFirst, isChanged, isTouched }: Below,
): FileStatus {
  if (!isHere) return isInFirst ? "removed" : "absent";
  if (!isInFirst) return "added";
  if (isChanged) return "changed";
  const [first, other] = [versions[0], versions[image]];
  // A directory that no layer names, here or there, says nothing of its own.
  const own = first && other ? difference(first, other, contents[0], contents[image]) : "same";
  return own === "same" && isTouched ? "metadata" : own;
}

function difference(
  first: VisibleEntry,
  other: VisibleEntry,
  ofFirst: ContentOf | undefined,
  ofOther: ContentOf | undefined,
): "same" | "changed" | "metadata" {
  const [a, b] = [ofFirst?.(first) ?? first.entry, ofOther?.(other) ?? other.entry];
  if (a !== b && !isSameContent(a, b)) return "changed";
  const isMeta = a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
  // Nobody asks for the mode of a link.
  return isMeta || a.kind === "symlink" ? "same" : "metadata";
}

function isSameContent(a: LayerEntry, b: LayerEntry): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "file") return a.size === b.size && a.hash !== undefined && a.hash === b.hash;
  return a.kind !== "symlink" || a.target === b.target;
}

/** The file of a hard link may be hidden under its own name by a later layer, so it is looked up in the link's own layer. */
function contentsBehindLinks(layers: readonly Layer[], { visible }: Stack): ContentOf {
  const wanted = new Map<number, Map<string, LayerEntry | undefined>>();
  for (const { entry, layer } of visible.values())
    if (entry.kind === "hard-link" && entry.target !== undefined) {
      const paths = wanted.get(layer) ?? new Map<string, LayerEntry | undefined>();
      wanted.set(layer, paths.set(entry.target, undefined));
    }
  for (const [layer, paths] of wanted)
    for (const entry of layers[layer]?.entries ?? [])
      if (entry.kind !== "hard-link" && paths.has(entry.path)) paths.set(entry.path, entry);
  return ({ entry, layer }) =>
    entry.kind === "hard-link" ? (wanted.get(layer)?.get(entry.target ?? "") ?? entry) : entry;
}
