import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { installShellcheck, shellcheckProgram, withoutShellcheck } from "../setup/shellcheck.ts";
import { plimsoll } from "../support/command-line.ts";
import { startEditor } from "../support/editor/editor-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { CI, PATH = "" } = process.env;
const lacking = withoutShellcheck() !== undefined && CI !== "true";
const uri = "untitled:Dockerfile";
const text = "FROM debian:trixie-slim\nUSER 1000\nRUN touch $name\n";

describe.skipIf(lacking)("ShellCheck", () => {
  beforeAll(installShellcheck, 120_000);
  afterEach(() => {
    process.env["PATH"] = PATH;
  });

  test("in an editor that asks: told that there is more, when it is known", async () => {
    const editor = await startEditor({ settings: { shellcheck: { path: shellcheckProgram } } });
    await editor.open(uri, text);
    const codes = async () => (await editor.diagnostics(uri)).map((it) => it.code);
    expect(await codes()).not.toContain("SC2086");
    await expect.poll(() => editor.refreshes(), { timeout: 20_000 }).toBeGreaterThan(0);
    const found = (await editor.diagnostics(uri)).find((it) => it.code === "SC2086");
    expect(found).toMatchObject({
      range: { start: { line: 2, character: 10 }, end: { line: 2, character: 15 } },
      codeDescription: { href: "https://www.shellcheck.net/wiki/SC2086" },
    });
    expect(editor.errors).toEqual([]);
  });

  test("in an editor that waits, with its own fix", async () => {
    const editor = await startEditor({ pulls: false, settings: { shellcheck: { path: shellcheckProgram } } });
    await editor.open(uri, text);
    let found = (await editor.nextPublished(uri)).diagnostics;
    while (!found.some((it) => it.code === "SC2086")) found = (await editor.nextPublished(uri)).diagnostics;
    const diagnostic = found.find((it) => it.code === "SC2086");
    const actions = await editor.connection.sendRequest<readonly { title: string }[]>(
      "textDocument/codeAction",
      { textDocument: { uri }, range: diagnostic?.range, context: { diagnostics: [diagnostic] } },
    );
    expect(actions.map((it) => it.title)).toContain(
      "Fix SC2086 as ShellCheck proposes (may change the build)",
    );
    expect(actions.map((it) => it.title)).toContain("Ignore SC2086 here");
  });

  test("not when it is turned off", async () => {
    const editor = await startEditor({
      settings: { shellcheck: { path: shellcheckProgram, enabled: false } },
    });
    await editor.open(uri, text);
    await editor.diagnostics(uri);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(editor.refreshes()).toBe(0);
  });

  test("on the command line, where the PATH has it; comments and severities speak of it too", async () => {
    process.env["PATH"] = `${path.dirname(shellcheckProgram)}${path.delimiter}${PATH}`;
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "Dockerfile"), text);
    const rules = async (...words: string[]) => {
      const { out } = await plimsoll(["check", "--format", "json", ...words, "Dockerfile"], { folder });
      return (JSON.parse(out) as { rule: string }[]).map((it) => it.rule);
    };
    expect(await rules()).toEqual(["SC2086", "SC2154"]);
    expect(await rules("--no-shellcheck")).toEqual([]);

    writeFileSync(path.join(folder, ".hadolint.yaml"), "ignored: [SC2154]\n");
    expect(await rules()).toEqual(["SC2086"]);
    writeFileSync(path.join(folder, "Dockerfile"), text.replace("RUN", "# hadolint ignore=SC2086\nRUN"));
    expect(await rules()).toEqual([]);
  });
});
