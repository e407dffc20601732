import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { fileUri, open, until, write } from "./editor.ts";

const compose = `services:
    web:
        image:   nginx:1.29-alpine


        environment:
            - MODE=production # not dev
            - PORT=8080
`;

describe("refactorings and formatting", () => {
  it("format a Compose file and a Dockerfile", async () => {
    await write("format/compose.yaml", compose.replaceAll("    ", "   "));
    const document = await open("format/compose.yaml");
    await formatted(document, (text) => !/image: {2}/.test(text));
    assert.match(document.getText(), /^ +image: nginx:1\.29-alpine\n\n +environment:\n/m);
    assert.match(document.getText(), /- MODE=production # not dev\n/);

    await write("format/Dockerfile", "FROM alpine:3.20  \nrun true \\\n&& true\n");
    const dockerfile = await open("format/Dockerfile");
    await formatted(dockerfile, (text) => text.includes("RUN true"));
    assert.match(dockerfile.getText(), /^FROM alpine:3\.20\nRUN true \\\n\s+&& true\n$/);
  });

  it("write environment as a mapping, and move it into a file of its own", async () => {
    await write("refactor/compose.yaml", compose);
    const document = await open("refactor/compose.yaml");
    await take(document, "PORT", "Write environment as a mapping");
    assert.match(document.getText(), /^ {12}MODE: production # not dev\n {12}PORT: "8080"\n/m);

    await take(document, "PORT", "Move environment of web into web.env");
    assert.match(document.getText(), /^ {8}env_file: web\.env\n/m);
    const file = await vscode.workspace.openTextDocument(fileUri("refactor/web.env"));
    assert.equal(file.getText(), "# not dev\nMODE=production\nPORT=8080\n");
  });
});

/** Formats the open document as a user does, again until it is: the server may just be starting. */
async function formatted(document: vscode.TextDocument, isDone: (text: string) => boolean): Promise<void> {
  await until(`${document.uri.path} to be formatted`, async () => {
    await vscode.commands.executeCommand("editor.action.formatDocument");
    return isDone(document.getText());
  });
}

/** Takes what the menu of refactorings offers at a word. */
async function take(document: vscode.TextDocument, word: string, title: string): Promise<void> {
  const at = document.positionAt(document.getText().indexOf(word));
  const action = await until(`"${title}" to be offered`, async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.Refactor.value,
    );
    return found.find((it) => it.title === title);
  });
  assert.ok(action.edit);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}
