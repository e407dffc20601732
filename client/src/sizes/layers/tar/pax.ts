import { TarError } from "./tar-entry.ts";
import { nameOf } from "./tar-name.ts";

/** Records of an extended header: `30 path=usr/share/…\n`, where the number counts the bytes of the whole record. */
export function readPax(bytes: Buffer, at: number): Map<string, string> {
  const records = new Map<string, string>();
  let start = 0;
  while (start < bytes.length) {
    const blank = bytes.indexOf(0x20, start);
    const length = blank < 0 ? Number.NaN : Number(bytes.toString("latin1", start, blank));
    const end = start + length;
    if (!(length > 0) || end > bytes.length || bytes[end - 1] !== 0x0a)
      throw new TarError(`its extended header at byte ${at} cannot be read`);
    const equals = bytes.indexOf(0x3d, blank);
    if (equals > 0 && equals < end)
      records.set(bytes.toString("utf8", blank + 1, equals), nameOf(bytes.subarray(equals + 1, end - 1)));
    start = end;
  }
  return records;
}
