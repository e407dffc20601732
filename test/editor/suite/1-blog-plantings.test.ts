import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { changed, isFixOf, placesOf, plantings } from "../../support/editor/blog-plantings.ts";
import { codeOf, fileUri, open, ours, until } from "./editor.ts";

const name = "compose.yaml";
/** What plantings and fixes change. */
const paths = [name, "Dockerfile", ".env", "gateway/nginx.conf", "database/init.sql"];
const uriOf = (path: string) => fileUri(`blog/${path}`);

type Files = Readonly<Record<string, string>>;

async function textOf(path: string): Promise<string | undefined> {
  const shown = vscode.workspace.textDocuments.find((it) => it.uri.fsPath === uriOf(path).fsPath);
  if (shown) return shown.getText();
  const bytes = await vscode.workspace.fs.readFile(uriOf(path)).then(
    (it) => it,
    () => undefined,
  );
  return bytes && new TextDecoder().decode(bytes);
}

async function present(): Promise<Files> {
  const all = await Promise.all(paths.map(async (it) => [it, await textOf(it)] as const));
  return Object.fromEntries(
    all.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])),
  );
}

/** Makes the files of the blog these, the open one in its editor. */
async function show(document: vscode.TextDocument, wanted: Files): Promise<void> {
  for (const path of paths.filter((it) => it !== name)) {
    const text = wanted[path];
    if ((await textOf(path)) === text) continue;
    if (text === undefined) await vscode.workspace.fs.delete(uriOf(path));
    else await replaceIn(path, text);
  }
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  edit.replace(document.uri, all, wanted[name] ?? "");
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** A file that a fix opened is changed where it is open, and saved. */
async function replaceIn(path: string, text: string): Promise<void> {
  const shown = vscode.workspace.textDocuments.find((it) => it.uri.fsPath === uriOf(path).fsPath);
  if (!shown) return vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
  const edit = new vscode.WorkspaceEdit();
  const end = shown.lineAt(shown.lineCount - 1).range.end;
  edit.replace(shown.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(await shown.save());
}

describe("the blog with each mistake planted", function () {
  this.timeout(120_000);
  let document: vscode.TextDocument;
  let files: Files;

  const found = () =>
    ours(document.uri).map((it) => ({
      rule: codeOf(it),
      start: document.offsetAt(it.range.start),
      end: document.offsetAt(it.range.end),
    }));
  const untilFound = async (expected: readonly object[], what: string) => {
    const wanted = JSON.stringify(expected);
    await until(what, () => JSON.stringify(found()) === wanted).catch((error: Error) => {
      const messages = ours(document.uri).map((it) => `${codeOf(it)}: ${it.message}`);
      throw new Error(`${error.message}; there are: ${messages.join(" | ")} ${JSON.stringify(found())}`);
    });
  };
  const ask = (rules: readonly string[]) =>
    vscode.workspace
      .getConfiguration("plimsoll")
      .update(
        "rules",
        rules.length > 0 ? Object.fromEntries(rules.map((it) => [it, "hint"])) : undefined,
        vscode.ConfigurationTarget.Global,
      );

  before(async () => {
    document = await open(`blog/${name}`);
    files = await present();
    await untilFound([], "nothing in the example");
  });

  after(async () => {
    await show(document, files);
    await vscode.workspace.saveAll(false);
  });

  for (const planting of plantings)
    it(planting.mistake, async () => {
      const { asked = [], finds, fix } = planting;
      if (asked.length > 0) await ask(asked);
      try {
        await show(document, changed(files, planting.planted));
        const places = placesOf(planting, document.getText());
        await untilFound(
          places.map(({ start, end }) => ({ rule: finds, start, end })),
          `${finds} alone`,
        );
        // The news of another file may come a moment after what they change here.
        const edit = await until(`"${fix}"`, async () => {
          const [first] = ours(document.uri);
          const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
            "vscode.executeCodeActionProvider",
            document.uri,
            first?.range,
            vscode.CodeActionKind.QuickFix.value,
            20,
          );
          return actions.find((it) => isFixOf(planting, it.title))?.edit;
        });
        assert.ok(await vscode.workspace.applyEdit(edit));
        // What the server is not shown while it is open is on the disk.
        await Promise.all(
          vscode.workspace.textDocuments.filter((it) => it.isDirty && it !== document).map((it) => it.save()),
        );
        await untilFound([], `nothing after "${fix}"`);
        const wanted = changed(files, planting.fixed);
        assert.deepEqual(await present(), wanted);
      } finally {
        if (asked.length > 0) await ask([]);
      }
    });
});
