import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ComposeAction,
  type ComposeTarget,
  composeArguments,
} from "../../client/src/compose/command-line.ts";
import { engineEnvironment } from "../../client/src/compose/engine-environment.ts";
import { containersOf, serviceState } from "../../client/src/compose/service-state.ts";
import { connect } from "../../client/src/engine/connect.ts";
import { commandLineEnvironment } from "../setup/engine.ts";
import { output } from "../setup/programs.ts";
import { engineProxy } from "../support/engine/engine-proxy.ts";
import { engineWithStore } from "../support/engine/engines.ts";

const up = engineWithStore("graph");

const composeFile = `name: plimsoll-compose-test
services:
  web:
    image: alpine:3.20
    init: true
    command: ["sh", "-c", "echo greeting: $\${GREETING}; sleep 600"]
    environment:
      GREETING: \${GREETING}
    ports: ["127.0.0.1::8080"]
    volumes: [data:/data]
    healthcheck:
      test: ["CMD", "test", "-e", "/data/ready"]
      interval: 500ms
      retries: 2
  fails:
    image: alpine:3.20
    command: ["sh", "-c", "exit 3"]
  tools:
    image: alpine:3.20
    profiles: [tools]
    command: sleep 600
    init: true
volumes:
  data:
`;

describe("real Compose on a real engine", () => {
  let folder = "";
  const target: ComposeTarget = { files: [], profiles: [] };
  const compose = (action: ComposeAction, more = target) => {
    const { engine } = up;
    return output("docker", ["compose", ...composeArguments(more, action)], {
      cwd: folder,
      env: {
        ...process.env,
        ...commandLineEnvironment(),
        ...engineEnvironment(engine.address, engine.addressFrom),
      },
    });
  };
  const identity = () => ({
    name: "plimsoll-compose-test",
    folder,
    files: [path.join(folder, "compose.yaml")],
  });
  const stateOf = async (service: string) =>
    serviceState(service, containersOf(identity(), await up.engine.compose.containers()));

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "plimsoll-compose-")));
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    write("compose.yaml", composeFile);
    write("compose.override.yaml", 'services:\n  web:\n    labels: { from: "the override" }\n');
    write(".env", "GREETING=ahoy\n");
  });
  afterAll(async () => {
    await compose({ kind: "down", volumes: true }, { files: [], profiles: ["tools"] });
    rmSync(folder, { recursive: true });
  });

  test("finds its files, the override and .env by itself", async () => {
    const printed = await compose({ kind: "config" });
    expect(printed).toMatch(/from: the override/);
    expect(printed).toMatch(/GREETING: ahoy/);
  });

  test("up, and the state of each service from the engine's labels", async () => {
    expect((await stateOf("web")).condition).toBe("not-created");
    const stop = new AbortController();
    let changes = 0;
    const watching = (async () => {
      for await (const _ of up.engine.compose.changes(stop.signal)) changes++;
    })();
    await compose({ kind: "up", services: [], build: false, detach: true });
    const web = await stateOf("web");
    expect(["starting", "running"]).toContain(web.condition);
    expect(web.ports).toMatchObject([{ container: 8080, protocol: "tcp" }]);
    expect(web.ports[0]?.host).toBeGreaterThan(1000);
    const soon = async (service: string, condition: string) => {
      for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(100))
        if ((await stateOf(service)).condition === condition) return;
      expect(await stateOf(service)).toMatchObject({ condition });
    };
    await soon("fails", "exited");
    expect((await stateOf("fails")).exitCode).toBe(3);
    await soon("web", "unhealthy");
    const before = changes;
    await compose({ kind: "exec", service: "web", command: ["touch", "/data/ready"] });
    await soon("web", "healthy");
    expect(changes).toBeGreaterThan(before);
    stop.abort();
    await expect(watching).rejects.toMatchObject({ failure: { kind: "cancelled" } });
    // A profile that is not asked for.
    expect((await stateOf("tools")).condition).toBe("not-created");
  });

  test("one service of a profile, and its state", async () => {
    await compose(
      { kind: "up", services: ["tools"], build: false, detach: true },
      { files: [], profiles: ["tools"] },
    );
    expect((await stateOf("tools")).condition).toBe("running");
  });

  test("a single command, which is no container of the service", async () => {
    const action = {
      kind: "run",
      service: "web",
      command: ["sh", "-c", "echo 'two  words' $GREETING"],
    } as const;
    expect(await compose(action)).toBe("two  words ahoy\n");
    expect(await stateOf("web")).toMatchObject({ containers: 1 });
  });

  test("stop, start and restart", async () => {
    await compose({ kind: "stop", services: ["web"] });
    expect((await stateOf("web")).condition).toBe("exited");
    await compose({ kind: "start", services: ["web"] });
    expect((await stateOf("web")).running).toBe(1);
    await compose({ kind: "restart", services: ["web"] });
    expect((await stateOf("web")).running).toBe(1);
  });

  test("what a down with volumes would remove, and how many bytes", async () => {
    await compose({
      kind: "exec",
      service: "web",
      command: ["sh", "-c", "head -c 100000 /dev/zero >/data/zeros"],
    });
    const volumes = await up.engine.compose.volumes("plimsoll-compose-test");
    expect(volumes).toMatchObject([{ name: "plimsoll-compose-test_data" }]);
    expect(volumes[0]?.bytes).toBeGreaterThanOrEqual(100_000);
    expect(await up.engine.compose.volumes("plimsoll-none")).toEqual([]);

    await compose({ kind: "down", volumes: true }, { files: [], profiles: ["tools"] });
    expect(await up.engine.compose.volumes("plimsoll-compose-test")).toEqual([]);
    expect(containersOf(identity(), await up.engine.compose.containers())).toEqual([]);
  });

  test("cancelled before it began", async () => {
    const cancelled = { failure: { kind: "cancelled" } };
    await expect(up.engine.compose.containers(AbortSignal.abort())).rejects.toMatchObject(cancelled);
    const never = async () => {
      for await (const _ of up.engine.compose.changes(AbortSignal.abort())) expect.unreachable();
    };
    await expect(never()).rejects.toMatchObject(cancelled);
  });
});

describe("an engine that goes away", () => {
  test("while its events are followed: a sentence, and no waiting", async () => {
    const address = await engineProxy(up.real.dockerHost, ({ call, client, forward }) => {
      if (call !== "GET /events") return false;
      forward().once("data", (head: Buffer) => {
        client.write(head);
        setTimeout(() => client.destroy(), 50);
      });
      return true;
    });
    const { compose } = await connect({ address });
    let listened = 0;
    const following = (async () => {
      for await (const _ of compose.changes(new AbortController().signal)) listened++;
    })();
    await expect(following).rejects.toThrow(/broke off while following what containers do/);
    expect(listened).toBe(1);
  });

  test("garbage in place of a list", async () => {
    const address = await engineProxy(up.real.dockerHost, ({ call, answer }) => {
      if (call !== "GET /containers/json") return false;
      answer(200, "<html>");
      return true;
    });
    const { compose } = await connect({ address });
    await expect(compose.containers()).rejects.toThrow(/answer cannot be understood: “<html>”/);
  });
});
