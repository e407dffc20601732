import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type CompletionItem,
  CompletionRequest,
  type Hover,
  HoverRequest,
  type MarkupContent,
} from "vscode-languageserver-protocol/node";
import { LineIndex } from "../../server/src/text/line-index.ts";
import { readCursor } from "../support/cursor.ts";
import { type Editor, type EditorOptions, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A project on disk, and an editor with its Compose file open. */
async function editing(fixture: string, options: EditorOptions = {}) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "api"));
  mkdirSync(join(folder, "docs"));
  writeFileSync(
    join(folder, "api/Dockerfile"),
    "ARG GO=1.26\nFROM golang AS build\nFROM alpine AS final\nUSER 1000\n",
  );
  writeFileSync(join(folder, ".env"), "PORT=8080\nDB_PASSWORD=hunter2\n");
  const { text, offset } = readCursor(fixture);
  const file = join(folder, "compose.yaml");
  writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const editor = await startEditor({ folder, ...options });
  await editor.open(uri, text, "dockercompose");
  const { line, column } = new LineIndex(text).positionAt(offset);
  return { editor, params: { textDocument: { uri }, position: { line, character: column } } };
}

async function completions(fixture: string, options?: EditorOptions): Promise<readonly CompletionItem[]> {
  const { editor, params } = await editing(fixture, options);
  const found = await editor.connection.sendRequest(CompletionRequest.type, params);
  expect(editor.errors).toEqual([]);
  return Array.isArray(found) ? found : (found?.items ?? []);
}

const byOrder = (items: readonly CompletionItem[]) =>
  items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)).map((it) => it.label);

describe("completion in a Compose file", () => {
  test("folders of the disk, those with a Dockerfile first", async () => {
    expect(byOrder(await completions("services:\n  api:\n    build: <|>\n"))).toEqual([
      "./api",
      "./docs",
      ".",
    ]);
  });

  test("variables of .env, without the values of secrets", async () => {
    const found = await completions('services:\n  api:\n    image: "x:${<|>}"\n');
    expect(found.find((it) => it.label === "PORT")?.detail).toBe("8080 · .env, line 1");
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("a service with its volume: further lines follow the cursor's, the volume is declared", async () => {
    const found = await completions("services:\n  <|>\n");
    const item = found.find((it) => it.label === "PostgreSQL (service)");
    expect(item).toMatchObject({ insertTextFormat: 2, insertTextMode: 2 });
    expect(item?.additionalTextEdits?.[0]?.newText).toContain("volumes:\n  db-data:");
  });

  test("plain text for an editor without snippets", async () => {
    const found = await completions("services:\n  api:\n    build:\n      context: api\n    <|>\n", {
      capabilities: {},
    });
    expect(found.find((it) => it.label === "ports")).toMatchObject({
      insertTextFormat: 1,
      textEdit: { newText: "ports:\n  - " },
    });
  });

  test("a quote that was just opened hides nothing below", async () => {
    const found = await completions(
      'services:\n  api:\n    build: api\n    depends_on: ["<|>\n  db:\n    image: postgres:18\n',
    );
    expect(found.map((it) => it.label)).toEqual(["db"]);
  });

  test("images that the engine has", async () => {
    const { editor, params } = await editing("services:\n  api:\n    image: company/base:<|>\n", {
      initializationOptions: { imageFacts: true, imageNames: true },
      onConnection: (connection) => {
        connection.onRequest("plimsoll/imageNames", () => ["company/base:8", "company/base:7"]);
        connection.onRequest("plimsoll/imageFacts", () => null);
      },
    });
    await editor.diagnostics(params.textDocument.uri);
    await expect
      .poll(async () => {
        const found = await editor.connection.sendRequest(CompletionRequest.type, params);
        return byOrder(Array.isArray(found) ? found : []);
      })
      .toEqual(["8", "7"]);
  });

  test("nothing in a comment", async () => {
    expect(await completions("services:\n  # <|>\n")).toEqual([]);
  });
});

describe("hover in a Compose file", () => {
  async function hover(fixture: string): Promise<string> {
    const { editor, params } = await editing(fixture);
    const found = (await hoverOf(editor, params)) as Hover | null;
    expect(editor.errors).toEqual([]);
    return (found?.contents as MarkupContent | undefined)?.value ?? "";
  }
  const hoverOf = (
    editor: Editor,
    params: { textDocument: { uri: string }; position: { line: number; character: number } },
  ) => editor.connection.sendRequest(HoverRequest.type, params);

  test("a variable with its value and where it is from", async () => {
    expect(await hover("services:\n  api:\n    image: x:${PO<|>RT}\n")).toContain(
      "`8080`, from `.env`, line 1.",
    );
    expect(await hover("services:\n  api:\n    image: x:${DB_PASS<|>WORD}\n")).not.toContain("hunter2");
  });

  test("a build, by the Dockerfile in its folder", async () => {
    const found = await hover("services:\n  api:\n    build: ./a<|>pi\n");
    expect(found).toContain("final, on alpine");
    expect(found).toContain("- User: `1000`");
  });
});
