import { describe, expect, test } from "vitest";
import type { FileQuery } from "../../../../client/src/shared/file-messages.ts";
import { FileList } from "../../../../client/src/sizes/comparison/file-list.ts";
import { filesOf, layer } from "../layers.ts";

const files = filesOf([
  [
    layer("+ /bin/sh 100 s", "+ /lib/a.so.1 40 a", "+ /lib/b.so 30 b"),
    layer("+ /etc/conf 5 old", "> /bin/ash sh"),
  ],
  [
    layer("+ /bin/sh 100 s", ["+ /lib/b.so 30 b", { mode: 0o4755, uid: 7 }]),
    layer("+ /etc/conf 9 new", "+ /app 70 x"),
  ],
]);
const instructions = [
  ["FROM a", "COPY conf /etc/"],
  ["FROM b", "COPY . /"],
];
const list = new FileList(files, (image, layer) => {
  const instruction = instructions[image]?.[layer];
  return instruction === undefined ? undefined : { instruction, order: layer };
});
const all: FileQuery = {
  directory: "/",
  show: "files",
  text: "",
  statuses: [],
  image: 1,
  sort: { by: "path", image: 0, descending: false },
};
const paths = (query: Partial<FileQuery>) =>
  list.window({ ...all, ...query }, 0, 100).rows.map((it) => it.path);

test("every file below, or what a directory holds itself", () => {
  expect(paths({})).toEqual(["/app", "/bin/ash", "/bin/sh", "/etc/conf", "/lib/a.so.1", "/lib/b.so"]);
  expect(paths({ show: "entries" })).toEqual(["/app", "/bin", "/etc", "/lib"]);
  expect(paths({ directory: "/lib", show: "entries" })).toEqual(["/lib/a.so.1", "/lib/b.so"]);
  expect(paths({ directory: "/not/there" })).toEqual([]);
});

test("a row has all that the page shows", () => {
  const rows = list.window(all, 0, 100).rows;
  expect(rows[1]).toEqual({
    ...{ path: "/bin/ash", shown: "bin/ash", isDirectory: false, target: "sh" },
    ...{ sizes: [0, null], difference: 0, status: "removed", files: 0, filesBefore: 0 },
    ...{ instruction: "COPY conf /etc/", access: "rw-r--r-- 0:0", accessBefore: null },
  });
  expect(rows[5]).toMatchObject({
    ...{ sizes: [30, 30], status: "metadata", instruction: "FROM b" },
    ...{ access: "rwsr-xr-x 7:0", accessBefore: "rw-r--r-- 0:0" },
  });
  const [directory] = list.window({ ...all, show: "entries", text: "lib" }, 0, 9).rows;
  expect(directory).toMatchObject({
    isDirectory: true,
    files: 1,
    filesBefore: 2,
    sizes: [70, 30],
    difference: -40,
  });
});

test("from its directory on", () => {
  expect(list.window({ ...all, directory: "/lib" }, 0, 9).rows.map((it) => it.shown)).toEqual([
    "a.so.1",
    "b.so",
  ]);
});

describe("sorted", () => {
  test.each([
    ["size", 1, true, ["/bin/sh", "/app", "/lib/b.so", "/etc/conf", "/bin/ash", "/lib/a.so.1"]],
    ["difference", 1, true, ["/app", "/lib/a.so.1", "/etc/conf", "/bin/ash", "/bin/sh", "/lib/b.so"]],
    ["status", 1, false, ["/app", "/bin/ash", "/lib/a.so.1", "/etc/conf", "/lib/b.so", "/bin/sh"]],
    ["path", 0, true, ["/lib/b.so", "/lib/a.so.1", "/etc/conf", "/bin/sh", "/bin/ash", "/app"]],
    ["layer", 1, false, ["/bin/sh", "/lib/a.so.1", "/lib/b.so", "/app", "/bin/ash", "/etc/conf"]],
  ] as const)("by %s", (by, image, descending, expected) => {
    expect(paths({ sort: { by, image, descending } })).toEqual(expected);
  });
});

test("filtered by text and by status; the counts of each status stay", () => {
  expect(paths({ text: "SO" })).toEqual(["/lib/a.so.1", "/lib/b.so"]);
  expect(paths({ statuses: ["added", "changed"] })).toEqual(["/app", "/etc/conf"]);
  const { byStatus, count, sums } = list.window({ ...all, statuses: ["changed"] }, 0, 9);
  expect([count, sums]).toEqual([1, [5, 9]]);
  expect(byStatus).toEqual({ added: 1, removed: 2, changed: 1, metadata: 1, same: 1, absent: 0 });
});

test("in windows, never beyond the end", () => {
  const window = (start: number, count: number) => {
    const it = list.window(all, start, count);
    return [it.start, it.count, ...it.rows.map((row) => row.path)];
  };
  expect(window(1, 2)).toEqual([1, 6, "/bin/ash", "/bin/sh"]);
  expect(window(5, 100)).toEqual([5, 6, "/lib/b.so"]);
  expect(window(50, 100)).toEqual([6, 6]);
  expect(window(-3, 1)).toEqual([0, 6, "/app"]);
});

test("of three images, what neither of the two at hand has is left out", () => {
  const three = filesOf([[layer("+ /a 1 a")], [layer("+ /b 1 b")], [layer("+ /c 1 c")]]);
  const of = (image: number) =>
    new FileList(three, () => undefined)
      .window({ ...all, image }, 0, 9)
      .rows.map((it) => [it.path, it.status]);
  expect(of(1)).toEqual([
    ["/a", "removed"],
    ["/b", "added"],
  ]);
  expect(of(2)).toEqual([
    ["/a", "removed"],
    ["/c", "added"],
  ]);
});
