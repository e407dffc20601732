import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import {
  CodeActionRequest,
  CompletionRequest,
  DidChangeWatchedFilesNotification,
  HoverRequest,
} from "vscode-languageserver-protocol/node";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Reported as `unknown-stage` (DL3022), an error, and `user-unknown-to-image`. */
const bad = "FROM alpine:3.22 AS builder\nFROM alpine:3.22\nUSER nobody-there\nCOPY --from=biulder /a /b\n";

const uriOf = (folder: string, path: string) => pathToFileURL(join(folder, path)).href;

/** Writes or removes a file, as an editor that watches it tells. */
async function changed(
  editor: Editor,
  folder: string,
  path: string,
  text: string | undefined,
): Promise<void> {
  if (text === undefined) rmSync(join(folder, path));
  else writeFileSync(join(folder, path), text);
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf(folder, path), type: text === undefined ? 3 : 2 }],
  });
}

describe("configuration files", () => {
  test("take effect at once when they are written, changed and removed", async () => {
    const folder = temporaryFolder({ Dockerfile: bad });
    const uri = uriOf(folder, "Dockerfile");
    const editor = await startEditor({ folder });
    await editor.open(uri, bad);
    const severity = async () =>
      (await editor.diagnostics(uri)).find((it) => it.code === "unknown-stage")?.severity;
    expect(await severity()).toBe(1);

    await changed(editor, folder, ".hadolint.yaml", "override: { style: [DL3022] }\n");
    expect(await severity()).toBe(4);
    expect(editor.refreshes()).toBe(1);
    await changed(editor, folder, ".plimsoll.yaml", "rules: { unknown-stage: info }\n");
    expect(await severity()).toBe(3);
    await changed(editor, folder, ".plimsoll.yaml", undefined);
    expect(await severity()).toBe(4);
    await changed(editor, folder, ".hadolint.yaml", "ignored: [DL3022]\n");
    expect(await severity()).toBeUndefined();
    expect(editor.errors).toEqual([]);
  });

  test("what an editor set by hand comes behind them", async () => {
    const folder = temporaryFolder({ ".plimsoll.yaml": "rules: { unknown-stage: info }\n" });
    const uri = uriOf(folder, "Dockerfile");
    const editor = await startEditor({
      folder,
      settings: { rules: { "unknown-stage": "hint", "user-unknown-to-image": "hint" } },
    });
    await editor.open(uri, bad);
    const found = await editor.diagnostics(uri);
    expect(found.find((it) => it.code === "unknown-stage")?.severity).toBe(3);
    expect(found.find((it) => it.code === "user-unknown-to-image")?.severity).toBe(4);
  });

  test("build arguments are what a Dockerfile is judged with", async () => {
    const folder = temporaryFolder({ ".plimsoll.yaml": "build-args: { BASE: 'alpine:3.22' }\n" });
    const uri = uriOf(folder, "Dockerfile");
    const editor = await startEditor({ folder });
    const text = "ARG BASE=example/own:1\nFROM $BASE\nUSER nobody-there\n";
    await editor.open(uri, text);
    expect((await editor.diagnostics(uri)).map((it) => it.code)).toContain("user-unknown-to-image");
    await changed(editor, folder, ".plimsoll.yaml", "build-args: {}\n");
    expect((await editor.diagnostics(uri)).map((it) => it.code)).not.toContain("user-unknown-to-image");
  });

  test("an ignored file has no diagnostics", async () => {
    const folder = temporaryFolder({ ".plimsoll.yaml": "ignore: [Dockerfile]\n" });
    const uri = uriOf(folder, "Dockerfile");
    const editor = await startEditor({ folder });
    await editor.open(uri, bad);
    expect(await editor.diagnostics(uri)).toEqual([]);
  });

  test("nothing is offered in comments that are not read", async () => {
    const folder = temporaryFolder({ ".hadolint.yaml": "disable-ignore-pragma: true\n" });
    const uri = uriOf(folder, "Dockerfile");
    const editor = await startEditor({ folder });
    await editor.open(uri, bad.replace("COPY", "# plimsoll ignore=unknown-stage\nCOPY"));
    const [stage] = (await editor.diagnostics(uri)).filter((it) => it.code === "unknown-stage");
    if (!stage) throw new Error("The comment silenced it.");
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: stage.range,
      context: { diagnostics: [stage] },
    });
    expect((actions ?? []).filter((it) => it.title.startsWith("Ignore"))).toEqual([]);
  });
});

describe.each([{ pulls: true }, { pulls: false }])("a broken configuration, $pulls", ({ pulls }) => {
  test("is told of in its own file until it is mended, and the rest of it holds", async () => {
    const broken = "rules:\n  unknown-stage: off\n  runs-as-rot: off\n";
    const folder = temporaryFolder({ ".plimsoll.yaml": broken });
    const uri = uriOf(folder, "Dockerfile");
    const configuration = uriOf(folder, ".plimsoll.yaml");
    const editor = await startEditor({ folder, pulls });
    await editor.open(uri, bad);
    const { diagnostics } = await editor.nextPublished(configuration);
    expect(diagnostics).toMatchObject([
      {
        source: "plimsoll",
        code: "configuration-rule",
        severity: 2,
        range: { start: { line: 2, character: 2 }, end: { line: 2, character: 13 } },
      },
    ]);
    expect(diagnostics[0]?.message).toContain("runs-as-root");
    if (pulls) expect((await editor.diagnostics(uri)).map((it) => it.code)).not.toContain("unknown-stage");

    await changed(editor, folder, ".plimsoll.yaml", "rules: [\n");
    expect((await editor.nextPublished(configuration)).diagnostics[0]?.severity).toBe(1);
    await changed(editor, folder, ".plimsoll.yaml", "rules: {}\n");
    expect((await editor.nextPublished(configuration)).diagnostics).toEqual([]);
  });

  test("is told of once, and no longer when nothing open is checked by it", async () => {
    const folder = temporaryFolder({ ".hadolint.yaml": "ignoredd: []\n", "a/Dockerfile": bad });
    const configuration = uriOf(folder, ".hadolint.yaml");
    const editor = await startEditor({ folder, pulls });
    await editor.open(uriOf(folder, "a/Dockerfile"), bad);
    expect((await editor.nextPublished(configuration)).diagnostics).toHaveLength(1);
    await editor.open(uriOf(folder, "Dockerfile"), bad);
    await editor.close(uriOf(folder, "a/Dockerfile"));
    await editor.close(uriOf(folder, "Dockerfile"));
    expect((await editor.nextPublished(configuration)).diagnostics).toEqual([]);
    expect(editor.published.filter((it) => it.uri === configuration)).toHaveLength(2);
  });
});

describe("an open configuration", () => {
  test("is told of as it stands, before it is saved, and with nothing else open", async () => {
    const folder = temporaryFolder({ ".plimsoll.yaml": "rules: {}\n" });
    const uri = uriOf(folder, ".plimsoll.yaml");
    const editor = await startEditor({ folder });
    await editor.open(uri, "rules:\n  runs-as-rot: off\n", "yaml");
    expect((await editor.nextPublished(uri)).diagnostics).toMatchObject([{ code: "configuration-rule" }]);
    await editor.change(uri, 2, "rules:\n  runs-as-root: off\n");
    expect((await editor.nextPublished(uri)).diagnostics).toEqual([]);
    await editor.change(uri, 3, "ruls: {}\n");
    expect((await editor.nextPublished(uri)).diagnostics).toMatchObject([{ code: "configuration-key" }]);
    await editor.close(uri);
    expect((await editor.nextPublished(uri)).diagnostics).toEqual([]);
    expect(editor.errors).toEqual([]);
  });

  test("is completed and explained", async () => {
    const folder = temporaryFolder({});
    const uri = uriOf(folder, ".plimsoll.yaml");
    const editor = await startEditor({ folder });
    await editor.open(uri, "rules:\n  runs-as-root: \n", "yaml");
    const at = (line: number, character: number) => ({
      textDocument: { uri },
      position: { line, character },
    });
    const found = await editor.connection.sendRequest(CompletionRequest.type, at(1, 16));
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    expect(items.map((it) => it.label)).toContain("error");
    const hover = await editor.connection.sendRequest(HoverRequest.type, at(1, 5));
    expect(JSON.stringify(hover)).toContain("By default");
  });

  test("of another tool that is called hadolint.yaml says nothing", async () => {
    const folder = temporaryFolder({ Dockerfile: bad });
    const uri = uriOf(folder, "hadolint.yaml");
    const editor = await startEditor({ folder });
    await editor.open(uri, "on: push\njobs: { hadolint: { steps: [] } }\n", "yaml");
    await editor.open(uriOf(folder, "Dockerfile"), bad);
    await editor.diagnostics(uriOf(folder, "Dockerfile"));
    expect(editor.published).toEqual([]);
  });
});
