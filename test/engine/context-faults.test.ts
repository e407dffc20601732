import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { buildElsewhere } from "../support/engine/build-elsewhere.ts";
import { allEvents, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";
import { engineWithoutBuildKit, oldEngineAddress } from "../support/engine/old-engine.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

/** The two ways on which a context goes to an engine. */
const ways = [
  {
    way: "BuildKit",
    upload: "POST /session",
    engine: async (handle: (passage: Passage) => boolean) =>
      connect({ address: await engineProxy(realEngine().dockerHost, handle) }),
    address: async () => realEngine().dockerHost,
  },
  {
    way: "the classic builder",
    upload: "POST /build",
    engine: (handle: (passage: Passage) => boolean) => engineWithoutBuildKit(handle),
    address: () => oldEngineAddress(),
  },
] as const;

const listing = "FROM alpine:3.20\nCOPY . /c\nRUN cd /c && find . | sort && cat z* || true\n";

describe.each(ways)("a build context that makes trouble, with $way", ({ upload, engine, address }) => {
  const untouched = () => engine(() => false);

  async function logOf(engine: Engine, folder: string): Promise<string> {
    const events = await allEvents(engine.build(buildOf(folder, { noCache: true })));
    return ofKind(events, "log")
      .map((it) => it.text)
      .join("");
  }

  /** Twenty files of half a megabyte, and `z` behind them, to which `act` happens once the upload has begun. */
  async function whileUploading(act: (z: string) => void, size = 300_000) {
    const big = Buffer.alloc(500_000, "big");
    const names = Array.from({ length: 20 }, (_, index) => [`a${index + 10}`, big] as const);
    const tree: Tree = { ...Object.fromEntries(names), Dockerfile: listing, z: Buffer.alloc(size, "z") };
    const folder = folderTree(tree);
    let acted = false;
    const building = await engine(({ call, client, forward }) => {
      if (call !== upload) return false;
      const socket = forward();
      socket.on("close", () => client.destroy());
      socket.pipe(client);
      let sent = 0;
      client.on("data", (piece) => {
        sent += piece.length;
        if (sent < 300_000 || acted) return;
        acted = true;
        act(path.join(folder, "z"));
      });
      return true;
    });
    return { folder, engine: building };
  }

  /** Whatever happened before. */
  async function buildsAgain(folder: string): Promise<void> {
    const events = await allEvents((await untouched()).build(buildOf(folder)));
    expect(events.at(-1)?.kind).toBe("finished");
  }

  test.each([
    ["goes away", (z: string) => rmSync(z), /^z went away while the build context was being sent/],
    ["becomes shorter", (z: string) => truncateSync(z, 10), /^z became shorter while it was being sent/],
    [
      "becomes a folder",
      (z: string) => {
        rmSync(z);
        mkdirSync(z);
      },
      /^z in the build context cannot be read: /,
    ],
  ])("a file that %s while it is sent", async (_, act, message) => {
    // More than fits into what is on the way, so that it cannot have been read to its end.
    const { engine, folder } = await whileUploading(act, 20_000_000);
    const error = await failureOf(engine.build(buildOf(folder, { noCache: true })));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/\.dockerignore/);
    await buildsAgain(folder);
  });

  test("a file that grows while it is sent is as long as it was found", async () => {
    const { engine, folder } = await whileUploading((z) => appendFileSync(z, "more"));
    expect(await logOf(engine, folder)).not.toContain("more");
  });

  test("links in circles, to nowhere and to what is outside are sent as links", async () => {
    const folder = folderTree({
      Dockerfile:
        "FROM alpine:3.20\nCOPY . /c\nRUN cd /c && for it in loop self out gone; do readlink $it; done\n",
      loop: { link: "loop" },
      self: { link: "." },
      out: { link: "/etc" },
      gone: { link: "nowhere/at/all" },
      "one/two/up": { link: "../.." },
    });
    expect(await logOf(await untouched(), folder)).toContain("loop\n.\n/etc\nnowhere/at/all\n");
  });

  test("pipes and sockets are left out, and that is said", async () => {
    const folder = folderTree({ Dockerfile: "FROM alpine:3.20\nCOPY . /c\nRUN ls -A /c\n", a: "" });
    execFileSync("mkfifo", [path.join(folder, "pipe")]);
    const server = createServer().listen(path.join(folder, "sock"));
    onTestFinished(() => void server.close());
    const log = await logOf(await untouched(), folder);
    expect(log).toContain("pipe was left out of the build context");
    expect(log).toContain("sock was left out of the build context");
    expect(log).toContain("Dockerfile\na\n");
  });

  test("a name that is no text, unless it is ignored", async () => {
    const folder = folderTree({ Dockerfile: "FROM alpine:3.20\nCOPY . /c\nRUN ls -A /c\n", a: "" });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/odd`), Buffer.from([0xff])]), "");
    const error = await failureOf((await untouched()).build(buildOf(folder)));
    expect(error.message).toMatch(/^odd\ufffd in the build context has a name that is not UTF-8.*Rename it/);
    writeFileSync(path.join(folder, ".dockerignore"), "odd?");
    await buildsAgain(folder);
  });

  test("names with every odd sign there is, and folders as deep as paths may be", async () => {
    const names = [
      " ",
      "a\nb",
      "tab\there",
      "-rf",
      "*",
      "?",
      "\\",
      "'\"`$(x)",
      "é",
      "e\u0301",
      "😀",
      "%41",
      "\u0001",
    ];
    // Below what a path may have on the engine's side, which puts some 150 of its own before.
    const deep = Array.from({ length: 16 }, () => "d".repeat(200)).join("/");
    const tree = { ...Object.fromEntries(names.map((it) => [it, it])), [`${deep}/end`]: "" };
    const folder = folderTree({
      ...tree,
      Dockerfile: "FROM alpine:3.20\nCOPY . /c\nRUN cd /c && ls -A1q | wc -l && find . -name end | wc -c\n",
    });
    expect(await logOf(await untouched(), folder)).toContain(`${names.length + 2}\n${deep.length + 7}\n`);
  });

  test("a file, a folder and what is in it that may not be read", async () => {
    const folder = folderTree({
      Dockerfile: "FROM scratch\nCOPY . /\n",
      "b/closed": "x",
      "c/closed/in": "",
      "d/in": "",
    });
    const nobody = 65534;
    for (const it of ["b/closed", "c/closed", "d"]) {
      chownSync(path.join(folder, it), nobody, nobody);
    }
    chmodSync(path.join(folder, "b/closed"), 0o600);
    chmodSync(path.join(folder, "c/closed"), 0o700);
    // Its names can be read, and nothing of what they name.
    chmodSync(path.join(folder, "d"), 0o744);
    const tell = async (ignored: string) => {
      writeFileSync(path.join(folder, ".dockerignore"), ignored);
      return buildElsewhere(await address(), buildOf(folder), { asPlainUser: true }).result;
    };
    expect((await tell("c\nd")).message).toMatch(
      /^b\/closed in the build context cannot be read: permission denied\. Allow reading it, or name it in/,
    );
    expect((await tell("b\nd")).message).toMatch(
      /^The folder c\/closed of the build context cannot be read: permission denied\. Allow/,
    );
    expect((await tell("b\nc")).message).toMatch(/^d\/in in the build context cannot be read: permission/);
    const { events, message } = await tell("b\nc\nd");
    expect([message, events.at(-1)?.kind]).toEqual(["", "finished"]);
  });
});
