import { chmodSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BuildContext, openContext } from "../../../client/src/engine/context/context.ts";
import { folderTree, type Tree } from "../../support/folder-tree.ts";

interface Entry {
  readonly type: string;
  readonly mode: number;
  readonly mtime: number;
  readonly owner: string;
  readonly linkname: string | undefined;
  readonly content: string;
}

/** Unpacks the archive as the engine would. */
async function entriesOf({ stream }: BuildContext): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const unpack = extract();
  unpack.on("entry", (header, body, next) => {
    const pieces: Buffer[] = [];
    body.on("data", (piece) => pieces.push(piece as Buffer));
    body.on("end", () => {
      expect(entries.has(header.name), `${header.name} is sent once`).toBe(false);
      entries.set(header.name, {
        type: header.type ?? "",
        mode: header.mode ?? 0,
        mtime: header.mtime?.getTime() ?? 0,
        owner: `${header.uid}:${header.gid}`,
        linkname: header.linkname ?? undefined,
        content: Buffer.concat(pieces).toString("latin1"),
      });
      next();
    });
  });
  await pipeline(stream, unpack as unknown as NodeJS.WritableStream);
  return entries;
}

async function contextOf(tree: Tree, dockerfile = "Dockerfile"): Promise<BuildContext & { folder: string }> {
  const folder = folderTree(tree);
  return Object.assign(await openContext({ context: folder, dockerfile: path.join(folder, dockerfile) }), {
    folder,
  });
}

async function sent(tree: Tree, dockerfile = "Dockerfile"): Promise<readonly string[]> {
  return [...(await entriesOf(await contextOf(tree, dockerfile))).keys()].sort();
}

describe("what is sent", () => {
  test("files, folders and links, with modes and times, owned by root", async () => {
    const folder = folderTree({
      Dockerfile: "FROM scratch\n",
      "bin/run.sh": "#!/bin/sh\n",
      "bin/here": { link: "../bin/run.sh" },
      dangling: { link: "nowhere" },
      "empty/": "",
      "name with ü.txt": "x",
      [`${"long-folder-name/".repeat(12)}file`]: "deep",
    });
    chmodSync(path.join(folder, "bin/run.sh"), 0o751);
    utimesSync(path.join(folder, "bin/run.sh"), 1_700_000_000, 1_700_000_000);
    const context = await openContext({ context: folder, dockerfile: path.join(folder, "Dockerfile") });
    const entries = await entriesOf(context);
    expect(entries.get("bin/run.sh")).toEqual({
      type: "file",
      mode: 0o751,
      mtime: 1_700_000_000_000,
      owner: "0:0",
      linkname: undefined,
      content: "#!/bin/sh\n",
    });
    expect(entries.get("bin/here")).toMatchObject({ type: "symlink", linkname: "../bin/run.sh" });
    expect(entries.get("dangling")).toMatchObject({ type: "symlink", linkname: "nowhere" });
    expect(entries.get("empty")).toMatchObject({ type: "directory" });
    expect(entries.get("name with ü.txt")?.content).toBe("x");
    expect(entries.get(`${"long-folder-name/".repeat(12)}file`)?.content).toBe("deep");
    expect(context.sent).toEqual({ files: 4, bytes: 13 + 10 + 1 + 4, complete: true });
    expect(context.dockerfile).toBe("Dockerfile");
  });

  test("files of every size around the limits of reading ahead and of the archive's blocks", async () => {
    const sizes = [0, 1, 511, 512, 513, 256 * 1024, 256 * 1024 + 1, 3_000_000];
    const tree = Object.fromEntries(sizes.map((size) => [`f${size}`, Buffer.alloc(size, `${size},`)]));
    const context = await contextOf({ Dockerfile: "", ...tree });
    const entries = await entriesOf(context);
    for (const size of sizes) {
      const content = entries.get(`f${size}`)?.content ?? "";
      expect(content.length).toBe(size);
      expect(content === (tree[`f${size}`] as Buffer).toString("latin1")).toBe(true);
    }
    expect(context.sent.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  test("a thousand small files, in order", async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `d${index % 7}/f${index}`);
    const all = await sent({ Dockerfile: "", ...Object.fromEntries(names.map((name) => [name, name])) });
    expect(all.filter((it) => it.includes("/"))).toHaveLength(1000);
  });
});

describe("what the ignore file leaves out", () => {
  test("folders are not walked, exceptions come back with their folders", async () => {
    expect(
      await sent({
        Dockerfile: "",
        ".dockerignore": "node_modules\n**/*.log\ndocs\n!docs/keep/me.md\n",
        "node_modules/a/b.js": "",
        "src/a.log": "",
        "src/a.go": "",
        "docs/other.md": "",
        "docs/keep/me.md": "",
        "docs/keep/not.md": "",
        "docs/drop/x.md": "",
      }),
    ).toEqual([".dockerignore", "Dockerfile", "docs", "docs/keep", "docs/keep/me.md", "src", "src/a.go"]);
  });

  test("the Dockerfile is sent all the same", async () => {
    expect(
      await sent({ Dockerfile: "FROM scratch", ".dockerignore": "*\n!src", "src/a": "", b: "" }),
    ).toEqual([".dockerignore", "Dockerfile", "src", "src/a"]);
    expect(
      await sent({ "docker/Dockerfile": "", ".dockerignore": "docker", a: "" }, "docker/Dockerfile"),
    ).toEqual([".dockerignore", "a", "docker/Dockerfile"]);
  });

  test("the Dockerfile's own ignore file stands in for the common one", async () => {
    const tree = {
      "web.Dockerfile": "",
      "web.Dockerfile.dockerignore": "b",
      ".dockerignore": "a",
      a: "",
      b: "",
    };
    expect(await sent(tree, "web.Dockerfile")).toEqual([
      ".dockerignore",
      "a",
      "web.Dockerfile",
      "web.Dockerfile.dockerignore",
    ]);
  });

  test("a pattern that Docker refuses is refused with its line", async () => {
    await expect(contextOf({ Dockerfile: "", ".dockerignore": "a\n[b\n" })).rejects.toThrow(
      /^\.dockerignore, line 2: “\[b”/,
    );
  });
});

describe("a Dockerfile outside the context", () => {
  test("gets a name of its own, the same for the same text", async () => {
    const outside = folderTree({ Dockerfile: "FROM scratch\nCOPY . /\n" });
    const folder = folderTree({ Dockerfile: "FROM other", a: "" });
    const source = { context: folder, dockerfile: path.join(outside, "Dockerfile") };
    const context = await openContext(source);
    const entries = await entriesOf(context);
    expect([...entries.keys()].sort()).toEqual(
      [".dockerignore", context.dockerfile, "Dockerfile", "a"].sort(),
    );
    expect(entries.get(context.dockerfile)?.content).toBe("FROM scratch\nCOPY . /\n");
    expect(context.dockerfile).toMatch(/^\.plimsoll-[0-9a-f]{12}\.Dockerfile$/);
    const again = await openContext(source);
    again.stream.destroy();
    expect(again.dockerfile).toBe(context.dockerfile);
  });

  test("also when a link in the context leads to it", async () => {
    const outside = folderTree({ real: "FROM scratch\n" });
    const context = await contextOf({ Dockerfile: { link: path.join(outside, "real") }, a: "" });
    expect((await entriesOf(context)).get(context.dockerfile)?.content).toBe("FROM scratch\n");
  });

  test("a context reached through a link holds its Dockerfile", async () => {
    const folder = folderTree({ "real/Dockerfile": "FROM scratch\n", linked: { link: "real" } });
    const context = await openContext({
      context: path.join(folder, "linked"),
      dockerfile: path.join(folder, "linked/Dockerfile"),
    });
    expect([...(await entriesOf(context)).keys()]).toEqual(["Dockerfile"]);
  });
});

describe("what goes wrong", () => {
  test("no folder, no Dockerfile", async () => {
    const folder = folderTree({ file: "" });
    await expect(openContext({ context: path.join(folder, "file"), dockerfile: "/x" })).rejects.toThrow(
      /is no folder/,
    );
    await expect(openContext({ context: folder, dockerfile: path.join(folder, "x") })).rejects.toThrow(
      /x cannot be read: it does not exist/,
    );
  });

  test("a socket is left out, and said to be", async () => {
    const folder = folderTree({ Dockerfile: "" });
    const server = createServer().listen(path.join(folder, "s.sock"));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const context = await openContext({ context: folder, dockerfile: path.join(folder, "Dockerfile") });
    expect([...(await entriesOf(context)).keys()]).toEqual(["Dockerfile"]);
    expect(context.skipped).toEqual([
      "s.sock was left out of the build context: it is no file, folder or link.",
    ]);
  });

  test("a large file that shrinks ends the stream with a sentence", async () => {
    const folder = folderTree({ Dockerfile: "", big: Buffer.alloc(4_000_000) });
    const context = await openContext({ context: folder, dockerfile: path.join(folder, "Dockerfile") });
    const reading = (async () => {
      for await (const _ of context.stream) truncateSync(path.join(folder, "big"), 10);
    })();
    await expect(reading).rejects.toThrow(/^big became shorter while it was being sent/);
  });

  test("a file that grows is sent as long as it was", async () => {
    const folder = folderTree({
      Dockerfile: "",
      a: Buffer.alloc(1_000_000, "a"),
      b: Buffer.alloc(600_000, "b"),
    });
    const context = await openContext({ context: folder, dockerfile: path.join(folder, "Dockerfile") });
    context.stream.once("readable", () => writeFileSync(path.join(folder, "b"), Buffer.alloc(900_000, "c")));
    const entries = await entriesOf(context);
    expect([600_000, 900_000]).toContain(entries.get("b")?.content.length);
  });

  test("aborting ends the stream at once, before and while it is read", async () => {
    const folder = folderTree({ Dockerfile: "", big: Buffer.alloc(5_000_000) });
    const source = { context: folder, dockerfile: path.join(folder, "Dockerfile") };
    const before = await openContext(source, AbortSignal.abort());
    await expect(entriesOf(before)).rejects.toThrow();

    const control = new AbortController();
    const context = await openContext(source, control.signal);
    const reading = (async () => {
      for await (const _ of context.stream) control.abort();
    })();
    await expect(reading).rejects.toThrow("Cancelled.");
    expect(context.sent.complete).toBe(false);
  });
});

test("a large context is read as fast as it is taken, not ahead of that", async () => {
  const folder = folderTree({
    Dockerfile: "",
    "a.bin": Buffer.alloc(30_000_000),
    "b.bin": Buffer.alloc(30_000_000),
  });
  const context = await openContext({ context: folder, dockerfile: path.join(folder, "Dockerfile") });
  context.stream.read(0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  // Nobody takes anything: what waits is some pieces, not the files.
  expect(context.stream.readableLength).toBeLessThan(2_000_000);
  expect(context.sent.bytes).toBe(0);
  context.stream.destroy();
});
