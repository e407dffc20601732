import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import type { MeasureTransferResult } from "../../../client/src/commands/sizes/measure-transfer.ts";
import type { ApplyVariantResult } from "../../../client/src/commands/variants/apply-variant.ts";
import type { TryVariantsResult } from "../../../client/src/commands/variants/try-variants.ts";
import type { Shown } from "../../../client/src/extension.ts";
import { open, run, until, write } from "./editor.ts";

const dockerfile = "variants/Dockerfile";
const text = [
  "FROM golang:1.27-alpine AS build",
  "WORKDIR /src",
  "COPY . .",
  "RUN CGO_ENABLED=0 go build -o /out/api .",
  "FROM alpine:3.24",
  "COPY --from=build /out/api /api",
  "USER 1000:1000",
  'CMD ["/api"]',
  "",
].join("\n");
const main = (body: string) =>
  `package main\n\nimport (\n\t"os"\n\t"time"\n)\n\nfunc main() {\n\t${body}\n\ttime.Sleep(time.Hour)\n}\n`;

describe("other bases", function () {
  this.timeout(300_000);
  let images: readonly string[] = [];
  after(async () => {
    if (images.length > 0) await run("removeImage", { images, confirmed: true });
  });

  async function project(body: string): Promise<vscode.Uri> {
    await write("variants/go.mod", "module example.com/api\n\ngo 1.23\n");
    await write("variants/main.go", main(body));
    return write(dockerfile, text);
  }

  it("are built and started; one that does not start says why, and the others go on", async () => {
    // Alpine has /etc/alpine-release, and nothing else has.
    const uri = await project(
      'if _, err := os.Stat("/etc/alpine-release"); err != nil {\n\t\tprintln("no release file")\n\t\tos.Exit(3)\n\t}',
    );
    const names = ["current", "scratch"];
    const result = await run<TryVariantsResult>("tryVariants", { dockerfile: uri.fsPath, variants: names });
    assert.ok(result.outcome === "tried", JSON.stringify(result));
    images = result.rows.flatMap((it) => it.tag ?? []);
    const [current, scratch] = result.rows;
    assert.equal(current?.start?.status, "steady");
    assert.equal(scratch?.start?.status, "crashed");
    assert.ok(scratch?.start?.log.includes("no release file"), JSON.stringify(scratch));
    assert.ok((scratch?.unpackedSize ?? 0) < (current?.unpackedSize ?? 0));
    const [own] = images.slice(1);
    const measured = await run<MeasureTransferResult>("measureTransfer", { images: own ? [own] : [] });
    assert.ok(measured.outcome === "measured", JSON.stringify(measured));
    const [transfer = 0] = measured.transfers;
    assert.ok(transfer > 100_000 && transfer < (scratch?.unpackedSize ?? 0), JSON.stringify(measured));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("that are not built say so in their row", async () => {
    const uri = await project("_ = os.Args");
    await write("variants/main.go", "package main\n\nfunc main() { undefined() }\n");
    const result = await run<TryVariantsResult>("tryVariants", {
      dockerfile: uri.fsPath,
      variants: ["scratch"],
    });
    assert.ok(result.outcome === "tried");
    assert.equal(result.rows[0]?.state, "not-built");
    assert.match(result.rows[0]?.failure?.log.join("\n") ?? "", /undefined/);
    assert.equal(result.rows[0]?.tag, undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("that are cancelled in the Builds view are told as that, and the next one is built", async () => {
    const shown = await vscode.extensions.getExtension<Shown>("plimsoll.plimsoll")?.activate();
    assert.ok(shown);
    await project("_ = os.Args");
    const slow = await write(dockerfile, text.replace("RUN CGO", "RUN sleep 471 && CGO"));
    const names = ["current", "scratch"];
    const trying = run<TryVariantsResult>("tryVariants", { dockerfile: slow.fsPath, variants: names });
    for (const name of names) {
      const build = await until(`the build of ${name}`, async () => {
        const rows = await shown.builds();
        return rows.find(
          (it) => it.text.startsWith(`plimsoll-variant:${name}-`) && /build\.running/.test(it.text),
        );
      });
      await run("cancelBuild", build.row);
    }
    const result = await trying;
    assert.ok(result.outcome === "tried", JSON.stringify(result));
    assert.deepEqual(
      result.rows.map((it) => it.state),
      ["cancelled", "cancelled"],
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("are offered in the light bulb of the final FROM, and nowhere else", async () => {
    const uri = await project("_ = os.Args");
    await open(dockerfile);
    const at = async (line: number) => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        new vscode.Range(line, 0, line, 0),
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      return actions.map((it) => it.command?.command ?? "");
    };
    await until("the action", async () => (await at(4)).includes("plimsoll.tryVariants"));
    assert.deepEqual(await at(0), []);
  });

  it("are written as one change that undo takes back; a file that changed is left alone", async () => {
    const uri = await project("_ = os.Args");
    const document = await open(dockerfile);
    await until("the editor to have it", () => document.getText() === text);
    const answers = {
      dockerfile: uri.fsPath,
      before: text,
      text: text.replace("alpine:3.24", "scratch"),
      base: "scratch",
    };
    assert.equal((await run<ApplyVariantResult>("applyVariant", answers)).outcome, "applied");
    assert.equal(document.getText(), answers.text);
    assert.equal((await run<ApplyVariantResult>("applyVariant", answers)).outcome, "changed-since");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), text);
    await document.save();
  });

  it("are none for a stage that nothing is known of, and a sentence says so", async () => {
    const uri = await write("variants/Dockerfile.unknown", 'FROM example.com/own:1\nCMD ["/x"]\n');
    const result = await run<TryVariantsResult>("tryVariants", { dockerfile: uri.fsPath });
    assert.ok(result.outcome === "no-variants");
    assert.match(result.message, /not known well enough/);
  });
});
