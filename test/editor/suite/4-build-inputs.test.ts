import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { BuildServiceResult } from "../../../client/src/commands/builds/build-service.ts";
import { fileUri, lenses, open, run, until, write } from "./editor.ts";

async function ended<Result extends { outcome: string }, Outcome extends Result["outcome"]>(
  result: Thenable<Result>,
  outcome: Outcome,
): Promise<Extract<Result, { outcome: Outcome }>> {
  const it = await result;
  assert.equal(it.outcome, outcome, JSON.stringify(it, undefined, 2));
  return it as Extract<Result, { outcome: Outcome }>;
}

/** Enter on what a command shows, until it has ended: before the sheet is there Enter does nothing, and nor does it behind that. */
async function withEnter<Result>(running: Thenable<Result>): Promise<Result> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  running.then(end, end);
  await until(
    "the end of the command",
    async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return hasEnded;
    },
    120_000,
  );
  return running;
}

describe("what a build is given", function () {
  this.timeout(240_000);
  const settings = () => vscode.workspace.getConfiguration("plimsoll");
  const secretStep = "RUN --mount=type=secret,id=npm,required grep -q the-value /run/secrets/npm\n";

  it("a secret from a file, which is remembered as a path", async () => {
    const dockerfile = (await write("inputs/Dockerfile", `FROM alpine:3.24\n${secretStep}`)).fsPath;
    const file = (await write("inputs/npmrc", "the-value\n")).fsPath;
    const secrets = { npm: { kind: "file", path: file } };
    await ended(run<BuildResult>("buildImage", { dockerfile, tag: "inputs:1", secrets }), "built");
    await write("inputs/npmrc", "another\n");
    const failed = await ended(
      run<BuildResult>("buildImage", { dockerfile, tag: "inputs:1", noCache: true }),
      "build-failed",
    );
    assert.equal(failed.line, 2);
    await write("inputs/npmrc", "the-value\n");
    await ended(run<BuildResult>("buildImage", { dockerfile, tag: "inputs:1", noCache: true }), "built");
  });

  it("one that is not given: the build says so", async () => {
    const dockerfile = (await write("inputs/Dockerfile.none", `FROM alpine:3.24\n${secretStep}`)).fsPath;
    const failed = await ended(
      run<BuildResult>("buildImage", { dockerfile, tag: "inputs:2", noCache: true }),
      "build-failed",
    );
    assert.match(failed.message, /secret npm: not found/);
  });

  it("the sheet, with Enter on its first line", async () => {
    const dockerfile = (await write("inputs/Dockerfile.sheet", "FROM scratch\nLABEL a=b\n")).fsPath;
    const building = withEnter(run<BuildResult>("buildImage", { dockerfile }));
    assert.equal((await ended(building, "built")).tag, "inputs:sheet");
  });

  describe("unsaved text", () => {
    const everywhere = vscode.ConfigurationTarget.Global;
    // VS Code in a browser saves by itself after a second.
    const autoSave = (value: string | undefined) =>
      vscode.workspace.getConfiguration("files").update("autoSave", value, everywhere);
    before(() => autoSave("off"));
    after(async () => {
      await autoSave(undefined);
      await settings().update("build.unsaved", undefined, everywhere);
    });

    it("is built as it is where the setting says so, and stays unsaved", async () => {
      const uri = await write("inputs/Dockerfile.unsaved", "FROM scratch\nNONSENSE\n");
      const document = await open("inputs/Dockerfile.unsaved");
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, document.lineAt(1).range, "LABEL a=b");
      await vscode.workspace.applyEdit(edit);
      await settings().update("build.unsaved", "use", everywhere);
      await ended(run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "inputs:3" }), "built");
      assert.ok(document.isDirty);
      await settings().update("build.unsaved", undefined, everywhere);
      await ended(run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "inputs:3" }), "built");
      assert.ok(!document.isDirty, "saved, as is the default");
    });
  });

  it("a Compose service's build section", async () => {
    const file = await write(
      "inputs/compose.yaml",
      `services:
  web:
    image: inputs-web:7
    build:
      context: .
      args: { WHO: Ada }
      secrets: [npm]
      tags: ["inputs-web:latest"]
      additional_contexts: { other: ./other }
      dockerfile_inline: |
        FROM alpine:3.24
        ARG WHO
        COPY --from=other o.txt /o.txt
        RUN [ "$$WHO" = Ada ] && grep -q "from other" /o.txt
        ${secretStep.trim()}
  far:
    build: https://example.com/repo.git
  none:
    image: alpine:3.24
secrets:
  npm: { file: ./npmrc }
`,
    );
    await write("inputs/other/o.txt", "from other\n");
    await open("inputs/compose.yaml");
    await until("the lens", async () => (await lenses(file)).includes("2: Build"));
    const answers = { file: file.fsPath, service: "web", confirm: false };
    const built = await ended(run<BuildServiceResult>("buildService", answers), "built");
    assert.equal(built.tag, "inputs-web:7");

    const far = await ended(
      run<BuildServiceResult>("buildService", { file: file.fsPath, service: "far" }),
      "not-buildable",
    );
    assert.match(far.message, /docker compose build far/);
    await ended(
      run<BuildServiceResult>("buildService", { file: file.fsPath, service: "none" }),
      "not-buildable",
    );
    // The one service that is in the way of nothing else: the file of the example, by the sheet.
    const example = run<BuildServiceResult>("buildService", {
      file: fileUri("inputs/compose.yaml").fsPath,
      service: "web",
    });
    await ended(withEnter(example), "built");
  });
});
