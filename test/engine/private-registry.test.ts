import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import type { ImageTransfer } from "../../client/src/engine/images/store-types.ts";
import { allEvents, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineWithoutBuildKit } from "../support/engine/old-engine.ts";
import { loggedIn, privateImage, stored, user } from "../support/engine/registry.ts";
import { folderTree } from "../support/folder-tree.ts";
import { imageOfText } from "../support/images/image-of-text.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A program on the PATH that keeps logins, and writes down what it is asked for. */
function credentialHelper(name: string, answer: string, status = 0): () => string {
  const bin = temporaryFolder();
  const asked = path.join(bin, "asked");
  writeFileSync(asked, "");
  const program = path.join(bin, `docker-credential-${name}`);
  writeFileSync(
    program,
    `#!/bin/sh\n{ printf '%s ' "$1"; cat; echo; } >> '${asked}'\necho '${answer}'\nexit ${status}\n`,
  );
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
  return () => readFileSync(asked, "utf8");
}

const dockerfile = (image: string) => ({
  Dockerfile: `ARG BASE=${image}\nFROM $BASE\nRUN echo from private\n`,
});

test("a private base with the login in config.json, with both builders", async () => {
  const { host, image } = await privateImage();
  loggedIn(stored(`https://${host}/v1/`));
  for (const engine of [await connect({ address: realEngine().dockerHost }), await engineWithoutBuildKit()]) {
    await realEngine().docker("image", "rm", "--force", image);
    const events = await allEvents(
      engine.build(buildOf(folderTree(dockerfile(image)), { noCache: true, pull: true })),
    );
    expect(ofKind(events, "log").map((it) => it.text)).toContain("from private\n");
    expect(JSON.stringify(events)).not.toContain(user.password);
  }
});

test("the login of a credential helper; only the registry that is used is asked for", async () => {
  const { host, image } = await privateImage();
  const answer = JSON.stringify({ ServerURL: host, Username: user.name, Secret: user.password });
  const asked = credentialHelper("plimsolltest", answer);
  loggedIn({ auths: { "other.test": { auth: "eDp5" } }, credHelpers: { [host]: "plimsolltest" } });
  for (const engine of [await connect({ address: realEngine().dockerHost }), await engineWithoutBuildKit()]) {
    await realEngine().docker("image", "rm", "--force", image);
    await allEvents(engine.build(buildOf(folderTree(dockerfile(image)), { noCache: true, pull: true })));
  }
  expect(new Set(asked().trim().split("\n"))).toEqual(new Set([`get ${host}`]));
});

test("without a login, with a helper that is not there or that fails: the build says what and why", async () => {
  const { host, image } = await privateImage();
  const engine = await connect({ address: realEngine().dockerHost });
  const told = async () => {
    const notes: string[] = [];
    const error = await failureOf(
      engine.build(buildOf(folderTree(dockerfile(image)), { noCache: true })),
      (it) => it.kind === "log" && notes.push(it.text),
    );
    expect(error.message).toMatch(/could not be fetched: .*(401|authoriz|no basic auth)/i);
    return notes.join("");
  };
  loggedIn({});
  expect(await told()).toBe("");
  loggedIn({ credsStore: "plimsoll-not-there" });
  expect(await told()).toBe(
    `The login for ${host} was not used: docker-credential-plimsoll-not-there: the program is not there.\n`,
  );
  credentialHelper("plimsollbroken", "the keychain is locked", 1);
  vi.stubEnv("DOCKER_CONFIG", folderTree({ "config.json": '{"credsStore":"plimsollbroken"}' }));
  expect(await told()).toMatch(/docker-credential-plimsollbroken: the keychain is locked\.\n/);
});

test("a registry that hands out tokens to those who log in, as ghcr.io does", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { port } = server.address() as { port: number };
    const { pathname } = new URL(request.url ?? "", "http://x");
    const basic = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString("base64")}`;
    const { authorization = "none" } = request.headers;
    asked.push(`${request.method} ${pathname} ${authorization === basic ? "as ada" : authorization}`);
    if (pathname === "/token" && authorization === basic) response.end('{"token":"for-ada"}');
    else if (authorization === "Bearer for-ada") response.writeHead(404).end("{}");
    else
      response
        .writeHead(401, {
          "www-authenticate": `Bearer realm="http://127.0.0.1:${port}/token",service="test"`,
        })
        .end();
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  loggedIn(stored(`127.0.0.1:${port}`));
  const engine = await connect({ address: realEngine().dockerHost });
  // The image itself would be a registry's work: that it was asked for with the token is the proof.
  await failureOf(engine.build(buildOf(folderTree(dockerfile(`127.0.0.1:${port}/team/base:1`)))));
  expect(asked).toContain("GET /token as ada");
  expect(asked.filter((it) => it.endsWith("Bearer for-ada")).length).toBeGreaterThan(0);
});

test("what only BuildKit can do is refused before anything is sent", async () => {
  const calls: string[] = [];
  const engine = await engineWithoutBuildKit(({ call }) => {
    calls.push(call);
    return false;
  });
  const refused = async (more: object, text = "FROM alpine:3.20\n") =>
    (await failureOf(engine.build(buildOf(folderTree({ Dockerfile: text }), more)))).message;
  const from = { kind: "value", value: "x" } as const;
  expect(await refused({ secrets: [{ id: "a", from }] })).toBe(
    "Build secrets need BuildKit, which this engine does not offer. Choose an engine that has it (Docker 23 or newer), or leave them out.",
  );
  expect(await refused({ ssh: [{ id: "default", keys: [] }] })).toMatch(
    /^SSH agents in a build need BuildKit/,
  );
  expect(await refused({ contexts: { a: "/tmp" } })).toMatch(/^Named build contexts need BuildKit/);
  expect(await refused({}, "FROM alpine:3.20\nRUN <<E\necho hi\nE\n")).toMatch(
    /^Here-documents \(<<\) .* need/,
  );
  expect(calls).not.toContain("POST /build");
});

test("the classic builder is given a text that is not on disk, and hides what is hidden", async () => {
  const engine = await engineWithoutBuildKit();
  const folder = folderTree({
    Dockerfile: "FROM alpine:3.20\nRUN exit 9\n",
    "a.txt": "",
    ".dockerignore": "Dockerfile\n",
  });
  const events = await allEvents(
    engine.build(
      buildOf(folder, {
        noCache: true,
        dockerfileText: "FROM alpine:3.20\nARG API_TOKEN\nCOPY . /x\nRUN ls -A /x; echo $API_TOKEN\n",
        buildArguments: { API_TOKEN: "argument-secret" },
        hidden: ["argument-secret"],
      }),
    ),
  );
  const log = ofKind(events, "log").map((it) => it.text);
  expect(log.join("")).toContain("a.txt\n•••\n");
  expect(JSON.stringify(events)).not.toContain("argument-secret");
});

/** How far it was at the end. */
async function lastOf(transfer: AsyncIterable<ImageTransfer>): Promise<ImageTransfer | undefined> {
  let last: ImageTransfer | undefined;
  for await (const it of transfer) last = it;
  return last;
}

describe("images on their way", () => {
  test("are pushed and pulled with the login, and tell how far they are", async () => {
    const { host } = await privateImage();
    loggedIn(stored(host));
    const engine = await connect({ address: realEngine().dockerHost });
    const name = `${host}/team/pushed:1`;
    await imageOfText(engine, name, "FROM alpine:3.20\nCOPY file /file", { file: randomBytes(2_000_000) });
    const sent = await lastOf(engine.store.push(name));
    expect(sent?.layersDone).toBe(sent?.layers);
    expect(sent?.bytes).toBeGreaterThan(1_900_000);

    await engine.store.remove(name);
    const fetched = await lastOf(engine.store.pull(name));
    expect(fetched?.layersDone).toBe(fetched?.layers);
    expect(fetched?.layers).toBeGreaterThan(1);
    expect((await engine.inspectImage(name)).tags).toContain(name);
    // Once more, there is nothing to fetch.
    expect(await lastOf(engine.store.pull(name))).toMatchObject({ bytes: 0 });

    await engine.store.remove(name);
    const stop = new AbortController();
    const cancelledPull = (async () => {
      for await (const _ of engine.store.pull(name, undefined, stop.signal)) stop.abort();
    })();
    await expect(cancelledPull).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    await lastOf(engine.store.pull(name));
    await engine.store.remove(name);
  });

  test("what a registry refuses is said, with what to do", async () => {
    const { host, image } = await privateImage();
    const engine = await connect({ address: realEngine().dockerHost });
    loggedIn({});
    const refused = `${host} refuses ${image}: there is no such image, or it takes a login with more rights. Run “docker login ${host}” in a terminal, then try again.`;
    await expect(lastOf(engine.store.pull(image))).rejects.toThrow(refused);
    await engine.store.tag("alpine:3.20", image);
    await expect(lastOf(engine.store.push(image))).rejects.toThrow(refused);
    await engine.store.remove(image);
    await expect(lastOf(engine.store.push(image))).rejects.toThrow(`There is no image ${image} here.`);

    loggedIn(stored(host));
    await expect(lastOf(engine.store.pull(`${host}/team/base:2`))).rejects.toThrow(
      `${host} has no ${host}/team/base:2. See whether its name and tag are right.`,
    );
    await expect(lastOf(engine.store.pull("127.0.0.1:1/a/b:1"))).rejects.toThrow(
      /^The engine cannot reach 127\.0\.0\.1:1: .*refused/,
    );
  });
});
