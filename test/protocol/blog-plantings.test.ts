import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  CreateFile,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  TextDocumentEdit,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { Positions } from "../../server/src/protocol/positions.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { changed, isFixOf, placesOf, plantings } from "../support/editor/blog-plantings.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { exampleFiles } from "../support/example-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const files = exampleFiles("blog");
const name = "compose.yaml";

/** Writes what differs, and tells the server which files changed, as an editor's watcher does. */
async function write(
  editor: Editor,
  folder: string,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const paths = [...new Set([...Object.keys(wanted), ...Object.keys(files)])];
  const different = paths.filter((it) => {
    const path = join(folder, it);
    return (existsSync(path) ? readFileSync(path, "utf8") : undefined) !== wanted[it];
  });
  for (const it of different) {
    const text = wanted[it];
    if (text === undefined) rmSync(join(folder, it));
    else writeFileSync(join(folder, it), text);
  }
  const changes = different.map(
    (it): FileEvent => ({ uri: pathToFileURL(join(folder, it)).href, type: FileChangeType.Changed }),
  );
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

/** What the files are after an action. */
function after(
  action: CodeAction,
  present: Readonly<Record<string, string>>,
  folder: string,
): Record<string, string> {
  const result = { ...present };
  const pathOf = (uri: string) => relative(folder, fileURLToPath(uri)).replaceAll("\\", "/");
  const change = (uri: string, edits: readonly TextEdit[]) => {
    const before = result[pathOf(uri)] ?? "";
    const positions = new Positions(before);
    const all = edits.map(({ range, newText }) => ({ span: positions.spanOf(range), newText }));
    result[pathOf(uri)] = applyEdits(before, all);
  };
  for (const [uri, edits] of Object.entries(action.edit?.changes ?? {})) change(uri, edits);
  for (const it of action.edit?.documentChanges ?? []) {
    if (CreateFile.is(it)) result[pathOf(it.uri)] ??= "";
    else if (TextDocumentEdit.is(it)) change(it.textDocument.uri, it.edits as TextEdit[]);
  }
  return result;
}

test("each mistake planted in the blog is the one finding, and its fix takes it away", {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const uri = pathToFileURL(join(folder, name)).href;
  const editor = await startEditor({ folder });
  let present = files;
  let version = 1;
  const show = async (wanted: Readonly<Record<string, string>>) => {
    present = wanted;
    await write(editor, folder, wanted);
    await editor.change(uri, ++version, wanted[name] ?? "");
  };
  const found = async () => {
    const positions = new Positions(present[name] ?? "");
    const all = await editor.diagnostics(uri);
    return all.map(({ code, range }) => ({ rule: code, ...positions.spanOf(range) }));
  };
  await editor.open(uri, files[name] ?? "", "dockercompose");
  expect(await found()).toEqual([]);

  for (const planting of plantings) {
    const { mistake, asked = [], finds, kind } = planting;
    editor.settings = { rules: Object.fromEntries(asked.map((it) => [it, "hint"])) };
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await show(changed(files, planting.planted));
    const places = placesOf(planting, present[name] ?? "");
    expect(await found(), mistake).toEqual(places.map((it) => ({ rule: finds, ...it })));

    const diagnostics = await editor.diagnostics(uri);
    const range = diagnostics[0]?.range;
    if (!range) expect.fail(mistake);
    const actions = (await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [...diagnostics] },
    })) as CodeAction[];
    const action = actions.find((it) => isFixOf(planting, it.title));
    if (!action) expect.fail(`${mistake}: offered ${actions.map((it) => it.title).join(", ")}`);
    expect(action.isPreferred ?? false, mistake).toBe(kind === "safe");
    await show(after(action, present, folder));
    expect(present, mistake).toEqual(changed(files, planting.fixed));
    expect(await found(), mistake).toEqual([]);
  }
  expect(editor.errors).toEqual([]);
});
