import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { BuildEvent, BuildRequest } from "../../client/src/engine/build/build-types.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { type ConnectedEngine, engineWithStore, imageStores } from "../support/engine/engines.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

const logOf = (events: readonly BuildEvent[]) =>
  ofKind(events, "log")
    .map((it) => it.text)
    .join("");

/** Debian's `ssh-add` with the libraries that it needs, as files of a context. */
function sshAdd(): Tree {
  const program = "/usr/bin/ssh-add";
  const libraries = execFileSync("ldd", [program], { encoding: "utf8" }).match(/\/\S+/g) ?? [];
  return Object.fromEntries([program, ...libraries].map((it) => [`root${it}`, readFileSync(it)]));
}

const sshDockerfile =
  "FROM alpine:3.20\nCOPY root/ /\nRUN chmod +x /usr/bin/ssh-add /lib64/ld-linux-x86-64.so.2\nRUN --mount=type=ssh ssh-add -l\n";

function key(folder: string, comment: string, passphrase = ""): string {
  const file = path.join(folder, comment);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", comment, "-f", file]);
  return file;
}

describe.each(imageStores)("with the %s image store", (store) => {
  const up: ConnectedEngine = engineWithStore(store);
  const built: string[] = [];
  afterAll(async () => {
    if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
  });
  const build = (tree: Tree, more: Partial<BuildRequest> = {}, signal?: AbortSignal) =>
    up.engine.build(buildOf(folderTree(tree), { noCache: true, ...more }), signal);

  describe("secrets", () => {
    const steps = ["file", "variable", "typed"].map(
      (id) => `RUN --mount=type=secret,id=${id} wc -c < /run/secrets/${id}; cat /run/secrets/${id}`,
    );
    const Dockerfile = `FROM alpine:3.20\n${steps.join("\n")}\nRUN --mount=type=secret,id=none [ ! -e /run/secrets/none ]\n`;

    test("from a file, a variable and typed; never in what the build tells", async () => {
      vi.stubEnv("PLIMSOLL_TEST_SECRET", "value-of-variable");
      onTestFinished(() => void vi.unstubAllEnvs());
      const tag = `plimsoll-inputs-${store}:secrets`;
      built.push(tag);
      const file = path.join(folderTree({ f: "first-line-of-file\nsecond-line-of-file\n" }), "f");
      const events = await allEvents(
        build(
          { Dockerfile },
          {
            tags: [tag],
            secrets: [
              { id: "file", from: { kind: "file", path: file } },
              { id: "variable", from: { kind: "environment", variable: "PLIMSOLL_TEST_SECRET" } },
              { id: "typed", from: { kind: "value", value: "żółta-kaczka" } },
            ],
          },
        ),
      );
      const text = JSON.stringify(events);
      expect(logOf(events)).toMatch(/39\n•••[\s\S]*17\n•••[\s\S]*15\n•••/);
      expect(text).not.toMatch(/line-of-file|value-of-variable|kaczka/);
      expect(await up.real.docker("history", "--no-trunc", tag)).not.toMatch(
        /line-of-file|value-of-variable|kaczka/,
      );
    });

    test("what cannot be had is told before anything is sent", async () => {
      const of = async (from: NonNullable<BuildRequest["secrets"]>[number]["from"]) =>
        (await failureOf(build({ Dockerfile }, { secrets: [{ id: "npm", from }] }))).message;
      expect(await of({ kind: "file", path: "/not/there" })).toBe(
        "The secret “npm” cannot be read from /not/there: it does not exist.",
      );
      expect(await of({ kind: "environment", variable: "PLIMSOLL_NOT_SET" })).toMatch(
        /“npm” comes from the environment variable PLIMSOLL_NOT_SET, which is not set/,
      );
    });

    test("one that a step needs and nobody gave", async () => {
      const error = await failureOf(
        build({
          Dockerfile: "FROM alpine:3.20\nRUN --mount=type=secret,id=tok,required=true cat /run/secrets/tok\n",
        }),
      );
      expect(error.message).toMatch(
        /it needs the secret “tok”, which was not given\. Say on the build sheet/,
      );
    });

    test("a failing step shows none of them either", async () => {
      const error = await failureOf(
        build(
          {
            Dockerfile:
              "FROM alpine:3.20\nARG API_TOKEN\nRUN --mount=type=secret,id=tok cat /run/secrets/tok; echo $API_TOKEN; exit 4\n",
          },
          {
            secrets: [{ id: "tok", from: { kind: "value", value: "top-secret" } }],
            buildArguments: { API_TOKEN: "argument-secret" },
            hidden: ["argument-secret"],
          },
        ),
      );
      expect(buildFailureOf(error).log.join("\n")).toContain("•••");
      expect(JSON.stringify([error.message, error.failure])).not.toMatch(/top-secret|argument-secret/);
    });
  });

  describe("ssh", () => {
    test("the user's agent", async () => {
      const folder = folderTree();
      const socket = path.join(folder, "agent");
      const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
      onTestFinished(() => void agent.kill());
      await vi.waitFor(() => readdirSync(folder).includes("agent") || Promise.reject(new Error("not yet")));
      execFileSync("ssh-add", ["-q", key(folder, "users-key")], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
      });
      vi.stubEnv("SSH_AUTH_SOCK", socket);
      onTestFinished(() => void vi.unstubAllEnvs());
      const events = await allEvents(
        build({ ...sshAdd(), Dockerfile: sshDockerfile }, { ssh: [{ id: "default", keys: [] }] }),
      );
      expect(logOf(events)).toMatch(/256 SHA256:\S+ users-key \(ED25519\)/);
    });

    test("key files, in an agent that ends with the build", async () => {
      const folder = folderTree();
      const before = agents();
      const events = await allEvents(
        build(
          { ...sshAdd(), Dockerfile: sshDockerfile },
          { ssh: [{ id: "default", keys: [key(folder, "one"), key(folder, "two")] }] },
        ),
      );
      expect(logOf(events)).toMatch(/one \(ED25519\)[\s\S]*two \(ED25519\)/);
      await vi.waitFor(() => expect(agents()).toBe(before));
    });

    test("no agent, a key with a passphrase, none given", async () => {
      const folder = folderTree();
      vi.stubEnv("SSH_AUTH_SOCK", path.join(folder, "gone"));
      onTestFinished(() => void vi.unstubAllEnvs());
      const tree = { Dockerfile: "FROM alpine:3.20\nRUN --mount=type=ssh,required=true true\n" };
      const of = async (ssh: BuildRequest["ssh"]) =>
        (await failureOf(build(tree, ssh ? { ssh } : {}))).message;
      expect(await of([{ id: "default", keys: [] }])).toMatch(
        /^The SSH agent at .*gone .* cannot be reached/,
      );
      expect(await of([{ id: "default", keys: [key(folder, "locked", "words")] }])).toMatch(
        /^The SSH key .*locked cannot be used: .*ssh-add .*locked/s,
      );
      expect(await of(undefined)).toMatch(/it needs an SSH agent, and none was forwarded/);
    });
  });

  test("named contexts: a folder with its own ignore file, and an image", async () => {
    const folder = folderTree({
      "a.txt": "from the other folder\n",
      "no.txt": "",
      ".dockerignore": "no.txt\n",
    });
    const tag = `plimsoll-inputs-${store}:contexts`;
    built.push(tag);
    const request = {
      tags: [tag],
      contexts: { other: folder, base: "docker-image://alpine:3.20" },
      labels: { by: "test" },
      buildArguments: { WHO: "Ada" },
      extraHosts: { "api.test": "10.1.2.3" },
    };
    const Dockerfile =
      "FROM base\nARG WHO\nCOPY --from=other . /other/\nRUN ls /other; cat /other/a.txt; echo $WHO; grep api.test /etc/hosts\n";
    const events = await allEvents(build({ Dockerfile }, request));
    expect(logOf(events)).toMatch(/a\.txt\nfrom the other folder\nAda\n10\.1\.2\.3\s+api\.test/);
    const image = await up.engine.inspectImage(tag);
    expect(image.id).toBe(ofKind(events, "finished")[0]?.imageId);
    expect(await up.real.docker("image", "inspect", "--format", "{{.Config.Labels.by}}", tag)).toMatch(
      /^test/,
    );

    const failed = await failureOf(build({ Dockerfile: "FROM base\nRUN exit 3\n" }, request));
    expect(failed.message).toBe("The build failed at “RUN exit 3”: exit code 3.");

    const syntax = await failureOf(build({ Dockerfile: "FROM base\nNONSENSE\n" }, request));
    expect(buildFailureOf(syntax).line).toBe(2);
    const noFolder = { contexts: { other: "/not/there" } };
    expect((await failureOf(build({ Dockerfile }, noFolder))).message).toMatch(/\/not\/there is no folder/);
    const untagged = await allEvents(build({ Dockerfile: "FROM base\n" }, { contexts: request.contexts }));
    expect(ofKind(untagged, "finished")).toHaveLength(1);

    const stop = new AbortController();
    const cancelled = await failureOf(
      build({ Dockerfile: "FROM base\nRUN sleep 571\n" }, request, stop.signal),
      (event) => event.kind === "started" && event.step.instruction.includes("sleep") && stop.abort(),
    );
    expect(cancelled.failure.kind).toBe("cancelled");
    await vi.waitFor(() => expect(commandLines("sleep 571")).toBe(0), 20_000);
  });

  test("extra hosts", async () => {
    const events = await allEvents(
      build(
        { Dockerfile: "FROM alpine:3.20\nRUN grep api.test /etc/hosts\n" },
        { extraHosts: { "api.test": "10.1.2.3" } },
      ),
    );
    expect(logOf(events)).toMatch(/10\.1\.2\.3\s+api\.test/);
  });

  test("a text that is not on disk; the ignore file beside the Dockerfile counts", async () => {
    const context = folderTree({ "a.txt": "", "b.txt": "" });
    const folder = folderTree({
      "web.Dockerfile": "FROM alpine:3.20\nRUN echo old\n",
      "web.Dockerfile.dockerignore": "b.txt\n",
    });
    const events = await allEvents(
      up.engine.build(
        buildOf(context, {
          noCache: true,
          dockerfile: path.join(folder, "web.Dockerfile"),
          dockerfileText: "FROM alpine:3.20\nCOPY . /x\nRUN echo new; ls /x\n",
        }),
      ),
    );
    expect(logOf(events)).toBe("new\na.txt\n");
  });
});

function agents(): number {
  return commandLines("ssh-agent -D -a");
}

/** How many processes have a command line that begins so. */
function commandLines(begin: string): number {
  return readdirSync("/proc").filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ").startsWith(begin);
    } catch {
      return false;
    }
  }).length;
}
