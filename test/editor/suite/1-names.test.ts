import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import * as vscode from "vscode";
import { fileUri, open, until, write } from "./editor.ts";

const compose = `services:
  api:
    build: {context: ., target: build}
    depends_on: [db]
    environment:
      DB_HOST: db
  db:
    image: postgres:\${TAG}
`;

describe("names over the files of a project", () => {
  before(async () => {
    await write("names/compose.yaml", compose);
    await write("names/compose.override.yaml", "services:\n  db:\n    restart: always\n");
    await write("names/Dockerfile", "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /a /a\n");
    await write("names/.env", "TAG=18\n");
    await vscode.extensions.getExtension("plimsoll.plimsoll")?.activate();
  });

  const placeOf = (document: vscode.TextDocument, word: string) =>
    document.positionAt(document.getText().indexOf(word) + 1);

  it("finds where a service is declared and used, in other files too", async () => {
    const document = await open("names/compose.yaml");
    const found = await until("references of db", async () => {
      const locations = await vscode.commands.executeCommand<vscode.Location[]>(
        "vscode.executeReferenceProvider",
        document.uri,
        placeOf(document, "db]"),
      );
      return locations.length > 0 && locations;
    });
    assert.deepEqual(
      found.map((it) => `${it.uri.path.split("/").at(-1)} ${it.range.start.line}`).toSorted(),
      ["compose.override.yaml 1", "compose.yaml 3", "compose.yaml 5", "compose.yaml 6"],
    );
  });

  it("renames a stage in the Dockerfile and in the Compose file that builds it", async () => {
    const document = await open("names/Dockerfile");
    const edit = await until(
      "a rename",
      async () =>
        await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
          "vscode.executeDocumentRenameProvider",
          document.uri,
          placeOf(document, "build"),
          "compile",
        ),
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(
      document.getText(),
      "FROM golang:1.26 AS compile\nFROM scratch\nCOPY --from=compile /a /a\n",
    );
    const other = await vscode.workspace.openTextDocument(fileUri("names/compose.yaml"));
    await until("the target to be renamed", () => other.getText().includes("target: compile"));
  });

  it("says why a name cannot be another", async () => {
    const document = await open("names/compose.yaml");
    await assert.rejects(
      async () =>
        await vscode.commands.executeCommand(
          "vscode.executeDocumentRenameProvider",
          document.uri,
          placeOf(document, "db]"),
          "api",
        ),
      /There is a service `api` already/,
    );
  });
});
