/** A header as it stands in an archive: each field as one wants it, right or wrong. */
export interface HandHeader {
  readonly name: string | Buffer;
  /** `0` when not given; `\0` is how files were told before POSIX. */
  readonly type?: string;
  /** Its digits; bytes for a number in another form. */
  readonly size?: number | Buffer;
  readonly mode?: number;
  readonly uid?: number | Buffer;
  readonly gid?: number;
  readonly linkName?: string | Buffer;
  /** Which form; v7 has no magic. */
  readonly form?: "ustar" | "gnu" | "v7";
  readonly prefix?: string;
  /** What follows, filled up to a block. */
  readonly content?: string | Buffer;
  /** More fields: their bytes by offset. */
  readonly at?: Readonly<Record<number, string | Buffer>>;
}

const magic = { ustar: "ustar\x0000", gnu: "ustar  \0", v7: "" } as const;

/** An archive written by hand, with its end. */
export function handTar(...headers: readonly HandHeader[]): Buffer {
  return Buffer.concat([...headers.map(handEntry), Buffer.alloc(1024)]);
}

function handEntry({ form = "ustar", content = "", at = {}, ...header }: HandHeader): Buffer {
  const block = Buffer.alloc(512);
  const bytes = Buffer.from(content);
  const put = (value: string | Buffer, offset: number) => void Buffer.from(value).copy(block, offset);
  put(header.name, 0);
  put(digits(header.mode ?? 0o644, 8), 100);
  put(digits(header.uid ?? 0, 8), 108);
  put(digits(header.gid ?? 0, 8), 116);
  put(digits(header.size ?? bytes.length, 12), 124);
  put(digits(0, 12), 136);
  put(header.type ?? "0", 156);
  put(header.linkName ?? "", 157);
  put(magic[form], 257);
  put(header.prefix ?? "", 345);
  for (const [offset, value] of Object.entries(at)) put(value, Number(offset));
  block.fill(0x20, 148, 156);
  put(
    digits(
      block.reduce((sum, it) => sum + it, 0),
      8,
    ),
    148,
  );
  return Buffer.concat([block, Buffer.concat([bytes], Math.ceil(bytes.length / 512) * 512)]);
}

/** A number in binary, as GNU tar writes what has no room in digits. */
export function base256(value: number, length: number): Buffer {
  const field = Buffer.alloc(length);
  field.writeUIntBE(value, length - 6, 6);
  field[0] = 0x80;
  return field;
}

/** An extended header (POSIX pax) with these records, in front of what it speaks of. */
export function paxHeader(
  records: Readonly<Record<string, string | Buffer>>,
  type: "x" | "g" = "x",
): HandHeader {
  const content = Object.entries(records).map(([key, value]) => {
    const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from("\n")]);
    let length = body.length;
    while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length;
    return Buffer.concat([Buffer.from(`${length}`), body]);
  });
  return { name: "PaxHeaders/0", type, content: Buffer.concat(content) };
}

/** The long name of what follows, in GNU's form: `L` a path, `K` where a link leads. */
export function gnuLong(type: "L" | "K", text: string): HandHeader {
  return { name: "././@LongLink", type, form: "gnu", content: `${text}\0` };
}

function digits(value: number | Buffer, length: number): string | Buffer {
  return typeof value === "number" ? `${value.toString(8).padStart(length - 1, "0")}\0` : value;
}
