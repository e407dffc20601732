import { expect, test } from "vitest";
import { listingFormat, readListing } from "../../../../client/src/sizes/layers/file-listing.ts";

const mark = "5f0c";
const roots = ["/p-1", "/p-10"];
const line = (text: string | Buffer) =>
  Buffer.concat([Buffer.from(`${mark} `), Buffer.from(text), Buffer.from("\n")]);
const read = (...lines: readonly (string | Buffer)[]) =>
  readListing(Buffer.concat(lines.map(line)), mark, roots);

test("asks for what both kinds of stat know", () => {
  expect(listingFormat(mark)).toBe("5f0c %f %s %u %g %d %i %h %N");
});

test("kinds, owners, modes and links, as GNU and as busybox write them, each to its root", () => {
  const listed = read(
    "41ed 4096 0 0 39 1 3 /p-1",
    "89ed 1000 0 5 39 2 1 /p-1/a b",
    "a1ff 6 1000 1000 39 3 1 /p-1/l -> m -> a -> b",
    "41ed 4096 0 0 40 1 3 /p-10",
    "a1ff 6 0 0 40 3 1 '/p-10/l -> m' -> 'a -> b'",
    "a1ff 0 0 0 40 3 1 '/p-10/to nothing' -> ''",
    "10a4 0 0 0 40 4 1 /p-10/pipe",
    "21b6 0 0 0 40 5 1 /p-10/null",
    "61b6 0 0 0 40 6 1 /p-10/disk",
    "c1ed 0 0 0 40 7 1 /p-10/socket",
    "43ff 4096 0 0 40 8 1 /p-10/sub",
  );
  expect(
    listed?.map((it) =>
      it.map(({ path, kind, size, mode, uid, gid, target }) => [
        path,
        kind,
        size,
        mode.toString(8),
        uid,
        gid,
        target,
      ]),
    ),
  ).toEqual([
    [
      ["/a b", "file", 1000, "4755", 0, 5, undefined],
      ["/l -> m", "symlink", 0, "777", 1000, 1000, "a -> b"],
    ],
    [
      ["/l -> m", "symlink", 0, "777", 0, 0, "a -> b"],
      ["/to nothing", "symlink", 0, "777", 0, 0, ""],
      ["/pipe", "fifo", 0, "244", 0, 0, undefined],
      ["/null", "device", 0, "666", 0, 0, undefined],
      ["/disk", "device", 0, "666", 0, 0, undefined],
      ["/socket", "other", 0, "755", 0, 0, undefined],
      ["/sub", "directory", 0, "1777", 0, 0, undefined],
    ],
  ]);
});

test("a file with several names counts once in each root, and names may hold what looks like another line", () => {
  const forged = "/p-1/x\n81a4 99 0 0 39 9 1 /p-1/forged";
  const listed = read(
    "81a4 10 0 0 39 2 2 /p-1/a",
    "81a4 10 0 0 39 2 2 /p-1/sub/b",
    "81a4 10 0 0 39 2 2 /p-10/a",
    `81a4 1 0 0 39 3 1 ${forged}`,
    Buffer.concat([Buffer.from("81a4 1 0 0 39 4 1 /p-1/"), Buffer.from([0xff])]),
  );
  expect(listed?.map((it) => it.map(({ path, kind, size, target }) => [path, kind, size, target]))).toEqual([
    [
      ["/a", "file", 10, undefined],
      ["/sub/b", "hard-link", 0, "/a"],
      [forged.slice(4), "file", 1, undefined],
      ["/\\xff", "file", 1, undefined],
    ],
    [["/a", "file", 10, undefined]],
  ]);
});

test("what was not printed so is no listing", () => {
  const right = line("81a4 1 0 0 39 3 1 /p-1/a");
  expect(readListing(Buffer.alloc(0), mark, roots)).toBeUndefined();
  expect(readListing(right.subarray(0, -1), mark, roots)).toBeUndefined();
  expect(readListing(Buffer.concat([Buffer.from("find: no\n"), right]), mark, roots)).toBeUndefined();
  expect(read("81a4 1 0 0 39 3 1 /elsewhere/a")).toBeUndefined();
  expect(read("81a4 1 0 0 39 3 /p-1/a")).toBeUndefined();
  expect(read("regular file 1 0 0 39 3 1 /p-1/a")).toBeUndefined();
  // A link whose length is another one.
  expect(read("a1ff 9 0 0 39 3 1 /p-1/l -> m")).toBeUndefined();
});
