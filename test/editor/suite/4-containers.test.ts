import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { ContainersResult } from "../../../client/src/commands/containers/container-commands.ts";
import type { InspectResult } from "../../../client/src/commands/containers/inspect-container.ts";
import type { BrowseResult } from "../../../client/src/commands/containers/open-in-browser.ts";
import type { ShellResult } from "../../../client/src/commands/containers/open-shell.ts";
import type { RemoveContainerResult } from "../../../client/src/commands/containers/remove-container.ts";
import type { LogsResult } from "../../../client/src/commands/containers/show-container-logs.ts";
import type { CopyResult } from "../../../client/src/commands/images/copy-text.ts";
import type { PruneResult } from "../../../client/src/commands/images/prune.ts";
import type { PullResult } from "../../../client/src/commands/images/pull-image.ts";
import type { PushResult } from "../../../client/src/commands/images/push-image.ts";
import type { RemoveImageResult } from "../../../client/src/commands/images/remove-image.ts";
import type { RunResult } from "../../../client/src/commands/images/run-image.ts";
import type { SmokeResult } from "../../../client/src/commands/images/smoke-check.ts";
import type { StopResult } from "../../../client/src/commands/images/stop-image.ts";
import type { TagResult } from "../../../client/src/commands/images/tag-image.ts";
import type { RunAnswers } from "../../../client/src/editor/containers/run-plan.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { fileUri, run, until, write } from "./editor.ts";

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

const service = "containers-test:service";
const tool = "containers-test:tool";
/** One static program and nothing else, as in an image from scratch. */
const bareImage = "containers-bare:latest";

function shown(): Shown {
  const extension = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
  assert.ok(extension?.exports, "the extension is active");
  return extension.exports;
}

const started = (answers: RunAnswers) => ended(run<RunResult>("runImage", answers), "running");

async function inspected(id: string): Promise<Record<string, unknown>> {
  const { uri } = await ended(run<InspectResult>("inspectContainer", { id }), "shown");
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  assert.equal(document.languageId, "json");
  return JSON.parse(document.getText());
}

const containerRow = async (text: string) => (await shown().containers()).find((it) => it.includes(text));
const untilRow = (text: string) => until(`a row with ${text}`, () => containerRow(text));
const untilNoRow = (text: string) =>
  until(`no row with ${text}`, async () => (await containerRow(text)) === undefined);

describe("images and containers", function () {
  this.timeout(420_000);

  before(async () => {
    const build = async (name: string, tag: string, text: string) => {
      const uri = await write(`containers-test/${name}`, text);
      await ended(run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag }), "built");
    };
    await build(
      "Dockerfile",
      service,
      'FROM alpine:3.24\nRUN mkdir /made\nENV MODE=image TOKEN=of-the-image\nVOLUME /data\nEXPOSE 8080\nSTOPSIGNAL SIGKILL\nHEALTHCHECK --interval=1s CMD wget -q -O /dev/null http://127.0.0.1:8080/hostname\nCMD ["httpd", "-f", "-p", "8080", "-h", "/etc"]\n',
    );
    await build("Dockerfile.tool", tool, 'FROM alpine:3.24\nENTRYPOINT ["echo"]\nCMD ["from the image"]\n');
    await build(
      "Dockerfile.bare",
      bareImage,
      'FROM alpine:3.24 AS busybox\nRUN cp "$(readlink -f /bin/busybox)" /program\nFROM scratch\nCOPY --from=busybox /program /bin/sleep\nCMD ["/bin/sleep", "600"]\n',
    );
    await vscode.commands.executeCommand("plimsoll.containers.focus");
    await vscode.commands.executeCommand("plimsoll.images.focus");
  });
  after(async () => {
    for (const image of [service, tool, bareImage]) await run("removeImage", { image, confirmed: true });
  });

  it("lists images by repository, with size, age and platform", async () => {
    const rows = await until("the images", async () => {
      const all = await shown().images();
      return all.includes("containers-test | 2 images | repository") && all;
    });
    const at = rows.indexOf("containers-test | 2 images | repository");
    const below = rows.slice(at + 1, at + 3);
    for (const tag of ["service", "tool"])
      assert.ok(
        below.some((it) =>
          new RegExp(
            `^  ${tag} \\| [\\d.]+ MB on disk · (just now|\\d+ \\w+ ago) · linux/amd64 \\| image named$`,
          ).test(it),
        ),
        below.join("\n"),
      );
  });

  it("runs in the background with every option; nothing secret is shown", async () => {
    const env = await write("containers-test/.env", "FROM_FILE=yes\nDB_PASSWORD=hunter2\nMODE=file\n");
    const { id, health, url, name } = await started({
      image: service,
      ports: { "8080/tcp": 0 },
      environmentFiles: [env.fsPath],
      environment: ["MODE=given", "API_TOKEN=hunter2"],
      mounts: [
        { kind: "folder", source: fileUri("containers-test").fsPath, target: "/mnt/here", readOnly: true },
        { kind: "volume", source: "containers-test-data", target: "/data" },
      ],
      init: true,
      user: "0:0",
      readOnly: true,
      waitForHealth: true,
    });
    assert.equal(health, "healthy");
    assert.equal((await fetch(`${url}/hostname`)).status, 200);

    const value = await inspected(id);
    const { Config, HostConfig, Mounts } = value as {
      Config: { Env: string[]; User: string };
      HostConfig: { Init: boolean; ReadonlyRootfs: boolean };
      Mounts: { Destination: string; Type: string }[];
    };
    assert.ok(!JSON.stringify(value).includes("hunter2"), "no secret is shown");
    for (const it of ["FROM_FILE=yes", "DB_PASSWORD=•••", "MODE=given", "API_TOKEN=•••", "TOKEN=•••"])
      assert.ok(Config.Env.includes(it), Config.Env.join(" "));
    assert.equal(Config.User, "0:0");
    assert.ok(HostConfig.Init && HostConfig.ReadonlyRootfs);
    assert.deepEqual(Mounts.map((it) => `${it.Type} ${it.Destination}`).sort(), [
      "bind /mnt/here",
      "volume /data",
    ]);

    // The list learns of it by the engine's event, after whoever asked for the health.
    const row = await until("its health in the list", async () => {
      const shownRow = await containerRow(name);
      return shownRow?.includes("(healthy)") ? shownRow : undefined;
    });
    assert.match(
      row,
      /containers-test:service · Up .*\(healthy\) · \d+→8080\/tcp \| container running open$/,
    );
    await until("the image in use", async () =>
      (await shown().images()).some((it) => /service \|.*in use by 1 container/.test(it)),
    );
    await ended(run<StopResult>("stopImage", { id }), "stopped");
    await untilNoRow(name);
  });

  it("restarts: another port, healthy again, and its terminal goes on", async () => {
    const { id, name } = await started({ image: service, ports: { "8080/tcp": 0 }, waitForHealth: true });
    await ended(run<ContainersResult>("restartContainer", { id }), "done");
    await until("healthy again", async () => (await containerRow(name))?.includes("(healthy)"));
    await ended(run<StopResult>("stopImage", { id, graceSeconds: 0 }), "stopped");
    await untilNoRow(name);
  });

  it("takes a free port for one that is in use, and leaves the others", async () => {
    const first = await started({ image: service, ports: { "8080/tcp": 0 } });
    const taken = Number(first.ports["8080/tcp"]?.split(":").at(-1));
    const second = await started({ image: service, ports: { "8080/tcp": taken, "9090/tcp": 0 } });
    assert.notEqual(second.ports["8080/tcp"], first.ports["8080/tcp"]);
    for (const { id } of [first, second]) await ended(run<StopResult>("stopImage", { id }), "stopped");
  });

  it("runs interactively: what is typed goes to the program, and it is removed when that ends", async () => {
    const { id, name } = await started({
      image: service,
      ports: {},
      interactive: true,
      entrypoint: ["sh"],
    });
    await untilRow(name);
    const terminal = await until("its terminal", () =>
      vscode.window.terminals.findLast((it) => it.name === service && it.exitStatus === undefined),
    );
    // What is typed before the terminal is open gets lost.
    await until(`no row with ${name}`, async () => {
      terminal.sendText("exit 0");
      return (await containerRow(name)) === undefined;
    });
    const gone = await run<InspectResult>("inspectContainer", { id });
    assert.equal(gone.outcome, "cancelled");
  });

  it("closing an interactive terminal ends the program", async () => {
    const { name } = await started({ image: service, ports: {}, interactive: true, entrypoint: ["sh"] });
    await untilRow(name);
    const terminal = vscode.window.terminals.findLast((it) => it.name === service);
    terminal?.dispose();
    await untilNoRow(name);
  });

  it("shows by the engine's events what nobody told it", async () => {
    const { id, name } = await started({
      image: service,
      ports: {},
      keep: true,
      entrypoint: ["sh", "-c", "sleep 3; exit 3"],
    });
    assert.match(await untilRow(name), /container running/);
    await until("its end", async () => (await containerRow(name))?.includes("Exited (3)"));
    assert.match((await containerRow(name)) ?? "", /container stopped$/);
    await ended(run<ContainersResult>("startContainer", { id }), "done");
    await until("it runs", async () => (await containerRow(name))?.includes("container running"));
    await ended(run<ContainersResult>("stopContainer", { ids: [id] }), "done");
    await ended(run<RemoveContainerResult>("removeContainer", { id, confirmed: true }), "removed");
    await untilNoRow(name);
  });

  it("does one thing to several that are selected", async () => {
    const both = [
      await started({ image: service, ports: {}, keep: true }),
      await started({ image: service, ports: {}, keep: true }),
    ];
    const ids = both.map((it) => it.id);
    const { ids: stopped } = await ended(run<ContainersResult>("stopContainer", { ids }), "done");
    assert.deepEqual(stopped.toSorted(), ids.toSorted());
    const { names } = await ended(
      run<RemoveContainerResult>("removeContainer", { ids, confirmed: true }),
      "removed",
    );
    assert.deepEqual([...names].toSorted(), both.map((it) => it.name).toSorted());
    for (const { name } of both) await untilNoRow(name);
  });

  it("says why an image cannot be pulled or pushed", async () => {
    const pulled = await ended(run<PullResult>("pullImage", { image: "127.0.0.1:1/a/b:1" }), "failed");
    assert.match(pulled.message, /^The engine cannot reach 127\.0\.0\.1:1: /);
    const tag = "127.0.0.1:1/containers/test:1";
    const pushed = await ended(run<PushResult>("pushImage", { image: service, tag }), "failed");
    assert.match(pushed.message, /^The engine cannot reach 127\.0\.0\.1:1: /);
    await ended(run<RemoveImageResult>("removeImage", { image: tag, confirmed: true }), "removed");
  });

  it("opens logs and a shell, and says when there is none", async () => {
    const { id, name } = await started({ image: service, ports: { "8080/tcp": 0 } });
    await ended(run<ShellResult>("openShell", { id }), "opened");
    assert.ok(vscode.window.terminals.some((it) => it.name === `${name} (shell)`));
    const { text } = await ended(run<CopyResult>("copyName", { id }), "copied");
    assert.equal(text, name);
    assert.equal(await vscode.env.clipboard.readText(), name);
    assert.equal((await ended(run<CopyResult>("copyId", { id }), "copied")).text, id);
    assert.match((await ended(run<CopyResult>("copyId", { image: service }), "copied")).text, /^sha256:/);
    assert.deepEqual((await ended(run<LogsResult>("showContainerLogs", { id }), "shown")).ids, [id]);
    await until("its terminal in front", () => vscode.window.activeTerminal?.name === service);
    await ended(run<StopResult>("stopImage", { id }), "stopped");
    const failed = await ended(run<ShellResult>("openShell", { id }), "cancelled");
    assert.ok(failed);

    const bare = await started({ image: bareImage, ports: {} });
    const none = await ended(run<ShellResult>("openShell", { id: bare.id }), "failed");
    assert.match(none.message, /^There is no shell in this image/);
    await ended(run<StopResult>("stopImage", { id: bare.id }), "stopped");
  });

  it("tags and removes images; one in use says what to do", async () => {
    await ended(run<TagResult>("tagImage", { image: service, tag: "containers-test:other" }), "tagged");
    await until("the new name", async () => (await shown().images()).some((it) => /^ {2}other \|/.test(it)));
    const { images } = await ended(
      run<RemoveImageResult>("removeImage", { image: "containers-test:other", confirmed: true }),
      "removed",
    );
    assert.deepEqual(images, ["containers-test:other"]);
    await until(
      "the name gone",
      async () => !(await shown().images()).some((it) => /^ {2}other \|/.test(it)),
    );

    const { id, name } = await started({ image: service, ports: {} });
    const used = await ended(run<RemoveImageResult>("removeImage", { image: service }), "failed");
    assert.match(used.message, new RegExp(`in use: ${name} runs from it. Stop and remove`));
    const { url } = (await run<BrowseResult>("openInBrowser", { id })) as { url?: string };
    assert.equal(url, undefined, "it publishes no port");
    await ended(run<StopResult>("stopImage", { id }), "stopped");
    const { uri } = await ended(run<InspectResult>("inspectImage", { image: service }), "shown");
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();
    assert.match(text, /"TOKEN=•••"/);
  });

  it("prunes what was shown, and says how many bytes", async () => {
    const { id, name } = await started({
      image: service,
      ports: {},
      keep: true,
      entrypoint: ["sh", "-c", "head -c 1000000 /dev/zero > /big"],
    });
    await until("its end", async () => (await containerRow(name))?.includes("Exited"));
    const pruned = await ended(
      run<PruneResult>("prune", { what: ["containers"], confirmed: true }),
      "pruned",
    );
    assert.equal(pruned.containers, 1);
    assert.ok(pruned.bytes >= 1_000_000, `${pruned.bytes} bytes`);
    await untilNoRow(id.slice(0, 12));
  });

  it("checks that an image runs", async () => {
    const works = await ended(run<SmokeResult>("smokeCheck", { image: service }), "checked");
    assert.deepEqual([works.works, works.status], [true, "healthy"]);
    const ends = await ended(run<SmokeResult>("smokeCheck", { image: tool }), "checked");
    assert.deepEqual([ends.works, ends.status, ends.log], [true, "ended", ["from the image"]]);
    const broken = await ended(
      run<SmokeResult>("smokeCheck", { image: service, entrypoint: ["/nope"] }),
      "checked",
    );
    assert.deepEqual([broken.works, broken.started], [false, false]);
  });

  it("an environment file that is not there, or has a mistake, is said", async () => {
    const failing = async (file: vscode.Uri) =>
      (await ended(run<RunResult>("runImage", { image: service, environmentFiles: [file.fsPath] }), "failed"))
        .message;
    assert.match(await failing(fileUri("no/such.env")), /^The environment file no\/such\.env cannot be read/);
    const wrong = await write("containers-test/wrong.env", "A=1\nB C=2\n");
    assert.match(
      await failing(wrong),
      /^Line 2 of the environment file containers-test\/wrong\.env has a mistake\. .*blank in the name `B C`/,
    );
  });
});
