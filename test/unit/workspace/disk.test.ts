import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decode } from "../../../server/src/workspace/decode.ts";
import { Disk } from "../../../server/src/workspace/disk.ts";
import { LARGEST_FILE } from "../../../server/src/workspace/look-at-disk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("reading", () => {
  test("a text as it is, byte order mark and line ends kept", () => {
    const folder = temporaryFolder({ Dockerfile: "\uFEFFFROM a\r\n" });
    expect(new Disk().read(join(folder, "Dockerfile"))).toEqual({
      kind: "text",
      text: "\uFEFFFROM a\r\n",
      faithful: true,
    });
  });

  test("what was read is remembered; what stands there now can be asked for, and is remembered then", () => {
    const file = join(temporaryFolder({ Dockerfile: "FROM a\n" }), "Dockerfile");
    const disk = new Disk();
    disk.read(file);
    writeFileSync(file, "FROM b\n");
    expect(disk.read(file)).toMatchObject({ text: "FROM a\n" });
    const { generation } = disk;
    expect(disk.readNow(file)).toMatchObject({ text: "FROM b\n" });
    expect(disk.generation).not.toBe(generation);
    expect(disk.read(file)).toMatchObject({ text: "FROM b\n" });
    // What is as it was makes nothing old.
    const { generation: later } = disk;
    disk.readNow(file);
    expect(disk.generation).toBe(later);
  });

  test("what cannot be read says why", () => {
    const folder = temporaryFolder({
      junk: Uint8Array.of(1, 0, 2),
      large: Buffer.alloc(LARGEST_FILE + 1, "a"),
    });
    const disk = new Disk();
    expect(disk.read(folder).kind).toBe("directory");
    expect(disk.read(join(folder, "none")).kind).toBe("absent");
    expect(disk.read(join(folder, "junk", "below")).kind).toBe("absent");
    expect(disk.read(join(folder, "junk")).kind).toBe("binary");
    expect(disk.read(join(folder, "large")).kind).toBe("too-large");
  });

  test.skipIf(process.platform === "win32")("a pipe is not waited for", () => {
    const folder = temporaryFolder();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(new Disk().read(join(folder, "pipe")).kind).toBe("unreadable");
  });

  test("bytes that are no UTF-8 are told, a replacement character that was written is not one", () => {
    expect(decode(Buffer.from([0x23, 0x20, 0xe9, 0x0a]))).toMatchObject({ kind: "text", faithful: false });
    expect(decode(Buffer.from("# \uFFFD\n"))).toMatchObject({ kind: "text", faithful: true });
  });

  test("where the first of such bytes is", () => {
    const bytes = Buffer.concat([Buffer.from("# é \uFFFD 😀 "), Buffer.from([0xe9]), Buffer.from(" é\n")]);
    expect(decode(bytes)).toMatchObject({ text: "# é \uFFFD 😀 \uFFFD é\n", brokenAt: 9 });
  });

  test("UTF-16 is told by its mark", () => {
    const text = "services: {}\n";
    const little = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(decode(little)).toEqual({ kind: "binary", utf16: text });
    expect(decode(Buffer.from(little).swap16())).toEqual({ kind: "binary", utf16: text });
    expect(decode(Buffer.from(text, "utf16le"))).toEqual({ kind: "binary" });
    expect(decode(Buffer.from(`\uFEFFa\0b`, "utf16le"))).toEqual({ kind: "binary" });
  });

  test("noise without a NUL is binary as well", () => {
    const noise = Uint8Array.from({ length: 300 }, (_, at) => 1 + ((at * 97) % 255));
    expect(decode(noise).kind).toBe("binary");
  });
});

describe("remembering", () => {
  test("until it is told to forget", () => {
    const folder = temporaryFolder({ a: "1" });
    const disk = new Disk();
    const path = join(folder, "a");
    const before = disk.generation;
    expect([disk.read(path), disk.kindOf(path), disk.list(folder)]).toEqual([
      { kind: "text", text: "1", faithful: true },
      "file",
      ["a"],
    ]);
    rmSync(path);
    writeFileSync(join(folder, "b"), "");
    expect(disk.kindOf(path)).toBe("file");
    disk.forget(path);
    expect(disk.generation).not.toBe(before);
    expect([disk.read(path).kind, disk.kindOf(path), disk.list(folder)]).toEqual(["absent", "absent", ["b"]]);
  });
});

describe("a build context", () => {
  test("answers for what is inside, and for nothing else", () => {
    const folder = temporaryFolder({
      "context/go.mod": "module x",
      "context/cmd/main.go": "",
      outside: "secret",
    });
    const context = new Disk().contextAt(join(folder, "context"));
    expect(context.exists("go.mod")).toBe("file");
    expect(context.exists("/cmd/")).toBe("directory");
    expect(context.exists("none")).toBe("absent");
    expect(context.exists("../outside")).toBe("unknown");
    expect(context.read("../outside")).toBeUndefined();
    expect(context.list("")).toEqual(["cmd", "go.mod"]);
    expect(context.read("go.mod")).toBe("module x");
  });

  test("reads the Dockerfile's own ignore file, else the folder's", () => {
    const folder = temporaryFolder({
      "context/.dockerignore": "dist\n",
      "context/dist/a": "",
      "docker/Dockerfile.dockerignore": "*\n!dist\n",
    });
    const at = (dockerfile?: string) => new Disk().contextAt(join(folder, "context"), dockerfile);
    expect(at().isIgnored("dist").is).toBe("yes");
    expect(at(join(folder, "context/Dockerfile")).isIgnored("./dist/a").by?.pattern).toBe("dist");
    const own = at(join(folder, "docker/Dockerfile"));
    expect(own.ignoreFile).toMatchObject({ kind: "read", own: true, text: "*\n!dist\n" });
    expect([own.isIgnored("dist/a").is, own.isIgnored("other").is]).toEqual(["no", "yes"]);
    expect(own.isIgnored("../outside").is).toBe("unknown");
  });

  test("an ignore file that Docker refuses or nobody can read leaves it open", () => {
    const folder = temporaryFolder({ "one/.dockerignore": "[a\n", "two/.dockerignore/x": "" });
    for (const name of ["one", "two"]) {
      const context = new Disk().contextAt(join(folder, name));
      expect(context.ignoreFile.kind).toBe("unreadable");
      expect(context.isIgnored("a").is).toBe("unknown");
    }
    expect(new Disk().contextAt(folder, join(folder, "docker/Dockerfile")).ignoreFile).toEqual({
      kind: "none",
      common: join(folder, ".dockerignore"),
      own: join(folder, "docker/Dockerfile.dockerignore"),
    });
  });

  test("an ignore file whose bytes are no UTF-8 is read, but has no text to write back", () => {
    const folder = temporaryFolder({ ".dockerignore": Buffer.from([0xe9, 0x0a, 0x61, 0x0a]) });
    const context = new Disk().contextAt(folder);
    expect(context.ignoreFile).toMatchObject({ kind: "read", text: undefined });
    expect(context.isIgnored("a").is).toBe("yes");
  });
});
