import type { TarSink } from "./tar/tar-entry.ts";

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

/** An archive without entries is zeros; one with entries has `ustar` where POSIX and GNU put it, or a name and a sum in digits. */
export function looksLikeTar(start: Uint8Array): boolean {
  if (start.length < 512) return false;
  const bytes = Buffer.from(start);
  if (bytes.toString("latin1", 257, 262) === "ustar" || bytes.every((it) => it === 0)) return true;
  return /^[0-7 ]{6}[\0 ]{1,2}$/.test(bytes.toString("latin1", 148, 156)) && bytes[0] !== 0;
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
