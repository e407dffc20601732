import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { partsOf } from "../../../client/src/engine/images/parts.ts";

async function all(stream: Readable): Promise<string> {
  const parts: string[] = [];
  for await (const part of partsOf(stream)) {
    parts.push(part.toString());
    if (parts.length % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return parts.join(" ");
}

test("all parts in their order, however slow they are taken", async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => `${index}`);
  expect(await all(Readable.from(numbers.map((it) => Buffer.from(it))))).toBe(numbers.join(" "));
  expect(await all(Readable.from([]))).toBe("");
});

test("a stream that nobody empties is held back", async () => {
  let made = 0;
  const stream = new Readable({
    highWaterMark: 1,
    read() {
      this.push(made++ < 10_000 ? Buffer.alloc(10) : null);
    },
  });
  const parts = partsOf(stream);
  await parts.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made).toBeLessThan(200);
  await parts.return(undefined);
  expect(stream.destroyed).toBe(true);
});

test("an error comes after the parts before it, and so does an answer that breaks off", async () => {
  for (const fail of [
    (it: PassThrough) => it.destroy(new Error("lost")),
    (it: PassThrough) => it.destroy(),
  ]) {
    const stream = new PassThrough();
    const parts = partsOf(stream);
    stream.write("one");
    expect((await parts.next()).value?.toString()).toBe("one");
    fail(stream);
    await expect(parts.next()).rejects.toThrow(/lost|aborted/);
  }
});
