import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { EffectiveShownResult } from "../../../client/src/commands/compose/show-effective-compose.ts";
import { ended, fileUri, open, run, until, write } from "./editor.ts";

const folder = "effective";
const main = "services:\n  web:\n    image: nginx:${TAG}\n    environment:\n      DB_PASSWORD: hunter2\n";

describe("the effective Compose file", () => {
  it("shows what all files of a project make, and follows them", async () => {
    await write(`${folder}/.env`, "TAG=1.27\n");
    await write(`${folder}/compose.override.yaml`, "services:\n  web:\n    user: nobody\n");
    await write(`${folder}/compose.yaml`, main);
    await open(`${folder}/compose.yaml`);

    const shown = await ended(run<EffectiveShownResult>("showEffectiveCompose"), "shown");
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), shown.document);
    assert.equal(document?.languageId, "dockercompose");
    assert.match(shown.text, /image: nginx:1\.27\n/);
    assert.match(shown.text, /user: nobody {2}# compose\.override\.yaml:3\n/);
    assert.doesNotMatch(shown.text, /hunter2/);

    const line =
      document
        ?.getText()
        .split("\n")
        .findIndex((it) => it.includes("user:")) ?? -1;
    const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeDefinitionProvider",
      document?.uri,
      new vscode.Position(line, 6),
    );
    assert.equal(place?.uri.toString(), fileUri(`${folder}/compose.override.yaml`).toString());
    assert.equal(place?.range.start.line, 2);

    // An edit that is not saved, then a file that changes on disk.
    const source = await vscode.workspace.openTextDocument(fileUri(`${folder}/compose.yaml`));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(source.uri, new vscode.Position(2, 0), "    working_dir: /app\n");
    await vscode.workspace.applyEdit(edit);
    await until("the edit in the document", () => document?.getText().includes("working_dir: /app"));
    await write(`${folder}/compose.override.yaml`, "services:\n  web:\n    user: root\n");
    await until("the other file in the document", () => document?.getText().includes("user: root"));
    await source.save();
  });

  it("has hints in the lines of its files", async () => {
    const document = await open(`${folder}/compose.yaml`);
    const hints = await until("a hint", async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      );
      return found.length > 0 && found;
    });
    assert.deepEqual(
      hints.map((it) => it.label),
      ["= 1.27"],
    );
  });
});
