import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type SmokeOptions, smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import { allEvents, buildOf } from "../support/engine/build-events.ts";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { imageOfText } from "../support/images/image-of-text.ts";

const httpHello = fileURLToPath(new URL("../fixtures/http-hello", import.meta.url));

/** What comes behind `FROM alpine:3.20`. */
const images = {
  silent: 'EXPOSE 8080\nCMD ["sh", "-c", "echo waiting; sleep 600"]',
  late: 'EXPOSE 8080\nCMD ["sh", "-c", "sleep 1; exec httpd -f -p 8080 -h /etc"]',
  other: 'EXPOSE 7000\nCMD ["sh", "-c", "while :; do nc -l -p 7000 -e sleep 60; done"]',
  crash: 'EXPOSE 8080\nCMD ["sh", "-c", "echo one; echo two >&2; sleep 0.3; exit 4"]',
  tool: 'CMD ["sh", "-c", "echo done"]',
  steady: 'CMD ["sleep", "600"]',
  broken: 'CMD ["/nope"]',
  sick: 'HEALTHCHECK --interval=200ms --retries=1 --timeout=1s CMD echo not yet; exit 1\nCMD ["sleep", "600"]',
  slow: 'HEALTHCHECK --interval=60s --start-period=1s CMD exit 0\nCMD ["sleep", "600"]',
} as const;

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);
  const tag = (name: string) => `plimsoll-smoke-test:${name}`;
  beforeAll(async () => {
    await allEvents(up.engine.build(buildOf(httpHello, { tags: [tag("hello")] })));
    for (const [name, text] of Object.entries(images))
      await imageOfText(up.engine, tag(name), `FROM alpine:3.20\n${text}`);
  });
  afterAll(async () => {
    await up.real.docker("image", "rm", "--force", ...["hello", ...Object.keys(images)].map(tag));
  });
  afterEach(async () => {
    expect(
      await up.real.docker("container", "ls", "--all", "--quiet", "--filter", "label=dev.plimsoll.run"),
    ).toBe("");
  });
  const check = (name: keyof typeof images | "hello", options?: SmokeOptions, signal?: AbortSignal) =>
    smokeCheck(up.engine, tag(name), options, signal);

  test("healthy by its health check", async () => {
    const report = await check("hello");
    expect(report).toMatchObject({ started: true, works: true, status: "healthy", exitCode: undefined });
    expect(report.readyAfter).toBeGreaterThan(500);
    expect(report.message).toMatch(/^plimsoll-smoke-test:hello is healthy after \d+\.\d s\.$/);
    expect(report.log.toSorted()).toEqual(["listening: ", "this goes to the error stream"]);
  });

  test("asks more often than the image says, with all else as the image says it", async () => {
    const often = { limit: 20_000, checkEvery: 200 };
    expect(await check("slow", often)).toMatchObject({ works: true, status: "healthy" });
    expect(await check("steady", { ...often, steady: 300 })).toMatchObject({ status: "steady" });
  });

  test("a port that answers, of a service that takes its time, and of another protocol", async () => {
    const late = await check("late");
    expect(late).toMatchObject({ works: true, status: "answers" });
    // The engine's proxy takes connections before: that is no answer.
    expect(late.readyAfter).toBeGreaterThan(900);
    expect(await check("other")).toMatchObject({ works: true, status: "answers" });
  });

  test("a port where nobody listens", async () => {
    expect(await check("silent", { limit: 1_500 })).toMatchObject({
      ...{ started: true, works: false, status: "silent", readyAfter: undefined, log: ["waiting"] },
      message:
        "plimsoll-smoke-test:silent runs, but port 8080/tcp did not answer within 1.5 s. Does the service listen on 0.0.0.0, and at that port?",
    });
  });

  test("one that ends: a service that should not, and a tool that should", async () => {
    const crash = await check("crash");
    expect(crash).toMatchObject({ started: true, works: false, status: "crashed", exitCode: 4 });
    expect(crash.log.toSorted()).toEqual(["one", "two"]);
    expect(await check("tool")).toMatchObject({
      ...{ works: true, status: "ended", exitCode: 0, log: ["done"] },
    });
  });

  test("one that runs steadily, with nothing to ask", async () => {
    expect(await check("steady", { steady: 500 })).toMatchObject({ works: true, status: "steady" });
  });

  test("one that does not start", async () => {
    const report = await check("broken");
    expect(report).toMatchObject({ started: false, works: false, status: "not-started" });
    expect(report.message).toMatch(/\/nope/);
  });

  test("a health check that fails, and one that says nothing in time", async () => {
    const sick = await check("sick");
    expect(sick).toMatchObject({ works: false, status: "unhealthy" });
    expect(sick.message).toContain("its health check fails, and says “not yet”. See its last lines");
    expect(await check("slow", { limit: 700 })).toMatchObject({ works: false, status: "starting" });
  });

  test("cancelled while it waits, and before", async () => {
    const cancelled = { failure: { kind: "cancelled" } };
    await expect(check("silent", {}, AbortSignal.timeout(1_000))).rejects.toMatchObject(cancelled);
    await expect(check("steady", {}, AbortSignal.timeout(600))).rejects.toMatchObject(cancelled);
    await expect(check("slow", {}, AbortSignal.timeout(600))).rejects.toMatchObject(cancelled);
    await expect(check("slow", {}, AbortSignal.abort())).rejects.toMatchObject(cancelled);
  });

  test("no such image", async () => {
    await expect(smokeCheck(up.engine, "plimsoll-none:1")).rejects.toMatchObject({
      failure: { kind: "not-found" },
    });
  });
});
