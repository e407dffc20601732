/** Takes what was cut: bytes of a frame, and that the frame is over. */
export interface FrameSink {
  bytes(part: Uint8Array): void;
  end(): void;
}

/** What the next bytes are. A field is read as a whole, of the others only their number counts. */
type Place =
  | { readonly is: "magic" | "descriptor" | "block" | "skipped size"; readonly length: number }
  | { readonly is: "header" | "content" | "checksum" | "skipped"; left: number }
  | { readonly is: "no zstd" };

const MAGIC = 0xfd2fb528;
const start: Place = { is: "magic", length: 4 };
const block: Place = { is: "block", length: 3 };

/**
 * Says where the frames of zstd data end (RFC 8878): layers of `zstd:chunked` are many of them, and Node's decompressor takes no more than one
 * of what it is given at once (24.21). Frames that are to be skipped are left out. What is no zstd is handed on, to be refused elsewhere.
 */
export class ZstdFrames {
  #place: Place = start;
  readonly #field = Buffer.alloc(4);
  #filled = 0;
  #isLast = false;
  #hasChecksum = false;

  /** The next part, of any size. */
  write(part: Uint8Array, sink: FrameSink): void {
    for (let at = 0; at < part.length; ) {
      const place = this.#place;
      if (place.is === "no zstd") {
        sink.bytes(part.subarray(at));
        return;
      }
      if ("length" in place) {
        this.#field[this.#filled++] = part[at++] ?? 0;
        if (this.#filled < place.length) continue;
        this.#filled = 0;
        const bytes = Buffer.from(this.#field.subarray(0, place.length));
        this.#place = this.#behindField(place.is, bytes);
        if (this.#place.is !== "skipped size" && this.#place.is !== "skipped") sink.bytes(bytes);
      } else {
        const count = Math.min(place.left, part.length - at);
        if (place.is !== "skipped") sink.bytes(part.subarray(at, at + count));
        place.left -= count;
        at += count;
      }
      this.#goOn(sink);
    }
  }

  #behindField(is: "magic" | "descriptor" | "block" | "skipped size", bytes: Buffer): Place {
    if (is === "magic") {
      const magic = bytes.readUInt32LE();
      if (magic === MAGIC) return { is: "descriptor", length: 1 };
      return magic >>> 4 === 0x184d2a5 ? { is: "skipped size", length: 4 } : { is: "no zstd" };
    }
    if (is === "skipped size") return { is: "skipped", left: bytes.readUInt32LE() };
    if (is === "descriptor") {
      const [flags = 0] = bytes;
      this.#hasChecksum = (flags & 4) !== 0;
      const isSingle = (flags & 32) !== 0;
      const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
      const size = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
      return { is: "header", left: (isSingle ? 0 : 1) + dictionary + size };
    }
    const head = bytes.readUIntLE(0, 3);
    this.#isLast = (head & 1) !== 0;
    const kind = (head >> 1) & 3;
    if (kind === 3) return { is: "no zstd" };
    // One byte that is to be repeated.
    return { is: "content", left: kind === 1 ? 1 : head >> 3 };
  }

  /** What comes when nothing is left of this; a block may be empty. */
  #goOn(sink: FrameSink): void {
    const place = this.#place;
    if (!("left" in place) || place.left > 0) return;
    if (place.is === "header" || (place.is === "content" && !this.#isLast)) this.#place = block;
    else if (place.is === "content" && this.#hasChecksum) this.#place = { is: "checksum", left: 4 };
    else {
      this.#place = start;
      if (place.is !== "skipped") sink.end();
    }
  }
}
