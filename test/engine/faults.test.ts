import { describe, expect, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/build-events.ts";
import { realEngine } from "../support/engine.ts";
import { engineProxy, type Passage } from "../support/engine-proxy.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

const isBuild = ({ asked }: Passage) => asked.url?.startsWith("/build") === true;

/** Builds through a socket at which `wrong` happens to the build; everything else is the real engine's. */
async function buildWith(
  wrong: (passage: Passage) => Promise<void> | void,
  tree: Tree = { Dockerfile: "FROM alpine:3.20\nRUN echo hi\n" },
) {
  const address = await engineProxy(realEngine().dockerHost, async (passage) => {
    if (!isBuild(passage)) return false;
    await wrong(passage);
    return true;
  });
  const engine = await connect({ address });
  return failureOf(engine.build(buildOf(folderTree(tree), { noCache: true })));
}

describe("an engine that fails in the middle of a build", () => {
  test("goes away while it builds", async () => {
    const { failure, message } = await buildWith(async ({ forward, answer }) => {
      const from = await forward();
      answer.writeHead(200);
      from.once("data", (chunk) => answer.write(chunk, () => answer.destroy()));
    });
    expect(failure).toMatchObject({ kind: "unreachable", cause: "other" });
    expect(message).toMatch(/broke off while building.*try again/);
  });

  test("goes away while the context is sent", async () => {
    const tree = { Dockerfile: "FROM scratch\nCOPY big /\n", big: Buffer.alloc(50_000_000) };
    const { failure, message } = await buildWith(({ asked }) => {
      asked.once("data", () => asked.socket.destroy());
    }, tree);
    expect(failure.kind).toBe("unreachable");
    expect(message).toMatch(/broke off while building/);
  });

  test("ends its answer too early", async () => {
    const { message } = await buildWith(({ asked, answer }) => {
      asked.resume().on("end", () => answer.writeHead(200).end());
    });
    expect(message).toMatch(/ended the build without an image/);
  });

  test("answers something else", async () => {
    const { message } = await buildWith(({ asked, answer }) => {
      asked.resume().on("end", () => answer.writeHead(200).end("<html>Welcome!</html>"));
    });
    expect(message).toMatch(/cannot be understood: “<html>Welcome!/);
  });

  test("answers a trace that is none", async () => {
    const { message } = await buildWith(({ asked, answer }) => {
      asked
        .resume()
        .on("end", () => answer.writeHead(200).end('{"id":"moby.buildkit.trace","aux":"////"}\n'));
    });
    expect(message).toMatch(/while building/);
  });

  test("refuses before it has read the context", async () => {
    const tree = { Dockerfile: "FROM scratch\nCOPY big /\n", big: Buffer.alloc(50_000_000) };
    const { message } = await buildWith(({ answer }) => {
      answer
        .writeHead(500, { "content-type": "application/json" })
        .end('{"message":"write /var/lib/docker/tmp/x: no space left on device"}');
    }, tree);
    expect(message).toMatch(/disk is full.*docker system prune/);
  });

  test("has a full disk half way", async () => {
    const { failure, message } = await buildWith(({ asked, answer }) => {
      asked
        .resume()
        .on("end", () =>
          answer.writeHead(200).end('{"error":"failed to copy files: write /x: no space left on device"}\n'),
        );
    });
    expect(failure.kind).toBe("build-failed");
    expect(message).toMatch(/disk is full/);
  });

  test("is slow, and the user has enough", async () => {
    const control = new AbortController();
    const address = await engineProxy(realEngine().dockerHost, (passage) => isBuild(passage));
    const engine = await connect({ address });
    const ending = failureOf(
      engine.build(buildOf(folderTree({ Dockerfile: "FROM scratch\n" })), control.signal),
    );
    setTimeout(() => control.abort(), 100);
    expect((await ending).failure.kind).toBe("cancelled");
  });
});

test("an engine that goes away while it is asked for images", async () => {
  const address = await engineProxy(realEngine().dockerHost, ({ asked, answer }) => {
    if (!asked.url?.startsWith("/images")) return false;
    answer.writeHead(200, { "content-length": "1000" });
    answer.write("[{", () => answer.destroy());
    return true;
  });
  const engine = await connect({ address });
  const error = await engine.images().catch((it: unknown) => it);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as EngineError).message).toMatch(/broke off while listing images/);
});

describe("an engine without BuildKit", () => {
  /** The real engine, which has the classic builder too, says that it is of API 1.39. */
  const connectToOld = async () =>
    connect({
      address: await engineProxy(realEngine().dockerHost, async ({ asked, answer, forward }) => {
        if (!asked.url?.startsWith("/version")) return false;
        const pieces: Buffer[] = [];
        for await (const piece of await forward()) pieces.push(piece);
        answer.end(JSON.stringify({ ...JSON.parse(Buffer.concat(pieces).toString()), ApiVersion: "1.39" }));
        return true;
      }),
    });

  test("builds with the classic builder", async () => {
    const engine = await connectToOld();
    expect((await engine.info()).hasBuildKit).toBe(false);
    const tree = {
      Dockerfile: "FROM alpine:3.20\nCOPY a /\nRUN cat /a\nCMD echo\n",
      a: "from a\n",
      ".dockerignore": "*\n!a\n",
    };
    const folder = folderTree(tree);
    const events = await allEvents(engine.build(buildOf(folder, { noCache: true })));
    expect(
      ofKind(events, "completed").map((it) => [it.step.position, it.step.of, it.step.instruction, it.cached]),
    ).toEqual([
      [1, 4, "FROM alpine:3.20", false],
      [2, 4, "COPY a /", false],
      [3, 4, "RUN cat /a", false],
      [4, 4, "CMD echo", false],
    ]);
    expect(ofKind(events, "log").map((it) => it.text)).toContain("from a\n");
    const imageId = ofKind(events, "finished")[0]?.imageId ?? "";
    expect((await engine.inspectImage(imageId)).config.command).toEqual(["/bin/sh", "-c", "echo"]);

    const again = await allEvents(engine.build(buildOf(folder)));
    expect(
      ofKind(again, "completed")
        .slice(1)
        .every((it) => it.cached),
    ).toBe(true);
    expect(ofKind(again, "finished")[0]?.imageId).toBe(imageId);
  });

  test("fails with the step and its output", async () => {
    const engine = await connectToOld();
    const failing = folderTree({ Dockerfile: "FROM alpine:3.20\nRUN echo oh >&2; exit 3\n" });
    const error = await failureOf(engine.build(buildOf(failing, { noCache: true })));
    expect(buildFailureOf(error)).toMatchObject({ step: "Step 2/2 : RUN echo oh >&2; exit 3", log: ["oh"] });
    expect(error.message).toBe("The build failed at “RUN echo oh >&2; exit 3”: exit code 3.");

    const broken = folderTree({ Dockerfile: "FROM alpine:3.20\nRUNN x\n" });
    expect(buildFailureOf(await failureOf(engine.build(buildOf(broken)))).line).toBe(2);
  });
});
