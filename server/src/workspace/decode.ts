/** What reading a file gives. Only `text` and `absent` say something about the file; the others are for the user. */
export type ReadResult =
  | {
      readonly kind: "text";
      readonly text: string;
      /** False when bytes were no UTF-8: writing `text` back would change them. */
      readonly faithful: boolean;
      /** Where in `text` the first of those bytes is. */
      readonly brokenAt?: number;
    }
  /** `utf16` is the text of a file in that encoding with its mark at the start, which Compose reads and BuildKit does not. */
  | { readonly kind: "binary"; readonly utf16?: string }
  | { readonly kind: "absent" | "directory" | "too-large" | "unreadable" };

/** Bytes as text, a byte order mark kept. What is no text in any encoding that Docker reads is `binary`. */
export function decode(bytes: Uint8Array): ReadResult {
  const utf16 = decodeUtf16(bytes);
  if (utf16 !== undefined) return { kind: "binary", utf16 };
  // A NUL is in no text.
  if (bytes.includes(0)) return { kind: "binary" };
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!text.includes(REPLACEMENT)) return { kind: "text", text, faithful: true };
  // A few bytes in an old encoding are somebody's name in a comment; a tenth of the file is noise.
  const strange = text.split(REPLACEMENT).length - 1;
  if (strange > 16 && strange * 10 > text.length) return { kind: "binary" };
  const broken = firstDifference(Buffer.from(text, "utf8"), bytes);
  if (broken === undefined) return { kind: "text", text, faithful: true };
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, broken));
  return { kind: "text", text, faithful: false, brokenAt: text.lastIndexOf(REPLACEMENT, before.length) };
}

/** Undefined where the bytes do not begin with the mark of UTF-16, or are none. */
function decodeUtf16(bytes: Uint8Array): string | undefined {
  const mark = bytes.length % 2 === 0 ? `${bytes[0]} ${bytes[1]}` : "";
  if (mark !== "255 254" && mark !== "254 255") return undefined;
  const text = new TextDecoder(mark === "255 254" ? "utf-16le" : "utf-16be").decode(bytes);
  return text.includes(REPLACEMENT) || text.includes("\0") ? undefined : text;
}

/** Index of the first byte that is another one; undefined when there is none. */
function firstDifference(one: Uint8Array, other: Uint8Array): number | undefined {
  const end = Math.max(one.length, other.length);
  for (let at = 0; at < end; at++) if (one[at] !== other[at]) return at;
  return undefined;
}

/** What the decoder puts in place of bytes that are no UTF-8. */
const REPLACEMENT = "\uFFFD";

/** Do two readings give the same? */
export function isSameRead(one: ReadResult, other: ReadResult): boolean {
  if (one.kind !== "text" || other.kind !== "text") return one.kind === other.kind;
  return one.text === other.text && one.faithful === other.faithful;
}
