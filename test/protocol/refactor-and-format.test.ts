import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type TextDocumentEdit,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { Positions } from "../../server/src/protocol/positions.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uri = "untitled:compose.yaml";
const text =
  "services:\n  web:\n    image: nginx:1.29\n    environment:\n      - MODE=prod # why\n    build:   .  \n";
const options = { tabSize: 2, insertSpaces: true };

function applied(before: string, edits: readonly TextEdit[]): string {
  const positions = new Positions(before);
  return applyEdits(
    before,
    edits.map(({ range, newText }) => ({ span: positions.spanOf(range), newText })),
  );
}

async function actionsAt(line: number, only?: string[], at = uri, content = text): Promise<CodeAction[]> {
  const editor = await startEditor({ capabilities: creating });
  await editor.open(at, content, "dockercompose");
  const found = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: at },
    range: { start: { line, character: 8 }, end: { line, character: 8 } },
    context: { diagnostics: [], ...(only && { only }) },
  });
  expect(editor.errors).toEqual([]);
  return (found ?? []) as CodeAction[];
}

const creating = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create" as const] } },
};

test("a refactoring is an edit of the document's version, with its kind", async () => {
  const found = (await actionsAt(4)).filter((it) => it.kind?.startsWith("refactor"));
  expect(found.map((it) => [it.kind, it.title])).toEqual([
    ["refactor.rewrite", "Write environment as a mapping"],
  ]);
  const change = found[0]?.edit?.documentChanges?.[0] as TextDocumentEdit;
  expect(change.textDocument).toEqual({ uri, version: 1 });
  expect(applied(text, change.edits as TextEdit[])).toContain("      MODE: prod # why\n");
});

test("they are given by their kind, and not where others are asked for", async () => {
  expect((await actionsAt(4, ["refactor"])).map((it) => it.kind)).toEqual(["refactor.rewrite"]);
  expect(await actionsAt(4, ["refactor.extract"])).toEqual([]);
  expect((await actionsAt(4, ["quickfix"])).filter((it) => it.kind !== "quickfix")).toEqual([]);
});

test("what makes another file makes it with the edit, beside the Compose file", async () => {
  const folder = temporaryFolder({});
  const file = pathToFileURL(join(folder, "compose.yaml")).toString();
  const actions = await actionsAt(4, ["refactor.extract"], file);
  const move = actions.find((it) => it.title === "Move environment of web into web.env");
  const [own, created, written] = move?.edit?.documentChanges ?? [];
  expect(own).toMatchObject({ textDocument: { uri: file, version: 1 } });
  expect(created).toMatchObject({ kind: "create", uri: pathToFileURL(join(folder, "web.env")).toString() });
  expect(written).toMatchObject({ edits: [{ newText: "# why\nMODE=prod\n" }] });
});

test("a Compose file and a Dockerfile are formatted as wholes and in part", async () => {
  const editor = await startEditor();
  await editor.open(uri, text, "dockercompose");
  const whole = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options,
  });
  expect(applied(text, whole ?? [])).toBe(text.replace("build:   .  ", "build: ."));
  const part = await editor.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 2, character: 3 } },
    options,
  });
  expect(part).toEqual([]);

  const dockerfile = "untitled:Dockerfile";
  const lines = "FROM alpine:3.24  \nrun a \\\n&& b\n";
  await editor.open(dockerfile, lines, "dockerfile");
  const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri: dockerfile },
    options: { tabSize: 4, insertSpaces: false },
  });
  expect(applied(lines, edits ?? [])).toBe("FROM alpine:3.24\nRUN a \\\n\t&& b\n");
  expect(editor.errors).toEqual([]);
});

test("a file with syntax errors is left alone, and so is one that is not open", async () => {
  const editor = await startEditor();
  await editor.open(uri, "services:\n    a: [b\n", "dockercompose");
  const request = { textDocument: { uri }, options };
  expect(await editor.connection.sendRequest(DocumentFormattingRequest.type, request)).toEqual([]);
  const other = { ...request, textDocument: { uri: "untitled:other.yaml" } };
  expect(await editor.connection.sendRequest(DocumentFormattingRequest.type, other)).toBeNull();
  expect(editor.errors).toEqual([]);
});

test("lists are indented as the settings say", async () => {
  const editor = await startEditor({ settings: { compose: { listIndentation: "flush" } } });
  const lists = 'services:\n  a:\n    image: a\n    ports:\n      - "80:80"\n';
  await editor.open(uri, lists, "dockercompose");
  const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri },
    options,
  });
  expect(applied(lists, edits ?? [])).toBe(lists.replace("      - ", "    - "));
});

test("the example is formatted already", async () => {
  const editor = await startEditor();
  await editor.open(uri, readFileSync("examples/blog/compose.yaml", "utf8"), "dockercompose");
  expect(
    await editor.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: { uri }, options }),
  ).toEqual([]);
});
