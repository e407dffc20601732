import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { EngineError, type RunningContainer, type RunRequest } from "../../client/src/engine/engine.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";

const httpHello = fileURLToPath(new URL("../fixtures/http-hello", import.meta.url));
const hello = "plimsoll-run-test:hello";

const runOf = (image: string, more: Partial<RunRequest> = {}): RunRequest => ({
  image,
  ports: {},
  environment: [],
  ...more,
});

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  beforeAll(async () => {
    await allEvents(up.engine.build(buildOf(httpHello, { tags: [hello] })));
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", hello);
  });
  afterEach(async () => {
    // Every test ends with its container gone, whichever way it went.
    expect(
      await up.real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.run"),
    ).toBe("");
  });

  async function failureOf(request: RunRequest, signal?: AbortSignal): Promise<EngineError> {
    const error = await up.engine.run(request, signal).then(
      (container) => container.stop(),
      (it: unknown) => it,
    );
    expect(error).toBeInstanceOf(EngineError);
    return error as EngineError;
  }

  async function healthy(container: RunningContainer): Promise<string> {
    for (const deadline = Date.now() + 20_000; ; await sleep(100)) {
      const health = await container.health();
      if (health !== "starting" || Date.now() > deadline) return health;
    }
  }

  test("a service: published port, health, output, stop", async () => {
    const container = await up.engine.run(
      runOf(hello, { ports: { "8080/tcp": 0 }, environment: ["A=zażółć"], name: "plimsoll-run-test" }),
    );
    try {
      expect(container.name).toBe("plimsoll-run-test");
      expect(container.ports["8080/tcp"]).toMatch(/^127\.0\.0\.1:\d+$/);
      expect(await healthy(container)).toBe("healthy");
      const answer = await fetch(`http://${container.ports["8080/tcp"]}/`);
      expect(await answer.text()).toBe("hello, zażółć\n");

      const control = new AbortController();
      const output = { stdout: "", stderr: "" };
      const reading = (async () => {
        for await (const { stream, text } of container.logs(control.signal)) {
          output[stream] += text;
          if (output.stderr !== "" && output.stdout !== "") control.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ failure: { kind: "cancelled" } });
      expect(output).toEqual({
        stdout: "listening: zażółć\n",
        stderr: "this goes to the error stream\n",
      });
    } finally {
      expect(await container.stop()).toBe(137);
    }
  });

  test("a command that ends by itself", async () => {
    const image = "plimsoll-run-test:ends";
    const folder = folderTree({
      Dockerfile: 'FROM alpine:3.20\nCMD ["sh", "-c", "echo out; echo err >&2; exit 7"]\n',
    });
    await allEvents(up.engine.build(buildOf(folder, { tags: [image] })));
    onTestFinished(async () => void (await up.real.docker("image", "rm", "--force", image)));
    const container = await up.engine.run(runOf(image));
    const texts: string[] = [];
    for await (const { stream, text } of container.logs()) texts.push(`${stream} ${text}`);
    expect(texts.toSorted()).toEqual(["stderr err\n", "stdout out\n"]);
    expect(await container.health()).toBe("stopped");
    expect(await container.stop()).toBe(7);
  });

  test("one that somebody else removed is stopped", async () => {
    const container = await up.engine.run(runOf(hello));
    await up.real.docker("container", "rm", "--force", container.id);
    expect(await container.stop()).toBeUndefined();
  });

  test("a port in use is named, and nothing is left", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { failure, message } = await failureOf(runOf(hello, { ports: { "8080": port } }));
    expect(failure.kind).toBe("conflict");
    expect(message).toBe(
      `Port ${port} of this machine is already in use. Stop what uses it, or choose another host port.`,
    );
  });

  test("no image, a name in use, a program that is not there", async () => {
    expect((await failureOf(runOf("plimsoll-none:1"))).message).toBe(
      "There is no image plimsoll-none:1 here. Build or pull it first.",
    );

    const first = await up.engine.run(runOf(hello, { name: "plimsoll-run-test-name" }));
    expect((await failureOf(runOf(hello, { name: "plimsoll-run-test-name" }))).message).toMatch(
      /named plimsoll-run-test-name exists already/,
    );
    await first.stop();

    const image = "plimsoll-run-test:broken";
    await allEvents(
      up.engine.build(
        buildOf(folderTree({ Dockerfile: 'FROM scratch\nCOPY a /\nCMD ["/nope"]\n', a: "" }), {
          tags: [image],
        }),
      ),
    );
    onTestFinished(async () => void (await up.real.docker("image", "rm", "--force", image)));
    expect((await failureOf(runOf(image))).message).toMatch(
      /while starting plimsoll-run-test:broken.*\/nope.*no such file/,
    );
  });

  test("cancelled before it began", async () => {
    expect((await failureOf(runOf(hello), AbortSignal.abort())).failure.kind).toBe("cancelled");
  });
});
