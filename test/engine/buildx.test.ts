import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { BuildRequest } from "../../client/src/engine/build/build-types.ts";
import type { Engine } from "../../client/src/engine/engine.ts";
import { tools } from "../setup/places.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { type ConnectedEngine, engineWithStore } from "../support/engine/engines.ts";
import { privateRegistry, user } from "../support/engine/registry.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Two stores, since only the containerd store can hold an image for several platforms. */
const graph: ConnectedEngine = engineWithStore("graph");
const containerd: ConnectedEngine = engineWithStore("containerd");

const load = (name: string): NonNullable<BuildRequest["builder"]> => ({
  name,
  output: "load",
  platforms: [],
});

/** Debian's docker with buildx, with a configuration of its own that knows the engine also as the context `second`. */
async function dockerWithBuildx(dockerHost: string): Promise<void> {
  const config = temporaryFolder();
  writeFileSync(
    path.join(config, "config.json"),
    JSON.stringify({ cliPluginsExtraDirs: [path.join(tools, "engine/cli/cli-plugins")] }),
  );
  vi.stubEnv("DOCKER_CONFIG", config);
  vi.stubEnv("PATH", `${path.join(tools, "engine/bin")}:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await graph.real.docker(
    ...["--config", config, "context", "create", "second", "--docker", `host=${dockerHost}`],
  );
  await graph.real.docker(
    ...["--config", config, "buildx", "create", "--name", "far", "--driver", "remote", "tcp://127.0.0.1:1"],
  );
}

/** A program in the place of docker, for what the real one cannot be made to show here. */
function standIn(script: string): void {
  const bin = temporaryFolder();
  writeFileSync(path.join(bin, "docker"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "docker"), 0o755);
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const build = (engine: Engine, tree: Tree, more: Partial<BuildRequest>, signal?: AbortSignal) =>
  engine.build(buildOf(folderTree(tree), { noCache: true, ...more }), signal);

describe("with docker buildx", () => {
  beforeEach(() => dockerWithBuildx(graph.real.dockerHost));

  test("the builders that it knows", async () => {
    const builders = await graph.engine.builders();
    // One of another context builds elsewhere; one on machines of its own starts when it is first used.
    expect(builders.map((it) => [it.name, it.driver])).toEqual([
      ["default", "docker"],
      ["far", "remote"],
    ]);
    expect(builders[0]?.platforms).toContain("linux/amd64");
  });

  test("builds and loads with the same events as from the engine, and the image is the same one", async () => {
    const tag = "plimsoll-buildx-test:one";
    onTestFinished(async () => void (await graph.real.docker("image", "rm", "--force", tag)));
    const other = folderTree({ "o.txt": "from other\n" });
    const tree = {
      "a.txt": "from a\n",
      Dockerfile:
        "FROM base AS one\nARG API_TOKEN\nCOPY a.txt /\nCOPY --from=other o.txt /\nRUN --mount=type=secret,id=typed --mount=type=secret,id=file cat /a.txt /o.txt /run/secrets/*; echo $API_TOKEN; echo żółw; sleep 1\nFROM one\nCMD echo hi\n",
    };
    const file = path.join(folderTree({ "a,b": "value-of-file" }), "a,b");
    const building = allEvents(
      build(graph.engine, tree, {
        tags: [tag],
        builder: load("default"),
        buildArguments: { API_TOKEN: "argument-secret" },
        hidden: ["argument-secret"],
        labels: { a: "b" },
        contexts: { base: "docker-image://alpine:3.20", other },
        secrets: [
          { id: "typed", from: { kind: "value", value: "typed-secret" } },
          { id: "file", from: { kind: "file", path: file } },
        ],
      }),
    );
    const seen = new Set<string>();
    const looking = setInterval(() => {
      for (const line of commandLines()) seen.add(line);
    }, 20);
    const events = await building.finally(() => clearInterval(looking));
    const buildxLines = [...seen].filter((it) => it.includes("buildx"));
    expect(buildxLines.length).toBeGreaterThan(0);
    expect(buildxLines.join("\n")).not.toMatch(/typed-secret|argument-secret/);

    const log = ofKind(events, "log").map((it) => it.text);
    expect(log.join("")).toBe("from a\nfrom other\n•••••••••\nżółw\n");
    expect(ofKind(events, "completed").filter((it) => it.step.stage === "one")).toHaveLength(3);
    expect(ofKind(events, "warning")).toMatchObject([{ startLine: 2 }, { startLine: 7 }]);
    expect((await graph.engine.inspectImage(tag)).id).toBe(ofKind(events, "finished")[0]?.imageId);
  });

  test("a named context whose address has a password, which stands on no command line", async () => {
    const password = "pass-of-context";
    const asked: string[] = [];
    const server = createServer(({ headers }, response) => {
      asked.push(headers.authorization ?? "");
      // git shows a password only to who asks for one.
      if (headers.authorization) response.writeHead(404).end();
      else response.writeHead(401, { "WWW-Authenticate": 'Basic realm="test"' }).end();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const tag = "plimsoll-buildx-test:hidden";
    onTestFinished(async () => void (await graph.real.docker("image", "rm", "--force", tag)));
    const request: Partial<BuildRequest> = {
      tags: [tag],
      builder: load("default"),
      buildArguments: { WHO: "a $" + "{b} %{c}" },
      hidden: [password],
      contexts: {
        other: folderTree({ "o.txt": "from other\n" }),
        far: `http://me:${password}@127.0.0.1:${port}/x.git`,
      },
      secrets: [{ id: "typed", from: { kind: "value", value: "typed-secret" } }],
    };
    const copyFrom = (context: string) => ({
      "a.txt": "from a\n",
      Dockerfile: `FROM alpine:3.20\nARG WHO\nCOPY a.txt /\nCOPY --from=${context} o.txt /\nRUN --mount=type=secret,id=typed cat /a.txt /o.txt /run/secrets/typed; echo "$WHO"; sleep 1\n`,
    });
    const seen = new Set<string>();
    const looking = setInterval(() => {
      for (const line of commandLines()) seen.add(line);
    }, 20);
    onTestFinished(() => clearInterval(looking));

    const events = await allEvents(build(graph.engine, copyFrom("other"), request));
    const log = ofKind(events, "log").map((it) => it.text);
    expect(log.join("")).toBe("from a\nfrom other\n•••a $" + "{b} %{c}\n");
    expect((await graph.engine.inspectImage(tag)).id).toBe(ofKind(events, "finished")[0]?.imageId);

    const { failure, message } = await failureOf(build(graph.engine, copyFrom("far"), request));
    expect(asked).toContain(`Basic ${Buffer.from(`me:${password}`).toString("base64")}`);
    expect(message).toMatch(/127\.0\.0\.1.*not found/s);
    expect(JSON.stringify([events, failure, message])).not.toContain(password);
    const lines = [...seen].filter((it) => it.includes("buildx"));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toMatch(/pass-of-context|typed-secret/);
  });

  test("a builder of a cluster that does not answer", async () => {
    const config = path.join(temporaryFolder(), "kube.yaml");
    const cluster = { name: "c", cluster: { server: "https://127.0.0.1:1" } };
    const context = { name: "c", context: { cluster: "c", user: "u" } };
    writeFileSync(
      config,
      // JSON is YAML.
      JSON.stringify({
        ...{ apiVersion: "v1", kind: "Config", "current-context": "c" },
        ...{ clusters: [cluster], contexts: [context], users: [{ name: "u", user: { token: "t" } }] },
      }),
    );
    vi.stubEnv("KUBECONFIG", config);
    const own = ["--config", process.env["DOCKER_CONFIG"] ?? "", "buildx"];
    await graph.real.docker(
      ...own,
      "create",
      "--name",
      "kube",
      "--driver",
      "kubernetes",
      "--platform=linux/arm64",
    );
    expect((await graph.engine.builders()).find((it) => it.name === "kube")).toMatchObject({
      driver: "kubernetes",
      platforms: ["linux/arm64"],
      status: "inactive",
    });
    const failed = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("kube") }),
    );
    expect(failed.message).toMatch(
      /^The builder “kube” cannot be reached: .*connection refused\. Look at it with “docker buildx inspect kube”/,
    );
  });

  test("a failing step, a file that cannot be read, a builder that is not there", async () => {
    const failed = await failureOf(
      build(
        graph.engine,
        { Dockerfile: "FROM alpine:3.20\nRUN echo before; exit 42\n" },
        { builder: load("default") },
      ),
    );
    expect(failed.message).toBe("The build failed at “RUN echo before; exit 42”: exit code 42.");
    expect(buildFailureOf(failed).log).toContain("before");
    const syntax = await failureOf(
      build(graph.engine, { Dockerfile: "FROM alpine:3.20\nNONSENSE\n" }, { builder: load("default") }),
    );
    expect(buildFailureOf(syntax).line).toBe(2);
    const none = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("not-there") }),
    );
    expect(none.message).toMatch(/no builder .*not-there.* found/i);
  });

  test("cancelled, it leaves neither a process here nor one in the engine", async () => {
    const stop = new AbortController();
    const error = await failureOf(
      build(
        graph.engine,
        { Dockerfile: "FROM alpine:3.20\nRUN sleep 573\n" },
        { builder: load("default") },
        stop.signal,
      ),
      (it) => it.kind === "started" && it.step.instruction.includes("sleep") && stop.abort(),
    );
    expect(error.failure.kind).toBe("cancelled");
    await vi.waitFor(
      () => expect(commandLines().filter((it) => /sleep 573|buildx build/.test(it))).toEqual([]),
      20_000,
    );
  });

  test("several platforms, pushed to a registry", async () => {
    const host = await privateRegistry();
    writeFileSync(
      path.join(process.env["DOCKER_CONFIG"] ?? "", "config.json"),
      JSON.stringify({
        cliPluginsExtraDirs: [path.join(tools, "engine/cli/cli-plugins")],
        auths: { [host]: { auth: Buffer.from(`${user.name}:${user.password}`).toString("base64") } },
      }),
    );
    const tag = `${host}/team/multi:1`;
    const tree = { Dockerfile: "FROM scratch\nCOPY a /\n", a: "" };
    const builder = { name: "default", output: "push", platforms: ["linux/amd64", "linux/arm64"] } as const;
    const events = await allEvents(build(containerd.engine, tree, { tags: [tag], builder }));
    expect(ofKind(events, "finished")[0]?.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    const login = Buffer.from(`${user.name}:${user.password}`).toString("base64");
    const index = await fetch(`http://${host}/v2/team/multi/manifests/1`, {
      headers: {
        authorization: `Basic ${login}`,
        accept:
          "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json",
      },
    }).then((it) => it.json());
    const platforms = index.manifests.map(
      (it: { platform: { architecture: string } }) => it.platform.architecture,
    );
    expect(platforms).toEqual(expect.arrayContaining(["amd64", "arm64"]));

    const several = { ...builder, output: "load" } as const;
    const here = { tags: ["plimsoll-buildx-test:multi"], builder: several };
    const loaded = ofKind(await allEvents(build(containerd.engine, tree, here)), "finished")[0]?.imageId;
    expect((await containerd.engine.inspectImage("plimsoll-buildx-test:multi")).id).toBe(loaded);
    expect((await failureOf(build(graph.engine, tree, { tags: [tag], builder: several }))).message).toMatch(
      /cannot hold an image for several platforms \(linux\/amd64, linux\/arm64\)\. Push it/,
    );
    expect((await failureOf(build(graph.engine, tree, { builder }))).message).toMatch(/needs a tag/);
  });
});

describe("without it", () => {
  test("no docker program", async () => {
    vi.stubEnv("PATH", temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await graph.engine.builders()).toEqual([]);
    const error = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("x") }),
    );
    expect(error.message).toMatch(/“docker buildx” is not installed/);
  });

  test("a docker without buildx", async () => {
    standIn("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1");
    expect(await graph.engine.builders()).toEqual([]);
    const error = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("x") }),
    );
    expect(error.message).toMatch(/“docker buildx” is not installed/);
  });

  test("a builder that cannot be reached", async () => {
    // As buildx 0.29 says it of a remote builder, after 20 seconds.
    standIn('echo "ERROR: failed to build: context deadline exceeded" >&2; exit 1');
    const error = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("far") }),
    );
    expect(error.message).toMatch(/^The builder “far” cannot be reached: .*buildx inspect far/);
  });

  test("one that fails with words of its own, or answers nonsense", async () => {
    standIn('echo "something unheard of" >&2; exit 3');
    await expect(graph.engine.builders()).rejects.toThrow(/“docker buildx ls” failed: something unheard of/);
    const error = await failureOf(
      build(graph.engine, { Dockerfile: "FROM scratch\n" }, { builder: load("x") }),
    );
    expect(error.message).toBe("“docker buildx build” failed: something unheard of");
    standIn("echo not json");
    await expect(graph.engine.builders()).rejects.toThrow(/cannot be read/);
  });
});

function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((id) => /^\d+$/.test(id))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return "";
      }
    });
}
