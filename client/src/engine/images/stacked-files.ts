import type { Layer } from "../../sizes/layers/layer.ts";
import { type Stack, stackLayers, type VisibleEntry } from "../../sizes/stack.ts";
import type { FilesOfImage, FoundFile } from "./image-files.ts";
import { ImageTree, type TreeEntry } from "./image-tree.ts";

/** The files of an image whose layers were read: all that there are, without asking anybody. */
export class StackedFiles implements FilesOfImage {
  readonly tree = new ImageTree();
  readonly #visible: ReadonlyMap<string, VisibleEntry>;
  readonly #linked: Stack["linked"];

  /** Oldest first, all of them. */
  constructor(layers: readonly Layer[]) {
    const { visible, linked } = stackLayers(layers);
    this.#visible = visible;
    this.#linked = linked;
    for (const [path, { entry }] of visible) {
      this.#addAbove(path);
      this.tree.add(path, this.#treeEntry(entry));
    }
    this.tree.completeBelow("/");
  }

  find(path: string): Promise<FoundFile | undefined> {
    const found = this.tree.resolve(path);
    return Promise.resolve(
      found.is === "there"
        ? { path: found.path, isDirectory: found.entry.kind === "directory", size: found.entry.size }
        : undefined,
    );
  }

  readDirectory(): Promise<void> {
    return Promise.resolve();
  }

  async text(path: string): Promise<string | null | undefined> {
    const file = await this.find(path);
    if (!file || file.isDirectory) return null;
    return this.#file(this.#visible.get(file.path)?.entry)?.text ?? (file.size === 0 ? "" : undefined);
  }

  isThere(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** No layer need name the directories in which its files are. */
  #addAbove(path: string): void {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (this.tree.at(folder)) return;
      if (!this.#visible.has(folder))
        this.tree.add(folder, { kind: "directory", executable: false, size: 0, target: undefined });
    }
  }

  #treeEntry(entry: VisibleEntry["entry"]): TreeEntry {
    const { kind, mode, target } = entry;
    const file = this.#file(entry);
    if (kind === "symlink") return { kind: "link", executable: false, size: 0, target };
    if (file)
      return {
        ...{ kind: "file", size: file.size, target: undefined },
        executable: (file.mode & 0o111) !== 0,
      };
    return {
      ...{ kind: kind === "directory" ? "directory" : "other", size: 0, target: undefined },
      executable: kind === "hard-link" && (mode & 0o111) !== 0,
    };
  }

  /** Of a hard link the file, which may be seen under that name alone. */
  #file(entry: VisibleEntry["entry"] | undefined): VisibleEntry["entry"] | undefined {
    if (entry?.kind !== "hard-link") return entry?.kind === "file" ? entry : undefined;
    const file = this.#linked.get(entry)?.entry;
    return file?.kind === "file" ? file : undefined;
  }
}
