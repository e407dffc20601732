import { expect, test } from "vitest";
import { demultiplexed, type Output } from "../../../client/src/engine/containers/logs.ts";

function frame(stream: 1 | 2, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

async function read(bytes: Buffer, size: number): Promise<readonly Output[]> {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const all: Output[] = [];
  for await (const output of demultiplexed(chunks())) all.push(output);
  return all;
}

test.each([1, 3, 8, 9, 1000])("two streams, in chunks of %d bytes", async (size) => {
  const letter = Buffer.from("ż");
  const bytes = Buffer.concat([
    frame(1, "one\n"),
    frame(2, "two\n"),
    frame(1, ""),
    // A character cut by a frame of the other stream.
    frame(1, letter.subarray(0, 1)),
    frame(2, "three\n"),
    frame(1, letter.subarray(1)),
  ]);
  expect(await read(bytes, size)).toEqual([
    { stream: "stdout", text: "one\n" },
    { stream: "stderr", text: "two\n" },
    { stream: "stderr", text: "three\n" },
    { stream: "stdout", text: "ż" },
  ]);
});
