import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { EngineError } from "../../client/src/engine/engine.ts";
import { tools } from "../setup/places.ts";
import { type SshServer, startSshServer, withoutSshServer } from "../setup/ssh-server.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { realEngine } from "../support/engine/engine.ts";
import { processes } from "../support/engine/processes.ts";
import { usePath, useSsh } from "../support/engine/use-ssh.ts";
import { folderTree } from "../support/folder-tree.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { CI, PATH = "" } = process.env;
const enginePath = `${path.join(tools, "engine/bin")}:${PATH}`;

async function messageOf(address: string): Promise<EngineError> {
  const error = await connect({ address }).then(
    () => undefined,
    (it: unknown) => it,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

describe.skipIf(withoutSshServer() !== undefined && CI !== "true")("an engine over SSH", () => {
  let server: SshServer;
  const servers: SshServer[] = [];
  async function serverWith(environment: Readonly<Record<string, string>>): Promise<SshServer> {
    const started = await startSshServer(environment);
    servers.push(started);
    return started;
  }
  beforeAll(async () => {
    server = await serverWith({ PATH: enginePath, DOCKER_HOST: realEngine().dockerHost });
  });
  afterAll(async () => {
    for (const it of servers) await it.stop();
  });

  test("by DOCKER_HOST, with what the user's ssh is set up for", async () => {
    const log = useSsh(server);
    const environment = { DOCKER_HOST: "ssh://engine-host" };
    const engine = await connect({ around: { environment } });
    expect([engine.address, engine.addressFrom]).toEqual(["ssh://engine-host", "DOCKER_HOST"]);
    expect(await engine.info()).toMatchObject({ name: "docker", hasBuildKit: true });
    for (let i = 0; i < 5; i++) expect((await engine.images()).length).toBeGreaterThan(0);
    const starts = readFileSync(log, "utf8").trim().split("\n");
    // One for each of two calls at once; the others go through what is there.
    expect(starts.length).toBeLessThanOrEqual(2);
    expect(starts[0]).toMatch(/BatchMode=yes.* -T -- engine-host docker system dial-stdio$/);
  });

  test("with user, port and socket in the address, by a context", async () => {
    const { dockerHost, docker } = realEngine();
    const log = useSsh(await serverWith({ PATH: enginePath, DOCKER_HOST: "unix:///nowhere" }));
    const port = servers.at(-1)?.port;
    const host = `ssh://root@127.0.0.1:${port}${dockerHost.replace("unix://", "")}`;
    const folder = temporaryFolder();
    await docker("--config", folder, "context", "create", "far", "--docker", `host=${host}`);
    const engine = await connect({ around: { environment: { DOCKER_CONFIG: folder } }, context: "far" });
    expect([engine.address, engine.addressFrom]).toEqual([host, "context “far”"]);
    expect((await engine.info()).name).toBe("docker");
    expect(readFileSync(log, "utf8")).toContain(
      `-l root -p ${port} -- 127.0.0.1 docker --host=${dockerHost} system dial-stdio`,
    );
  });

  test("builds with what is sent through the session, and from the cache", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const folder = folderTree({
      Dockerfile: "FROM alpine:3.20\nCOPY big /\nRUN wc -c /big\n",
      big: Buffer.alloc(5_000_000, `over ssh ${Date.now()}`),
    });
    const first = await allEvents(engine.build(buildOf(folder)));
    expect(ofKind(first, "context")[0]).toMatchObject({ files: 1, sentBytes: 5_000_000 });
    expect(
      ofKind(first, "log")
        .map((it) => it.text)
        .join(""),
    ).toContain("5000000 /big");
    const second = await allEvents(engine.build(buildOf(folder)));
    expect(ofKind(second, "context")[0]).toMatchObject({ files: 1, sentBytes: 0 });
  });

  test("a dozen questions over one connection leave nothing behind on it", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const warnings: Error[] = [];
    const hear = (warning: Error) => void warnings.push(warning);
    process.on("warning", hear);
    for (let asked = 0; asked < 12; asked++) await engine.info();
    await new Promise((resolve) => setTimeout(resolve));
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });

  test("lists the files of an image, of which little has to come over", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const [listed = []] = (await engine.listFiles([await engine.inspectImage("alpine:3.20")], {})) ?? [];
    expect(listed.map((it) => it.path)).toContain("/bin/busybox");
  });

  test("says where a build fails", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const folder = folderTree({ Dockerfile: "FROM alpine:3.20\nRUN echo before; exit 3\n" });
    const failure = buildFailureOf(await failureOf(engine.build(buildOf(folder, { noCache: true }))));
    expect(failure.step).toContain("RUN echo before; exit 3");
    expect(failure.log).toEqual(["before"]);
  });

  test("a cancelled build stops there", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const folder = folderTree({ Dockerfile: "FROM alpine:3.20\nRUN sleep 4723\n" });
    const stop = new AbortController();
    const error = await failureOf(engine.build(buildOf(folder, { noCache: true }), stop.signal), (event) => {
      if (event.kind === "started" && event.step.instruction.includes("sleep"))
        void processes("sleep 4723", true).then(() => stop.abort());
    });
    expect(error.failure.kind).toBe("cancelled");
    await processes("sleep 4723", false);
  });

  test("runs, shows the output as it comes, and stops", async () => {
    useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const folder = folderTree({
      Dockerfile: `FROM alpine:3.20\nCMD ["sh", "-c", "echo up; trap 'exit 7' TERM; sleep 4724 & wait"]\n`,
    });
    const tag = "plimsoll-ssh-test:1";
    await allEvents(engine.build(buildOf(folder, { tags: [tag] })));
    const container = await engine.run({ image: tag, ports: {}, environment: [] });
    try {
      for await (const { text } of container.logs()) {
        expect(text).toBe("up\n");
        break;
      }
    } finally {
      expect(await container.stop()).toBe(7);
      await realEngine().docker("image", "rm", "--force", tag);
    }
    await processes("sleep 4724", false);
  });

  test("a port of a container over there is one of this machine until it stops", async () => {
    const log = useSsh(server);
    const engine = await connect({ address: "ssh://engine-host" });
    const folder = folderTree({
      Dockerfile: `FROM alpine:3.20\nRUN mkdir /w && echo far > /w/index.html\nEXPOSE 8080\nSTOPSIGNAL SIGKILL\nCMD ["httpd", "-f", "-p", "8080", "-h", "/w"]\n`,
    });
    const tag = "plimsoll-ssh-test:ports";
    await allEvents(engine.build(buildOf(folder, { tags: [tag] })));
    const container = await engine.run({ image: tag, ports: { "8080/tcp": 0 }, environment: [] });
    const page = `http://${container.ports["8080/tcp"]}/`;
    try {
      const [, here, there] =
        /-L 127\.0\.0\.1:(\d+):127\.0\.0\.1:(\d+) /.exec(readFileSync(log, "utf8")) ?? [];
      // The engine of this test is on the same machine, where its port is taken.
      expect(here).not.toBe(there);
      expect(page).toBe(`http://127.0.0.1:${here}/`);
      expect(await (await fetch(page)).text()).toBe("far\n");
      // Whoever looks at it is told the same: the list, its state, and what watches it.
      const at = { "8080/tcp": `127.0.0.1:${here}` };
      expect((await engine.containers.list()).find((it) => it.id === container.id)?.ports).toEqual(at);
      expect((await engine.containers.state(container.id)).ports).toEqual(at);
      await container.restart();
      for await (const { ports } of container.watch(new AbortController().signal)) {
        // The engine picked another port, which has a way here too.
        expect(ports["8080/tcp"]).toMatch(/^127\.0\.0\.1:\d+$/);
        const read = async () => (await fetch(`http://${ports["8080/tcp"]}/`)).text();
        await vi.waitFor(async () => expect(await read()).toBe("far\n"), 20_000);
        break;
      }
    } finally {
      await container.stop();
      await realEngine().docker("image", "rm", "--force", tag);
    }
    await expect(fetch(page)).rejects.toThrow();
  });

  describe("that cannot be reached", () => {
    test("a host whose key is not known", async () => {
      useSsh(server, "-o UserKnownHostsFile=/dev/null");
      const { failure, message } = await messageOf("ssh://engine-host");
      expect(failure).toMatchObject({ kind: "unreachable", address: "ssh://engine-host" });
      expect(message).toMatch(/does not know the host key.*“ssh engine-host”/);
    });

    test("a host whose key has changed", async () => {
      const other = readFileSync(server.knownHosts, "utf8").replace(/ ssh-ed25519 .*/, "");
      const key = readFileSync(path.join(path.dirname(server.config), "user.pub"), "utf8");
      const known = path.join(temporaryFolder(), "known");
      writeFileSync(known, `${other.trim()} ${key}`);
      useSsh(server, `-o UserKnownHostsFile=${known}`);
      const { message } = await messageOf("ssh://engine-host");
      expect(message).toMatch(/another host key.*ssh-keygen -R/);
    });

    test("a user that is not let in", async () => {
      useSsh(server);
      const { failure, message } = await messageOf(`ssh://nobody-of-that-name@127.0.0.1:${server.port}`);
      expect(failure).toMatchObject({ kind: "unreachable", cause: "permission-denied" });
      expect(message).toMatch(/does not let nobody-of-that-name in.*ssh-add.*ssh-copy-id -p \d+ nobody/);
    });

    test("no SSH server there", async () => {
      useSsh(server);
      expect((await messageOf("ssh://root@127.0.0.1:1")).message).toMatch(/No SSH server .*127\.0\.0\.1:1/);
    });

    test("a host that nobody knows", async () => {
      useSsh(server);
      expect((await messageOf("ssh://no-such-host.invalid")).message).toMatch(
        /no-such-host.invalid is not known/,
      );
    });

    test("no Docker there", async () => {
      useSsh(await serverWith({ PATH: "/nowhere" }));
      const { failure, message } = await messageOf("ssh://engine-host");
      expect(failure).toMatchObject({ kind: "unreachable", cause: "no-docker" });
      expect(message).toMatch(/engine-host has no “docker” for your user\. Install/);
    });

    test("no engine there", async () => {
      useSsh(await serverWith({ PATH: enginePath, DOCKER_HOST: "unix:///nowhere.sock" }));
      const { failure, message } = await messageOf("ssh://engine-host");
      expect(failure).toMatchObject({ kind: "unreachable", cause: "no-socket" });
      expect(message).toMatch(/No engine answers on engine-host.*systemctl start docker/);
    });

    test("no ssh here", async () => {
      usePath("/nowhere");
      expect((await messageOf("ssh://engine-host")).message).toMatch(/“ssh”.*none on the PATH/);
    });

    test("a server that goes away", async () => {
      const short = await serverWith({ PATH: enginePath, DOCKER_HOST: realEngine().dockerHost });
      useSsh(short);
      const engine = await connect({ address: "ssh://engine-host" });
      await short.stop();
      const error = await engine.images().catch((it: unknown) => it);
      expect(error).toBeInstanceOf(EngineError);
      expect((error as EngineError).failure.kind).toBe("unreachable");
    });
  });
});
