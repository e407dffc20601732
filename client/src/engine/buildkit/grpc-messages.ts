/** The messages of a gRPC stream, which stand behind a compression byte and four of length (grpc.io, PROTOCOL-HTTP2). Each is put together once. */
export async function* messagesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  let needed = 5;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const [first = chunk, ...more] = parts;
      const whole = more.length === 0 ? first : Buffer.concat(parts);
      const end = 5 + whole.readUInt32BE(1);
      parts = [whole];
      needed = end;
      if (size < end) break;
      yield whole.subarray(5, end);
      parts = [whole.subarray(end)];
      size -= end;
      needed = 5;
    }
  }
}
