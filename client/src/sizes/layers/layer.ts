import { withoutReplaced } from "./replaced-entries.ts";

/** One entry of a layer, by its absolute path. What an entry says of a path holds from this layer on. */
export interface LayerEntry {
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "hard-link" | "device" | "fifo" | "other";
  /** Bytes unpacked; 0 for all but files. A hard link has none of its own: its file has them. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a symbolic link leads, as written; for a hard link the absolute path of its file. */
  readonly target: string | undefined;
  /** SHA-256 of a file's content, in hex; undefined where it was not asked for. */
  readonly hash: string | undefined;
  /** How the content of a file that can be executed begins, where contents were read: machine code (ELF), or the `#!` of a script. */
  readonly program?: "binary" | "script";
  /** Of the few files whose texts are kept (`kept-texts.ts`). */
  readonly text?: string;
}

/**
 * What one layer does to the file system below it (OCI image-spec, layer.md, read 2026-11): entries that it brings, paths that it
 * takes away, directories whose content below it hides.
 */
export interface Layer {
  /** Digest of the layer unpacked, as `rootfs.diff_ids` of the image has it: `sha256:…`. */
  readonly diffId: string;
  readonly entries: readonly LayerEntry[];
  /** Absolute paths that are gone: files, or directories with all that is in them. */
  readonly removed: readonly string[];
  /** Directories of which only what this layer brings is seen. */
  readonly opaque: readonly string[];
  /** Bytes of its files unpacked: the sum of the entries. */
  readonly size: number;
  /** How it was stored where it was read: the digest of the packed layer, and its bytes. Absent where it was not packed. */
  readonly packed?: { readonly digest: string; readonly size: number };
  /** Bytes as a push packs it, measured here where it was asked for and the layer was stored unpacked. */
  readonly transfer?: number;
}

/** Bytes of a layer as a pull transfers it; undefined where neither the store tells nor it was measured. */
export function transferOf(layer: Pick<Layer, "packed" | "transfer">): number | undefined {
  return layer.packed?.size ?? layer.transfer;
}

/** Collects a layer from the entries of its archive. */
export class LayerBuilder {
  readonly #entries: LayerEntry[] = [];
  readonly #removed: string[] = [];
  readonly #opaque: string[] = [];
  readonly #paths = new Set<string>();

  /** `name` as the archive has it. */
  add(name: string, entry: Omit<LayerEntry, "path" | "target"> & { readonly linkName: string }): void {
    const path = absolutePath(name);
    const slash = path.lastIndexOf("/");
    const [folder, base] = [path.slice(0, slash), path.slice(slash + 1)];
    if (base === OPAQUE) this.#opaque.push(folder || "/");
    else if (base.startsWith(WHITEOUT) && !base.startsWith(`${WHITEOUT}${WHITEOUT}`))
      this.#removed.push(`${folder}/${base.slice(WHITEOUT.length)}`);
    // What AUFS kept for itself is nobody's file (docker/pkg/archive, WhiteoutMetaPrefix).
    else if (path.startsWith(`/${WHITEOUT}${WHITEOUT}`)) return;
    else if (path !== "/") {
      const { linkName, kind, size, mode, uid, gid, hash, program, text } = entry;
      const target =
        kind === "hard-link" ? absolutePath(linkName) : kind === "symlink" ? linkName : undefined;
      const whole: LayerEntry = { path, kind, size, mode, uid, gid, target, hash };
      if (program === undefined && text === undefined) this.#entries.push(whole);
      else
        this.#entries.push({
          ...whole,
          ...(program !== undefined && { program }),
          ...(text !== undefined && { text }),
        });
      this.#paths.add(path);
    }
  }

  build(diffId: string): Layer {
    const hasSeveral = this.#paths.size < this.#entries.length;
    const entries = hasSeveral ? withoutReplaced(this.#entries) : this.#entries;
    return {
      diffId,
      entries,
      removed: this.#removed,
      opaque: this.#opaque,
      size: entries.reduce((sum, it) => sum + it.size, 0),
    };
  }
}

const WHITEOUT = ".wh.";
const OPAQUE = ".wh..wh..opq";

/** `./usr//bin/` → `/usr/bin`. A `..` leads no further up than to the root. */
function absolutePath(name: string): string {
  // Nearly all names need no more than a slash in front.
  if (PLAIN.test(name)) return name.startsWith("./") ? name.slice(1) : `/${name}`;
  const parts: string[] = [];
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const PLAIN = /^(?:\.\/)?[^./][^/]*(?:\/[^./][^/]*)*$/;
