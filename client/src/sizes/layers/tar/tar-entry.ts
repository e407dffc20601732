/** What one entry of a tar archive says of itself, its extended headers taken into account. */
export interface TarEntry {
  /** As written, which may begin with `./` or `/`. */
  readonly name: string;
  readonly kind: "file" | "directory" | "symlink" | "hard-link" | "device" | "fifo" | "other";
  /** Bytes of the file when it is unpacked; 0 for all that has no content of its own, such as a hard link. */
  readonly size: number;
  /** Bytes that follow in the archive; fewer than `size` for a sparse file. */
  readonly storedSize: number;
  /** Permission bits with set-uid, set-gid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a link leads, as written; empty for what is no link. */
  readonly linkName: string;
}

/** Takes an entry's stored bytes. A promise makes the reader wait. */
export interface TarSink {
  write(part: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
}

/** What is wrong with an archive, as the end of a sentence: `its header at byte 512 has a wrong checksum`. */
export class TarError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TarError";
  }
}
