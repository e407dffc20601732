import { unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  HoverRequest,
  type InlayHint,
  InlayHintRefreshRequest,
  InlayHintRequest,
} from "vscode-languageserver-protocol/node";
import type { EffectiveComposeResult } from "../../client/src/shared/server-messages.ts";
import { type Editor, startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const main = "services:\n  web:\n    image: nginx:${TAG}\n    environment:\n      A: 1\n";
const over = "services:\n  web:\n    environment: {A: 2, PASSWORD: hunter2}\n    user: nobody\n";

function project() {
  const folder = temporaryFolder({
    "compose.yaml": main,
    "compose.override.yaml": over,
    ".env": "TAG=1.27\n",
  });
  const uri = (name: string) => pathToFileURL(join(folder, name)).href;
  return { folder, uri };
}

const effective = (editor: Editor, uri: string) =>
  editor.connection.sendRequest<EffectiveComposeResult | null>("plimsoll/effectiveCompose", { uri });

const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

async function hintsOf(editor: Editor, uri: string): Promise<string[]> {
  const hints = await editor.connection.sendRequest(InlayHintRequest.type, {
    textDocument: { uri },
    range: everything,
  });
  const label = ({ label: it }: InlayHint) =>
    typeof it === "string" ? it : it.map((part) => part.value).join("");
  return (hints ?? []).map((it) => `${it.position.line}:${it.position.character} ${label(it)}`);
}

test("the effective project of a file on disk, with where each line is written", async () => {
  const editor = await startEditor();
  const { uri } = project();
  const answer = await effective(editor, uri("compose.yaml"));
  expect(answer?.name).toBe("compose.yaml");
  expect(answer?.text).toContain("    image: nginx:1.27\n");
  expect(answer?.text).toContain("    user: nobody  # compose.override.yaml:4\n");
  expect(answer?.text).not.toContain("hunter2");
  const line = answer?.text.split("\n").findIndex((it) => it.includes("user:"));
  expect(answer?.places.findLast((it) => it.line === line)).toEqual({
    line,
    uri: uri("compose.override.yaml"),
    targetLine: 3,
    targetColumn: 4,
  });
  expect(answer?.files).toEqual([".env", "compose.yaml", "compose.override.yaml"].map(uri));
  expect(editor.errors).toEqual([]);
});

test("asked of the override file it is the same project", async () => {
  const editor = await startEditor();
  const { uri } = project();
  const text = (await effective(editor, uri("compose.yaml")))?.text;
  expect((await effective(editor, uri("compose.override.yaml")))?.text).toBe(text);
});

test("follows open documents, and files on disk of any name", async () => {
  const editor = await startEditor();
  const { folder, uri } = project();
  await editor.open(uri("compose.override.yaml"), over.replace("nobody", "me"), "dockercompose");
  expect((await effective(editor, uri("compose.yaml")))?.text).toContain("user: me");
  await editor.open(
    uri("compose.yaml"),
    `${main}    extends: {file: base/anything.yml, service: b}\n`,
    "dockercompose",
  );
  expect((await effective(editor, uri("compose.yaml")))?.text).toContain(
    "# Problem in compose.yaml:6: web extends a service of base/anything.yml, and there is no such file.",
  );
  await editor.change(uri("compose.yaml"), 2, `${main}    extends: {file: anything.yml, service: b}\n`);
  writeFileSync(join(folder, "anything.yml"), "services: {b: {tty: true}}\n");
  expect((await effective(editor, uri("compose.yaml")))?.text).toContain("tty: true  # anything.yml:1");
  unlinkSync(join(folder, "anything.yml"));
  expect((await effective(editor, uri("compose.yaml")))?.text).toContain("# Problem in compose.yaml:6");
  expect(editor.errors).toEqual([]);
});

test("nothing of what is no Compose file, or has no place", async () => {
  const editor = await startEditor();
  const { uri } = project();
  expect(await effective(editor, uri("Dockerfile"))).toBeNull();
  expect(await effective(editor, uri("none/compose.yaml"))).toBeNull();
  await editor.open("untitled:compose.yaml", main, "dockercompose");
  expect(await effective(editor, "untitled:compose.yaml")).toBeNull();
});

test("hints in the lines, which the settings switch off", async () => {
  const { uri } = project();
  const editor = await startEditor();
  await editor.open(uri("compose.yaml"), main, "dockercompose");
  expect(await hintsOf(editor, uri("compose.yaml"))).toEqual([
    "2:23 = 1.27",
    "4:10 overridden by compose.override.yaml",
  ]);

  const quiet = await startEditor({ settings: { compose: { inlayHints: false } } });
  await quiet.open(uri("compose.yaml"), main, "dockercompose");
  expect(await hintsOf(quiet, uri("compose.yaml"))).toEqual([]);
});

test("an untitled document has hints of its own", async () => {
  const editor = await startEditor();
  await editor.open("untitled:compose.yaml", main, "dockercompose");
  expect(await hintsOf(editor, "untitled:compose.yaml")).toEqual([]);
  expect(editor.errors).toEqual([]);
});

test("hints are asked for again when another file of the project changes", async () => {
  const { uri } = project();
  let told: () => void = () => {};
  const again = new Promise<void>((resolve) => {
    told = resolve;
  });
  const editor = await startEditor({
    capabilities: { workspace: { inlayHint: { refreshSupport: true }, configuration: true } },
    onConnection: (connection) => connection.onRequest(InlayHintRefreshRequest.type, () => told()),
  });
  await editor.open(uri("compose.yaml"), main, "dockercompose");
  await editor.open(uri("compose.override.yaml"), "services: {web: {image: x}}\n", "dockercompose");
  await again;
  expect(await hintsOf(editor, uri("compose.yaml"))).toEqual([
    "2:23 = 1.27",
    "2:23 overridden by compose.override.yaml",
  ]);
});

test("hover on a service tells what other files make of it", async () => {
  const { uri } = project();
  const editor = await startEditor();
  await editor.open(uri("compose.yaml"), main, "dockercompose");
  const hover = await editor.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri: uri("compose.yaml") },
    position: { line: 1, character: 4 },
  });
  const text = JSON.stringify(hover?.contents);
  expect(text).toContain("- user: `nobody` (compose.override.yaml:4)");
  expect(text).toContain("- environment: `A`, `PASSWORD` (compose.override.yaml)");
  expect(text).not.toContain("hunter2");
});

test("circles of files, and what an included file lacks, are findings of the file that leads there", async () => {
  const folder = temporaryFolder({
    "compose.yaml": "include:\n  - a/compose.yaml\nservices: {web: {image: 'nginx:1.27'}}\n",
    "a/compose.yaml": "include:\n  - ../compose.yaml\n  - gone.yaml\n",
  });
  const uri = pathToFileURL(join(folder, "compose.yaml")).href;
  const editor = await startEditor({ folder });
  await editor.open(
    uri,
    "include:\n  - a/compose.yaml\nservices: {web: {image: 'nginx:1.27'}}\n",
    "dockercompose",
  );
  const found = (await editor.diagnostics(uri)).filter((it) => it.severity === 1 || it.severity === 2);
  expect(found.map((it) => [it.severity, `${it.range.start.line}: ${it.message}`])).toEqual([
    [1, "1: Files include one another in a circle: compose.yaml, a/compose.yaml, compose.yaml."],
    // It may be made before Compose is started.
    [2, "1: In a/compose.yaml, which this brings in: gone.yaml is included, and there is no such file."],
  ]);
});
