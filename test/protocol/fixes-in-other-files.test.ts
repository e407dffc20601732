import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CreateFile,
  DidChangeWatchedFilesNotification,
  TextDocumentEdit,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import type { Finding } from "../../server/src/protocol/cli/finding.ts";
import { Positions } from "../../server/src/protocol/positions.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { plimsoll } from "../support/command-line.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const text = `FROM node:24-alpine
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
COPY dist /app/public
USER node
HEALTHCHECK NONE
CMD ["node", "server.js"]
`;
const files = {
  Dockerfile: text,
  ".env": "TOKEN=x\n",
  ".git/HEAD": "",
  "dist/index.html": "",
  "node_modules/a.js": "",
  "package-lock.json": "{}",
  "package.json": "{}",
  "server.js": "",
};
const rules =
  /^(copy-all-without-dockerignore|copy-source-ignored|host-dependencies-copied|secret-file-copied)$/;

const uriIn = (folder: string, name: string) => pathToFileURL(join(folder, name)).href;

async function codesAt(editor: Editor, uri: string): Promise<readonly string[]> {
  return (await editor.diagnostics(uri)).map((it) => String(it.code)).filter((it) => rules.test(it));
}

async function actionsAt(editor: Editor, uri: string): Promise<readonly CodeAction[]> {
  const found = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } },
    context: { diagnostics: [...(await editor.diagnostics(uri))] },
  });
  return (found ?? []) as CodeAction[];
}

/** Does to files what an editor would, which also tells the server that they have changed. */
async function apply(editor: Editor, action: CodeAction | undefined): Promise<void> {
  for (const change of action?.edit?.documentChanges ?? []) {
    if (CreateFile.is(change)) {
      const file = fileURLToPath(change.uri);
      expect(change.options).toEqual({ ignoreIfExists: true });
      if (!existsSync(file)) writeFileSync(file, "");
    } else if (TextDocumentEdit.is(change)) {
      const { uri } = change.textDocument;
      const file = fileURLToPath(uri);
      const before = readFileSync(file, "utf8");
      const positions = new Positions(before);
      const edits = (change.edits as TextEdit[]).map(({ range, newText }) => ({
        span: positions.spanOf(range),
        newText,
      }));
      writeFileSync(file, applyEdits(before, edits));
      await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri, type: 2 }],
      });
    }
  }
}

describe("in the editor", () => {
  test("an ignore file is made and extended until nothing is said any more", async () => {
    const folder = temporaryFolder(files);
    const editor = await startEditor({ folder });
    const uri = uriIn(folder, "Dockerfile");
    await editor.open(uri, text);
    expect(await codesAt(editor, uri)).toEqual(["host-dependencies-copied", "secret-file-copied"]);

    const create = (await actionsAt(editor, uri)).find((it) => it.title.startsWith("Create .dockerignore"));
    expect(create?.isPreferred).toBeUndefined();
    const created = uriIn(folder, ".dockerignore");
    expect(create?.edit?.documentChanges).toMatchObject([
      { kind: "create", uri: created },
      { textDocument: { uri: created, version: null } },
    ]);
    await apply(editor, create);
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toMatch(/^# .+\n\.git\n\*\*\/\.env\n/);
    expect(await codesAt(editor, uri)).toEqual([]);

    writeFileSync(join(folder, ".dockerignore"), "dist\r\n.git\r\nnode_modules");
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: created, type: 2 }],
    });
    expect(await codesAt(editor, uri)).toEqual(["secret-file-copied", "copy-source-ignored"]);
    for (const title of ["Add .env to .dockerignore", "Let dist in"])
      await apply(
        editor,
        (await actionsAt(editor, uri)).find((it) => it.title.startsWith(title)),
      );
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe(
      "dist\r\n.git\r\nnode_modules\r\n.env\r\n!dist\r\n",
    );
    expect(await codesAt(editor, uri)).toEqual([]);
    expect(editor.errors).toEqual([]);
  });

  test("fix-all leaves other files alone", async () => {
    const folder = temporaryFolder(files);
    const editor = await startEditor({ folder });
    const uri = uriIn(folder, "Dockerfile");
    await editor.open(uri, text);
    const found = (await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } },
      context: { diagnostics: [], only: ["source.fixAll"] },
    })) as CodeAction[];
    const touched = found.flatMap((it) => it.edit?.documentChanges ?? []);
    expect(touched.every((it) => TextDocumentEdit.is(it) && it.textDocument.uri === uri)).toBe(true);
  });

  const titlesFor = async (workspaceEdit: NonNullable<ClientCapabilities["workspace"]>["workspaceEdit"]) => {
    const titles: string[] = [];
    for (const more of [{}, { ".dockerignore": "*.md\n" }]) {
      const folder = temporaryFolder({ ...files, ...more });
      const editor = await startEditor({
        folder,
        capabilities: {
          workspace: workspaceEdit ? { workspaceEdit } : {},
          textDocument: {
            diagnostic: {},
            codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
          },
        },
      });
      const uri = uriIn(folder, "Dockerfile");
      await editor.open(uri, text);
      for (const { title, edit } of await actionsAt(editor, uri)) {
        if (!title.includes(".dockerignore")) continue;
        titles.push(title.split(" ")[0] ?? "");
        if (!workspaceEdit)
          expect(Object.keys(edit?.changes ?? {})).toEqual([uriIn(folder, ".dockerignore")]);
      }
    }
    return titles;
  };

  test("an editor that makes no files is offered none", async () => {
    expect(await titlesFor({ documentChanges: true, resourceOperations: ["create"] })).toEqual([
      "Create",
      "Create",
      "Add",
      "Add",
    ]);
    expect(await titlesFor({ documentChanges: true })).toEqual(["Add", "Add"]);
    expect(await titlesFor(undefined)).toEqual(["Add", "Add"]);
  });

  test("an open document is changed in its version, and only if it is the text that was looked at", async () => {
    const ignore = "*.md\n";
    const folder = temporaryFolder({ ...files, ".dockerignore": ignore });
    const editor = await startEditor({ folder });
    const [uri, other] = [uriIn(folder, "Dockerfile"), uriIn(folder, ".dockerignore")];
    await editor.open(uri, text);
    // Only documents of our own languages are told of.
    await editor.open(other, ignore, "dockerfile");
    const versions = async () =>
      (await actionsAt(editor, uri)).flatMap(({ title, edit }) =>
        title.includes(".dockerignore") ? (edit?.documentChanges ?? []) : [],
      );
    expect(await versions()).toMatchObject([
      { textDocument: { uri: other, version: 1 } },
      { textDocument: { uri: other, version: 1 } },
    ]);
    await editor.change(other, 2, "*.txt\n");
    expect(await versions()).toEqual([]);
  });
});

describe("on the command line", () => {
  test("--fix leaves other files alone, --fix-unsafe makes the ignore file and says so", async () => {
    const folder = temporaryFolder(files);
    await plimsoll(["check", "--fix", "Dockerfile"], { folder });
    expect(existsSync(join(folder, ".dockerignore"))).toBe(false);
    const { out, error } = await plimsoll(["check", "--fix-unsafe", "Dockerfile"], { folder });
    expect(error).toBe(".dockerignore: written for Dockerfile.\n");
    expect(out).toMatch(/^Fixed \d+ problems?\.|\nFixed \d+ problems?\./);
    const written = readFileSync(join(folder, ".dockerignore"), "utf8");
    expect(written).toContain("\n**/node_modules\n");
    const json = await plimsoll(["check", "--format", "json", "Dockerfile"], { folder });
    const left = (JSON.parse(json.out) as Finding[]).map((it) => it.rule);
    expect(left.filter((it) => rules.test(it))).toEqual([]);
    await plimsoll(["check", "--fix-unsafe", "Dockerfile"], { folder });
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe(written);
  });

  test("extends one that is there, and leaves it alone as a filter", async () => {
    const folder = temporaryFolder({ ...files, ".dockerignore": "dist\n.git\n" });
    const words = ["check", "--fix-unsafe", "--stdin-filename", "Dockerfile", "-"];
    await plimsoll(words, { folder, stdin: text });
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe("dist\n.git\n");
    await plimsoll(["check", "--fix-unsafe", "."], { folder });
    const written = readFileSync(join(folder, ".dockerignore"), "utf8").trimEnd().split("\n");
    expect(written.slice(0, 2)).toEqual(["dist", ".git"]);
    expect(written.slice(2).sort()).toEqual(["!dist", "**/node_modules", ".env"]);
  });

  test("a password goes into .env with its value, and twice equals once", async () => {
    const compose = `services:
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: one
    volumes: ["./conf/a.conf:/etc/a.conf:ro"]
  api:
    image: example/api:\${TAG}
    environment: [POSTGRES_PASSWORD=one, ADMIN_PASSWORD=two]
`;
    const folder = temporaryFolder({ "compose.yaml": compose });
    await plimsoll(["check", "--fix-unsafe", "."], { folder });
    const fixed = readFileSync(join(folder, "compose.yaml"), "utf8");
    expect(fixed).toContain('POSTGRES_PASSWORD: "${POSTGRES_PASSWORD}"\n');
    expect(fixed).toContain('["POSTGRES_PASSWORD=${POSTGRES_PASSWORD}", "ADMIN_PASSWORD=${ADMIN_PASSWORD}"]');
    const written = readFileSync(join(folder, ".env"), "utf8");
    expect(written.split("\n").sort()).toEqual(["", "ADMIN_PASSWORD=two", "POSTGRES_PASSWORD=one"]);
    // With the folder that is on the way to it.
    expect(existsSync(join(folder, "conf/a.conf"))).toBe(true);
    const { error } = await plimsoll(["check", "--fix-unsafe", "."], { folder });
    expect([error, readFileSync(join(folder, "compose.yaml"), "utf8")]).toEqual(["", fixed]);
  });

  test("a file that is written for another one keeps that, and what it means for a third is told at once", async () => {
    const folder = temporaryFolder({
      ...files,
      ".env.mine": "DATABASE_URL=postgres://postgres:one@localhost:5432/app\nPORT=1\nPORT=2\n",
      ".env": "",
      "compose.yaml": `services:
  web:
    image: example.com/web:1
    env_file: .env.mine
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: one
`,
    });
    const words = ["check", "--fix-unsafe", "Dockerfile", "compose.yaml", ".env.mine", ".env"];
    await plimsoll(words, { folder });
    const now = () =>
      [".env.mine", ".env", ".dockerignore", "Dockerfile"].map((it) =>
        readFileSync(join(folder, it), "utf8"),
      );
    const fixed = now();
    expect(fixed[0]).toBe("DATABASE_URL=postgres://postgres:one@db:5432/app\nPORT=2\n");
    expect(fixed[1]).toBe("POSTGRES_PASSWORD=one\n");
    const { error } = await plimsoll(words, { folder });
    expect([error, now()]).toEqual(["", fixed]);
  });

  test("tells what cannot be written", async () => {
    const folder = temporaryFolder({ ...files, ".dockerignore": "dist\n" });
    // In the way of the file that becomes the new one.
    writeFileSync(join(folder, `..dockerignore.${process.pid}.plimsoll`), "");
    const { code, error } = await plimsoll(["check", "--fix-unsafe", "Dockerfile"], { folder });
    expect([code, error]).toEqual([2, ".dockerignore: this cannot be written (EEXIST).\n"]);
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe("dist\n");
  });

  test("json says what a fix does to other files, sarif what it can say", async () => {
    const folder = temporaryFolder(files);
    const fixesOf = async (format: string) =>
      JSON.parse((await plimsoll(["check", "--format", format, "Dockerfile"], { folder })).out);
    const others = ((await fixesOf("json")) as Finding[]).flatMap((it) =>
      it.fixes.flatMap((fix) => fix.others ?? []),
    );
    const file = join(folder, ".dockerignore");
    expect(others).toEqual([
      { file, create: expect.stringContaining(".git\n") },
      { file, create: expect.stringContaining(".env\n") },
    ]);
    expect(JSON.stringify(await fixesOf("sarif"))).not.toContain(".dockerignore with");

    writeFileSync(file, ".git\nnode_modules\ndist\n");
    const extended = ((await fixesOf("json")) as Finding[]).flatMap((it) =>
      it.fixes.flatMap((fix) => fix.others ?? []),
    );
    expect(extended).toEqual([
      { file, edits: [{ offset: 23, length: 0, text: ".env\n" }] },
      { file, edits: [{ offset: 23, length: 0, text: "!dist\n" }] },
    ]);
    const results: { fixes?: { artifactChanges: { artifactLocation: { uri: string } }[] }[] }[] = (
      await fixesOf("sarif")
    ).runs[0].results;
    const changed = results.flatMap((it) => (it.fixes ?? []).flatMap((fix) => fix.artifactChanges));
    expect(changed.filter((it) => it.artifactLocation.uri.endsWith(".dockerignore"))).toHaveLength(2);
  });
});
