import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { RunResult } from "../../../client/src/commands/images/run-image.ts";
import type { StopResult } from "../../../client/src/commands/images/stop-image.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { type BrokenEngine, brokenEngine } from "./broken-engine.ts";
import { ended, run, until, write } from "./editor.ts";

/** Uses that nobody plans for. */
describe("odd uses", function () {
  this.timeout(240_000);
  let shown: Shown;
  const build = (text: string, tag: string, name = "Dockerfile") =>
    write(`odd/${name}`, text).then((uri) =>
      run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag, noCache: true }),
    );
  const builds = async (tag: string) =>
    (await shown.builds()).filter((one) => one.text.startsWith(`${tag} |`));
  const runs = (answers: object) => run<RunResult>("runImage", { ports: {}, ...answers });

  before(async () => {
    const extension = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
    assert.ok(extension);
    shown = await extension.activate();
  });
  after(async () => {
    for (const image of ["odd:same", "odd:sick", "odd:switched"])
      await run("removeImage", { image, confirmed: true });
  });

  it("one Dockerfile built twice at the same time", async () => {
    const uri = await write("odd/Dockerfile", "FROM alpine:3.24\nRUN echo odd && sleep 1\n");
    const start = () =>
      run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "odd:same", noCache: true });
    // BuildKit does what is the same once, for both.
    await Promise.all([ended(start(), "built"), ended(start(), "built")]);
    assert.equal((await builds("odd:same")).filter((one) => one.text.includes("build.built")).length, 2);
  });

  it("a build that is cancelled twice, and once more when it is over", async () => {
    const building = build("FROM alpine:3.24\nRUN sleep 9595\n", "odd:long");
    const row = await until("its row", async () => (await builds("odd:long"))[0]?.row);
    await until("its step", async () =>
      (await shown.builds()).some((one) => one.text.startsWith("RUN sleep 9595") && /running/.test(one.text)),
    );
    await Promise.all([run("cancelBuild", row), run("cancelBuild", row)]);
    assert.equal((await building).outcome, "cancelled");
    await run("cancelBuild", row);
    assert.match((await builds("odd:long"))[0]?.text ?? "", /build\.cancelled$/);
  });

  it("what ends at once says with what, and its last words", async () => {
    const entrypoint = ["sh", "-c", "echo starting; echo 'no DATABASE_URL' >&2; exit 3"];
    const end = await ended(runs({ image: "alpine:3.24", entrypoint, waitForHealth: true }), "ended");
    assert.deepEqual([end.exitCode, end.lines.toSorted()], [3, ["no DATABASE_URL", "starting"]]);
    const running = await shown.containers();
    assert.ok(!running.some((one) => one.includes(end.name)), running.join("\n"));
  });

  it("a health check that never says yes", async () => {
    const text =
      'FROM alpine:3.24\nHEALTHCHECK --interval=500ms --retries=2 CMD echo "no answer at 8080"; exit 1\nSTOPSIGNAL SIGKILL\nCMD ["sleep", "600"]\n';
    assert.equal((await build(text, "odd:sick", "Dockerfile.sick")).outcome, "built");
    const { id, health } = await ended(runs({ image: "odd:sick", waitForHealth: true }), "running");
    assert.equal(health, "unhealthy");
    await ended(run<StopResult>("stopImage", { id }), "stopped");
  });

  describe("of an engine that comes and goes", () => {
    let engine: BrokenEngine;
    before(async () => {
      engine = brokenEngine();
      await engine.use();
    });
    after(() => engine.dispose());

    it("a build goes on where it began when another engine is chosen meanwhile", async () => {
      const building = build("FROM alpine:3.24\nRUN sleep 3\n", "odd:switched", "Dockerfile.switched");
      await until("its step", async () =>
        (await shown.builds()).some((one) => one.text.startsWith("RUN sleep 3") && /running/.test(one.text)),
      );
      const settings = vscode.workspace.getConfiguration("plimsoll");
      const { globalValue } = settings.inspect<string>("engine.host") ?? {};
      await settings.update("engine.host", "unix:///nowhere.sock", vscode.ConfigurationTarget.Global);
      assert.equal((await building).outcome, "built");
      await ended(run<RunResult>("runImage", { image: "odd:switched", ports: {} }), "no-engine");
      await settings.update("engine.host", globalValue, vscode.ConfigurationTarget.Global);
    });

    it("the view Containers tells that it is gone, and lists again when it is back", async () => {
      await vscode.commands.executeCommand("plimsoll.containers.focus");
      const { id, name } = await ended(
        runs({ image: "alpine:3.24", entrypoint: ["sleep", "600"], init: true, keep: true }),
        "running",
      );
      const listed = async () => (await shown.containers()).some((one) => one.includes(name));
      await until("its row", listed);
      engine.gone();
      await run("refreshViews");
      await until("no row", async () => !(await listed()));
      await engine.back();
      await run("refreshViews");
      await until("its row again", listed);
      await ended(run<{ outcome: string }>("removeContainer", { id, confirmed: true }), "removed");
    });
  });
});
