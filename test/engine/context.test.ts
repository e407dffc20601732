import { chmodSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { allEvents, buildOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

/** Names that patterns and archives stumble over. */
const tree: Tree = {
  "README.md": "readme",
  "a.log": "log",
  "a.txt": "a",
  "b.txt": "b",
  "c++.txt": "c",
  "f(1).txt": "f",
  "#hash": "hash",
  "$dollar.{x}": "dollar",
  "name with ü and space": "name",
  ".hidden": "hidden",
  "Upper.TXT": "upper",
  "bin/tool": "tool",
  "docs/README.md": "docs",
  "docs/a/deep.md": "deep",
  "docs/keep/me.md": "keep",
  "node_modules/x/index.js": "x",
  "src/main.go": "main",
  "src/main.tmp": "tmp",
  "src/a.log": "log",
  "src/node_modules/y.js": "y",
  "src-gen/z": "z",
  "empty/": "",
  "empty-nested/inner/": "",
  link: { link: "a.txt" },
  dangling: { link: "nowhere" },
  "linked-folder": { link: "src" },
  "docs/up": { link: "../src/main.go" },
};

/**
 * The engine takes a layer from its cache exactly when paths, modes, links and contents of what is copied are the same. So the command line
 * builds first, and then our COPY has to come from the cache.
 */
async function sameAsDocker(
  engine: Engine,
  folder: string,
  dockerfile = path.join(folder, "Dockerfile"),
): Promise<boolean> {
  await realEngine().docker("build", "--quiet", "--file", dockerfile, folder);
  return fromCache(engine, folder, dockerfile);
}

async function fromCache(
  engine: Engine,
  folder: string,
  dockerfile = path.join(folder, "Dockerfile"),
): Promise<boolean> {
  const events = await allEvents(engine.build(buildOf(folder, { dockerfile })));
  const copies = ofKind(events, "completed").filter((it) => it.step.instruction.startsWith("COPY"));
  expect(copies.length).toBeGreaterThan(0);
  return copies.every((it) => it.cached);
}

describe("the context is what docker build sends", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect({ address: realEngine().dockerHost });
  });

  test("and a difference would show", async () => {
    const folder = folderTree({ ...tree, Dockerfile: "FROM scratch\nCOPY . /difference\n" });
    expect(await sameAsDocker(engine, folder)).toBe(true);
    writeFileSync(path.join(folder, "src/main.go"), "Main");
    expect(await fromCache(engine, folder)).toBe(false);
    chmodSync(path.join(folder, "src/main.go"), 0o600);
    expect(await fromCache(engine, folder)).toBe(false);
    utimesSync(path.join(folder, "src/main.go"), 1, 1);
    expect(await fromCache(engine, folder)).toBe(true);
  });

  test.each([
    "node_modules",
    "**/node_modules\n*.md",
    "**/*.md",
    "/a.log",
    "docs/*\n!docs/keep",
    "docs\n!docs/keep/me.md",
    "*\n!src\nsrc/*.tmp",
    "*\n!**/*.md",
    "!README.md\n*.md",
    "Dockerfile\n.dockerignore",
    "?.txt\n[a-b].log",
    "[^a].txt",
    "*.TXT",
    "bin/\n./src\n../a.txt",
    "# comment\n\\#hash\n#hash",
    "c++.txt\nf(1).txt\n$dollar.{x}\na|b",
    "**/a*\n!**/a/**",
    "src/**\n!src/main.go",
    "name with ü and space\nempty",
    "link\nlinked-folder\ndangling",
    "\uFEFFa.txt\r\nb.txt\r\n",
    "empty*/**",
    "**",
    "docs/keep/../a",
  ])("with the ignore file %j", async (ignore) => {
    const folder = folderTree({
      ...tree,
      Dockerfile: "FROM scratch\nCOPY . /ctx\n",
      ".dockerignore": ignore,
    });
    expect(await sameAsDocker(engine, folder)).toBe(true);
  });

  test.each([
    "COPY src /x",
    "COPY src/ docs/ /x/",
    "COPY *.txt /x/",
    "COPY src/*.go docs/*/*.md /x/",
    "COPY linked-folder /x",
    "COPY linked-folder/main.go /x/",
    "COPY link /x/",
    "COPY docs/up /x/",
    "COPY l* /x/",
    "COPY --exclude=*.md docs /x/",
    "COPY ./src/../bin /x/",
    "COPY empty-nested /x/",
    'COPY ["name with ü and space", "/x/"]',
    "COPY .hidden Upper.TXT /x/",
  ])("for %s", async (copy) => {
    const folder = folderTree({ ...tree, Dockerfile: `FROM scratch\n${copy}\n` });
    expect(await sameAsDocker(engine, folder)).toBe(true);
  });

  test("with a Dockerfile of its own ignore file", async () => {
    const folder = folderTree({
      ...tree,
      "web.Dockerfile": "FROM scratch\nCOPY . /own\n",
      "web.Dockerfile.dockerignore": "*.txt",
      ".dockerignore": "src",
    });
    expect(await sameAsDocker(engine, folder, path.join(folder, "web.Dockerfile"))).toBe(true);
  });

  test("with a Dockerfile elsewhere, or reached by a link", async () => {
    const outside = folderTree({
      "some.Dockerfile": "FROM scratch\nCOPY . /elsewhere\n",
      "some.Dockerfile.dockerignore": "docs",
    });
    expect(await sameAsDocker(engine, folderTree(tree), path.join(outside, "some.Dockerfile"))).toBe(true);
    const linked = folderTree({
      ...tree,
      "real.Dockerfile": "FROM scratch\nCOPY . /linked\n",
      Dockerfile: { link: "real.Dockerfile" },
    });
    expect(await sameAsDocker(engine, linked)).toBe(true);
  });

  test("with modes that matter", async () => {
    const folder = folderTree({ ...tree, Dockerfile: "FROM scratch\nCOPY . /modes\n" });
    for (const [name, mode] of [
      ["a.txt", 0o4755],
      ["b.txt", 0o2711],
      ["bin", 0o1777],
      ["bin/tool", 0o500],
    ] as const)
      chmodSync(path.join(folder, name), mode);
    expect(await sameAsDocker(engine, folder)).toBe(true);
  });
});

test("only what changed is sent again", async () => {
  const engine = await connect({ address: realEngine().dockerHost });
  const folder = folderTree({
    Dockerfile: "FROM scratch\nCOPY . /\n",
    big: Buffer.alloc(5_000_000, "x"),
    small: "1",
  });
  const sent = async () => ofKind(await allEvents(engine.build(buildOf(folder))), "context")[0]?.sentBytes;
  expect(await sent()).toBeGreaterThan(5_000_000);
  expect(await sent()).toBe(0);
  writeFileSync(path.join(folder, "small"), "22");
  expect(await sent()).toBe(2);
});
