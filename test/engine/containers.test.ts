import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ContainerState, TerminalSession } from "../../client/src/engine/containers/container-types.ts";
import type { RunRequest } from "../../client/src/engine/engine.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { imageOfText } from "../support/images/image-of-text.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const httpHello = fileURLToPath(new URL("../fixtures/http-hello", import.meta.url));
const hello = "plimsoll-containers-test:hello";
const bare = "plimsoll-containers-test:bare";

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  beforeAll(async () => {
    await allEvents(up.engine.build(buildOf(httpHello, { tags: [hello] })));
    // One static program and nothing else, as in an image from scratch.
    await imageOfText(
      up.engine,
      bare,
      'FROM alpine:3.20 AS busybox\nRUN cp "$(readlink -f /bin/busybox)" /program\nFROM scratch\nCOPY --from=busybox /program /bin/sleep\nCMD ["/bin/sleep", "600"]',
    );
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", hello, bare);
  });
  afterEach(async () => {
    // Every test ends with its container gone, whichever way it went.
    expect(
      await up.real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.run"),
    ).toBe("");
  });

  const run = async (request: Partial<RunRequest> = {}) => {
    const container = await up.engine.run({ image: hello, ports: {}, environment: [], ...request });
    onTestFinished(() => up.engine.containers.remove(container.id, true));
    return container;
  };
  const shell = (script: string, request: Partial<RunRequest> = {}) =>
    run({ image: "alpine:3.20", command: ["sh", "-c", script], ...request });
  async function outputOf(request: Partial<RunRequest>, script: string): Promise<string> {
    const container = await shell(script, request);
    let text = "";
    for await (const it of container.logs()) text += it.text;
    await container.stop();
    return text;
  }
  /** Reads a terminal until it shows `wanted`. */
  function shown(session: TerminalSession): (wanted: RegExp) => Promise<string> {
    let text = "";
    let isOver = false;
    void (async () => {
      for await (const it of session.output) text += it;
      isOver = true;
    })();
    return async (wanted) => {
      for (const deadline = Date.now() + 15_000; !wanted.test(text); await sleep(20))
        if (isOver || Date.now() > deadline) throw new Error(`No ${wanted} in ${JSON.stringify(text)}`);
      return text;
    };
  }

  test("interactive: what is typed is read, the window has a size, the end is told", async () => {
    const container = await shell("echo before; read line; echo got $line; stty size; exit 3", {
      interactive: true,
    });
    const { terminal } = container;
    if (!terminal) throw new Error("An interactive container has a terminal.");
    const until = shown(terminal);
    await until(/before\r\n/);
    await terminal.resize({ columns: 91, rows: 17 });
    terminal.write("zażółć\r");
    const text = await until(/got zażółć\r\n(.*\r\n)?17 91/);
    expect(text.startsWith("before")).toBe(true);
    expect(await container.stop()).toBe(3);
  });

  test("output of a terminal is read as logs too", async () => {
    const container = await shell("echo hello; sleep 600", { interactive: true });
    const control = new AbortController();
    let text = "";
    await expect(async () => {
      for await (const it of container.logs(control.signal)) {
        text += it.text;
        if (text.includes("hello")) control.abort();
      }
    }).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    expect(text).toBe("hello\r\n");
    await container.stop(undefined, { graceSeconds: 0 });
  });

  test("user, entrypoint, command, environment, read-only, init", async () => {
    expect(
      await outputOf(
        { user: "1234", environment: ["A=b c"], readOnly: true, init: true },
        'id -u; echo "$A"; touch /x 2>&1; cat /proc/1/comm',
      ),
    ).toMatch(/^1234\nb c\ntouch: \/x: Read-only file system\n(docker-init|tini)\n$/);
    const container = await run({ image: "alpine:3.20", entrypoint: ["/bin/echo", "a"], command: ["b"] });
    let text = "";
    for await (const it of container.logs()) text += it.text;
    expect(text).toBe("a b\n");
    expect(await container.stop()).toBe(0);
  });

  test("folders and volumes", async () => {
    const folder = temporaryFolder({ "file.txt": "from outside" });
    onTestFinished(
      async () => void (await up.real.docker("volume", "rm", "--force", "plimsoll-test-volume")),
    );
    const text = await outputOf(
      {
        mounts: [
          { kind: "folder", source: folder, target: "/mnt/in", readOnly: true },
          { kind: "volume", source: "plimsoll-test-volume", target: "/mnt/data" },
        ],
      },
      "cat /mnt/in/file.txt; touch /mnt/in/x 2>&1; touch /mnt/data/y && ls /mnt/data",
    );
    expect(text).toBe("from outsidetouch: /mnt/in/x: Read-only file system\ny\n");
  });

  test("what cannot start says so in the user's words, and leaves nothing", async () => {
    await expect(
      run({ mounts: [{ kind: "folder", source: "/nowhere/at/all", target: "/a" }] }),
    ).rejects.toThrow(
      "The folder /nowhere/at/all does not exist on the engine’s machine. Create it, or mount another.",
    );
    await expect(run({ user: "nobody-knows" })).rejects.toThrow(/has no user nobody-knows\. Create it/);
    await expect(run({ image: "alpine:3.20", entrypoint: [] })).rejects.toThrow(/says no command to run/);
  });

  test("the state is watched: start, health, restart, end", async () => {
    const container = await run({ ports: { "8080/tcp": 0 } });
    const seen: ContainerState[] = [];
    const watching = (async () => {
      for await (const state of container.watch(AbortSignal.timeout(60_000))) seen.push(state);
    })();
    const until = async (health: string) => {
      for (const deadline = Date.now() + 20_000; seen.at(-1)?.health !== health; await sleep(20))
        if (Date.now() > deadline) throw new Error(`Not ${health}: ${JSON.stringify(seen)}`);
    };
    await until("healthy");
    expect(seen.at(-1)?.ports["8080/tcp"]).toMatch(/^127\.0\.0\.1:\d+$/);
    const first = seen.at(-1)?.startedAt ?? 0;
    expect(Math.abs(Date.now() - first)).toBeLessThan(60_000);
    await container.restart();
    await until("starting");
    await until("healthy");
    expect(seen.at(-1)?.startedAt).toBeGreaterThan(first);
    const again = seen.at(-1)?.ports["8080/tcp"];
    expect(await (await fetch(`http://${again}/`)).text()).toBe("hello, zażółć\n");
    await container.stop();
    // It ends by itself when the container is gone.
    await watching;
    expect(seen.at(-1)).toMatchObject({ health: "stopped", ports: {} });
  });

  test("a kept container stays, is started again and removed", async () => {
    const { containers } = up.engine;
    const container = await run({ keep: true, name: "plimsoll-kept" });
    await container.stop();
    const find = async () => (await containers.list()).find((it) => it.name === "plimsoll-kept");
    expect(await find()).toMatchObject({ state: "exited", health: "stopped", image: hello, ports: {} });
    await containers.start(container.id);
    expect(await find()).toMatchObject({ state: "running", composeProject: undefined });
    await expect(containers.remove(container.id)).rejects.toThrow(
      "The container runs. Stop it first, then remove it.",
    );
    await containers.stop(container.id, 1);
    await containers.remove(container.id);
    await containers.remove(container.id);
    expect(await find()).toBeUndefined();
    await expect(containers.start(container.id)).rejects.toMatchObject({ failure: { kind: "not-found" } });
  });

  test("the list tells of Compose projects, ports and health", async () => {
    const { containers } = up.engine;
    const name = "plimsoll-listed";
    await up.real.docker(
      ...["run", "--detach", "--name", name, "--publish", "127.0.0.1:0:8080"],
      ...["--label", "com.docker.compose.project=blog", "--label", "com.docker.compose.service=api", hello],
    );
    onTestFinished(() => containers.remove(name, true));
    const find = async () => (await containers.list()).find((it) => it.name === name);
    expect(await find()).toMatchObject({ composeProject: "blog", composeService: "api", health: "starting" });
    for (const deadline = Date.now() + 20_000; (await find())?.health === "starting"; await sleep(100))
      if (Date.now() > deadline) throw new Error("It never became healthy.");
    expect(await find()).toMatchObject({
      health: "healthy",
      ports: { "8080/tcp": expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
    });
    expect(await containers.inspect(name)).toMatchObject({ Name: `/${name}` });
  });

  test("those that Plimsoll makes only to read an image are not listed, nor offered for pruning", async () => {
    const { containers, store } = up.engine;
    const label = "dev.plimsoll.read=1";
    const id = (await up.real.docker("create", "--label", label, hello)).trim();
    onTestFinished(() => containers.remove(id, true));
    expect((await containers.list()).map((it) => it.id)).not.toContain(id);
    expect((await store.prunable()).containers.map((it) => it.id)).not.toContain(id);
  });

  test("stopping: a grace time, then it is killed", async () => {
    const stubborn = "trap '' TERM; while :; do sleep 0.1; done";
    const first = await shell(stubborn);
    const begun = performance.now();
    expect(await first.stop(undefined, { graceSeconds: 1 })).toBe(137);
    expect(performance.now() - begun).toBeLessThan(8_000);
    const second = await shell(stubborn);
    const again = performance.now();
    expect(await second.stop(undefined, { graceSeconds: 0 })).toBe(137);
    expect(performance.now() - again).toBeLessThan(4_000);
  });

  test("a shell: one that is there is found, and ends with its window", async () => {
    // Without a health check, whose programs come and go.
    const container = await shell("exec sleep 600");
    const session = await up.engine.containers.shell(container.id);
    await session.resize({ columns: 132, rows: 40 });
    const until = shown(session);
    session.write("echo $((6 * 7)) $TERM; stty size\r");
    await until(/42 xterm-256color\r\n40 132/);
    const top = () => up.real.docker("top", container.id);
    expect(await top()).toMatch(/\n.*\bsh\r?\n?$/);
    session.close();
    for (const deadline = Date.now() + 5_000; (await top()).trim().split("\n").length > 2; await sleep(50))
      if (Date.now() > deadline) throw new Error(`The shell is still there:\n${await top()}`);
    await container.stop(undefined, { graceSeconds: 0 });
  });

  test("an image without a shell says so", async () => {
    const container = await run({ image: bare });
    await expect(up.engine.containers.shell(container.id)).rejects.toThrow(
      /^There is no shell in this image \(scratch and distroless have none\)/,
    );
    await container.stop(undefined, { graceSeconds: 0 });
    await expect(up.engine.containers.shell(container.id)).rejects.toMatchObject({
      failure: { kind: "not-found" },
    });
  });

  test("events: what happens from then on, until it is aborted", async () => {
    const control = new AbortController();
    const changes = await up.engine.events({ types: ["container", "image"] }, control.signal);
    const seen: string[] = [];
    const reading = expect(
      (async () => {
        for await (const { type, action } of changes) {
          seen.push(`${type} ${action}`);
          if (action === "untag") control.abort();
        }
      })(),
    ).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    await (await shell("true")).stop();
    await up.engine.store.tag(hello, "plimsoll-containers-test:other");
    await up.engine.store.remove("plimsoll-containers-test:other");
    await reading;
    expect(seen).toEqual(
      expect.arrayContaining([
        "container create",
        "container start",
        "container die",
        "container destroy",
        "image tag",
        "image untag",
      ]),
    );
  });
});
