import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { CheckResult } from "../../../client/src/commands/check-engine.ts";
import type { RunResult } from "../../../client/src/commands/images/run-image.ts";
import type { StopResult } from "../../../client/src/commands/images/stop-image.ts";
import type { CompareResult } from "../../../client/src/commands/sizes/compare-image-sizes.ts";
import type { WeighResult } from "../../../client/src/commands/sizes/weigh-image.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { codeOf, fileUri, open, ours, run, until, write } from "./editor.ts";

type Of<Result, Outcome> = Extract<Result, { outcome: Outcome }>;

/** Fails with all that the command said when it did not end as expected. */
async function ended<Result extends { outcome: string }, Outcome extends Result["outcome"]>(
  result: Thenable<Result>,
  outcome: Outcome,
): Promise<Of<Result, Outcome>> {
  const it = await result;
  assert.equal(it.outcome, outcome, JSON.stringify(it, undefined, 2));
  return it as Of<Result, Outcome>;
}

function build(path: string, tag: string) {
  return ended(run<BuildResult>("buildImage", { dockerfile: fileUri(path).fsPath, tag }), "built");
}

describe("the engine part", function () {
  this.timeout(420_000);

  it("finds the engine", async () => {
    const engine = await ended(run<CheckResult>("checkEngine"), "connected");
    assert.equal(engine.addressFrom, "DOCKER_HOST");
    assert.match(engine.version, /^\d+\./);
  });

  it("builds an image, and from the cache the second time", async () => {
    const first = await build("go-api/Dockerfile", "go-api:latest");
    assert.match(first.imageId, /^sha256:/);
    assert.ok(first.unpackedSize > 1_000_000, `${first.unpackedSize} bytes`);
    const second = await build("go-api/Dockerfile", "go-api:latest");
    assert.equal(second.imageId, first.imageId);
    assert.ok(second.cachedSteps > 0);
  });

  it("builds one stage with arguments", async () => {
    const dockerfile = (
      await write("go-api/Dockerfile.stages", "FROM scratch AS one\nARG A=x\nLABEL a=$A\nFROM scratch\n")
    ).fsPath;
    const answers = { dockerfile, target: "one", tag: "stages:one", buildArguments: { A: "y" } };
    await ended(run<BuildResult>("buildImage", answers), "built");
  });

  it("shows a failure on its line until the next build succeeds", async () => {
    const path = "go-api/Dockerfile.failing";
    const uri = await write(
      path,
      "FROM alpine:3.24\nWORKDIR /a\nRUN echo before && exit 3\nRUN echo after\n",
    );
    await open(path);
    const failed = await ended(
      run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "failing:1" }),
      "build-failed",
    );
    assert.equal(failed.line, 3);
    const problem = ours(uri).find((it) => codeOf(it) === "build-failed");
    assert.equal(problem?.range.start.line, 2);
    assert.match(problem?.message ?? "", /exit code 3[\s\S]*before/);

    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, document.lineAt(2).range, "RUN echo before");
    await vscode.workspace.applyEdit(edit);
    await build(path, "failing:1");
    assert.equal(document.isDirty, false, "what was on the screen was built");
    assert.ok(!ours(uri).some((it) => codeOf(it) === "build-failed"));
  });

  it("names the line of a mistake in the syntax", async () => {
    const uri = await write("go-api/Dockerfile.syntax", "FROM alpine:3.24\nNONSENSE here\n");
    const failed = await ended(
      run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "syntax:1" }),
      "build-failed",
    );
    assert.equal(failed.line, 2);
  });

  it("runs an image: ports, health, an answer; stops it", async () => {
    const running = await ended(
      run<RunResult>("runImage", { image: "go-api:latest", ports: { "8080/tcp": 0 }, waitForHealth: true }),
      "running",
    );
    assert.equal(running.health, "healthy");
    assert.ok(running.url);
    assert.equal((await fetch(`${running.url}/health`)).status, 200);
    assert.ok(vscode.window.terminals.some((terminal) => terminal.name === "go-api:latest"));

    await ended(run<StopResult>("stopImage", { id: running.id }), "stopped");
    await assert.rejects(fetch(`${running.url}/health`));
  });

  it("knows of an image what is in it, once it is built", async () => {
    const context = "own-base";
    await write(`${context}/Dockerfile`, "FROM alpine:3.24\nRUN adduser -D -u 4711 keeper\nUSER keeper\n");
    const uri = await write("uses-own-base.Dockerfile", "FROM own-base:7\nHEALTHCHECK CMD httpie\n");
    await open("uses-own-base.Dockerfile");
    const hover = async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        new vscode.Position(0, 8),
      );
      return found
        .flatMap((it) => it.contents.map((part) => (part as vscode.MarkdownString).value))
        .join("\n");
    };
    await build(`${context}/Dockerfile`, "own-base:7");
    await until("what was read of the image", async () =>
      (await hover()).includes("Read from the image on this machine"),
    );
    assert.match(await hover(), /User: `keeper`/);
    const isReported = () => ours(uri).some((it) => codeOf(it) === "healthcheck-tool-missing");
    await until("the problem that it shows", isReported);

    const settings = vscode.workspace.getConfiguration("plimsoll");
    await settings.update("engine.readImages", false, vscode.ConfigurationTarget.Global);
    await until("nothing that was read, as the setting says", () => !isReported());
    await settings.update("engine.readImages", undefined, vscode.ConfigurationTarget.Global);
    await until("the problem again", isReported);
  });

  it("says what each line costs, with what is carried for nothing on the line that hides it", async () => {
    const path = "weighed/Dockerfile";
    const uri = await write(
      path,
      'FROM alpine:3.24\nRUN head -c 5000000 /dev/zero > /big\nRUN chown 1:1 /big\nRUN rm /big\nCMD ["sh"]\n',
    );
    await open(path);
    assert.equal((await run<WeighResult>("weighImage", { dockerfile: uri.fsPath })).outcome, "not-built");
    await build(path, "weighed:1");
    const lenses = async () =>
      (
        await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 100)
      ).map((it) => it.command?.title ?? "");
    await until("the size on the stage", async () =>
      (await lenses()).some((it) => it.includes(" on disk · base ")),
    );

    const { costs } = await ended(run<WeighResult>("weighImage", { dockerfile: uri.fsPath }), "weighed");
    assert.deepEqual(
      costs.lines.map((it) => [it.line.line, it.bytes, it.hidden]),
      [
        [1, 5_000_000, 0],
        [2, 5_000_000, 5_000_000],
        [3, 0, 5_000_000],
        [4, 0, 0],
      ],
    );
    assert.equal(costs.total - costs.visible, 10_000_000);
    const problems = ours(uri).filter((it) => codeOf(it) === "wasted-bytes");
    assert.deepEqual(
      problems.map((it) => [it.range.start.line, it.relatedInformation?.[0]?.location.range.start.line]),
      [
        [2, 1],
        [3, 2],
      ],
    );
    assert.match(
      problems[0]?.message ?? "",
      /^5\.00 MB of line 2 are stored once more here with the same content/,
    );
    assert.match(problems[1]?.message ?? "", /^5\.00 MB of line 3 are deleted here \(\/big\)/);
    await build(path, "weighed:1");
    await until("no problem of an older image", () => !ours(uri).some((it) => codeOf(it) === "wasted-bytes"));
  });

  it("compares two images, in numbers", async () => {
    await build("go-api/Dockerfile.single-stage", "go-api:single-stage");
    const { comparison } = await ended(
      run<CompareResult>("compareImageSizes", { images: ["go-api:single-stage", "go-api:latest"] }),
      "compared",
    );
    const [single, multi] = comparison.images;
    assert.ok(single && multi);
    assert.deepEqual([single.label, multi.label], ["go-api:single-stage", "go-api:latest"]);
    assert.ok(
      single.unpackedSize > 10 * multi.unpackedSize,
      `${single.unpackedSize} against ${multi.unpackedSize}`,
    );
    assert.equal(multi.difference, multi.unpackedSize - single.unpackedSize);
    const copied = multi.layers.find(
      (it) => it.keyword === "COPY" && it.instruction.includes("/usr/local/bin/api"),
    );
    assert.ok(copied && copied.size > 1_000_000, "the binary has its bytes on its COPY");
    const line = (await open("go-api/Dockerfile")).getText().split("\n")[(copied.line ?? 0) - 1];
    assert.match(line ?? "", /^COPY --from=builder/);
    await until("the page", () =>
      vscode.window.tabGroups.all.flatMap((it) => it.tabs).some((tab) => tab.label === "Image Sizes"),
    );
  });

  describe("without an engine", () => {
    const settings = () => vscode.workspace.getConfiguration("plimsoll");
    after(() => settings().update("engine.host", undefined, vscode.ConfigurationTarget.Global));

    it("says where it looked", async () => {
      await settings().update(
        "engine.host",
        "unix:///nowhere/docker.sock",
        vscode.ConfigurationTarget.Global,
      );
      for (const command of ["checkEngine", "buildImage", "runImage", "compareImageSizes"]) {
        const missing = await ended(run<CheckResult>(command, { image: "a", tag: "a" }), "no-engine");
        assert.match(missing.message, /\/nowhere\/docker\.sock/);
      }
    });

    it("every command that needs one says so, and asks for nothing before", async () => {
      // These show something of their own first, or need none.
      const others = [
        "buildAgain",
        "buildService",
        "chooseEngine",
        "compareWithBuildBefore",
        "composeConfig",
      ];
      const plimsoll = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
      assert.ok(plimsoll);
      const { contributes } = plimsoll.packageJSON as {
        contributes: { commands: { command: string; enablement?: string }[] };
      };
      const ids = contributes.commands
        .filter((it) => it.enablement?.includes("isWorkspaceTrusted"))
        .map((it) => it.command.replace("plimsoll.", ""))
        .filter((it) => ![...others, "runningImage"].includes(it));
      const outcomes: string[] = [];
      for (const id of ids) outcomes.push(`${id} ${(await run<CheckResult>(id)).outcome}`);
      assert.deepEqual(
        outcomes,
        ids.map((it) => `${it} no-engine`),
      );
      assert.deepEqual(await (await plimsoll.activate()).images(), []);
    });

    it("finds it again once there is one", async () => {
      await settings().update("engine.host", undefined, vscode.ConfigurationTarget.Global);
      await ended(run<CheckResult>("checkEngine"), "connected");
    });
  });
});
