import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../../client/src/engine/connect.ts";
import { smokeCheck } from "../../client/src/engine/containers/smoke-check.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { tools } from "../setup/places.ts";
import { type PrivatePodman, startPodman, withoutPodman } from "../setup/podman.ts";
import { startSshServer, withoutSshServer } from "../setup/ssh-server.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { processes } from "../support/engine/processes.ts";
import { useSsh } from "../support/engine/use-ssh.ts";
import { folderTree } from "../support/folder-tree.ts";

const { CI } = process.env;
const busybox = path.join(tools, "engine/bin/busybox");
const base = "box:1";

/** A web server that answers with its own file, and says when it ends. */
const service = `FROM ${base}
EXPOSE 8080
HEALTHCHECK --interval=1s CMD wget -q -O /dev/null http://127.0.0.1:8080/index.html
CMD ["sh", "-c", "echo up; echo oops >&2; mkdir /w; echo $SAID > /w/index.html; trap 'exit 3' TERM; httpd -f -p 8080 -h /w & wait"]
`;

describe.skipIf(withoutPodman() !== undefined && CI !== "true")("Podman", () => {
  let podman: PrivatePodman;
  let engine: Engine;
  let folder: string;
  beforeAll(async () => {
    podman = await startPodman();
    engine = await connect({ address: podman.dockerHost });
    folder = mkdtempSync(path.join(tmpdir(), "plimsoll-podman-base-"));
    writeFileSync(
      path.join(folder, "Dockerfile"),
      'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n',
    );
    copyFileSync(busybox, path.join(folder, "busybox"));
    await allEvents(engine.build(buildOf(folder, { tags: [base] })));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await podman.stop();
  });

  test("says what it is", async () => {
    const info = await engine.info();
    expect(info).toMatchObject({ name: "podman", hasBuildKit: false, imageStore: "graph" });
    expect(info.version).toMatch(/^\d+\.\d+/);
  });

  test("builds: steps, output, cache, the image", async () => {
    const text = `content ${Date.now()}\n`;
    const folder = folderTree({
      Dockerfile: `FROM ${base} AS one\nRUN echo first\nFROM ${base}\nENV A=1\nCOPY a /a\nCOPY --from=one /bin/busybox /b\nRUN echo second && cat /a\nCMD ["sh"]\n`,
      a: text,
    });
    const tag = "plimsoll/steps:1";
    const first = await allEvents(engine.build(buildOf(folder, { tags: [tag] })));
    expect(ofKind(first, "context")[0]).toMatchObject({ files: 2 });
    expect(ofKind(first, "started").map((it) => it.step.name)).toEqual([
      `[1/2] STEP 1/2: FROM ${base} AS one`,
      "[1/2] STEP 2/2: RUN echo first",
      `[2/2] STEP 1/6: FROM ${base}`,
      "[2/2] STEP 2/6: ENV A=1",
      "[2/2] STEP 3/6: COPY a /a",
      "[2/2] STEP 4/6: COPY --from=one /bin/busybox /b",
      "[2/2] STEP 5/6: RUN echo second && cat /a",
      '[2/2] STEP 6/6: CMD ["sh"]',
    ]);
    const logOf = (instruction: string) =>
      ofKind(first, "log")
        .filter((it) => it.step?.instruction === instruction)
        .map((it) => it.text)
        .join("");
    expect(logOf("RUN echo first")).toBe("first\n");
    expect(logOf("RUN echo second && cat /a")).toBe(`second\n${text}`);
    const second = await allEvents(engine.build(buildOf(folder, { tags: [tag] })));
    // FROM is no step that a cache could spare.
    const made = ofKind(second, "completed").filter((it) => !it.cached && !/^FROM/.test(it.step.instruction));
    expect(made).toEqual([]);

    const { imageId } = ofKind(second, "finished")[0] ?? {};
    const images = await engine.images();
    expect(images.find((it) => it.id === imageId)?.tags).toEqual([tag]);
    expect(images.flatMap((it) => it.tags)).toContain(base);
    const details = await engine.inspectImage(tag);
    expect(details).toMatchObject({ id: imageId, tags: [tag], platform: expect.stringMatching(/^linux\//) });
    expect(details.unpackedSize).toBeGreaterThan(2_000_000);
    expect(details.config.command).toEqual(["sh"]);
    expect(details.history.at(-2)?.createdBy).toBe("/bin/sh -c echo second && cat /a");
  });

  test("an image of its own command line keeps its name", async () => {
    await podman.podman("tag", base, "localhost/by-hand:1");
    expect((await engine.images()).flatMap((it) => it.tags)).toContain("localhost/by-hand:1");
    expect((await engine.inspectImage("localhost/by-hand:1")).tags).toContain("localhost/by-hand:1");
    await expect(engine.inspectImage("no-such:1")).rejects.toMatchObject({ failure: { kind: "not-found" } });
  });

  test("says where a build fails", async () => {
    const Dockerfile = `FROM ${base}\nENV A=1\nRUN echo one\nRUN echo before; echo why >&2; exit 3\nRUN echo one\n`;
    const error = await failureOf(engine.build(buildOf(folderTree({ Dockerfile }))));
    expect(error.message).toBe("The build failed at “RUN echo before; echo why >&2; exit 3”: exit code 3.");
    expect(buildFailureOf(error)).toMatchObject({
      message: "exit code 3",
      step: "STEP 4/5: RUN echo before; echo why >&2; exit 3",
      // Two pipes: which of them is read first is Podman's to say.
      log: expect.arrayContaining(["before", "why"]),
    });
  });

  test.each([
    [
      "an instruction that there is not",
      `FROM ${base}\nNONSENSE x\n`,
      /“NONSENSE x”: Unknown instruction: "NONSENSE"\.$/,
    ],
    [
      "a file that is not there",
      `FROM ${base}\nCOPY nothing /\n`,
      /“nothing” was not found\. It may be misspelt/,
    ],
    [
      "an image that is not there",
      "FROM no-such-image:1\n",
      /the image no-such-image:1 could not be fetched: /,
    ],
  ])("%s", async (_, Dockerfile, message) => {
    const error = await failureOf(engine.build(buildOf(folderTree({ Dockerfile }))));
    expect(error.message).toMatch(message);
    expect(buildFailureOf(error).log.join("\n")).not.toMatch(/imagebuilder/);
  });

  test("a cancelled build: says that the step is still finished, and then nothing is left", async () => {
    const folder = folderTree({ Dockerfile: `FROM ${base}\nRUN sleep 4.73\nRUN sleep 4733\n` });
    const stop = new AbortController();
    const error = await failureOf(engine.build(buildOf(folder), stop.signal), (event) => {
      if (event.kind === "started" && event.step.instruction.includes("sleep"))
        void processes("sleep 4.73", true).then(() => stop.abort());
    });
    expect(error.failure).toMatchObject({ kind: "cancelled" });
    expect(error.message).toMatch(/Podman still finishes the step that runs, “RUN sleep 4\.73”/);
    await processes("sleep 4.73", false);
    const left = async () => podman.podman("ps", "--all", "--external", "--quiet");
    for (const deadline = Date.now() + 20_000; (await left()) !== "" && Date.now() < deadline; )
      await sleep(200);
    expect(await left()).toBe("");
    await processes("sleep 4733", false);
  });

  test("runs: ports, output, health, stop", async () => {
    await allEvents(engine.build(buildOf(folderTree({ Dockerfile: service }), { tags: ["service:1"] })));
    expect((await engine.inspectImage("service:1")).config.exposedPorts).toEqual(["8080/tcp"]);
    const container = await engine.run({
      image: "service:1",
      ports: { "8080/tcp": 0 },
      environment: ["SAID=zażółć"],
      name: "plimsoll-podman-test",
    });
    try {
      expect(container.name).toBe("plimsoll-podman-test");
      const address = container.ports["8080/tcp"];
      expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
      for (const deadline = Date.now() + 20_000; (await container.health()) === "starting"; await sleep(100))
        if (Date.now() > deadline) throw new Error("It is starting for ever.");
      expect(await container.health()).toBe("healthy");
      const page = `http://${address}/index.html`;
      expect(await podman.inItsNetwork(busybox, "wget", "-q", "-O", "-", page)).toBe("zażółć\n");
      const output: string[] = [];
      for await (const { stream, text } of container.logs())
        if (output.push(`${stream} ${text}`) === 2) break;
      expect(output.toSorted()).toEqual(["stderr oops\n", "stdout up\n"]);
    } finally {
      // It ends by itself, in its own time.
      expect(await container.stop()).toBe(3);
    }
    expect(await podman.podman("ps", "--all", "--quiet")).toBe("");
  });

  test("tells its health by itself, and whether an image still runs", async () => {
    const container = await engine.run({ image: "service:1", ports: {}, environment: [] });
    const seen: string[] = [];
    try {
      for await (const { health } of container.watch(AbortSignal.timeout(20_000))) {
        seen.push(health);
        if (health === "healthy") break;
      }
      expect(seen[0]).toBe("starting");
    } finally {
      expect(await container.stop(undefined, { graceSeconds: 0 })).toBe(137);
    }
    expect(await smokeCheck(engine, "service:1")).toMatchObject({ works: true, status: "healthy" });
    expect(await podman.podman("ps", "--all", "--quiet")).toBe("");
  });

  test("a health check: listed, asked as often as wanted, over a restart, and patient", async () => {
    const sick = `FROM ${base}\nHEALTHCHECK --interval=60s --retries=1 CMD [ -e /ready ]\nCMD ["sh", "-c", "sleep 1; touch /ready; exec sleep 600"]\n`;
    await allEvents(engine.build(buildOf(folderTree({ Dockerfile: sick }), { tags: ["sick:1"] })));
    const often = { checkEvery: 200, limit: 20_000 };
    expect(await smokeCheck(engine, "sick:1", often)).toMatchObject({ status: "healthy" });
    const container = await engine.run({
      ...{ image: "sick:1", ports: {}, environment: [] },
      health: { interval: 200, retries: 1_000 },
    });
    try {
      const end = AbortSignal.timeout(30_000);
      let first: number | undefined;
      let again = false;
      for await (const { health, startedAt } of container.watch(end)) {
        expect(health).not.toBe("unhealthy");
        if (health !== "healthy") continue;
        if (first === undefined) {
          first = startedAt;
          await container.restart();
        } else if (startedAt > first) {
          again = true;
          break;
        }
      }
      expect(again).toBe(true);
      const listed = await engine.containers.list();
      expect(listed.find((it) => it.id === container.id)).toMatchObject({ health: "healthy" });
    } finally {
      await container.stop(undefined, { graceSeconds: 0 });
    }
  });

  test("the volumes of a Compose project", async () => {
    const of = (project: string) => ["--label", `com.docker.compose.project=${project}`];
    await podman.podman("volume", "create", ...of("podman-project"), "podman-project_data");
    await podman.podman("volume", "create", ...of("other"), "other_data");
    expect(await engine.compose.volumes("podman-project")).toMatchObject([{ name: "podman-project_data" }]);
    await podman.podman("volume", "rm", "podman-project_data", "other_data");
  });

  test("interactive: nothing is typed but what is typed, and the window has a size", async () => {
    const container = await engine.run({
      ...{ image: base, ports: {}, environment: [], interactive: true },
      command: ["sh", "-c", "echo before; read line; echo got $line; stty size; exit 3"],
    });
    let text = "";
    const reading = (async () => {
      for await (const it of container.terminal?.output ?? []) text += it;
    })();
    while (!text.includes("before")) await sleep(20);
    await container.terminal?.resize({ columns: 91, rows: 17 });
    container.terminal?.write("zażółć\r");
    await reading;
    expect(text).toMatch(/^before\r\n(.*\r\n)?got zażółć\r\n17 91\r\n$/);
    expect(await container.stop()).toBe(3);
  });

  test("shells, lists, and images in use", async () => {
    const image = "plimsoll-shell:1";
    const folder = folderTree({ Dockerfile: `FROM ${base}\nLABEL with=shell\n` });
    await allEvents(engine.build(buildOf(folder, { tags: [image] })));
    const container = await engine.run({
      ...{ image, ports: {}, environment: [], name: "plimsoll-podman-shell" },
      command: ["sleep", "600"],
    });
    try {
      const shell = await engine.containers.shell(container.id);
      let text = "";
      const reading = (async () => {
        for await (const it of shell.output) text += it;
      })();
      shell.write("echo $((6 * 7))\r");
      while (!/^42\r$/m.test(text)) await sleep(20);
      shell.close();
      await reading;
      expect(await engine.containers.list()).toMatchObject([{ name: container.name, image, health: "none" }]);
      await expect(
        engine.run({ image, ports: {}, environment: [], name: container.name, command: ["true"] }),
      ).rejects.toThrow("A container named plimsoll-podman-shell exists already.");
      await expect(engine.containers.remove(container.id)).rejects.toThrow(
        "The container runs. Stop it first, then remove it.",
      );
      await expect(engine.store.remove(image)).rejects.toThrow(
        /is in use: plimsoll-podman-shell runs from it/,
      );
    } finally {
      await container.stop(undefined, { graceSeconds: 0 });
    }
    await engine.store.tag(image, "plimsoll-shell:2");
    expect(await engine.store.removal("plimsoll-shell:2")).toMatchObject({ otherTags: [image] });
    await engine.store.remove("plimsoll-shell:2");
    await engine.store.remove(image);
    expect(await engine.store.prunable()).toMatchObject({ containers: [] });
  });

  test("what cannot be started", async () => {
    const folder = folderTree({ Dockerfile: `FROM ${base}\nCMD ["/no-such-program"]\n` });
    await allEvents(engine.build(buildOf(folder, { tags: ["broken:1"] })));
    const run = (image: string) => engine.run({ image, ports: {}, environment: [] });
    await expect(run("broken:1")).rejects.toThrow(/no-such-program/);
    await expect(run(base)).rejects.toThrow(/^box:1 says no command to run\./);
    await expect(run("no-such:1")).rejects.toMatchObject({ failure: { kind: "not-found" } });
    expect(await podman.podman("ps", "--all", "--quiet")).toBe("");
  });

  test("reads what is in an image", async () => {
    const reading = await engine.readImage(base);
    expect(reading.contents?.directories["/bin"]?.programs).toContain("busybox");
    expect(await podman.podman("ps", "--all", "--quiet")).toBe("");
  });

  test.skipIf(withoutSshServer() !== undefined && CI !== "true")(
    "over SSH, on a host that has no Docker",
    async () => {
      const server = await startSshServer({ PATH: `${podman.bin}:/usr/bin:/bin` });
      onTestFinished(() => server.stop());
      useSsh(server);
      const engine = await connect({
        address: `ssh://engine-host${podman.dockerHost.replace("unix://", "")}`,
      });
      expect((await engine.info()).name).toBe("podman");
    },
  );
});
