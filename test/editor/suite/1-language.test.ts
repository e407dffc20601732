import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { FixAllResult } from "../../../client/src/commands/fix-all.ts";
import { promptLenses } from "../../../client/src/editor/prompt-lenses.ts";
import { codeOf, fileUri, lenses, open, ours, run, until, untilFindings, write } from "./editor.ts";

const bad = "go-api/Dockerfile.bad";
const safe = [
  "go-binary-needs-libc",
  "package-cache-left",
  "unknown-stage",
  "copy-then-chown",
  "shell-form-swallows-signals",
];

describe("the language part", () => {
  before(async () => {
    const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
    assert.ok(extension, "the extension is installed");
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it("gives the files their languages", async () => {
    const languageOf = async (path: string) => (await open(path)).languageId;
    assert.equal(await languageOf("go-api/Dockerfile"), "dockerfile");
    assert.equal(await languageOf(bad), "dockerfile");
    assert.equal(await languageOf("blog/compose.yaml"), "dockercompose");
    await write("app.Dockerfile", "FROM scratch\n");
    assert.equal(await languageOf("app.Dockerfile"), "dockerfile");
  });

  it("takes a file of any name that a Compose file includes for one, and leaves it once it is set back", async () => {
    await write("parts/compose.yaml", "include: [infra/db.yml]\n");
    await write("parts/values.yml", "replicas: 1\n");
    const part = await write("parts/infra/db.yml", "services:\n  db:\n    imge: postgres:18\n");
    const now = () => vscode.workspace.textDocuments.find((it) => it.uri.toString() === part.toString());
    await open("parts/infra/db.yml");
    await until("the included file is one of Compose", () => now()?.languageId === "dockercompose");
    await until("its key is found", () => ours(part).some((it) => codeOf(it) === "unknown-key"));
    assert.equal((await open("parts/values.yml")).languageId, "yaml");
    const document = now();
    assert.ok(document);
    await vscode.languages.setTextDocumentLanguage(document, "yaml");
    await until("nothing is found any more", () => ours(part).length === 0);
    assert.equal(now()?.languageId, "yaml");
  });

  it("registers every command that it contributes", async () => {
    const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
    const contributed: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      contributed.map((command) => command.command).filter((command) => !registered.includes(command)),
      [],
    );
  });

  it("finds what is wrong in the bad Dockerfile, each with its reason", async () => {
    const document = await open(bad);
    await untilFindings(document.uri, [...safe, "runs-as-root"]);
    const stage = ours(document.uri).find((diagnostic) => codeOf(diagnostic) === "unknown-stage");
    assert.equal(stage && document.getText(stage.range), "biulder");
    const root = ours(document.uri).find((diagnostic) => codeOf(diagnostic) === "runs-as-root");
    assert.ok(root?.relatedInformation?.length, "runs-as-root says why");
  });

  it("fixes what is safe all at once, and the rest when asked", async () => {
    const document = await open(bad);
    const before = document.getText();
    const result = await run<FixAllResult>("fixAll");
    assert.deepEqual(result, { outcome: "fixed", changed: true });
    await untilFindings(document.uri, ["runs-as-root"]);
    assert.match(document.getText(), /--from=builder/);

    const [root] = ours(document.uri);
    assert.ok(root);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      root.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find((action) => action.title.startsWith("Create the user"));
    assert.ok(fix?.edit, "there is a quick fix");
    await vscode.workspace.applyEdit(fix.edit);
    // The user that is created has a name, of which Kubernetes wants to know the number: an info.
    await untilFindings(document.uri, []);
    assert.match(document.getText(), /^USER /m);
    assert.equal(before.split("\n")[0], document.getText().split("\n")[0], "the comment is still there");

    const again = await run<FixAllResult>("fixAll");
    assert.deepEqual(again, { outcome: "fixed", changed: false });
    await document.save();
  });

  it("writes an ignore file when asked", async () => {
    await write("web/.env", "TOKEN=x\n");
    await write("web/package.json", "{}\n");
    const uri = await write("web/Dockerfile", "FROM node:24-alpine\nWORKDIR /app\nCOPY . .\nUSER node\n");
    await vscode.window.showTextDocument(uri);
    const isSecret = (it: vscode.Diagnostic) => codeOf(it) === "secret-file-copied";
    const secret = await until("the copied secret", () => ours(uri).find(isSecret));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      secret.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find((action) => action.title.startsWith("Create .dockerignore with .env"));
    assert.ok(fix?.edit, "there is a quick fix");
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const ignore = await open("web/.dockerignore");
    assert.match(ignore.getText(), /^(\*\*\/)?\.env$/m);
    await ignore.save();
    await until("the secret to be kept out", () => !ours(uri).some(isSecret));
  });

  it("keeps quiet about good files", async () => {
    const document = await open("go-api/Dockerfile");
    // A finding in another file says that the server has looked at the one opened before it.
    const other = await write("go-api/Dockerfile.other", "FROM alpine\n");
    await vscode.window.showTextDocument(other);
    await until("a finding", () => ours(other).length > 0);
    assert.deepEqual(ours(document.uri), []);
  });

  it("looks at unsaved documents too", async () => {
    await run("openSample");
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    await until("findings", () => ours(document.uri).some((it) => codeOf(it) === "unknown-stage"));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");

    await run("openSample", { kind: "compose" });
    const services = vscode.window.activeTextEditor?.document;
    assert.equal(services?.languageId, "dockercompose");
    await until("findings", () => ours(services.uri).some((it) => codeOf(it) === "wrong-data-path"));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("takes names for what they are, also those with a dash", async () => {
    for (const [name, language] of [
      ["Dockerfile-dev", "dockerfile"],
      ["Containerfile-dev", "dockerfile"],
      ["api.dockerfile", "dockerfile"],
      ["compose-dev.yaml", "dockercompose"],
      ["compose.override.yml", "dockercompose"],
    ] as const) {
      const uri = await write(`names/${name}`, "");
      assert.equal((await vscode.workspace.openTextDocument(uri)).languageId, language, name);
    }
  });

  describe("lenses", () => {
    const settings = () => vscode.workspace.getConfiguration("plimsoll");
    after(() => settings().update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Global));

    it("stand on stages that can be built", async () => {
      const { uri } = await open("go-api/Dockerfile");
      const found = await until("lenses", async () => {
        // What is estimated depends on the images that the engine has.
        const all = (await lenses(uri)).filter((it) => !it.includes(": ~"));
        return all.length > 0 && all;
      });
      assert.deepEqual(found, [
        "5: Build",
        "10: Build",
        "17: Build",
        "17: Run",
        "17: Compare sizes",
        "17: Try other bases",
      ]);
    });

    it("stand on services that are built", async () => {
      const { uri, getText } = await open("blog/compose.yaml");
      const found = await until("lenses", async () => {
        const all = (await lenses(uri)).filter((it) => it.endsWith(": Build"));
        return all.length > 0 && all;
      });
      const lines = getText().split("\n");
      assert.deepEqual(
        found.map((lens) => lines[Number.parseInt(lens, 10) - 1]?.trim()),
        ["posts:", "comments:"],
      );
    });

    it("build what the Compose file says", async () => {
      const { uri } = await open("blog/compose.yaml");
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        uri,
        99,
      );
      const lens = all.find((it) => it.command?.command === "plimsoll.buildService");
      const [answers] = lens?.command?.arguments ?? [];
      assert.equal(vscode.Uri.parse(answers.file).fsPath, fileUri("blog/compose.yaml").fsPath);
      assert.equal(answers.service, "posts");
    });

    it("do not wait for a server that still starts, and come when it has answered", async () => {
      const uri = await write("lenses/waiting.txt", "one\n");
      const start = Promise.withResolvers<void>();
      let asked = 0;
      const provider = vscode.languages.registerCodeLensProvider(
        { scheme: "file", pattern: "**/waiting.txt" },
        promptLenses({
          async provideCodeLenses() {
            asked += 1;
            await start.promise;
            const command = { title: "There", command: "plimsoll.buildImage" };
            return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
          },
        }),
      );
      try {
        await open("lenses/waiting.txt");
        assert.deepEqual(await lenses(uri), []);
        await until("the question of the editor", () => asked > 1);
        const before = asked;
        start.resolve();
        await until("another question, which nobody but the editor asks", () => asked > before);
        assert.deepEqual(await lenses(uri), ["1: There"]);
      } finally {
        provider.dispose();
      }
    });

    it("can be switched off", async () => {
      await settings().update("codeLens.enabled", false, vscode.ConfigurationTarget.Global);
      assert.deepEqual(await lenses(fileUri("go-api/Dockerfile")), []);
    });
  });
});
