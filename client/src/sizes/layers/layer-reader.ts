import { createHash, type Hash } from "node:crypto";
import { isKept } from "./kept-texts.ts";
import { type Layer, LayerBuilder, type LayerEntry } from "./layer.ts";
import type { TarEntry, TarSink } from "./tar/tar-entry.ts";
import { TarReader } from "./tar/tar-reader.ts";

/**
 * Reads a layer's archive, unpacked, as it comes. `hashes`: also computes the digest of each file's content, which finds the same
 * content at two places and a file that was only given another owner.
 */
export class LayerReader {
  readonly #builder = new LayerBuilder();
  readonly #reader: TarReader;
  readonly #diffId: string | undefined;
  /** Of the whole archive, which is what names the layer. */
  readonly #digest: Hash | undefined;

  /** `diffId` where it is known already; else it is computed. */
  constructor(diffId: string | undefined, { hashes }: { readonly hashes: boolean }) {
    this.#diffId = diffId;
    this.#digest = diffId === undefined ? createHash("sha256") : undefined;
    this.#reader = new TarReader((entry) => {
      const { name, kind } = entry;
      if (kind === "file" && entry.storedSize === entry.size && isKept(name, entry.size))
        return this.#keepText(entry, hashes);
      if (!hashes || kind !== "file" || entry.storedSize === 0) {
        this.#builder.add(name, { ...entry, hash: hashes && kind === "file" ? EMPTY : undefined });
        return undefined;
      }
      const hash = createHash("sha256");
      let program: LayerEntry["program"];
      let isBegun = (entry.mode & 0o111) === 0;
      return {
        write: (part) => {
          // Four bytes in two parts are too rare to be put together: nothing is said then.
          if (!isBegun) program = programOf(part);
          isBegun = true;
          hash.update(part);
        },
        end: () =>
          this.#builder.add(name, { ...entry, hash: hash.digest("hex"), ...(program && { program }) }),
      };
    });
  }

  #keepText(entry: TarEntry, hashes: boolean): TarSink {
    const parts: Uint8Array[] = [];
    return {
      // Parts are of a buffer that the source may use again.
      write: (part) => void parts.push(Uint8Array.from(part)),
      end: () => {
        const bytes = Buffer.concat(parts);
        const hash = hashes ? createHash("sha256").update(bytes).digest("hex") : undefined;
        this.#builder.add(entry.name, { ...entry, hash, text: bytes.toString("utf8") });
      },
    };
  }

  write(part: Uint8Array): void | Promise<void> {
    this.#digest?.update(part);
    return this.#reader.write(part);
  }

  /** Throws TarError where the archive breaks off. */
  end(): Layer {
    void this.#reader.end();
    return this.#builder.build(this.#diffId ?? `sha256:${this.#digest?.digest("hex")}`);
  }
}

/** Of no bytes. */
const EMPTY = createHash("sha256").digest("hex");

/** By its first bytes: ELF (System V ABI), or `#!`. */
function programOf(start: Uint8Array): LayerEntry["program"] {
  if (start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46) return "binary";
  return start[0] === 0x23 && start[1] === 0x21 ? "script" : undefined;
}
