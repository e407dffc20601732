import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { BuildEvent, BuildRequest } from "../../client/src/engine/build/build-types.ts";
import { allEvents, buildFailureOf, buildOf, failureOf, ofKind } from "../support/engine/build-events.ts";
import { type ConnectedEngine, engineWithStore, imageStores } from "../support/engine/engines.ts";
import { processes } from "../support/engine/processes.ts";
import { folderTree, type Tree } from "../support/folder-tree.ts";

const goHello = fileURLToPath(new URL("../fixtures/go-hello", import.meta.url));

describe.each(imageStores)("with the %s image store", (store) => {
  const up: ConnectedEngine = engineWithStore(store);
  const built: string[] = [];
  afterAll(async () => {
    if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
  });
  const tagged = (name: string) => {
    const tag = `plimsoll-build-test:${name}`;
    built.push(tag);
    return { tags: [tag] };
  };
  const build = (tree: Tree, more: Partial<BuildRequest> = {}, signal?: AbortSignal) =>
    up.engine.build(buildOf(folderTree(tree), more), signal);

  test("a Go service in two stages; then again, all from the cache", async () => {
    const events = await allEvents(up.engine.build(buildOf(goHello, tagged("hello"))));
    // What the Dockerfile copies is asked for, and nothing else.
    expect(ofKind(events, "context")).toMatchObject([{ files: 2 }]);
    const steps = ofKind(events, "completed").filter((it) => it.step.stage === "builder");
    expect(steps.map((it) => it.step.position).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toMatchObject({
      kind: "finished",
      imageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect((await up.engine.inspectImage("plimsoll-build-test:hello")).id).toBe(
      ofKind(events, "finished")[0]?.imageId,
    );

    const again = await allEvents(up.engine.build(buildOf(goHello, tagged("hello-again"))));
    const numbered = ofKind(again, "completed").filter(
      (it) => (it.step.position ?? 0) > 1 || it.step.stage === "stage-1",
    );
    expect(numbered.map((it) => [it.step.instruction, it.cached])).toEqual(
      numbered.map((it) => [it.step.instruction, true]),
    );
    expect(numbered).toHaveLength(5);
    expect(ofKind(again, "context")).toMatchObject([{ files: 2, sentBytes: 0 }]);
  });

  test("arguments, target, labels, several tags, network", async () => {
    const dockerfile = "FROM alpine:3.20 AS one\nARG WHO=nobody\nRUN echo hello $WHO\nFROM one\nRUN exit 1\n";
    const tags = [...tagged("options").tags, ...tagged("options-too").tags];
    const events = await allEvents(
      build(
        { Dockerfile: dockerfile },
        {
          tags,
          target: "one",
          buildArguments: { WHO: "Ada & Bob=1" },
          labels: { "a.b": "c d" },
          noCache: true,
          network: "none",
        },
      ),
    );
    expect(ofKind(events, "log").map((it) => it.text)).toEqual(["hello Ada & Bob=1\n"]);
    const image = JSON.parse(await up.real.docker("image", "inspect", tags[0] ?? ""))[0];
    expect(image.Config.Labels).toEqual({ "a.b": "c d" });
    expect(image.RepoTags).toEqual(expect.arrayContaining(tags));
  });

  test("warnings of the engine's own checks, with their lines", async () => {
    const events = await allEvents(build({ Dockerfile: "FROM alpine:3.20\nWORKDIR /w\nCMD echo hi\n" }));
    expect(ofKind(events, "warning")).toEqual([
      expect.objectContaining({
        startLine: 3,
        endLine: 3,
        message: expect.stringMatching(/JSONArgsRecommended/),
        url: expect.stringMatching(/^https/),
      }),
    ]);
  });

  test("a step that fails: which, why, and what it last wrote", async () => {
    const failed: BuildEvent[] = [];
    const dockerfile =
      "FROM alpine:3.20 AS base\nRUN true\nFROM base\nCOPY a /\nRUN echo before; echo zażółć >&2; exit 42\n";
    const error = await failureOf(
      build({ Dockerfile: dockerfile, a: "" }),
      (it) => it.kind === "failed" && failed.push(it),
    );
    const failure = buildFailureOf(error);
    expect(failure.step).toBe("[stage-1 2/2] RUN echo before; echo zażółć >&2; exit 42");
    expect(failure.log).toEqual(expect.arrayContaining(["before", "zażółć"]));
    expect(failure.message).toMatch(/exit code: 42/);
    expect(error.message).toBe(
      "The build failed at “RUN echo before; echo zażółć >&2; exit 42”: exit code 42.",
    );
    expect(failed).toMatchObject([{ kind: "failed", step: { stage: "stage-1", position: 2, of: 2 } }]);
  });

  test("what the context lacks, what cannot be read, what cannot be fetched", async () => {
    const messageOf = async (tree: Tree) => (await failureOf(build(tree))).message;
    expect(await messageOf({ Dockerfile: "FROM alpine:3.20\nCOPY nope /\n" })).toMatch(
      /^The build failed at “COPY nope \/”: “nope” was not found/,
    );
    expect(
      await messageOf({ Dockerfile: "FROM alpine:3.20\nCOPY a /\n", a: "", ".dockerignore": "a" }),
    ).toMatch(/“a” was not found.*left out by an ignore file/);
    const error = await failureOf(build({ Dockerfile: "FROM alpine:3.20\nRUNN x\n" }));
    expect(buildFailureOf(error)).toMatchObject({ step: undefined, line: 2 });
    expect(error.message).toMatch(/unknown instruction: RUNN/);
    expect(await messageOf({ Dockerfile: "FROM plimsoll-no-such-image:1\n" })).toMatch(
      /the image plimsoll-no-such-image:1 could not be fetched/,
    );
    expect(await messageOf({ Dockerfile: "FROM alpine:3.20", ".dockerignore": "[" })).toBe(
      "The build failed: the ignore file has a pattern that Docker cannot read.",
    );
  });

  test("a Dockerfile outside the context", async () => {
    const outside = folderTree({ "some.Dockerfile": "FROM scratch\nCOPY a /\n" });
    const events = await allEvents(build({ a: "x" }, { dockerfile: path.join(outside, "some.Dockerfile") }));
    expect(events.at(-1)?.kind).toBe("finished");
  });

  test("files that cannot be sent", async () => {
    // The kernel's: one may be written only, the other has fewer bytes than it says.
    const outside = folderTree({
      one: "FROM scratch\nCOPY uevent /\n",
      two: "FROM scratch\nCOPY drivers_autoprobe /\n",
    });
    const messageOf = async (name: string) =>
      (
        await failureOf(
          up.engine.build(buildOf("/sys/bus/platform", { dockerfile: path.join(outside, name) })),
        )
      ).message;
    expect(await messageOf("one")).toMatch(
      /^uevent in the build context cannot be read: .*name it in \.dockerignore\.$/,
    );
    expect(await messageOf("two")).toMatch(/^drivers_autoprobe became shorter while it was being sent/);
  });

  describe("cancelling", () => {
    test("before anything is asked", async () => {
      const error = await failureOf(build({ Dockerfile: "FROM alpine:3.20" }, {}, AbortSignal.abort()));
      expect(error.failure.kind).toBe("cancelled");
    });

    test("in the middle of a step: the step stops, and nothing is left", async () => {
      const control = new AbortController();
      const seconds = store === "graph" ? 9171 : 9172;
      const dockerfile = `FROM alpine:3.20\nRUN sleep ${seconds}\n`;
      const failing = failureOf(
        build(
          { Dockerfile: dockerfile },
          { tags: ["plimsoll-build-test:never"], noCache: true },
          control.signal,
        ),
      );
      await processes(`sleep ${seconds}`, true);
      control.abort();
      expect((await failing).failure.kind).toBe("cancelled");
      await processes(`sleep ${seconds}`, false);
      expect(await up.real.docker("image", "ls", "--quiet", "plimsoll-build-test:never")).toBe("");
      expect(await up.real.docker("container", "ls", "--all", "--quiet")).toBe("");
    });

    test("by no longer listening", async () => {
      const seconds = store === "graph" ? 9173 : 9174;
      for await (const event of build(
        { Dockerfile: `FROM alpine:3.20\nRUN sleep ${seconds}\n` },
        { noCache: true },
      ))
        if (event.kind === "started" && event.step.instruction.startsWith("RUN")) {
          await processes(`sleep ${seconds}`, true);
          break;
        }
      await processes(`sleep ${seconds}`, false);
    });

    test("at every moment", async () => {
      const tree = {
        Dockerfile: "FROM alpine:3.20\nCOPY big /\nRUN cat /big | wc -c\n",
        big: Buffer.alloc(20_000_000),
      };
      const folder = folderTree(tree);
      const kinds = new Set<string>();
      for (const delay of [0, 1, 3, 6, 10, 20, 40, 80, 160, 320]) {
        const control = new AbortController();
        const ending = failureOf(up.engine.build(buildOf(folder, { noCache: true }), control.signal)).then(
          ({ failure }) => failure.kind,
          () => "finished",
        );
        await sleep(delay);
        control.abort();
        kinds.add(await ending);
      }
      expect([...kinds].filter((it) => it !== "cancelled" && it !== "finished")).toEqual([]);
      expect(kinds).toContain("cancelled");
      // The next one works.
      expect((await allEvents(up.engine.build(buildOf(folder)))).at(-1)?.kind).toBe("finished");
    });
  });
});
