import { type AddressInfo, createConnection, createServer } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import { realEngine } from "../support/engine/engine.ts";
import { imageOfText } from "../support/images/image-of-text.ts";

const web = "plimsoll-far:web";
const silent = "plimsoll-far:silent";

/** The engine at an address that is not of the loopback: for Plimsoll it is on another machine. */
async function farEngine() {
  const { docker, dockerHost } = realEngine();
  const format = "{{(index .IPAM.Config 0).Gateway}}";
  const host = (await docker("network", "inspect", "bridge", "--format", format)).trim();
  const server = createServer((client) => {
    const engine = createConnection(dockerHost.replace("unix://", ""));
    for (const it of [client, engine]) it.on("error", () => {});
    client.pipe(engine).pipe(client);
    client.on("close", () => engine.destroy());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const engine = await connect({ address: `tcp://${host}:${(server.address() as AddressInfo).port}` });
  return { engine, host };
}

beforeAll(async () => {
  const engine = await connect({ address: realEngine().dockerHost });
  const httpd = 'CMD ["httpd", "-f", "-p", "8080", "-h", "/etc"]';
  await imageOfText(engine, web, `FROM alpine:3.20\nEXPOSE 8080\n${httpd}`);
  await imageOfText(engine, silent, 'FROM alpine:3.20\nEXPOSE 8080\nCMD ["sleep", "600"]');
});
afterAll(async () => {
  await realEngine().docker("image", "rm", "--force", web, silent);
});

test("a port of what runs there is one of that machine, and answers", async () => {
  const { engine, host } = await farEngine();
  const container = await engine.run({ image: web, ports: { "8080/tcp": 0 }, environment: [] });
  try {
    const at = container.ports["8080/tcp"] ?? "";
    expect(at).toMatch(new RegExp(`^${host}:\\d+$`));
    const read = async () => (await fetch(`http://${at}/hostname`)).status;
    await vi.waitFor(async () => expect(await read()).toBe(200), 20_000);
    expect((await engine.containers.list()).find((it) => it.id === container.id)?.ports).toEqual({
      "8080/tcp": at,
    });
    for await (const state of container.watch(new AbortController().signal)) {
      expect(state.ports).toEqual({ "8080/tcp": at });
      break;
    }
  } finally {
    await container.stop(undefined, { graceSeconds: 0 });
  }
});

test("what another published for that machine only says so", async () => {
  const { docker } = realEngine();
  const id = (await docker("run", "--detach", "--rm", "--publish", "127.0.0.1::8080", silent)).trim();
  try {
    const { engine, host } = await farEngine();
    expect((await engine.containers.state(id)).ports["8080/tcp"]).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:\\d+ on ${host}$`),
    );
  } finally {
    await docker("rm", "--force", id);
  }
});

test("a smoke check asks the port over there", async () => {
  const { engine } = await farEngine();
  expect(await smokeCheck(engine, web)).toMatchObject({ status: "answers" });
  expect(await smokeCheck(engine, silent, { limit: 3_000 })).toMatchObject({ status: "silent" });
});
