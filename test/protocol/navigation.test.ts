import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  HoverRequest,
  type Location,
  type Position,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextDocumentEdit,
  WorkspaceSymbolRequest,
} from "vscode-languageserver-protocol/node";
import { source } from "../../server/src/text/source.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const files = {
  "compose.yaml": source`
    services:
      api:
        build: {context: ./api, target: run}
        image: ghcr.io/example/api:1
        env_file: api.env
        depends_on: [db]
        volumes:
          - ./db.sql:/db.sql
          - data:/data
          - ./missing.sql:/missing.sql
      db:
        image: postgres:\${TAG:-18}
    volumes:
      data:
        driver: local`,
  "compose.override.yaml": "services:\n  db:\n    restart: always\n",
  "api/Dockerfile": "FROM golang:1.26 AS build\nFROM alpine:3.22 AS run\nCOPY --from=build /a /a\n",
  "api.env": "A=1\n",
  ".env": "TAG=17\n",
  "db.sql": "",
  ".git/HEAD": "",
  "src/Basket.API/Dockerfile": "FROM alpine AS basket\nFROM alpine\n",
  "node_modules/x/Dockerfile": "FROM alpine AS basket\n",
};

interface Project {
  readonly editor: Editor;
  readonly uri: (path: string) => string;
  readonly at: (
    path: keyof typeof files,
    word: string,
  ) => { textDocument: { uri: string }; position: Position };
  /** `path line:column-column`, all from 0. */
  readonly shown: (location: Location) => string;
}

async function project(): Promise<Project> {
  const folder = temporaryFolder(files);
  const editor = await startEditor({ folder });
  const uri = (path: string) => pathToFileURL(join(folder, path)).href;
  await editor.open(uri("compose.yaml"), files["compose.yaml"], "dockercompose");
  await editor.open(uri("api/Dockerfile"), files["api/Dockerfile"]);
  return {
    editor,
    uri,
    at(path, word) {
      const before = files[path].slice(0, files[path].indexOf(word)).split("\n");
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      return { textDocument: { uri: uri(path) }, position };
    },
    shown: (it) => `${it.uri.slice(uri("").length)} ${place(it.range)}`.replace(/^\//, ""),
  };
}

function place({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.character}`;
}

describe("names over the files of a project", () => {
  test("definition: one place, several, and in other files", async () => {
    const { editor, at, shown } = await project();
    const ask = async (path: keyof typeof files, word: string) => {
      const found = await editor.connection.sendRequest(DefinitionRequest.type, at(path, word));
      return [found ?? []].flat().map((it) => shown(it as Location));
    };
    expect(await ask("compose.yaml", "db]")).toEqual(["compose.yaml 10:2-4"]);
    expect(await ask("compose.yaml", "data:/")).toEqual(["compose.yaml 13:2-6"]);
    expect(await ask("compose.yaml", "run}")).toEqual(["api/Dockerfile 1:20-23"]);
    expect(await ask("compose.yaml", "TAG")).toEqual([".env 0:0-3"]);
    expect(await ask("api/Dockerfile", "build /")).toEqual(["api/Dockerfile 0:20-25"]);
    expect(await ask("compose.yaml", "local")).toEqual([]);
    expect(editor.errors).toEqual([]);
  });

  test("a service that is the host of an address: what it is", async () => {
    const { editor, uri } = await project();
    const text = source`
      services:
        api:
          image: api
          environment: ["URL=http://db:80/x"]
          healthcheck: {test: [CMD, curl, "http://api/"]}
        db:
          image: postgres:18
    `;
    await editor.open(uri("hosts/compose.yaml"), text, "dockercompose");
    const ask = async (line: number, character: number) => {
      const params = { textDocument: { uri: uri("hosts/compose.yaml") }, position: { line, character } };
      const found = await editor.connection.sendRequest(HoverRequest.type, params);
      return found && [found.range && place(found.range), (found.contents as { value: string }).value];
    };
    expect(await ask(3, 31)).toEqual([
      "3:30-32",
      expect.stringMatching(/^\*\*db\*\*\n\n- Image: `postgres:18`/),
    ]);
    expect(await ask(4, 45)).toEqual(["4:44-47", expect.stringMatching(/^\*\*api\*\*/)]);
    expect(editor.errors).toEqual([]);
  });

  test("the word of a here-document: where it is given", async () => {
    const { editor } = await project();
    await editor.open("file:///here/Dockerfile", "FROM alpine\nRUN <<EOF\ntrue\nEOF\n");
    const found = await editor.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri: "file:///here/Dockerfile" },
      position: { line: 3, character: 1 },
    });
    expect([found ?? []].flat().map((it) => place((it as Location).range))).toEqual(["1:6-9"]);
  });

  test("parameter hints: the forms of the instruction that is written", async () => {
    const { editor, uri } = await project();
    const ask = (path: string, line: number, character: number) =>
      editor.connection.sendRequest(SignatureHelpRequest.type, {
        textDocument: { uri: uri(path) },
        position: { line, character },
      });
    const found = await ask("api/Dockerfile", 2, 19);
    expect(found?.signatures[found.activeSignature ?? 0]?.label).toMatch(/^COPY \[--from=…\]/);
    expect(found?.activeParameter).toBe(6);
    expect(await ask("compose.yaml", 2, 20)).toBeNull();
    expect(editor.errors).toEqual([]);
  });

  test("references, with their declarations or without", async () => {
    const { editor, at, shown } = await project();
    const ask = async (path: keyof typeof files, word: string, includeDeclaration: boolean) => {
      const params = { ...at(path, word), context: { includeDeclaration } };
      return (await editor.connection.sendRequest(ReferencesRequest.type, params))?.map(shown);
    };
    expect(await ask("compose.yaml", "db:\n", true)).toEqual([
      "compose.override.yaml 1:2-4",
      "compose.yaml 10:2-4",
      "compose.yaml 5:17-19",
    ]);
    expect(await ask("compose.yaml", "db:\n", false)).toEqual(["compose.yaml 5:17-19"]);
    expect(await ask("api/Dockerfile", "run", true)).toEqual([
      "api/Dockerfile 1:20-23",
      "compose.yaml 2:36-39",
    ]);
    expect(await ask("compose.yaml", "services", true)).toEqual([]);
  });

  test("highlights: where it is declared and where it is used, in this file", async () => {
    const { editor, at } = await project();
    const found = await editor.connection.sendRequest(
      DocumentHighlightRequest.type,
      at("compose.yaml", "db]"),
    );
    expect(found?.map((it) => `${place(it.range)} ${it.kind}`)).toEqual(["10:2-4 3", "5:17-19 2"]);
  });

  test("rename: the exact place, one edit of all files with the versions of open ones", async () => {
    const { editor, at, uri } = await project();
    const params = at("compose.yaml", "db]");
    expect(await editor.connection.sendRequest(PrepareRenameRequest.type, params)).toEqual({
      range: { start: { line: 5, character: 17 }, end: { line: 5, character: 19 } },
      placeholder: "db",
    });
    const edit = await editor.connection.sendRequest(RenameRequest.type, { ...params, newName: "store" });
    const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(changes.map((it) => [it.textDocument.uri, it.textDocument.version, it.edits.length])).toEqual([
      [uri("compose.yaml"), 1, 2],
      [uri("compose.override.yaml"), null, 1],
    ]);
    expect(
      new Set(changes.flatMap((it) => it.edits.map((one) => ("newText" in one ? one.newText : "")))),
    ).toEqual(new Set(["store"]));
    const stage = await editor.connection.sendRequest(RenameRequest.type, {
      ...at("api/Dockerfile", "run"),
      newName: "final",
    });
    const stages = (stage?.documentChanges ?? []) as TextDocumentEdit[];
    expect(stages.map((it) => it.textDocument)).toEqual([
      { uri: uri("api/Dockerfile"), version: 1 },
      { uri: uri("compose.yaml"), version: 1 },
    ]);
  });

  test("rename for an editor without versions", async () => {
    const editor = await startEditor({ capabilities: {} });
    const uri = "untitled:compose.yaml";
    await editor.open(uri, "services: {a: {image: a, depends_on: [b]}, b: {image: b}}\n", "dockercompose");
    const edit = await editor.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 39 },
      newName: "c",
    });
    expect(edit?.changes?.[uri]).toHaveLength(2);
    expect(editor.result.capabilities.renameProvider).toBe(true);
  });

  test("what cannot be renamed is said in a sentence", async () => {
    const { editor, at } = await project();
    const prepare = (word: string) =>
      editor.connection.sendRequest(PrepareRenameRequest.type, at("compose.yaml", word));
    await expect(prepare("local")).rejects.toThrow("There is no name here that Plimsoll can rename.");
    const rename = (newName: string) =>
      editor.connection.sendRequest(RenameRequest.type, { ...at("compose.yaml", "db]"), newName });
    await expect(rename("a b")).rejects.toThrow("`a b` is no name for a service");
    await expect(rename("api")).rejects.toThrow("There is a service `api` already. Choose another name.");
    expect(editor.errors).toEqual([]);
  });

  test("another document changes what is found", async () => {
    const { editor, at, uri, shown } = await project();
    const ask = async () => {
      const params = { ...at("compose.yaml", "db]"), context: { includeDeclaration: true } };
      return (await editor.connection.sendRequest(ReferencesRequest.type, params))?.map(shown);
    };
    expect(await ask()).toContain("compose.override.yaml 1:2-4");
    await editor.open(uri("compose.override.yaml"), "services: {}\n", "dockercompose");
    expect(await ask()).toEqual(["compose.yaml 10:2-4", "compose.yaml 5:17-19"]);
  });
});

test("links to files that are there, and to the pages of images", async () => {
  const { editor, uri } = await project();
  const ask = async (path: string) => {
    const params = { textDocument: { uri: uri(path) } };
    const links = await editor.connection.sendRequest(DocumentLinkRequest.type, params);
    return links?.map((it) => `${place(it.range)} ${it.target?.replace(uri(""), "").replace(/^\//, "")}`);
  };
  expect(await ask("compose.yaml")).toEqual([
    "2:21-26 api/Dockerfile",
    "3:11-32 https://ghcr.io/example/api",
    "4:14-21 api.env",
    "7:8-16 db.sql",
    "11:11-30 https://hub.docker.com/_/postgres",
  ]);
  expect(await ask("api/Dockerfile")).toEqual([
    "0:5-16 https://hub.docker.com/_/golang",
    "1:5-16 https://hub.docker.com/_/alpine",
  ]);
});

test("selection ranges", async () => {
  const { editor, at } = await project();
  const { textDocument, position } = at("compose.yaml", "db]");
  const found = await editor.connection.sendRequest(SelectionRangeRequest.type, {
    textDocument,
    positions: [position, { line: 500, character: 0 }],
  });
  const ranges: string[] = [];
  for (let it = found?.[0]; it; it = it.parent)
    ranges.push(`${it.range.start.line}:${it.range.start.character}`);
  // Name, list, entry, service, its entry, services, theirs, the file.
  expect(ranges).toEqual(["5:17", "5:16", "5:4", "2:4", "1:2", "1:2", "0:0", "0:0", "0:0"]);
  expect(found).toHaveLength(2);
});

test("semantic tokens: names that are declared, where they are used", async () => {
  const { editor, uri } = await project();
  const legend = editor.result.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
  const ask = async (path: string) => {
    const params = { textDocument: { uri: uri(path) } };
    const { data = [] } = (await editor.connection.sendRequest(SemanticTokensRequest.type, params)) ?? {};
    const tokens: string[] = [];
    for (let at = 0, line = 0, column = 0; at < data.length; at += 5) {
      line += data[at] ?? 0;
      column = (data[at] === 0 ? column : 0) + (data[at + 1] ?? 0);
      tokens.push(`${line}:${column}-${column + (data[at + 2] ?? 0)} ${legend[data[at + 3] ?? 0]}`);
    }
    return tokens;
  };
  expect(await ask("compose.yaml")).toEqual([
    "2:36-39 class",
    "5:17-19 class",
    "8:8-12 struct",
    "11:22-25 variable",
  ]);
  expect(await ask("api/Dockerfile")).toEqual(["2:12-17 class"]);
});

test("workspace symbols, of files that are not open too", async () => {
  const { editor, shown } = await project();
  const ask = async (query: string) => {
    const found = (await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query })) ?? [];
    return found.map((it) => `${it.name} (${it.containerName}) ${shown(it.location as Location)}`);
  };
  expect(await ask("db")).toEqual([
    "db (services) compose.yaml 10:2-4",
    "db (services) compose.override.yaml 1:2-4",
  ]);
  expect(await ask("bld")).toEqual(["build (FROM golang:1.26) api/Dockerfile 0:20-25"]);
  expect(await ask("DATA")).toEqual(["data (volumes) compose.yaml 13:2-6"]);
  expect(await ask("basket")).toEqual(["basket (FROM alpine) src/Basket.API/Dockerfile 0:15-21"]);
  expect(await ask("image")).toEqual([]);
  expect(await ask("stage")).toEqual([]);
});
