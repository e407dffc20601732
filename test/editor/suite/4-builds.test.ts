import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { StepLineResult } from "../../../client/src/commands/builds/show-step-line.ts";
import type { ShownRow } from "../../../client/src/editor/builds/builds-view.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { codeOf, fileUri, open, run, until, write } from "./editor.ts";

const folder = "builds";
const dockerfile = `${folder}/Dockerfile`;

describe("builds", function () {
  this.timeout(300_000);
  let shown: Shown;
  before(async () => {
    const extension = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
    assert.ok(extension);
    shown = await extension.activate();
    await run("removeBuilds");
  });

  /** Builds what `text` says. */
  async function build(text: string, tag: string, more: object = {}): Promise<BuildResult> {
    const uri = await write(dockerfile, text);
    // Where it is open, VS Code takes a moment to hear of it.
    await until("the editor to have it", () =>
      vscode.workspace.textDocuments.every(
        (it) => it.uri.toString() !== uri.toString() || it.getText() === text,
      ),
    );
    return run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag, ...more });
  }
  /** The newest build of this tag and what is below it, as the Builds view shows them. */
  async function rows(tag: string): Promise<readonly ShownRow[]> {
    const all = await shown.builds();
    const build = all.find((it) => it.text.startsWith(`${tag} |`))?.row.build;
    return all.filter((it) => it.row.build === build);
  }
  const texts = async (tag: string) => (await rows(tag)).map((it) => it.text);
  /** What the menus of the row with this text are given. */
  const rowOf = async (tag: string, text: string) => {
    const found = (await rows(tag)).find((it) => it.text.startsWith(text));
    assert.ok(found, `${text} in ${await texts(tag)}`);
    return found.row;
  };

  it("are listed with their steps: state, time, cache", async () => {
    await build("FROM alpine:3.24\nRUN echo one\n", "builds:one", { noCache: true });
    const first = await texts("builds:one");
    assert.match(first[0] ?? "", /^builds:one \| .* · \d of 2 steps cached \| build\.built/);
    assert.ok(
      first.some((it) => /^RUN echo one \| [\d.]+ m?s · stage-0 2\/2 \| step\.done\.instruction$/.test(it)),
      first.join("\n"),
    );
    await build("FROM alpine:3.24\nRUN echo one\n", "builds:again");
    const second = await texts("builds:again");
    assert.ok(
      second.some((it) => it === "RUN echo one | CACHED · stage-0 2/2 | step.cached.instruction"),
      second.join("\n"),
    );
    assert.equal((await shown.builds())[0]?.text, second[0], "the newest is first");
  });

  it("are two at once, each by itself: the one that is cancelled stops, the other ends", async () => {
    const long = await write(`${folder}/long.Dockerfile`, "FROM alpine:3.24\nRUN echo begun && sleep 9393\n");
    const short = await write(`${folder}/short.Dockerfile`, "FROM alpine:3.24\nRUN echo short && sleep 2\n");
    const start = (uri: vscode.Uri, tag: string) =>
      run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag, noCache: true });
    const first = start(long, "builds:long");
    await until("the first to run its step", async () =>
      (await texts("builds:long")).some((it) => it.includes("RUN echo begun") && it.includes("step.running")),
    );
    const row = await rowOf("builds:long", "builds:long");
    const step = await rowOf("builds:long", "RUN echo begun");
    const second = start(short, "builds:short");
    await until("both on the list", async () => {
      const running = (await shown.builds()).filter((it) => it.text.endsWith("build.running"));
      return running.length === 2;
    });

    // What it writes can be read while it runs.
    await run("showStepLog", step);
    const log = () => vscode.window.activeTextEditor?.document;
    assert.equal(log()?.uri.scheme, "plimsoll-build-log");
    await until("its output", () => log()?.getText() === "begun\n");
    await run("cancelBuild", row);
    assert.equal((await first).outcome, "cancelled");
    assert.equal((await second).outcome, "built");
    assert.match((await texts("builds:long"))[0] ?? "", /cancelled after .* \| build\.cancelled/);
  });

  it("tell which instruction failed, and what the compiler said of which source", async () => {
    const source = await write(`${folder}/src/main.c`, "int main(void) {\n  return x;\n}\n");
    const failing = `FROM alpine:3.24
WORKDIR /app
COPY src ./code
RUN echo "code/main.c:2:10: error: 'x' undeclared" >&2; exit 1
`;
    const result = await build(failing, "builds:failing");
    assert.equal(result.outcome, "build-failed");
    const [problem] = vscode.languages.getDiagnostics(source);
    assert.equal(problem?.message, "'x' undeclared");
    assert.deepEqual([problem?.range.start.line, problem?.range.start.character], [1, 9]);
    const list = await texts("builds:failing");
    assert.match(list[0] ?? "", /failed after .* \| build\.failed/);
    assert.ok(
      list.some((it) => it.startsWith("code/main.c:2:10: error")),
      list.join("\n"),
    );

    const step = await rowOf("builds:failing", "RUN echo");
    const line = await run<StepLineResult>("showStepLine", step);
    assert.deepEqual(line, { outcome: "shown", line: 4 });
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 3);

    await build("FROM alpine:3.24\nWORKDIR /app\nCOPY src ./code\n", "builds:failing");
    assert.deepEqual(vscode.languages.getDiagnostics(source), []);
  });

  it("leave what BuildKit warns of on its line, unless a rule of ours says the same", async () => {
    const uri = fileUri(dockerfile);
    const text = "FROM alpine:3.24\nWORKDIR w\nARG A\nENV a $A\n";
    await build(text, "builds:warned");
    const ofBuildKit = () => vscode.languages.getDiagnostics(uri).filter((it) => it.source === "BuildKit");
    await open(dockerfile);
    // Those that we have rules for go once these have spoken.
    await until("our own findings in their place", () => {
      const ours = vscode.languages.getDiagnostics(uri).filter((it) => it.source === "plimsoll");
      return (
        ours.some((it) => codeOf(it) === "legacy-key-value-format") &&
        !ofBuildKit().some((it) => codeOf(it) === "LegacyKeyValueFormat")
      );
    });
    const settings = vscode.workspace.getConfiguration("plimsoll");
    await settings.update("rules", { "legacy-key-value-format": "off" }, vscode.ConfigurationTarget.Global);
    const left = await until("BuildKit's, as ours is off", () =>
      ofBuildKit().find((it) => codeOf(it) === "LegacyKeyValueFormat"),
    );
    assert.equal(left.range.start.line, 3);
    assert.ok(typeof left.code === "object" && /^https:/.test(left.code.target.toString()));
    await settings.update("rules", undefined, vscode.ConfigurationTarget.Global);
    await build("FROM alpine:3.24\n", "builds:warned");
    assert.deepEqual(ofBuildKit(), []);
  });

  it("leave times beside the instructions, until these change", async () => {
    const text = "FROM alpine:3.24\nRUN echo a && sleep 1\nRUN echo b\n";
    await build(text, "builds:times", { noCache: true });
    const document = await open(dockerfile);
    const times = () => shown.times(document.uri).map((it) => `${it.line} ${it.text.replace(/[\d.]+/, "9")}`);
    await until("the times", () => times().includes("1 9 s") && times().some((it) => /^2 9 m?s$/.test(it)));
    await build(text, "builds:times");
    await until("the cache", () => times().includes("1 CACHED") && times().includes("2 CACHED"));

    const edit = async (line: number, to: string) => {
      const change = new vscode.WorkspaceEdit();
      change.replace(document.uri, document.lineAt(line).range, to);
      await vscode.workspace.applyEdit(change);
    };
    await edit(1, "RUN echo changed");
    await until("none where the text changed, stale behind it", () => {
      const now = times();
      return !now.some((it) => it.startsWith("1 ")) && now.includes("2 was CACHED");
    });
    await edit(1, "RUN echo a && sleep 1");
    await until("them again", () => times().includes("1 CACHED") && times().includes("2 CACHED"));

    const settings = vscode.workspace.getConfiguration("plimsoll");
    await settings.update("build.showTimes", false, vscode.ConfigurationTarget.Global);
    await until("nothing, as the setting says", () => times().length === 0);
    await settings.update("build.showTimes", undefined, vscode.ConfigurationTarget.Global);
    await until("them again", () => times().length > 0);
    await document.save();
  });

  const newest = () => rowOf("builds:compared", "builds:compared");

  it("are repeated, compared with the one before, and taken off the list", async () => {
    await build("FROM alpine:3.24\nRUN echo 1 > /a\n", "builds:compared");
    await build("FROM alpine:3.24\nRUN echo 22 > /a\n", "builds:compared");
    assert.match((await texts("builds:compared"))[0] ?? "", /build\.built\.comparable$/);
    const compared = await run<{ outcome: string; comparison?: { images: { label: string }[] } }>(
      "compareWithBuildBefore",
      await rowOf("builds:compared", "builds:compared"),
    );
    assert.equal(compared.outcome, "compared");
    assert.deepEqual(
      compared.comparison?.images.map((it) => it.label),
      ["builds:compared before", "builds:compared"],
    );
    const again = await run<BuildResult>("buildAgain", await newest());
    assert.equal(again.outcome, "built");
    await run("removeBuild", await newest());
    const left = (await shown.builds()).filter((it) => it.text.startsWith("builds:compared"));
    assert.equal(left.length, 2);
    await run("removeBuilds");
    assert.deepEqual(await shown.builds(), []);
  });
});

describe("build tasks", function () {
  this.timeout(180_000);

  /** Runs a task to its end. Resolves to its exit code. */
  async function ended(
    task: vscode.Task,
    started?: (execution: vscode.TaskExecution) => void,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const listener = vscode.tasks.onDidEndTaskProcess((it) => {
        if (it.execution.task.name !== task.name) return;
        listener.dispose();
        resolve(it.exitCode ?? -1);
      });
      vscode.tasks.executeTask(task).then((execution) => started?.(execution), reject);
    });
  }
  const fetched = async () => vscode.tasks.fetchTasks({ type: "plimsoll" });

  it("are there for each Dockerfile and each named stage", async () => {
    const names = (await fetched()).map((it) => it.name);
    assert.ok(names.includes("build go-api/Dockerfile"), names.join());
    assert.ok(names.includes("build go-api/Dockerfile (builder)"), names.join());
  });

  it("end with 0 when the image is built, with 1 when it is not", async () => {
    await write("tasks/Dockerfile", "FROM alpine:3.24\nARG A=x\nRUN test $A = x\n");
    const task = (await fetched()).find((it) => it.name === "build tasks/Dockerfile");
    assert.ok(task);
    assert.equal(await ended(task), 0);
    const uri = await write("tasks/Dockerfile", "FROM alpine:3.24\nRUN echo no && exit 4\n");
    assert.equal(await ended(task), 1);
    const problem = vscode.languages.getDiagnostics(uri).find((it) => codeOf(it) === "build-failed");
    assert.equal(problem?.range.start.line, 1);
  });

  it("with our matcher tell of a failure once", async () => {
    const uri = await write("tasks/once.Dockerfile", "FROM alpine:3.24\nRUN exit 6\n");
    const once = {
      label: "once",
      type: "plimsoll",
      task: "build",
      dockerfile: "tasks/once.Dockerfile",
      problemMatcher: "$plimsoll-build",
    };
    await write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: [once] }));
    const task = await until("the task", async () =>
      (await vscode.tasks.fetchTasks()).find((it) => it.name === "once"),
    );
    assert.equal(await ended(task), 1);
    const errors = () =>
      vscode.languages.getDiagnostics(uri).filter((it) => it.severity === vscode.DiagnosticSeverity.Error);
    // The matcher may be later than the end of the task; the build itself would have told before that, with a code.
    await until("what the matcher found", () => errors().some((it) => it.code === undefined));
    assert.deepEqual(
      errors().map((it) => it.range.start.line),
      [1],
    );
  });

  it("of tasks.json take what it says; ending one stops its build", async () => {
    await write(
      "tasks/Dockerfile",
      `FROM alpine:3.24 AS base
ARG A=x
RUN test $A = y
COPY --from=other o.txt /
RUN --mount=type=secret,id=npm,required grep -q the-value /run/secrets/npm
RUN grep -q 10.0.0.5 /etc/hosts
FROM scratch
`,
    );
    await write("tasks/npmrc", "the-value\n");
    await write("other/o.txt", "of another folder\n");
    await write("tasks/slow.Dockerfile", "FROM alpine:3.24\nRUN sleep 9494\n");
    const definition = { type: "plimsoll", task: "build" };
    const described = [
      {
        ...definition,
        label: "with arguments",
        dockerfile: "tasks/Dockerfile",
        context: "tasks",
        target: "base",
        tag: "tasks:1",
        args: { A: "y" },
        moreTags: ["tasks:more"],
        contexts: { other: "other" },
        secrets: { npm: { file: "tasks/npmrc" } },
        labels: { "of.a.task": "yes" },
        extraHosts: { "host.of.task": "10.0.0.5" },
      },
      { ...definition, label: "wrong", dockerfile: "tasks/Dockerfile", secrets: { npm: "the-value" } },
      { ...definition, label: "slow", dockerfile: "tasks/slow.Dockerfile", tag: "tasks:slow", noCache: true },
      {
        label: "docker",
        type: "shell",
        command: "cat tasks/docker-output.txt; exit 1",
        problemMatcher: "$docker-build",
      },
    ];
    await write(".vscode/tasks.json", JSON.stringify({ version: "2.0.0", tasks: described }));
    const task = async (name: string) =>
      until(`the task ${name}`, async () => (await vscode.tasks.fetchTasks()).find((it) => it.name === name));
    assert.equal(await ended(await task("with arguments")), 0);
    const shown = await run<{ uri: string }>("inspectImage", { image: "tasks:more" });
    const inspected = await vscode.workspace.openTextDocument(vscode.Uri.parse(shown.uri));
    assert.match(inspected.getText(), /"of\.a\.task": "yes"/);
    assert.equal(await ended(await task("wrong")), 1);

    const code = await ended(await task("slow"), (execution) =>
      setTimeout(() => execution.terminate(), 3000),
    );
    assert.notEqual(code, 0);
  });

  it("what docker build says of a Dockerfile is a problem on its line", async () => {
    const uri = await write("matched.Dockerfile", "FROM alpine:3.24\nRUN true\nRUN exit 3\nCMD a\n");
    await write(
      "tasks/docker-output.txt",
      `#5 ERROR: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3
------
 > [3/3] RUN exit 3:
------
matched.Dockerfile:3
--------------------
   1 |     FROM alpine:3.24
   2 |     RUN true
   3 | >>> RUN exit 3
   4 |     CMD a
   5 |${" "}
--------------------
ERROR: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3
`,
    );
    const task = (await vscode.tasks.fetchTasks()).find((it) => it.name === "docker");
    assert.ok(task);
    await ended(task);
    const problem = await until("the problem", () =>
      vscode.languages.getDiagnostics(uri).find((it) => it.source === "docker build"),
    );
    assert.equal(problem.range.start.line, 2);
    assert.match(problem.message, /RUN exit 3/);
  });
});
