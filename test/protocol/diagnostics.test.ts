import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidSaveTextDocumentNotification,
} from "vscode-languageserver-protocol/node";
import { startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uri = "untitled:Dockerfile";
const bad = "FROM alpine:3.22 AS builder\nFROM alpine:3.22\nUSER nobody-there\nCOPY --from=biulder /a /b\n";

describe("asked for", () => {
  test("problems with place, code, severity, reasons and data", async () => {
    const editor = await startEditor({ initializationOptions: { rulePages: "https://example.com/rules" } });
    await editor.open(uri, bad);
    const found = await editor.diagnostics(uri);
    const stage = found.find((it) => it.code === "unknown-stage");
    expect(stage).toMatchObject({
      source: "plimsoll",
      range: { start: { line: 3 }, end: { line: 3 } },
      codeDescription: { href: "https://example.com/rules/unknown-stage.md" },
      data: { rule: "unknown-stage" },
    });
    expect(stage?.message).toMatch(/ \(DL3022\)$/);
    const user = found.find((it) => it.code === "user-unknown-to-image");
    expect(user?.range.start).toEqual({ line: 2, character: 5 });
    expect(user?.relatedInformation?.length).toBeGreaterThan(0);
    expect(editor.errors).toEqual([]);
  });

  test("no link without pages", async () => {
    const editor = await startEditor();
    await editor.open(uri, bad);
    for (const it of await editor.diagnostics(uri)) expect(it.codeDescription).toBeUndefined();
  });

  test("after edits of parts of the text, those of the newest text", async () => {
    const editor = await startEditor();
    await editor.open(uri, bad);
    const line = (await editor.diagnostics(uri)).map((it) => it.code);
    expect(line).toContain("unknown-stage");
    await editor.change(uri, 2, "builder", {
      start: { line: 3, character: 12 },
      end: { line: 3, character: 19 },
    });
    await editor.change(uri, 3, "\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    const found = await editor.diagnostics(uri);
    expect(found.map((it) => it.code)).not.toContain("unknown-stage");
    expect(found.find((it) => it.code === "user-unknown-to-image")?.range.start.line).toBe(3);
  });

  test("the same answer is not sent twice", async () => {
    const editor = await startEditor();
    await editor.open(uri, bad);
    const first = await editor.report(uri);
    expect(first.kind).toBe("full");
    expect((await editor.report(uri, first.resultId)).kind).toBe("unchanged");
    await editor.change(uri, 2, "FROM scratch\n");
    expect((await editor.report(uri, first.resultId)).kind).toBe("full");
  });

  test("severities from the settings, and again when these change", async () => {
    const editor = await startEditor({
      settings: { rules: { "unknown-stage": "off", "user-unknown-to-image": "hint" } },
    });
    await editor.open(uri, bad);
    const found = await editor.diagnostics(uri);
    expect(found.map((it) => it.code)).not.toContain("unknown-stage");
    expect(found.find((it) => it.code === "user-unknown-to-image")?.severity).toBe(4);

    editor.settings = {};
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    expect((await editor.diagnostics(uri)).map((it) => it.code)).toContain("unknown-stage");
    expect(editor.refreshes()).toBe(1);
  });

  test("of a Compose file, which change with the Dockerfile it builds, open or on disk", async () => {
    const folder = temporaryFolder({
      "compose.yaml": "services:\n  api:\n    build:\n      context: ./api\n      target: final\n",
      "api/Dockerfile": "FROM scratch AS other\n",
    });
    const compose = pathToFileURL(join(folder, "compose.yaml")).href;
    const dockerfile = join(folder, "api/Dockerfile");
    const editor = await startEditor({ folder });
    const codes = async () => (await editor.diagnostics(compose)).map((it) => it.code);
    await editor.open(
      compose,
      "services:\n  api:\n    build:\n      context: ./api\n      target: final\n",
      "dockercompose",
    );
    expect(await codes()).toContain("build-target-unknown");

    await editor.open(pathToFileURL(dockerfile).href, "FROM scratch AS final\n");
    expect(await codes()).not.toContain("build-target-unknown");
    await editor.close(pathToFileURL(dockerfile).href);
    expect(await codes()).toContain("build-target-unknown");

    writeFileSync(dockerfile, "FROM scratch AS final\n");
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: pathToFileURL(dockerfile).href, type: 2 }],
    });
    expect(await codes()).not.toContain("build-target-unknown");
    expect(editor.refreshes()).toBeGreaterThan(0);
  });

  test("of one of several Compose files, with places in the others, which change with those", async () => {
    const text = "services:\n  web:\n    image: web\n    ports: ['127.0.0.1:80:80']\n    depends_on: [db]\n";
    const other = "services:\n  api:\n    image: api\n    ports: ['127.0.0.1:80:81']\n";
    const folder = temporaryFolder({
      ".git/HEAD": "",
      "compose.yaml": `include: [part.yaml]\n${text}`,
      "part.yaml": other,
    });
    const uris = {
      main: pathToFileURL(join(folder, "compose.yaml")).href,
      part: pathToFileURL(join(folder, "part.yaml")).href,
    };
    const editor = await startEditor({ folder });
    await editor.open(uris.main, `include: [part.yaml]\n${text}`, "dockercompose");
    await editor.open(uris.part, other, "dockercompose");
    const found = async (uri: string, code: string) =>
      (await editor.diagnostics(uri)).find((it) => it.code === code);
    expect(await found(uris.main, "unknown-service")).toMatchObject({ range: { start: { line: 5 } } });
    expect(await found(uris.part, "host-port-clash")).toMatchObject({
      range: { start: { line: 3, character: 13 } },
      relatedInformation: [{ location: { uri: uris.main, range: { start: { line: 4, character: 13 } } } }],
    });
    await editor.change(uris.part, 2, `${other}  db:\n    image: db\n`);
    expect(await found(uris.main, "unknown-service")).toBeUndefined();
    await editor.change(uris.main, 2, `include: [part.yaml]\n${text.replace("80:80", "90:80")}`);
    expect(await found(uris.part, "host-port-clash")).toBeUndefined();
    expect(editor.errors).toEqual([]);
  });

  test("of a Dockerfile, which change with the ignore file of its context", async () => {
    const folder = temporaryFolder({ ".dockerignore": "dist\n", "dist/app.js": "" });
    const dockerfile = pathToFileURL(join(folder, "Dockerfile")).href;
    const editor = await startEditor({ folder });
    const found = async () =>
      (await editor.diagnostics(dockerfile)).filter((it) => it.code === "copy-source-ignored");
    await editor.open(dockerfile, "FROM alpine:3.24\nCOPY dist /dist\n");
    const ignore = pathToFileURL(join(folder, ".dockerignore")).href;
    expect((await found())[0]?.relatedInformation?.[0]?.location).toMatchObject({
      uri: ignore,
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
    });

    writeFileSync(join(folder, ".dockerignore"), "*\n!dist\n");
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: ignore, type: 2 }],
    });
    expect(await found()).toEqual([]);
  });

  test("nothing for documents that are not ours", async () => {
    const editor = await startEditor();
    await editor.open("file:///x/values.yaml", "services: [", "yaml");
    expect(await editor.diagnostics("file:///x/values.yaml")).toEqual([]);
    expect(await editor.diagnostics("file:///never/opened/Dockerfile")).toEqual([]);
  });
});

describe("sent", () => {
  test("to an editor that does not ask, for the version they are about, and cleared at the end", async () => {
    const editor = await startEditor({ pulls: false });
    expect(editor.result.capabilities.diagnosticProvider).toBeUndefined();
    await editor.open(uri, bad);
    const first = await editor.nextPublished(uri);
    expect(first.version).toBe(1);
    expect(first.diagnostics.map((it) => it.code)).toContain("unknown-stage");

    await editor.change(uri, 2, "FROM alpine:3.22\nUSER nobody\n");
    const second = await editor.nextPublished(uri);
    expect(second.version).toBe(2);
    expect(second.diagnostics.map((it) => it.code)).not.toContain("unknown-stage");

    await editor.close(uri);
    expect((await editor.nextPublished(uri)).diagnostics).toEqual([]);
  });

  test("for the newest version only, however fast it is typed", async () => {
    const editor = await startEditor({ pulls: false });
    await editor.open(uri, "FROM alpine AS builder\n");
    for (let version = 2; version <= 20; version++)
      await editor.change(
        uri,
        version,
        `FROM alpine AS builder\nFROM alpine\nCOPY --from=builde${version} a b\n`,
      );
    let last = await editor.nextPublished(uri);
    while (last.version !== 20) last = await editor.nextPublished(uri);
    expect(last.diagnostics.find((it) => it.code === "unknown-stage")?.message).toContain("builde20");
    const versions = editor.published.map((it) => it.version ?? 0);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });

  test("again when a file on disk was saved", async () => {
    const folder = temporaryFolder({ Dockerfile: "FROM scratch AS other\n" });
    const compose = pathToFileURL(join(folder, "compose.yaml")).href;
    const editor = await startEditor({ pulls: false, folder });
    await editor.open(
      compose,
      "services:\n  api:\n    build:\n      context: .\n      target: final\n",
      "dockercompose",
    );
    expect((await editor.nextPublished(compose)).diagnostics.map((it) => it.code)).toContain(
      "build-target-unknown",
    );
    const file = join(folder, "Dockerfile");
    writeFileSync(file, "FROM scratch AS final\n");
    await editor.open(pathToFileURL(file).href, "FROM scratch AS final\n");
    await editor.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: pathToFileURL(file).href },
    });
    let again = await editor.nextPublished(compose);
    while (again.diagnostics.some((it) => it.code === "build-target-unknown"))
      again = await editor.nextPublished(compose);
    expect(again.diagnostics.map((it) => it.code)).not.toContain("build-target-unknown");
  });

  test("reasons go into the message where the editor cannot show them beside it", async () => {
    const editor = await startEditor({
      capabilities: {},
      initializationOptions: { settings: { rules: { "unpinned-base": "off" } } },
    });
    await editor.open(uri, bad);
    const { diagnostics } = await editor.nextPublished(uri);
    expect(diagnostics.find((it) => it.code === "user-unknown-to-image")?.message).toContain("\n- ");
    expect(diagnostics.map((it) => it.code)).not.toContain("unpinned-base");
  });
});
