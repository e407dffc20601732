import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { pack } from "tar-stream";
import { expect, test } from "vitest";
import type { TarEntry } from "../../../../../client/src/sizes/layers/tar/tar-entry.ts";
import { TarReader } from "../../../../../client/src/sizes/layers/tar/tar-reader.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

interface Read {
  readonly entry: TarEntry;
  readonly content: string;
}

/** Reads an archive in parts of some size; the sink of every third entry makes the reader wait. */
async function read(archive: Buffer, partSize = archive.length): Promise<Read[]> {
  const found: Read[] = [];
  const reader = new TarReader((entry) => {
    const parts: Uint8Array[] = [];
    const waits = found.length % 3 === 0 ? () => Promise.resolve() : () => undefined;
    const at = found.push({ entry, content: "" }) - 1;
    return {
      write(part) {
        parts.push(Buffer.from(part));
        return waits();
      },
      end() {
        found[at] = { entry, content: Buffer.concat(parts).toString("latin1") };
        return waits();
      },
    };
  });
  for (let at = 0; at < archive.length; at += partSize)
    await reader.write(archive.subarray(at, at + partSize));
  await reader.end();
  return found;
}

/** GNU tar makes it, of a folder that `fill` fills. */
function tarOf(name: string, fill: (folder: string) => void, ...options: readonly string[]): Buffer {
  const root = join(temporaryFolder(), name);
  mkdirSync(root, { recursive: true });
  fill(root);
  return execFileSync("tar", ["-c", "--sort=name", ...options, "-C", root, "."], { maxBuffer: 1 << 28 });
}

const long = `${"directory-with-a-long-name/".repeat(12)}file.txt`;

test.each(["gnu", "pax", "ustar", "v7", "oldgnu"])("archives of GNU tar in the form %s", async (form) => {
  const archive = tarOf(
    `plain-${form}`,
    (root) => {
      mkdirSync(join(root, "sub"));
      writeFileSync(join(root, "a.txt"), "0123456789", { mode: 0o640 });
      writeFileSync(join(root, "empty"), "");
      linkSync(join(root, "a.txt"), join(root, "sub/hard"));
      symlinkSync("../a.txt", join(root, "sub/soft"));
    },
    `--format=${form}`,
    "--owner=1000",
    "--group=2000",
    "--numeric-owner",
  );
  const found = await read(archive);
  expect(
    found.map(({ entry: { name, kind, size, linkName }, content }) => [name, kind, size, linkName, content]),
  ).toEqual([
    ["./", "directory", 0, "", ""],
    ["./a.txt", "file", 10, "", "0123456789"],
    ["./empty", "file", 0, "", ""],
    ["./sub/", "directory", 0, "", ""],
    ["./sub/hard", "hard-link", 0, "./a.txt", ""],
    ["./sub/soft", "symlink", 0, "../a.txt", ""],
  ]);
  expect(found[1]?.entry).toMatchObject({ mode: 0o640, uid: 1000, gid: 2000 });
});

test.each(["gnu", "pax"])("names that are longer than a header's field, in the form %s", async (form) => {
  const archive = tarOf(
    `long-${form}`,
    (root) => {
      mkdirSync(join(root, long, ".."), { recursive: true });
      writeFileSync(join(root, long), "x");
      symlinkSync(long, join(root, "link"));
      writeFileSync(join(root, "ünï-名前"), "y");
    },
    `--format=${form}`,
  );
  const found = await read(archive);
  expect(found.find((it) => it.content === "x")?.entry.name).toBe(`./${long}`);
  expect(found.find((it) => it.entry.kind === "symlink")?.entry.linkName).toBe(long);
  expect(found.find((it) => it.content === "y")?.entry.name).toBe("./ünï-名前");
});

test.each([
  ["gnu", []],
  ["pax", ["--sparse-version=0.0"]],
  ["pax", ["--sparse-version=0.1"]],
  ["pax", ["--sparse-version=1.0"]],
])("a sparse file counts with its whole size, in the form %s %s", async (form, options) => {
  const archive = tarOf(
    `sparse-${form}-${options.join()}`,
    (root) => {
      writeFileSync(join(root, "sparse"), "start");
      truncateSync(join(root, "sparse"), 50_000_000);
      // Many holes need more of a map than a header has room for.
      const holes = Buffer.alloc(4096, "x");
      writeFileSync(join(root, "holes"), "");
      truncateSync(join(root, "holes"), 4096 * 200);
      execFileSync("sh", [
        "-c",
        'for i in $(seq 0 4 190); do dd if=/dev/stdin of="$0" bs=4096 seek=$i count=1 conv=notrunc status=none < "$1"; done',
        join(root, "holes"),
        file(holes),
      ]);
      writeFileSync(join(root, "z"), "behind");
    },
    "-S",
    `--format=${form}`,
    ...options,
  );
  const found = await read(archive, 1000);
  const sizes = Object.fromEntries(found.map(({ entry }) => [entry.name.replace(/^.*\//, ""), entry.size]));
  expect(sizes).toMatchObject({ sparse: 50_000_000, holes: 4096 * 200, z: 6 });
  expect(archive.length).toBeLessThan(1_000_000);
  expect(found.at(-1)?.content).toBe("behind");
});

function file(content: Buffer): string {
  const path = join(temporaryFolder(), "block");
  writeFileSync(path, content);
  return path;
}

test("in parts of any size it reads the same", async () => {
  const archive = await packed([
    { name: "a", size: 700, content: "a".repeat(700) },
    { name: `${"n".repeat(120)}`, size: 0, content: "" },
    { name: "b", size: 512, content: "b".repeat(512) },
    { name: "c", size: 1, content: "c" },
  ]);
  const whole = await read(archive);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) => {
      expect(await read(archive, size)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

async function packed(
  files: readonly { readonly name: string; readonly size: number; readonly content: string }[],
) {
  const archive = pack();
  for (const { name, content } of files) archive.entry({ name }, content);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test("an archive that breaks off says where, and what came before is right", async () => {
  const archive = await packed([
    { name: "a", size: 3, content: "aaa" },
    { name: "b", size: 900, content: "b".repeat(900) },
  ]);
  for (const [length, message] of [
    [0, "it is empty"],
    [100, "it breaks off after 100 bytes"],
    [514, "it breaks off after 514 bytes"],
    [1700, "it breaks off after 1,700 bytes"],
  ] as const) {
    await expect(read(archive.subarray(0, length))).rejects.toThrow(message);
  }
  // Without the zeros at its end it is whole all the same: some writers leave them out.
  expect(await read(archive.subarray(0, 1024 + 512 + 1024))).toHaveLength(2);
});

test("what is no archive is said to be none", async () => {
  await expect(read(Buffer.from("hello ".repeat(200)))).rejects.toThrow(
    "its header at byte 0 has a wrong checksum",
  );
  const archive = await packed([{ name: "a", size: 3, content: "aaa" }]);
  archive[130] = 0x37;
  await expect(read(archive)).rejects.toThrow("wrong checksum");
});

test("an empty archive of zeros has no entries", async () => {
  expect(await read(Buffer.alloc(1024))).toEqual([]);
});

test("a size too large for the digits", async () => {
  const header = Buffer.alloc(512);
  header.write("big", 0);
  header.write("0000644\0", 100);
  // 9 GB in binary, as GNU tar writes it.
  header[124] = 0x80;
  header.writeUIntBE(9_000_000_000, 130, 6);
  header.write("ustar  \0", 257);
  header[156] = 0x30;
  header.write("        ", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const sizes: number[] = [];
  const reader = new TarReader(({ size }) => {
    sizes.push(size);
    return undefined;
  });
  await reader.write(header);
  expect(sizes).toEqual([9_000_000_000]);
  expect(() => reader.end()).toThrow("it breaks off after 512 bytes");
});

test("any bytes end with an error or an answer, never hang", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      await read(Buffer.from(bytes), 700).catch((error: unknown) =>
        expect(error).toHaveProperty("name", "TarError"),
      );
    }),
  );
});
