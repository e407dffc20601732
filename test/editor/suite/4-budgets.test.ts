import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { WeighResult } from "../../../client/src/commands/sizes/weigh-image.ts";
import { codeOf, lenses, open, ours, run, until, write } from "./editor.ts";

/** Three layers of its own, known to the byte; the budget stands on the first line. */
function dockerfile(budget: string): string {
  return `# plimsoll: max-size=${budget}
FROM alpine:3.24
RUN head -c 1000000 /dev/zero > /small
RUN head -c 3000000 /dev/zero > /middle
RUN head -c 5000000 /dev/zero > /large
RUN echo
`;
}

async function build(uri: vscode.Uri): Promise<void> {
  const built = await run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "budgets:1" });
  assert.equal(built.outcome, "built", JSON.stringify(built));
}

const budgetsIn = (uri: vscode.Uri) => ours(uri).filter((it) => codeOf(it) === "size-budget");

/** In place of all that is written there, saved. */
async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(await document.save());
}

describe("size budgets", function () {
  this.timeout(420_000);

  it("a comment that cannot be read is told of, and what a stage will weigh stands above it", async () => {
    await write("budgets/payload", "x".repeat(2000));
    const path = "budgets/Dockerfile";
    const uri = await write(path, "# plimsoll: max-size=9\nFROM scratch\nCOPY payload /\n");
    await open(path);
    await until("the finding", () => budgetsIn(uri).some((it) => it.message.startsWith("`9` lacks a unit")));
    await until("the estimate", async () => (await lenses(uri)).includes("2: ~ 2.00 kB"));
    const settings = vscode.workspace.getConfiguration("plimsoll", uri);
    await settings.update("sizes.estimate", false, vscode.ConfigurationTarget.Global);
    await until("no estimate", async () => !(await lenses(uri)).some((it) => it.includes(": ~")));
    await settings.update("sizes.estimate", undefined, vscode.ConfigurationTarget.Global);
  });

  it("an image over its budget is told of on its FROM, until it fits", async () => {
    const path = "budgets/Dockerfile.over";
    const uri = await write(path, dockerfile("8MB"));
    const document = await open(path);
    await build(uri);
    await until("the problem", () => budgetsIn(uri).length === 1);
    const [problem] = budgetsIn(uri);
    assert.match(
      problem?.message ?? "",
      /^budgets:1 weighs \d+(\.\d+)? MB on disk: \d+(\.\d+)? MB more than its budget of 8\.00 MB\.$/,
    );
    assert.equal(problem?.range.start.line, 1);
    assert.equal(problem?.source, "plimsoll");
    assert.deepEqual(
      problem?.relatedInformation?.map((it) => [it.location.range.start.line, it.message]),
      [
        [4, "RUN adds 5.00 MB."],
        [3, "RUN adds 3.00 MB."],
        [2, "RUN adds 1.00 MB."],
      ],
    );
    await until("the budget in the lens", async () =>
      (await lenses(uri)).some((it) => / MB of 8\.00 MB on disk/.test(it)),
    );

    const weighed = await run<WeighResult>("weighImage", { dockerfile: uri.fsPath });
    assert.equal(weighed.outcome, "weighed", JSON.stringify(weighed));
    assert.equal(budgetsIn(uri).length, 1);

    await rewrite(document, dockerfile("8MB").replace("3000000", "300").replace("5000000", "500"));
    await build(uri);
    await until("no problem of what fits", () => budgetsIn(uri).length === 0);
  });

  it("a budget that is raised takes the problem with it, and the settings give one where nothing else does", async () => {
    const path = "budgets/Dockerfile.raised";
    const uri = await write(path, dockerfile("8MB"));
    const document = await open(path);
    await build(uri);
    await until("the problem", () => budgetsIn(uri).length === 1);
    await rewrite(document, dockerfile("100MB"));
    await until("no problem with a larger budget", () => budgetsIn(uri).length === 0);

    await rewrite(document, dockerfile("100MB").replace(/^.*\n/, ""));
    const settings = vscode.workspace.getConfiguration("plimsoll", uri);
    await settings.update("sizeBudget", { "budgets:*": "7MB" }, vscode.ConfigurationTarget.Global);
    await until("the problem by the settings", () => budgetsIn(uri).length === 1);
    const [problem] = budgetsIn(uri);
    assert.equal(problem?.range.start.line, 0);
    assert.equal(
      problem?.relatedInformation?.at(-1)?.message,
      "The setting plimsoll.sizeBudget says so for budgets:*.",
    );
    await settings.update("sizeBudget", undefined, vscode.ConfigurationTarget.Global);
    await until("no problem without a budget", () => budgetsIn(uri).length === 0);
  });
});
