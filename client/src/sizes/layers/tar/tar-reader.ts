import { readPax } from "./pax.ts";
import { type TarEntry, TarError, type TarSink } from "./tar-entry.ts";
import { BLOCK, readHeader, sparseMapGoesOn, type TarHeader } from "./tar-header.ts";
import { nameOf } from "./tar-name.ts";

/** Larger ones hold no names: they are made to fill the memory. */
const LONGEST_EXTENSION = 8 * 1024 * 1024;

type State =
  | { readonly is: "header" }
  /** Bytes that belong to an extended header and are read as a whole. */
  | { readonly is: "extension"; readonly header: TarHeader; readonly bytes: Buffer; filled: number }
  | { readonly is: "sparse-map"; readonly header: TarHeader }
  | { readonly is: "content"; readonly sink: TarSink | undefined; left: number }
  | { readonly is: "padding"; left: number }
  | { readonly is: "end" };

/**
 * Reads a tar archive as it comes, in parts of any size, and never holds more of it than one header. `onEntry` is shown each
 * entry and may take its content; where it takes none, the content is passed over. Throws TarError for what is no archive;
 * what was shown up to there is right.
 */
export class TarReader {
  readonly #onEntry: (entry: TarEntry) => TarSink | undefined;
  #state: State = { is: "header" };
  /** A header that came in pieces. */
  readonly #block = Buffer.alloc(BLOCK);
  #inBlock = 0;
  #offset = 0;
  #seen = false;
  /** For the next entry alone. What a global header says of all that follow, engines pass over (docker/pkg/archive, read 2026-11). */
  #next = new Map<string, string>();
  #longName: string | undefined;
  #longLink: string | undefined;
  /** Of the entry at hand. */
  #stored = 0;

  constructor(onEntry: (entry: TarEntry) => TarSink | undefined) {
    this.#onEntry = onEntry;
  }

  /** Resolves when the sinks have taken what is theirs; only then may the next part come. */
  write(part: Uint8Array): void | Promise<void> {
    let at = 0;
    while (at < part.length) {
      const state = this.#state;
      if (state.is === "end") return undefined;
      if (state.is === "content") {
        const end = Math.min(part.length, at + state.left);
        const piece = part.subarray(at, end);
        state.left -= end - at;
        this.#offset += end - at;
        at = end;
        const taken = piece.length === 0 ? undefined : state.sink?.write(piece);
        if (taken)
          return taken.then(() => this.#afterContent(state)).then(() => this.write(part.subarray(at)));
        const ended = this.#afterContent(state);
        if (ended) return ended.then(() => this.write(part.subarray(at)));
      } else at = this.#take(part, at, state);
    }
    return undefined;
  }

  /** Call it when nothing more comes. */
  end(): void | Promise<void> {
    const state = this.#state;
    if (state.is === "end") return undefined;
    if (state.is === "content" && state.left === 0) return this.#afterContent(state);
    if (state.is === "header" && this.#inBlock === 0 && this.#seen) return undefined;
    throw new TarError(
      this.#offset === 0 ? "it is empty" : `it breaks off after ${this.#offset.toLocaleString("en")} bytes`,
    );
  }

  #afterContent(state: Extract<State, { is: "content" }>): void | Promise<void> {
    if (state.left > 0) return undefined;
    this.#pad();
    return state.sink?.end();
  }

  /** Takes what belongs to the state from `at` on, and says where it ends. */
  #take(part: Uint8Array, at: number, state: Exclude<State, { is: "content" | "end" }>): number {
    const available = part.length - at;
    if (state.is === "padding") {
      const count = Math.min(state.left, available);
      state.left -= count;
      this.#offset += count;
      if (state.left === 0) this.#state = { is: "header" };
      return at + count;
    }
    if (state.is === "extension") {
      const count = Math.min(state.bytes.length - state.filled, available);
      state.bytes.set(part.subarray(at, at + count), state.filled);
      state.filled += count;
      this.#offset += count;
      if (state.filled === state.bytes.length) this.#extend(state.header, state.bytes);
      return at + count;
    }
    if (this.#inBlock === 0 && available >= BLOCK) {
      this.#offset += BLOCK;
      this.#takeBlock(part.subarray(at, at + BLOCK), state);
      return at + BLOCK;
    }
    const count = Math.min(BLOCK - this.#inBlock, available);
    this.#block.set(part.subarray(at, at + count), this.#inBlock);
    this.#inBlock += count;
    this.#offset += count;
    if (this.#inBlock === BLOCK) {
      this.#inBlock = 0;
      this.#takeBlock(this.#block, state);
    }
    return at + count;
  }

  #takeBlock(block: Uint8Array, state: Extract<State, { is: "header" | "sparse-map" }>): void {
    if (state.is === "header") this.#header(block);
    else if (!sparseMapGoesOn(block)) this.#entry(state.header);
  }

  #header(block: Uint8Array): void {
    const at = this.#offset - BLOCK;
    const header = readHeader(block, at);
    if (!header) {
      // One block of zeros is enough to end: what comes behind is nobody's.
      this.#state = { is: "end" };
      return;
    }
    this.#seen = true;
    if ("xgLK".includes(header.type)) {
      if (header.size > LONGEST_EXTENSION)
        throw new TarError(`its extended header at byte ${at} is larger than any name`);
      if (header.size === 0) return;
      this.#state = { is: "extension", header, bytes: Buffer.alloc(header.size), filled: 0 };
    } else if (header.sparse?.isExtended) this.#state = { is: "sparse-map", header };
    else this.#entry(header);
  }

  #extend({ type, size }: TarHeader, bytes: Buffer): void {
    const text = () => {
      const end = bytes.indexOf(0);
      return nameOf(end < 0 ? bytes : bytes.subarray(0, end));
    };
    if (type === "x") this.#next = readPax(bytes, this.#offset - bytes.length);
    else if (type === "g") readPax(bytes, this.#offset - bytes.length);
    else if (type === "L") this.#longName = text();
    else this.#longLink = text();
    this.#pad(size);
  }

  #entry(header: TarHeader): void {
    // One without a value takes back what was said before.
    const said = (key: string) => this.#next.get(key) || undefined;
    const number = (key: string, otherwise: number) => {
      const text = said(key);
      const value = text === undefined ? Number.NaN : Number(text);
      return Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
    };
    const kind = kindOf(header.type);
    const stored = kind === "file" || kind === "other" ? number("size", header.size) : 0;
    const sparse = number(
      "GNU.sparse.realsize",
      number("GNU.sparse.size", header.sparse?.realSize ?? stored),
    );
    const entry: TarEntry = {
      name: said("GNU.sparse.name") ?? said("path") ?? this.#longName ?? header.name,
      kind,
      size: kind === "file" ? sparse : 0,
      storedSize: stored,
      mode: header.mode,
      uid: number("uid", header.uid),
      gid: number("gid", header.gid),
      linkName: said("linkpath") ?? this.#longLink ?? header.linkName,
    };
    if (this.#next.size > 0) this.#next = new Map();
    this.#longName = undefined;
    this.#longLink = undefined;
    const sink = this.#onEntry(entry);
    this.#stored = stored;
    this.#state = stored === 0 && !sink ? { is: "header" } : { is: "content", sink, left: stored };
  }

  #pad(size = this.#stored): void {
    const left = (BLOCK - (size % BLOCK)) % BLOCK;
    this.#state = left === 0 ? { is: "header" } : { is: "padding", left };
  }
}

/** Names of POSIX and of GNU; `7` is a file that some systems keep in one piece. */
function kindOf(type: string): TarEntry["kind"] {
  if (type === "0" || type === "7" || type === "S") return "file";
  if (type === "5") return "directory";
  if (type === "1") return "hard-link";
  if (type === "2") return "symlink";
  if (type === "3" || type === "4") return "device";
  return type === "6" ? "fifo" : "other";
}
