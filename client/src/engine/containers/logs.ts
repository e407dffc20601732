/** One piece of a container's output. */
export interface Output {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

const headerLength = 8;

/** The same before it is text. */
export interface OutputBytes {
  readonly stream: Output["stream"];
  readonly bytes: Buffer;
}

/**
 * Splits the engine's multiplexed output (of a container without a terminal): frames of 8 bytes of header, where byte 0 is the
 * stream (1 stdout, 2 stderr) and bytes 4 to 7 the length, big endian (Engine API, “Attach to a container”). A chunk may end in the
 * middle of a frame.
 */
export async function* outputFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<OutputBytes> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= headerLength) {
      const length = rest.readUInt32BE(at + 4);
      const end = at + headerLength + length;
      if (rest.length < end) break;
      yield { stream: rest[at] === 2 ? "stderr" : "stdout", bytes: rest.subarray(at + headerLength, end) };
      at = end;
    }
    rest = rest.subarray(at);
  }
}

/** The same as text: a frame may end in the middle of a character. */
export async function* demultiplexed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Output> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  for await (const { stream, bytes } of outputFrames(chunks)) {
    const text = decoders[stream].decode(bytes, { stream: true });
    if (text !== "") yield { stream, text };
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
