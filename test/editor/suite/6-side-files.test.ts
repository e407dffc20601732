import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { FixAllResult } from "../../../client/src/commands/fix-all.ts";
import { open, ours, run, until, untilFindings, write } from "./editor.ts";

const compose = `services:
  api:
    image: example/api:\${TAG:-1.4}
    env_file: [api.env, .envs/api]
`;

async function hoverText(document: vscode.TextDocument, line: number): Promise<string> {
  const at = new vscode.Position(line, 1);
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    at,
  );
  const contents = found.flatMap((it) => it.contents);
  return contents.map((it) => (typeof it === "string" ? it : it.value)).join("\n");
}

describe("environment files and ignore files", () => {
  it("keep the editor's languages and colours, and have findings of their own", async () => {
    await write("side/compose.yaml", compose);
    await write("side/.env", "TAG=1\nTAG=2\nA+B=1\n");
    const document = await open("side/.env");
    assert.equal(document.languageId, "dotenv");
    await untilFindings(document.uri, ["variable-set-twice", "dotenv-name"]);
    await until("the hover", async () => /TAG.*= `2`/.test(await hoverText(document, 1)));
    const result = await run<FixAllResult>("fixAll");
    assert.deepEqual(result, { outcome: "fixed", changed: true });
    await untilFindings(document.uri, ["dotenv-name"]);
    await document.save();
  });

  it("complete what the Compose file uses", async () => {
    await write("side/more.env", "");
    await write("side/.env", "\n");
    const document = await open("side/.env");
    const list = await until("TAG in the list", async () => {
      const found = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(0, 0),
      );
      return found.items.find(
        (it) => it.label === "TAG" || (typeof it.label === "object" && it.label.label === "TAG"),
      );
    });
    assert.match(JSON.stringify(list.insertText ?? list.label), /TAG=1\.4/);
  });

  it("are found by what a Compose file names", async () => {
    await write("side/.envs/api", "B=1\nB=2\n");
    await open("side/compose.yaml");
    const document = await open("side/.envs/api");
    await untilFindings(document.uri, ["variable-set-twice"]);
  });

  it("say of an ignore file what it does", async () => {
    await write("side/Dockerfile", "FROM scratch\nCOPY app /\n");
    await write("side/app", "x");
    await write("side/.dockerignore", "app\nnotes # mine\n");
    const document = await open("side/.dockerignore");
    assert.equal(document.languageId, "ignore");
    await untilFindings(document.uri, ["comment-in-pattern"]);
    // What stands in a folder is remembered for seconds, and news of a change come a moment late.
    await until("the hover", async () =>
      /A Dockerfile copies what this keeps out/.test(await hoverText(document, 0)),
    );
  });

  it("leave a .gitignore to git", async () => {
    await write("side/.gitignore", "a\na\n");
    const { uri } = await open("side/.gitignore");
    // Asked later, and answered.
    const other = await open("side/.dockerignore");
    await untilFindings(other.uri, ["comment-in-pattern"]);
    assert.deepEqual(ours(uri), []);
  });
});

describe("a configuration of the checks", () => {
  it("shows what is wrong in it while it is written, and completes names of rules", async () => {
    await write("configured/.plimsoll.yaml", "rules: {}\n");
    const document = await open("configured/.plimsoll.yaml");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), "rules:\n  runs-as-rot: off\n  \n");
    await vscode.workspace.applyEdit(edit);
    await untilFindings(document.uri, ["configuration-rule"]);
    await until("names of rules", async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(2, 2),
      );
      return items.some(
        (it) => (typeof it.label === "object" ? it.label.label : it.label) === "runs-as-root",
      );
    });
    await until("the hover", async () => /Severity of rules/.test(await hoverText(document, 0)));
  });
});
