import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createConnection, createServer as createSocket, type Server } from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { realEngine } from "../support/engine/engine.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Nothing of this machine but what is given. */
const around = (environment: Record<string, string>) => ({
  around: { environment, home: "/nowhere", userId: undefined },
});

/** Listens on a free port until the test is over; answers the port. */
async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function failureOf(action: Promise<unknown>): Promise<EngineError> {
  const error = await action.then(
    () => undefined,
    (it: unknown) => it,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

describe("an engine that is there", () => {
  test("by DOCKER_HOST", async () => {
    const { dockerHost } = realEngine();
    const engine = await connect(around({ DOCKER_HOST: dockerHost }));
    expect([engine.address, engine.addressFrom]).toEqual([dockerHost, "DOCKER_HOST"]);
    const info = await engine.info();
    expect(info).toMatchObject({ name: "docker", imageStore: "graph", hasBuildKit: true });
    expect(info.version).toMatch(/^\d+\.\d+/);
  });

  test("as chosen, whatever DOCKER_HOST says to dockerode", async () => {
    const { dockerHost } = realEngine();
    vi.stubEnv("DOCKER_HOST", "tcp://127.0.0.1:1");
    onTestFinished(() => void vi.unstubAllEnvs());
    const engine = await connect({ address: dockerHost });
    expect(engine.addressFrom).toBe("chosen");
    expect((await engine.images()).length).toBeGreaterThan(0);
  });

  test("by a context", async () => {
    const { dockerHost, docker } = realEngine();
    const folder = temporaryFolder();
    await docker("--config", folder, "context", "create", "mine", "--docker", `host=${dockerHost}`);
    await docker("--config", folder, "context", "use", "mine");
    const engine = await connect(around({ DOCKER_CONFIG: folder }));
    expect([engine.address, engine.addressFrom]).toEqual([dockerHost, "context “mine”"]);
  });

  test("over TCP", async () => {
    const { dockerHost } = realEngine();
    const proxy = createSocket((client) => {
      const engine = createConnection(dockerHost.replace("unix://", ""));
      client.pipe(engine).pipe(client);
      for (const end of [client, engine]) end.on("error", () => client.destroy());
    });
    const engine = await connect(around({ DOCKER_HOST: `tcp://127.0.0.1:${await listening(proxy)}` }));
    expect((await engine.info()).name).toBe("docker");
  });
});

describe("none that answers", () => {
  test("no socket", async () => {
    const { failure, message } = await failureOf(
      connect(around({ DOCKER_HOST: "unix:///nowhere/docker.sock" })),
    );
    expect(failure).toMatchObject({
      kind: "unreachable",
      address: "unix:///nowhere/docker.sock",
      cause: "no-socket",
    });
    expect(message).toMatch(/Start Docker.*DOCKER_HOST/);
  });

  test("a socket that nobody listens at", async () => {
    const socket = path.join(temporaryFolder(), "s");
    const server = createSocket().listen(socket);
    await new Promise((resolve) => server.once("listening", resolve));
    // The file stays when its process dies without closing it: a plain file in its place is refused alike.
    await new Promise((resolve) => server.close(resolve));
    writeFileSync(socket, "");
    const { failure } = await failureOf(connect(around({ DOCKER_HOST: `unix://${socket}` })));
    expect(failure).toMatchObject({ kind: "unreachable", cause: "refused" });
  });

  test("a port that nobody listens at", async () => {
    const { failure } = await failureOf(connect(around({ DOCKER_HOST: "tcp://127.0.0.1:1" })));
    expect(failure).toMatchObject({ kind: "unreachable", cause: "refused" });
  });

  test("a server that is no engine", async () => {
    const server = createServer((_, response) => response.writeHead(404).end("<html>not here</html>"));
    const address = `tcp://127.0.0.1:${await listening(server)}`;
    const { message } = await failureOf(connect(around({ DOCKER_HOST: address })));
    expect(message).toMatch(/^Something answers at .*no Docker Engine/);
  });

  test("addresses that cannot be used", async () => {
    const messageFor = async (address: string) => (await failureOf(connect({ address }))).message;
    expect(await messageFor("ssh://me:secret@host")).toMatch(/cannot hold a password.*ssh-add/);
    expect(await messageFor("ssh://me:secret@host")).not.toContain("secret");
    expect(await messageFor("ssh://")).toMatch(/names no host.*ssh:\/\/user@host/);
    expect(await messageFor("ssh://host/x?a=b")).toMatch(/nothing may follow the path/);
    expect(await messageFor("ftp://host")).toMatch(/“ftp:\/\/”/);
    expect(await messageFor("tcp://")).toMatch(/no address of an engine/);
    expect((await failureOf(connect(around({ DOCKER_CONTEXT: "gone" })))).message).toMatch(
      /“gone”.*docker context ls/,
    );
  });

  test("cancelled", async () => {
    const { failure } = await failureOf(
      connect({ address: realEngine().dockerHost, signal: AbortSignal.abort() }),
    );
    expect(failure.kind).toBe("cancelled");
  });
});
