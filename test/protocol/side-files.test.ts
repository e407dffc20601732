import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  DocumentSymbolRequest,
  type Hover,
  HoverRequest,
  type RegistrationParams,
  RegistrationRequest,
} from "vscode-languageserver-protocol/node";
import type { Finding } from "../../server/src/protocol/cli/finding.ts";
import { LineIndex } from "../../server/src/text/line-index.ts";
import { plimsoll } from "../support/command-line.ts";
import { readCursor } from "../support/cursor.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const compose = `services:
  api:
    image: example/api:\${TAG:-1.4}
    env_file: api.env
  db:
    image: postgres:18
    env_file: db.env
    environment:
      POSTGRES_DB: \${DB_NAME:-shop}
`;
const project = { ".git/HEAD": "", "compose.yaml": compose, "api.env": "A=1\n", "db.env": "" };

interface Opened {
  readonly editor: Editor;
  readonly uri: string;
  readonly folder: string;
}

async function opened(
  name: string,
  text: string,
  {
    files = project,
    languageId = "dotenv",
    pulls = true,
  }: { files?: Readonly<Record<string, string>>; languageId?: string; pulls?: boolean } = {},
): Promise<Opened> {
  const folder = temporaryFolder(files);
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  const editor = await startEditor({ folder, pulls });
  const uri = pathToFileURL(join(folder, name)).href;
  await editor.open(uri, text, languageId);
  return { editor, uri, folder };
}

/** Opens a text with `<|>` where the cursor is. */
async function at(name: string, fixture: string, more: Parameters<typeof opened>[2] = {}) {
  const { text, offset } = readCursor(fixture);
  const { line, column } = new LineIndex(text).positionAt(offset);
  const { editor, uri } = await opened(name, text, more);
  return { editor, params: { textDocument: { uri }, position: { line, character: column } } };
}

async function hover(...given: Parameters<typeof at>): Promise<string> {
  const { editor, params } = await at(...given);
  const found: Hover | null = await editor.connection.sendRequest(HoverRequest.type, params);
  expect(editor.errors).toEqual([]);
  return found && typeof found.contents === "object" && "value" in found.contents ? found.contents.value : "";
}

async function completions(...given: Parameters<typeof at>): Promise<readonly CompletionItem[]> {
  const { editor, params } = await at(...given);
  const found = (await editor.connection.sendRequest(CompletionRequest.type, params)) ?? [];
  expect(editor.errors).toEqual([]);
  return Array.isArray(found) ? found : found.items;
}

const texts = (items: readonly CompletionItem[]) => items.map((it) => it.textEdit?.newText ?? it.label);

describe("an environment file", () => {
  test("has its findings, whatever its language is", async () => {
    for (const languageId of ["dotenv", "properties", "plaintext"]) {
      const { editor, uri } = await opened(".env", "TAG=1\nTAG=2\nA B=1\n", { languageId });
      const found = (await editor.diagnostics(uri)).map((it) => [it.code, it.severity, it.range.start.line]);
      expect(found).toEqual([
        ["variable-set-twice", 2, 0],
        ["dotenv-name", 1, 2],
      ]);
      expect(editor.errors).toEqual([]);
    }
  });

  test("has none in a project without Compose files", async () => {
    const { editor, uri } = await opened(".env", "A B=1\nA=1\nA=2\n", { files: { "package.json": "{}" } });
    expect(await editor.diagnostics(uri)).toEqual([]);
  });

  test("is told of to an editor that waits, and again when the Compose file changes", async () => {
    const { editor, uri, folder } = await opened(".env", "TAG=1\nOLD=1\n", {
      pulls: false,
      files: { ".git/HEAD": "", "compose.yaml": "services: {a: {image: 'x:${TAG}'}}\n" },
    });
    expect((await editor.nextPublished(uri)).diagnostics.map((it) => it.code)).toEqual([
      "unused-in-environment-file",
    ]);
    const other = pathToFileURL(join(folder, "compose.yaml")).href;
    await editor.open(other, "services: {a: {image: '${OLD}:${TAG}'}}\n", "dockercompose");
    expect((await editor.nextPublished(uri)).diagnostics).toEqual([]);
  });

  test("is no Compose file to other questions", async () => {
    const { editor, uri } = await opened(".env", "TAG=1\n");
    const found = await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    expect(found).toEqual([]);
    expect(editor.errors).toEqual([]);
  });

  test("hover: value, who gets it, where it is used", async () => {
    const text = await hover(".env", "BASE=2\nT<|>AG=${BASE}.1\n");
    expect(text).toContain("**`TAG`** = `2.1`, with its variables put in");
    expect(text).toContain("For `${…}` in compose.yaml. By that alone no container gets it");
    expect(text).toContain("compose.yaml, line 3 in `api`, else `1.4`");
    expect(text).toContain("`docker run --env-file` reads this otherwise: it puts in no variables.");
  });

  test("hover: never a secret", async () => {
    const text = await hover("db.env", "POSTGRES_PASSWORD='hunter<|>2'\n");
    expect(text).toContain("= `•••`");
    expect(text).not.toContain("hunter2");
    expect(text).toContain("Password of the superuser");
    expect(text).toContain("In the containers of `db`, by `env_file`.");
    expect(await hover("db.env", "URL=postgres://u:hunter2@db/x<|>\n")).not.toContain("hunter2");
    expect(await hover("db.env", "A_TOKEN=hunter2\nB=$A_TOKEN\nC<|>=x${B}\n")).not.toContain("hunter2");
  });

  test("completion: what Compose files use, what images read, values and names above", async () => {
    expect(texts(await completions(".env", "TAG=1\n<|>"))).toEqual(
      expect.arrayContaining(["DB_NAME=shop", "COMPOSE_PROJECT_NAME="]),
    );
    expect(texts(await completions(".env", "TA<|>\n"))).toContain("TAG=1.4");
    expect(texts(await completions(".env", "TAG=1\n<|>"))).not.toContain("TAG=1.4");
    expect(texts(await completions("db.env", "P<|>=x\n"))).toContain("POSTGRES_PASSWORD");
    expect(texts(await completions("db.env", "POSTGRES_HOST_AUTH_METHOD=<|>\n"))).toContain("scram-sha-256");
    expect(texts(await completions(".env", "A=1\nB=x${<|>\nC=1\n"))).toEqual(["${A}"]);
    expect(texts(await completions(".env", "A=1\nB=x${<|>}\n"))).toEqual(["${A"]);
    expect(await completions(".env", "# T<|>\n")).toEqual([]);
    expect(await completions(".env", "A='x\nT<|>\n'\n")).toEqual([]);
  });

  test("what is missing can be added at its end, and on no other line", async () => {
    const { editor, uri } = await opened(".env", "A=1\nB=1\n");
    const titles = async (line: number) => {
      const found = await editor.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        context: { diagnostics: [] },
      });
      return (found ?? []) as CodeAction[];
    };
    const [action, ...more] = await titles(2);
    expect(more).toEqual([]);
    expect(action?.title).toBe("Add 2 variables that the Compose file uses");
    expect(JSON.stringify(action?.edit)).toContain("TAG=1.4\\nDB_NAME=shop\\n");
    expect((await titles(0)).filter((it) => it.title.startsWith("Add"))).toEqual([]);
  });
});

test("an environment file that only a Compose file tells of is asked for, and answered for", async () => {
  const folder = temporaryFolder({
    ".git/HEAD": "",
    "compose.yaml": "services: {db: {image: postgres:18, env_file: [.envs/django, db.env]}}\n",
    ".envs/django": "A=1\nA=2\n",
  });
  const asked: RegistrationParams[] = [];
  const dynamic = { dynamicRegistration: true };
  const editor = await startEditor({
    folder,
    capabilities: { textDocument: { synchronization: dynamic, hover: dynamic, diagnostic: {} } },
    onConnection: (connection) =>
      connection.onRequest(RegistrationRequest.type, (params) => void asked.push(params)),
  });
  // What configures checks is asked for from the start.
  const registered = () =>
    asked
      .flatMap((it) => it.registrations)
      .filter((it) => !JSON.stringify(it.registerOptions).includes("/.plimsoll.json"));
  await editor.open(pathToFileURL(join(folder, "compose.yaml")).href, "services: {}\n", "dockercompose");
  await editor.open(pathToFileURL(join(folder, "Dockerfile")).href, "FROM scratch\n");
  // Nothing on the disk counts while the open text says otherwise.
  await editor.diagnostics(pathToFileURL(join(folder, "Dockerfile")).href);
  expect(registered()).toEqual([]);
  await editor.close(pathToFileURL(join(folder, "compose.yaml")).href);
  await editor.open(pathToFileURL(join(folder, "other.dockerfile")).href, "FROM scratch\n");
  await expect
    .poll(() => registered().map((it) => it.method))
    .toEqual([
      "textDocument/didOpen",
      "textDocument/didChange",
      "textDocument/didClose",
      "textDocument/hover",
      "textDocument/completion",
      "textDocument/codeAction",
      "textDocument/diagnostic",
    ]);
  expect(registered()[0]?.registerOptions).toEqual({
    documentSelector: [{ scheme: "file", pattern: join(folder, ".envs/django") }],
  });
  const uri = pathToFileURL(join(folder, ".envs/django")).href;
  await editor.open(uri, "A=1\nA=2\n", "plaintext");
  expect((await editor.diagnostics(uri)).map((it) => it.code)).toEqual(["variable-set-twice"]);
});

describe("an ignore file", () => {
  const files = {
    ".git/HEAD": "",
    Dockerfile: "FROM node:24-alpine\nCOPY dist /app/\n",
    "package.json": "{}",
    "dist/a.js": "x".repeat(1500),
    "dist/b.js": "",
    "web/node_modules/x.js": "",
  };
  const ignore = { files, languageId: "ignore" };

  test("has its findings, with their fixes", async () => {
    const { editor, uri } = await opened(".dockerignore", "node_modules\n[a-\n./node_modules\n", ignore);
    const found = (await editor.diagnostics(uri)).map((it) => [it.code, it.severity]);
    expect(found).toEqual([
      ["ignore-pattern", 1],
      ["repeated-pattern", 4],
    ]);
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } },
      context: { diagnostics: [] },
    });
    expect((actions ?? []).map((it) => it.title)).toEqual([
      "Remove this line",
      "Ignore repeated-pattern here",
      "Ignore repeated-pattern in this file",
    ]);
    expect(editor.errors).toEqual([]);
  });

  test("a .gitignore is none", async () => {
    const { editor, uri } = await opened(".gitignore", "a\na\n", ignore);
    expect(await editor.diagnostics(uri)).toEqual([]);
  });

  test("hover: what a pattern matches here, and what a Dockerfile copies of it", async () => {
    const text = await hover(".dockerignore", "di<|>st\n", ignore);
    expect(text).toContain("Matches 1 entry here, 1.5 kB:\n\n- `dist/`");
    expect(text).toContain("A Dockerfile copies what this keeps out:\n\n- `dist`, line 2 of Dockerfile");
    expect(text).toContain("Read when Dockerfile is built.");
    expect(await hover(".dockerignore", "*.log<|>\n", ignore)).toContain("Nothing here matches it.");
    expect(await hover(".dockerignore", "# no<|>te\n", ignore)).toBe("");
  });

  test("completion: paths of the context and what such projects have", async () => {
    const found = texts(await completions(".dockerignore", "<|>", ignore));
    expect(found).toEqual(expect.arrayContaining(["dist", "web", "**/node_modules", ".git"]));
    expect(found.some((it) => /^# History, secrets.*node_modules/s.test(it))).toBe(true);
    expect(texts(await completions(".dockerignore", "dist/<|>\n", ignore))).toEqual(["a.js", "b.js"]);
    expect(texts(await completions(".dockerignore", "dist\n!dist/a<|>\n", ignore))).toContain("a.js");
    expect(await completions(".dockerignore", "# <|>", ignore)).toEqual([]);
  });
});

describe("on the command line", () => {
  const check = async (folder: string, ...words: readonly string[]) => {
    const { out, code } = await plimsoll(["check", "--format", "json", ...words], { folder });
    const found = JSON.parse(out) as Finding[];
    return { code, out, found: found.map((it) => `${it.file}:${it.line} ${it.rule}`) };
  };

  test("both kinds are found in a folder and taken by name", async () => {
    const folder = temporaryFolder({
      ...project,
      ".env": "A+B=1\n",
      ".dockerignore": "a\na\n",
      ".gitignore": "a\na\n",
    });
    const wanted = [".dockerignore:2 repeated-pattern", ".env:1 dotenv-name"];
    expect((await check(folder, ".")).found).toEqual(expect.arrayContaining(wanted));
    const named = await check(folder, ".env", ".dockerignore");
    expect(named.found.toSorted()).toEqual(wanted);
    expect(named.code).toBe(1);
  });

  test("severities of a configuration hold, safe fixes are made", async () => {
    const folder = temporaryFolder({
      ...project,
      ".env": "TAG=1\nTAG=2\n",
      ".plimsoll.yaml": "rules:\n  variable-set-twice: off\n",
    });
    expect((await check(folder, ".env")).found).toEqual([]);
    writeFileSync(join(folder, ".plimsoll.yaml"), "");
    const { out } = await plimsoll(["check", "--fix", ".env"], { folder });
    expect(out).toContain("Fixed 1 problem.");
  });

  test("what is told holds no value of a secret, and what cannot be read in a folder is no failure", async () => {
    const folder = temporaryFolder({
      ...project,
      "db.env": "DB_PASSWORD=hunter$2x$word\nAPI_TOKEN=abcdef #ghijkl\nDB_PASSWORD=hunter$2x$word\n",
      "sealed.env": Uint8Array.from([0, 1, 2, 3]),
    });
    const { out, code, found } = await check(folder, ".");
    expect(found.length).toBeGreaterThan(2);
    expect(out).not.toMatch(/hunter|abcdef|ghijkl/);
    expect(code).not.toBe(2);
  });
});
