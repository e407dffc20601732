import { createGzip } from "node:zlib";
import type { Layer } from "./layer.ts";
import type { Blob } from "./layer-blob.ts";

/** Each part that is packed goes from thread to thread. */
const LARGE_PARTS = { chunkSize: 512 * 1024 };

/**
 * Hands a layer on, and packs it on the way as a push does: gzip at its usual level (moby, pkg/archive; engines pack a few
 * percent tighter, 28.5.2 by two). Packing is what takes the time: some 30 MB a second.
 */
export function measuredBlob(blob: Blob<Layer>): Blob<Layer> {
  const gzip = createGzip(LARGE_PARTS);
  let transfer = 0;
  let wake = () => {};
  gzip.on("data", (part: Buffer) => {
    transfer += part.length;
  });
  gzip.on("drain", () => wake());
  gzip.on("end", () => wake());
  const woken = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    async write(part) {
      // The source may use its buffer again before this was packed.
      const hasRoom = gzip.write(Uint8Array.from(part));
      const room = hasRoom ? undefined : woken();
      await blob.write(part);
      await room;
    },
    async end() {
      const packed = woken();
      gzip.end();
      await blob.end();
      await packed;
    },
    done: () => ({ ...blob.done(), transfer }),
  };
}
