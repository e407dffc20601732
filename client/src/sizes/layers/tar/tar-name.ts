/**
 * A name as text. Names are bytes to Linux: those that are no UTF-8 are written `\xff`, so that two names never become one.
 */
export function nameOf(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  // Only what could not be read, or is that very sign, needs a closer look.
  if (!text.includes("\ufffd") || Buffer.from(text).equals(bytes)) return text;
  let name = "";
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    const end = at + Math.max(length, 1);
    name += length === 0 ? `\\x${bytes.toString("hex", at, end)}` : bytes.toString("utf8", at, end);
    at = end;
  }
  return name;
}

/** Bytes of the character there; 0 where there is none. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const piece = bytes.subarray(at, at + length);
    if (Buffer.from(piece.toString("utf8")).equals(piece)) return length;
  }
  return 0;
}
