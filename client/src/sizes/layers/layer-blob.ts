import { Transform } from "node:stream";
import * as zlib from "node:zlib";
import type { Layer } from "./layer.ts";
import { LayerReader } from "./layer-reader.ts";
import { measuredBlob } from "./measured-blob.ts";
import type { TarSink } from "./tar/tar-entry.ts";
import { type FrameSink, ZstdFrames } from "./zstd-frames.ts";

export type Compression = "none" | "gzip" | "zstd";

/** By its first bytes (RFC 1952, RFC 8878). */
export function compressionOf(start: Uint8Array): Compression {
  if (start[0] === 0x1f && start[1] === 0x8b) return "gzip";
  return start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd ? "zstd" : "none";
}

/** Takes a layer's archive as it is unpacked. `end` throws what is wrong with it as a sentence's end. */
export interface BlobReader<T> {
  write(part: Uint8Array): void | Promise<void>;
  end(): T;
}

/** A layer as it is stored, which is unpacked on the way. `done` throws what is wrong with it as a sentence's end. */
export interface Blob<T> extends TarSink {
  done(): T;
}

export type LayerBlob = Blob<Layer>;

/** `diffId` where it is known; it is computed else. `transfer`: what is stored unpacked is packed too, to know what that weighs. */
export function layerBlob(
  compression: Compression,
  diffId: string | undefined,
  options: { readonly hashes: boolean; readonly transfer?: boolean },
): LayerBlob {
  const blob = unpackedBlob(compression, new LayerReader(diffId, options));
  return options.transfer && compression === "none" ? measuredBlob(blob) : blob;
}

/** Hands what is stored to a reader, unpacked. */
export function unpackedBlob<T>(compression: Compression, reader: BlobReader<T>): Blob<T> {
  return compression === "none" ? plainBlob(reader) : compressedBlob(reader, compression);
}

/** After the first mistake the rest is passed over: the layers behind it may be sound. */
function plainBlob<T>(reader: BlobReader<T>): Blob<T> {
  let failure: unknown;
  return {
    write(part) {
      if (failure !== undefined) return undefined;
      try {
        return reader.write(part);
      } catch (error) {
        failure = error;
        return undefined;
      }
    },
    end: () => undefined,
    done() {
      if (failure !== undefined) throw failure;
      return reader.end();
    },
  };
}

function compressedBlob<T>(reader: BlobReader<T>, compression: "gzip" | "zstd"): Blob<T> {
  const stream = decompressor(compression);
  const pieces = new Pieces(stream);
  const frames = compression === "zstd" ? new ZstdFrames() : undefined;
  let failure: unknown;
  let goOn: () => void = () => {};
  const fail = (error: unknown) => {
    failure ??= error;
    stream.destroy();
  };
  stream.on("error", fail);
  stream.on("drain", () => goOn());
  stream.on("close", () => goOn());
  stream.on("data", (part: Buffer) => {
    try {
      void reader.write(part);
    } catch (error) {
      fail(error);
    }
  });
  // Until it has room again, or is done.
  const settled = () =>
    new Promise<void>((resolve) => {
      goOn = resolve;
    });
  return {
    write(part) {
      if (stream.destroyed) return undefined;
      if (frames) frames.write(part, pieces);
      else pieces.bytes(part);
      return stream.writableNeedDrain && !stream.destroyed ? settled() : undefined;
    },
    end() {
      if (stream.destroyed) return undefined;
      pieces.end();
      stream.removeAllListeners("drain");
      const closed = settled();
      stream.end();
      return closed;
    },
    done() {
      if (failure !== undefined)
        throw failure instanceof Error && "code" in failure
          ? new Error(`its compressed data is damaged (${failure.message})`)
          : failure;
      return reader.end();
    },
  };
}

/**
 * Each part that is unpacked goes from thread to thread and back: with the usual 16 kB, or 64 kB as they come, that takes longer
 * than to unpack it.
 */
const PIECE = 512 * 1024;
const LARGE_PARTS = { chunkSize: PIECE, writableHighWaterMark: 2 * PIECE };

/** Puts parts together for a decompressor. Copies them: the source may use its buffer again. */
class Pieces implements FrameSink {
  readonly #stream: Transform;
  #piece: Buffer | undefined;
  #filled = 0;

  constructor(stream: Transform) {
    this.#stream = stream;
  }

  bytes(part: Uint8Array): void {
    for (let at = 0; at < part.length; ) {
      this.#piece ??= Buffer.allocUnsafe(PIECE);
      const count = Math.min(part.length - at, this.#piece.length - this.#filled);
      this.#piece.set(part.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === this.#piece.length) this.end();
    }
  }

  /** Hands on what is there. */
  end(): void {
    if (this.#piece === undefined || this.#filled === 0 || this.#stream.destroyed) return;
    this.#stream.write(this.#piece.subarray(0, this.#filled));
    // A frame may be small, so that its piece has room for more.
    const rest = this.#piece.subarray(this.#filled);
    this.#piece = rest.length > 0 ? rest : undefined;
    this.#filled = 0;
  }
}

/** zstd came to Node with 22.15; an older editor has none. */
function decompressor(compression: "gzip" | "zstd"): Transform {
  if (compression === "gzip") return zlib.createGunzip(LARGE_PARTS);
  if (typeof zlib.createZstdDecompress === "function") return zlib.createZstdDecompress(LARGE_PARTS);
  return new Transform({
    transform: (_part, _encoding, done) =>
      done(new Error("it is packed with zstd, which needs a newer editor")),
  });
}
