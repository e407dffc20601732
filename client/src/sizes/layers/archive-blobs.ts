import type { TarSink } from "./tar/tar-entry.ts";
import { BLOCK, readHeader } from "./tar/tar-header.ts";

/** Looks at the first block before it says who takes the content. */
export class Sniffer implements TarSink {
  readonly #choose: (start: Uint8Array) => TarSink | undefined;
  readonly #start: Uint8Array;
  #filled = 0;
  #chosen: TarSink | undefined;
  #isChosen = false;

  constructor(size: number, choose: (start: Uint8Array) => TarSink | undefined) {
    this.#choose = choose;
    this.#start = Buffer.alloc(Math.min(size, 512));
  }

  write(part: Uint8Array): void | Promise<void> {
    if (this.#isChosen) return this.#chosen?.write(part);
    const count = Math.min(part.length, this.#start.length - this.#filled);
    this.#start.set(part.subarray(0, count), this.#filled);
    this.#filled += count;
    if (this.#filled < this.#start.length) return undefined;
    this.#isChosen = true;
    this.#chosen = this.#choose(this.#start);
    const first = this.#chosen?.write(this.#start);
    const rest = part.subarray(count);
    if (rest.length === 0) return first;
    return first ? first.then(() => this.#chosen?.write(rest)) : this.#chosen?.write(rest);
  }

  end(): void | Promise<void> {
    return this.#chosen?.end();
  }
}

/**
 * By the mark of POSIX and GNU, which a damaged one may have as well; what is older has a header whose sum is right. Zeros are an
 * archive without entries.
 */
export function looksLikeTar(start: Uint8Array): boolean {
  if (start.length < BLOCK) return false;
  if (Buffer.from(start).toString("latin1", 257, 262) === "ustar") return true;
  try {
    readHeader(start, 0);
    return true;
  } catch {
    return false;
  }
}

/** `sha256:…` of `blobs/sha256/…`, which names what is stored: of a compressed layer that is another digest. */
export function digestIn(path: string): string | undefined {
  const [, hex] = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** `./a//b` → `a/b`: as names in an archive are compared. */
export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
