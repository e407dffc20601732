import type { Socket } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { BuildRequest } from "../../client/src/engine/build/build-types.ts";
import { connect } from "../../client/src/engine/connect.ts";
import type { Engine, EngineError } from "../../client/src/engine/engine.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { engineProxy, type Passage } from "../support/engine/engine-proxy.ts";
import { engineWithoutBuildKit } from "../support/engine/old-engine.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

const small: Tree = { Dockerfile: "FROM alpine:3.20\nRUN echo hi\n" };
const large: Tree = { Dockerfile: "FROM scratch\nCOPY big /\n", big: Buffer.alloc(30_000_000, "big") };

/** Builds through a socket at which `wrong` happens; what it leaves alone is the real engine's. */
async function buildWith(wrong: (passage: Passage) => boolean, tree = small): Promise<EngineError> {
  const engine = await connect({ address: await engineProxy(realEngine().dockerHost, wrong) });
  return failureOf(engine.build(buildOf(folderTree(tree), { noCache: true })));
}

/** Answers the build with this, and nothing else. */
const answered = (status: number, body: string) => (passage: Passage) => {
  if (passage.call !== "POST /build") return false;
  passage.answer(status, body);
  return true;
};

describe("an engine that fails in the middle of a build", () => {
  test("goes away while it builds", async () => {
    const { failure, message } = await buildWith(({ call, client, forward }) => {
      if (call !== "POST /build") return false;
      forward().once("data", (begin) => client.write(begin, () => client.destroy()));
      return true;
    });
    expect(failure).toMatchObject({ kind: "unreachable", cause: "other" });
    expect(message).toMatch(/broke off while building.*try again/);
  });

  test("goes away while it builds with named contexts, which takes another way", async () => {
    const engine = await connect({
      address: await engineProxy(realEngine().dockerHost, ({ call, client, forward }) => {
        if (call !== "POST /grpc") return false;
        let bytes = 0;
        forward().on("data", (data) => {
          bytes += data.length;
          client.write(data);
          if (bytes > 2_000) client.destroy();
        });
        return true;
      }),
    });
    const request = { noCache: true, contexts: { base: "docker-image://alpine:3.20" } };
    const { failure, message } = await failureOf(engine.build(buildOf(folderTree(small), request)));
    expect(failure).toMatchObject({ kind: "unreachable", cause: "other" });
    expect(message).toMatch(/broke off while building.*try again/);
  });

  test("goes away while the context is sent", async () => {
    const clients: Socket[] = [];
    const { failure, message } = await buildWith(({ call, client, forward }) => {
      if (!/session|build/.test(call)) return false;
      clients.push(client);
      const engine = forward();
      engine.pipe(client);
      let sent = 0;
      client.on("data", (piece) => {
        sent += piece.length;
        if (sent > 1_000_000) for (const it of clients) it.destroy();
      });
      return true;
    }, large);
    expect(failure.kind).toBe("unreachable");
    expect(message).toMatch(/broke off while building/);
  });

  test("loses the session, and only that", async () => {
    const { failure, message } = await buildWith(({ call, client, forward }) => {
      if (call !== "POST /session") return false;
      forward().pipe(client);
      let sent = 0;
      client.on("data", (piece) => {
        sent += piece.length;
        if (sent > 1_000_000) client.destroy();
      });
      return true;
    }, large);
    expect(failure.kind).toBe("unreachable");
    expect(message).toMatch(/broke off while building.*try again/);
  });

  test("ends its answer too early", async () => {
    expect((await buildWith(answered(200, ""))).message).toMatch(/ended the build without an image/);
  });

  test("answers something else", async () => {
    const { message } = await buildWith(answered(200, "<html>Welcome!</html>"));
    expect(message).toMatch(/cannot be understood: “<html>Welcome!.*try again/);
  });

  test("answers half of a record", async () => {
    const { message } = await buildWith(answered(200, '{"id":"moby.buildkit.trace","aux":"CkcK'));
    expect(message).toMatch(/cannot be understood: “\{"id":"moby.*It broke off.*try again/);
  });

  test("answers junk without an end: it is not collected in memory", async () => {
    let sent = 0;
    const { message } = await buildWith(({ call, client, forward }) => {
      if (call !== "POST /build") return false;
      forward();
      client.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
      const piece = Buffer.alloc(1_000_000, "junk");
      const more = () => {
        if (client.destroyed) return;
        sent += piece.length;
        client.write(piece, more);
      };
      more();
      return true;
    });
    expect(message).toMatch(/cannot be understood: “junkjunk/);
    expect(sent).toBeLessThan(100_000_000);
  });

  test("has another one’s words on the session", async () => {
    const { message } = await buildWith(({ call, client, forward }) => {
      if (call !== "POST /session") return false;
      forward();
      client.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
      client.write("junk ".repeat(1_000));
      return true;
    });
    expect(message).toMatch(/broke off while building.*try again/);
  });

  test("answers a trace that is none", async () => {
    const { message } = await buildWith(answered(200, '{"id":"moby.buildkit.trace","aux":"////"}\n'));
    expect(message).toMatch(/cannot be understood: “\/\/\/\/”/);
  });

  test("refuses the session", async () => {
    const { message } = await buildWith((passage) => {
      if (passage.call !== "POST /session") return false;
      passage.answer(500, '{"message":"no sessions today"}');
      return true;
    });
    expect(message).toMatch(/no sessions today/);
  });

  test("has a full disk, at once or half way", async () => {
    const said = "write /var/lib/docker/x: no space left on device";
    const atOnce = await buildWith(answered(500, JSON.stringify({ message: said })), large);
    expect(atOnce.message).toMatch(/disk is full.*docker system prune/);
    const halfWay = await buildWith(answered(200, JSON.stringify({ error: said })));
    expect(halfWay.failure.kind).toBe("build-failed");
    expect(halfWay.message).toMatch(/disk is full/);
  });

  test("is slow, and the user has enough", async () => {
    const control = new AbortController();
    const address = await engineProxy(realEngine().dockerHost, ({ call }) => call === "POST /build");
    const engine = await connect({ address });
    const ending = failureOf(engine.build(buildOf(folderTree(small)), control.signal));
    setTimeout(() => control.abort(), 100);
    expect((await ending).failure.kind).toBe("cancelled");
  });
});

test("an engine that goes away while it is asked for images", async () => {
  const address = await engineProxy(realEngine().dockerHost, ({ call, client }) => {
    if (!call.startsWith("GET /images")) return false;
    client.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[{", () => client.destroy());
    return true;
  });
  const engine = await connect({ address });
  await expect(engine.images()).rejects.toThrow(/broke off while listing images/);
});

describe("an engine without BuildKit", () => {
  test("builds with the classic builder", async () => {
    const engine = await engineWithoutBuildKit();
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

  test("takes out the Dockerfile that had to be sent", async () => {
    const engine = await engineWithoutBuildKit();
    const dockerfile = "FROM alpine:3.20\nCOPY . /all\nRUN ls -A /all\n";
    const listed = async (tree: Tree, more: Partial<BuildRequest> = {}) => {
      const events = await allEvents(engine.build(buildOf(folderTree(tree), { noCache: true, ...more })));
      return ofKind(events, "log")[0]?.text;
    };
    expect(
      await listed({ Dockerfile: dockerfile, a: "", ".dockerignore": "Dockerfile\n.dockerignore" }),
    ).toBe("a\n");
    const outside = path.join(folderTree({ Dockerfile: dockerfile }), "Dockerfile");
    expect(await listed({ a: "", b: "" }, { dockerfile: outside })).toBe("a\nb\n");
    expect(await listed({ a: "", b: "", ".dockerignore": "a" }, { dockerfile: outside })).toBe(
      ".dockerignore\nb\n",
    );
  });

  test("fails with the step and its output", async () => {
    const engine = await engineWithoutBuildKit();
    const failing = folderTree({ Dockerfile: "FROM alpine:3.20\nRUN echo oh >&2; exit 3\n" });
    const error = await failureOf(engine.build(buildOf(failing, { noCache: true })));
    expect(buildFailureOf(error)).toMatchObject({ step: "Step 2/2 : RUN echo oh >&2; exit 3", log: ["oh"] });
    expect(error.message).toBe("The build failed at “RUN echo oh >&2; exit 3”: exit code 3.");

    const broken = folderTree({ Dockerfile: "FROM alpine:3.20\nRUNN x\n" });
    expect(buildFailureOf(await failureOf(engine.build(buildOf(broken)))).line).toBe(2);
  });
});

test("JSON that is none of the Engine API is told as such, whatever was asked", async () => {
  const asking = {
    "GET /images/json": (engine: Engine) => engine.images(),
    "GET /version": (engine: Engine) => engine.info(),
    "GET /containers/json": (engine: Engine) => engine.containers.list(),
    "GET /images/alpine:3.20/json": (engine: Engine) => engine.inspectImage("alpine:3.20"),
    "GET /images/alpine:3.20/history": (engine: Engine) => engine.inspectImage("alpine:3.20"),
    "GET /system/df": (engine: Engine) => engine.store.prunable(),
  };
  for (const [call, ask] of Object.entries(asking))
    for (const body of ['"words"', "7", call.endsWith("s/json") || call.endsWith("history") ? "{}" : "[1]"]) {
      const address = await engineProxy(realEngine().dockerHost, (passage) => {
        if (passage.call !== call) return false;
        passage.answer(200, body);
        return true;
      });
      const engine = await connect({ address });
      const told = await ask(engine).then(
        () => expect.fail(`${call} took ${body}`),
        (error: EngineError) => error,
      );
      expect(told.message, `${call} ${body}`).toMatch(/answer cannot be understood: “.*try again\.$/);
    }
});
