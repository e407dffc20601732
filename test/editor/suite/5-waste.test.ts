import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { WeighResult } from "../../../client/src/commands/sizes/weigh-image.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { codeOf, open, ours, run, until, write } from "./editor.ts";

const folder = "wasteful";
const path = `${folder}/Dockerfile`;

/** Line 4 is a mistake that the text alone shows; 5 one that only the image shows. */
const dockerfile = `FROM alpine:3.24 AS builder
RUN sleep 1
FROM alpine:3.24
COPY big /big
RUN chown 1:1 /big
RUN mkdir -p /var/cache/apk && head -c 2000000 /dev/urandom > /var/cache/apk/index
COPY --from=builder /etc/passwd /builder
`;

describe("what an image carries for nothing", function () {
  this.timeout(240_000);
  let uri: vscode.Uri;

  async function weigh(): Promise<void> {
    const result = await run<WeighResult>("weighImage", { dockerfile: uri.fsPath });
    assert.equal(result.outcome, "weighed", JSON.stringify(result));
  }

  const coded = (code: string) => ours(uri).filter((it) => codeOf(it) === code);

  before(async () => {
    uri = await write(path, dockerfile);
    await write(`${folder}/big`, "b".repeat(3_000_000));
    await open(path);
    const built = await run<BuildResult>("buildImage", { dockerfile: uri.fsPath, tag: "wasteful:1" });
    assert.equal(built.outcome, "built", JSON.stringify(built));
  });

  it("is told in the finding of the same mistake, and alone where the text shows none", async () => {
    await until("the finding in the text", () => coded("copy-then-chown").length === 1);
    await weigh();
    const twin = await until("what was measured in it", () =>
      coded("copy-then-chown").find((it) => it.message.includes("Measured")),
    );
    assert.equal(twin.message, "This stores /big a second time. Measured: 3.00 MB in one file.");
    assert.equal(twin.relatedInformation?.[0]?.location.range.start.line, 3);
    assert.deepEqual(coded("wasted-bytes"), [], "nothing is said twice");
    const [alone, ...more] = coded("unneeded-bytes");
    assert.equal(more.length, 0);
    assert.equal(alone?.range.start.line, 5);
    assert.equal(alone?.message, "2.00 MB in the cache of apk are left in the image (/var/cache/apk).");
  });

  it("is told in the hover of each line: what it added, hid and how, and its largest files", async () => {
    const extension = vscode.extensions.getExtension<Shown>("plimsoll.plimsoll");
    assert.ok(extension);
    const shown = extension.exports.sizes(uri);
    const hovers = new Map(shown.map((it) => [it.line, it.hover]));
    assert.deepEqual([...hovers.keys()].sort(), [3, 4, 5, 6]);
    assert.match(hovers.get(3) ?? "", /^Adds \*\*3\.00 MB\*\* on disk in one file\./);
    assert.match(
      hovers.get(4) ?? "",
      /Hides 3\.00 MB of lines above, which the image carries all the same: 3\.00 MB with another owner, mode or time only \(files: 1\)\./,
    );
    assert.match(hovers.get(5) ?? "", /\| `\/var\/cache\/apk\/index` \| 2\.00 MB \|/);
  });

  it("can be silenced by a comment, and then comes back without it", async () => {
    const [alone] = coded("unneeded-bytes");
    assert.ok(alone);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      alone.range,
    );
    const ignore = actions.find((it) => it.title === "Ignore unneeded-bytes here");
    assert.ok(ignore?.edit, actions.map((it) => it.title).join(", "));
    await vscode.workspace.applyEdit(ignore.edit);
    await until("no finding", () => coded("unneeded-bytes").length === 0);
    const undo = new vscode.WorkspaceEdit();
    undo.delete(uri, new vscode.Range(5, 0, 6, 0));
    await vscode.workspace.applyEdit(undo);
    await until("the finding", () => coded("unneeded-bytes").length === 1);
  });

  it("stays where its instruction goes, and is gone with it", async () => {
    const edit = (at: vscode.Range, text: string) => {
      const change = new vscode.WorkspaceEdit();
      change.replace(uri, at, text);
      return vscode.workspace.applyEdit(change);
    };
    await edit(new vscode.Range(0, 0, 0, 0), "# a line above\n");
    await until("both a line below", () => {
      const lines = [...coded("copy-then-chown"), ...coded("unneeded-bytes")].map(
        (it) => it.range.start.line,
      );
      return lines.join() === "5,6" && coded("copy-then-chown")[0]?.message.includes("Measured");
    });
    const document = await vscode.workspace.openTextDocument(uri);
    await edit(document.lineAt(6).range, "RUN true");
    await until("no finding of what is no longer there", () => coded("unneeded-bytes").length === 0);
  });

  it("is mended by the fix of the finding that tells it", async () => {
    const twin = await until("the finding", () => coded("copy-then-chown")[0]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      twin.range,
    );
    const fix = actions.find((it) => it.isPreferred && it.edit !== undefined);
    assert.ok(fix?.edit, actions.map((it) => it.title).join(", "));
    await vscode.workspace.applyEdit(fix.edit);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /^COPY --chown=1:1 big \/big$/m);
    await document.save();
    await until("no finding", () => coded("copy-then-chown").length === 0);
  });

  it("a stage that only builds says how long it took, and that nothing of it is shipped", async () => {
    const titles = await until("the time on the stage", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        uri,
        100,
      );
      const shown = found.map((it) => `${it.range.start.line}: ${it.command?.title}`);
      return shown.some((it) => it.includes("shipped")) && shown;
    });
    assert.match(titles.find((it) => it.includes("shipped")) ?? "", /^1: 0 B shipped · [\d.]+ (s|ms)$/);
  });
});
