import { describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  LSPErrorCodes,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { guarded } from "../../server/src/protocol/guarded.ts";
import { startEditor } from "../support/editor/editor-client.ts";

test("initialize says what the server can do, without waiting for the shell grammar", async () => {
  const editor = await startEditor();
  expect(editor.result.serverInfo?.name).toBe("plimsoll");
  expect(editor.result.capabilities).toMatchObject({
    hoverProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    selectionRangeProvider: true,
    workspaceSymbolProvider: true,
    diagnosticProvider: { interFileDependencies: true },
    codeActionProvider: {
      codeActionKinds: [
        "quickfix",
        "refactor.extract",
        "refactor.inline",
        "refactor.rewrite",
        "source.fixAll.plimsoll",
      ],
    },
  });
});

test("a request that was cancelled is answered as cancelled", async () => {
  const editor = await startEditor();
  const uri = "untitled:Dockerfile";
  await editor.open(uri, "FROM alpine\n".repeat(200));
  const source = new CancellationTokenSource();
  const answer = editor.connection.sendRequest(
    HoverRequest.type,
    { textDocument: { uri }, position: { line: 0, character: 1 } },
    source.token,
  );
  source.cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(await editor.diagnostics(uri)).not.toEqual([]);
});

test("an exception costs one answer and is logged with the request's name", async () => {
  const logged: string[] = [];
  const console = { error: (message: string) => logged.push(message) } as unknown as Parameters<
    typeof guarded
  >[0];
  const token = new CancellationTokenSource().token;
  const handler = guarded(console, "x/y", "empty", () => {
    throw new Error("a bug");
  });
  expect(await handler({}, token)).toBe("empty");
  expect(logged[0]).toMatch(/^x\/y: Error: a bug/);
});

describe("junk", () => {
  const junk: Readonly<Record<string, string>> = {
    empty: "",
    blanks: " \t\r\n\n",
    "a byte order mark alone": "\uFEFF",
    binary: String.fromCharCode(...Array.from({ length: 512 }, (_, at) => (at * 37) % 256)),
    "lone surrogates": "FROM \uD800\nRUN \uDFFF <<\uD83D\n",
    "an endless line": `FROM a\nRUN ${"x ".repeat(50_000)}`,
    "deep brackets": `${"[".repeat(3_000)}\n${"${a:-".repeat(3_000)}`,
    "stages in a circle": "FROM b AS a\nFROM a AS b\nCOPY --from=b x y\nCOPY --from=a x y\n",
    "continuations only": "RUN \\\n".repeat(2_000),
    "an open here-document": "FROM a\nRUN <<EOF <<-X 3<<'Y'\n",
    "yaml in a circle": "a: &a [*a]\nservices: &s\n  <<: *s\n",
    "tabs in yaml": "services:\n\tapi:\n\t\timage: x\n",
  };

  test.each(Object.entries(junk))("%s, as either kind, hurts no request", async (_, text) => {
    const editor = await startEditor();
    for (const [uri, languageId] of [
      ["untitled:d", "dockerfile"],
      ["untitled:c", "dockercompose"],
    ] as const) {
      await editor.open(uri, text, languageId);
      const textDocument = { uri };
      const position = { line: 0, character: 3 };
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 9 } };
      const answers = await Promise.all([
        editor.diagnostics(uri),
        editor.connection.sendRequest(CompletionRequest.type, { textDocument, position }),
        editor.connection.sendRequest(HoverRequest.type, { textDocument, position }),
        editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
        editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
        editor.connection.sendRequest(CodeActionRequest.type, {
          textDocument,
          range,
          context: { diagnostics: [], only: ["source.fixAll", "refactor"] },
        }),
        editor.connection.sendRequest(DocumentFormattingRequest.type, {
          textDocument,
          options: { tabSize: 2, insertSpaces: true },
        }),
        editor.connection.sendRequest(languageId === "dockerfile" ? "plimsoll/stages" : "plimsoll/services", {
          uri,
        }),
        editor.connection.sendRequest(DefinitionRequest.type, { textDocument, position }),
        editor.connection.sendRequest(ReferencesRequest.type, {
          textDocument,
          position,
          context: { includeDeclaration: true },
        }),
        editor.connection.sendRequest(DocumentHighlightRequest.type, { textDocument, position }),
        editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument }),
        editor.connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
        editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
      ]);
      expect(answers).toHaveLength(14);
    }
    expect(editor.errors).toEqual([]);
  });
});

describe.each([{ pulls: true }, { pulls: false }])("a document of 5 MB, $pulls", ({ pulls }) => {
  const huge = `FROM alpine\n${"RUN apk add curl\n".repeat(300_000)}`;
  const uri = "untitled:Dockerfile";

  test("is told of and not looked at, until it is smaller", async () => {
    const editor = await startEditor({ pulls });
    const found = async () =>
      pulls ? editor.diagnostics(uri) : (await editor.nextPublished(uri)).diagnostics;
    await editor.open(uri, huge);
    expect(await found()).toMatchObject([{ code: "too-large", severity: 2 }]);
    const symbols = await editor.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri },
    });
    expect(symbols).toEqual([]);
    await editor.change(uri, 2, "FROM alpine\n");
    expect((await found()).map((it) => it.code)).toContain("unpinned-base");
    await editor.change(uri, 3, huge);
    expect(await found()).toMatchObject([{ code: "too-large" }]);
    expect(editor.errors).toEqual([]);
  });
});
