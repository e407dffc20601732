/** One piece of a container's output. */
export interface Output {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

const headerLength = 8;

/**
 * Splits the engine's multiplexed output (of a container without a terminal): frames of 8 bytes of header, where byte 0 is the
 * stream (1 stdout, 2 stderr) and bytes 4 to 7 the length, big endian (Engine API, “Attach to a container”). A frame may end
 * in the middle of a character, and a chunk in the middle of a frame.
 */
export async function* demultiplexed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Output> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= headerLength) {
      const length = rest.readUInt32BE(at + 4);
      const end = at + headerLength + length;
      if (rest.length < end) break;
      const stream = rest[at] === 2 ? "stderr" : "stdout";
      const text = decoders[stream].decode(rest.subarray(at + headerLength, end), { stream: true });
      if (text !== "") yield { stream, text };
      at = end;
    }
    rest = rest.subarray(at);
  }
}

/** The output of a container with a terminal, which has one stream and no frames. */
export async function* plainOutput(chunks: AsyncIterable<Buffer>): AsyncGenerator<Output> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield { stream: "stdout", text };
  }
}
