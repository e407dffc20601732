import { TarError } from "./tar-entry.ts";
import { nameOf } from "./tar-name.ts";

export const BLOCK = 512;

/** A header block as it stands in the archive: POSIX ustar, GNU and the form before them (POSIX.1-2024 pax, GNU tar manual 1.35). */
export interface TarHeader {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkName: string;
  /** Of a sparse file in the old GNU form: its size unpacked, and whether blocks with more of its map follow. */
  readonly sparse: { readonly realSize: number; readonly isExtended: boolean } | undefined;
}

/** Undefined for a block of zeros, which ends an archive. `at` is the block's offset, for messages. */
export function readHeader(block: Uint8Array, at: number): TarHeader | undefined {
  const bytes = Buffer.from(block.buffer, block.byteOffset, BLOCK);
  const sum = checksum(bytes);
  if (sum === CHECKSUM_OF_ZEROS) return undefined;
  if (numberAt(bytes, 148, 8) !== sum) throw new TarError(`its header at byte ${at} has a wrong checksum`);

  const magic = bytes.toString("latin1", 257, 263);
  const isGnu = magic === "ustar ";
  const type = String.fromCharCode(bytes[156] ?? 0);
  const prefix = magic === "ustar\0" ? textAt(bytes, 345, 155) : "";
  const name = textAt(bytes, 0, 100);
  const size = numberAt(bytes, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new TarError(`its header at byte ${at} has a size that cannot be`);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    // Before POSIX a directory was told by its name.
    type: type !== "\0" ? type : name.endsWith("/") ? "5" : "0",
    size,
    mode: numberAt(bytes, 100, 8) & 0o7777,
    uid: numberAt(bytes, 108, 8),
    gid: numberAt(bytes, 116, 8),
    linkName: textAt(bytes, 157, 100),
    sparse:
      isGnu && type === "S"
        ? { realSize: numberAt(bytes, 483, 12), isExtended: bytes[482] !== 0 }
        : undefined,
  };
}

/** Does this block of an old GNU sparse map have another behind it? */
export function sparseMapGoesOn(block: Uint8Array): boolean {
  return block[504] !== 0;
}

/** The field of the sum itself counts as eight blanks. */
const CHECKSUM_OF_ZEROS = 8 * 0x20;

function checksum(bytes: Buffer): number {
  let sum = CHECKSUM_OF_ZEROS;
  for (let at = 0; at < 148; at++) sum += bytes[at] ?? 0;
  for (let at = 156; at < BLOCK; at++) sum += bytes[at] ?? 0;
  return sum;
}

function textAt(bytes: Buffer, start: number, length: number): string {
  const end = bytes.indexOf(0, start);
  return nameOf(bytes.subarray(start, end < 0 || end > start + length ? start + length : end));
}

/** Octal digits, or where the highest bit is set a binary number (GNU, for what is too large for the digits). */
function numberAt(bytes: Buffer, start: number, length: number): number {
  const first = bytes[start] ?? 0;
  if (first < 0x80) {
    // Blanks and zeros may come first; what is no digit ends it.
    let at = start;
    while (at < start + length && (bytes[at] === 0x20 || bytes[at] === 0)) at++;
    let value = 0;
    for (; at < start + length; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 7) break;
      value = value * 8 + digit;
    }
    return value;
  }
  // All ones in front mean a number below 0.
  let value = first === 0xff ? -1 : first & 0x7f;
  for (let at = start + 1; at < start + length; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}
