import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  ConfigurationRequest,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  WorkspaceSymbolRequest,
} from "vscode-languageserver-protocol/node";
import { plimsoll } from "../support/command-line.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const uriIn = (folder: string, name: string) => pathToFileURL(join(folder, name)).href;

async function codes(editor: Editor, uri: string): Promise<readonly unknown[]> {
  return (await editor.diagnostics(uri)).map((it) => it.code);
}

async function tell(editor: Editor, ...uris: readonly string[]): Promise<void> {
  const changes = uris.map((uri) => ({ uri, type: 2 as const }));
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

test("an .env that is made, renamed and removed on disk counts at once", async () => {
  const text = "services:\n  a:\n    image: example/a:${TAG}\n";
  const folder = temporaryFolder({ ".git/HEAD": "", "compose.yaml": text });
  const [uri, env] = [uriIn(folder, "compose.yaml"), uriIn(folder, ".env")];
  const editor = await startEditor({ folder });
  await editor.open(uri, text, "dockercompose");
  expect(await codes(editor, uri)).not.toContain("unset-variable");
  writeFileSync(join(folder, ".env"), "OTHER=1\n");
  await tell(editor, env);
  expect(await codes(editor, uri)).toContain("unset-variable");
  writeFileSync(join(folder, ".env"), "TAG=1\n");
  await tell(editor, env);
  expect(await codes(editor, uri)).not.toContain("unset-variable");
  writeFileSync(join(folder, ".env"), "OTHER=1\n");
  renameSync(join(folder, ".env"), join(folder, "old.env"));
  await tell(editor, env, uriIn(folder, "old.env"));
  expect(await codes(editor, uri)).not.toContain("unset-variable");
  expect(editor.errors).toEqual([]);
});

test("an override file that is renamed or removed takes what it says with it", async () => {
  const text = "services:\n  a:\n    image: example/a:1\n    networks: [front]\n";
  const override = "networks:\n  front:\n";
  const folder = temporaryFolder({
    ".git/HEAD": "",
    "compose.yaml": text,
    "compose.override.yaml": override,
  });
  const uri = uriIn(folder, "compose.yaml");
  const editor = await startEditor({ folder });
  await editor.open(uri, text, "dockercompose");
  expect(await codes(editor, uri)).not.toContain("unknown-network");
  renameSync(join(folder, "compose.override.yaml"), join(folder, "notes.txt"));
  await tell(editor, uriIn(folder, "compose.override.yaml"), uriIn(folder, "notes.txt"));
  expect(await codes(editor, uri)).toContain("unknown-network");
  renameSync(join(folder, "notes.txt"), join(folder, "compose.override.yaml"));
  await tell(editor, uriIn(folder, "compose.override.yaml"), uriIn(folder, "notes.txt"));
  expect(await codes(editor, uri)).not.toContain("unknown-network");
  rmSync(join(folder, "compose.override.yaml"));
  await tell(editor, uriIn(folder, "compose.override.yaml"));
  expect(await codes(editor, uri)).toContain("unknown-network");
});

test("folders that are opened and closed while the server runs, each with its own settings", async () => {
  const text = "version: '3'\nservices:\n  shop-api:\n    image: example/a:1\n";
  const [one, other] = [1, 2].map(() => temporaryFolder({ ".git/HEAD": "", "compose.yaml": text }));
  if (one === undefined || other === undefined) throw new Error("no folders");
  const editor = await startEditor({ folder: one });
  // The second folder wants nothing said of `version`.
  editor.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map((it) =>
      it.scopeUri?.startsWith(pathToFileURL(other).href) ? { rules: { "obsolete-version": "off" } } : {},
    ),
  );
  const symbols = async () =>
    ((await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "shop-api" })) ?? []).length;
  const change = (added: readonly string[], removed: readonly string[]) => {
    const folders = (all: readonly string[]) => all.map((it) => ({ uri: pathToFileURL(it).href, name: "x" }));
    const event = { added: folders(added), removed: folders(removed) };
    return editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
  };
  expect(await symbols()).toBe(1);
  await change([other], []);
  expect(await symbols()).toBe(2);
  for (const it of [one, other]) await editor.open(uriIn(it, "compose.yaml"), text, "dockercompose");
  expect(await codes(editor, uriIn(one, "compose.yaml"))).toContain("obsolete-version");
  expect(await codes(editor, uriIn(other, "compose.yaml"))).not.toContain("obsolete-version");
  await editor.close(uriIn(one, "compose.yaml"));
  await change([], [one]);
  expect(await symbols()).toBe(1);
  expect(editor.errors).toEqual([]);
});

test("a file of a virtual workspace is checked by itself", async () => {
  const uri = "vscode-vfs://github/example/shop/compose.yaml";
  const text =
    "services:\n  a:\n    image: example/a:1\n    prots: []\n    build: ./api\n    env_file: a.env\n";
  const editor = await startEditor();
  await editor.open(uri, text, "dockercompose");
  const found = await codes(editor, uri);
  expect(found).toContain("unknown-key");
  // Nothing is known of what is beside it.
  for (const it of ["build-context-missing", "dockerfile-missing", "environment-file-missing"])
    expect(found).not.toContain(it);
  expect(editor.errors).toEqual([]);
});

test("a file in another encoding than UTF-8, until it is saved in that", async () => {
  const text = "services:\n  a:\n    image: example/a:1 # caf\u00e9\n";
  const folder = temporaryFolder({ ".git/HEAD": "", "compose.yaml": Buffer.from(text, "latin1") });
  const uri = uriIn(folder, "compose.yaml");
  const editor = await startEditor({ folder });
  // As an editor reads it that was told the encoding, and as one that was not.
  await editor.open(uri, text, "dockercompose");
  const isTold = async () =>
    (await editor.diagnostics(uri)).find((it) => it.code === "yaml-encoding")?.range.start;
  expect(await isTold()).toEqual({ line: 2, character: 28 });
  await editor.change(uri, 2, text.replace("\u00e9", "\uFFFD"));
  expect(await isTold()).toEqual({ line: 2, character: 28 });
  writeFileSync(join(folder, "compose.yaml"), text);
  await tell(editor, uri);
  expect(await isTold()).toBeUndefined();
});

test("the command line reads UTF-16, and tells of Latin-1", async () => {
  const text = "services:\n  a:\n    image: example/a:1 # caf\u00e9\n    prots: []\n";
  const folder = temporaryFolder({
    ".git/HEAD": "",
    "wide/compose.yaml": Buffer.from(`\uFEFF${text}`, "utf16le"),
    "narrow/compose.yaml": Buffer.from(text, "latin1"),
  });
  const wide = await plimsoll(["check", "wide/compose.yaml"], { folder });
  expect(wide.out).toContain("unknown-key");
  expect(wide.out).not.toContain("yaml-encoding");
  const narrow = await plimsoll(["check", "narrow/compose.yaml"], { folder });
  expect(narrow.out).toContain("3:29 error yaml-encoding");
});
