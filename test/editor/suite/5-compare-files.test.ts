import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { BuildResult } from "../../../client/src/commands/builds/build-image.ts";
import type { OpenFileResult } from "../../../client/src/commands/images/open-image-file.ts";
import type { CompareResult } from "../../../client/src/commands/sizes/compare-image-sizes.ts";
import type { ReadFilesResult } from "../../../client/src/commands/sizes/read-compared-files.ts";
import { fileUri, run, until, write } from "./editor.ts";

const [first, second] = ["compare-files:before", "compare-files:after"];

const tabs = () => vscode.window.tabGroups.all.flatMap((it) => it.tabs);
const textOf = async (uri: string | undefined) =>
  (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri ?? "", true))).getText();

describe("files of compared images", function () {
  this.timeout(300_000);
  let images: readonly { readonly id: string; readonly layer: string }[];

  before(async () => {
    await write("compare-files/conf", "a = 1\nb = 2\n");
    await write(
      "compare-files/Dockerfile.before",
      "FROM alpine:3.24\nCOPY conf /app/conf\nRUN head -c 3000000 /dev/zero > /app/big\nRUN rm /app/big\n",
    );
    await write(
      "compare-files/Dockerfile.after",
      "FROM alpine:3.24\nCOPY conf /app/conf\nRUN printf 'a = 1\\nb = 3\\n' > /app/conf && printf '\\177ELF\\0' > /app/tool\n",
    );
    for (const [name, tag] of [
      ["before", first],
      ["after", second],
    ]) {
      const dockerfile = fileUri(`compare-files/Dockerfile.${name}`).fsPath;
      const built = await run<BuildResult>("buildImage", { dockerfile, tag });
      assert.equal(built.outcome, "built", JSON.stringify(built));
    }
  });

  it("small images are read by themselves: figures are to the byte, with what is carried for nothing", async () => {
    const result = await run<CompareResult>("compareImageSizes", { images: [first, second] });
    assert.equal(result.outcome, "compared", JSON.stringify(result));
    const { comparison } = result as Extract<CompareResult, { outcome: "compared" }>;
    const [one, two] = comparison.images;
    assert.ok(one?.read && two?.read, "both were read");
    assert.deepEqual(
      one.layers.slice(-3).map((it) => it.size),
      [12, 3_000_000, 0],
    );
    assert.deepEqual(
      one.read.waste.map((it) => [it.how, it.bytes, it.places[0]?.file]),
      [["deleted", 3_000_000, "/app/big"]],
    );
    assert.equal(one.unpackedSize - one.read.visible, 3_000_000);
    assert.equal(two.difference, 12 + 5 - 3_000_000);
    images = comparison.images.map((it) => ({ id: it.id, layer: it.read?.waste[0]?.storedIn ?? "" }));
  });

  it("large ones are listed at once, and read when they are asked for", async () => {
    const large = "compare-files:large";
    await write(
      "compare-files/Dockerfile.large",
      `FROM ${first}\nRUN head -c 101000000 /dev/zero > /app/large\n`,
    );
    const dockerfile = fileUri("compare-files/Dockerfile.large").fsPath;
    assert.equal((await run<BuildResult>("buildImage", { dockerfile, tag: large })).outcome, "built");
    const listed = await run<CompareResult>("compareImageSizes", { images: [first, large] });
    assert.ok("files" in listed, JSON.stringify(listed));
    assert.equal(listed.files, "listed");
    assert.equal(listed.comparison.images[1]?.read, undefined);
    const result = await run<ReadFilesResult>("readComparedFiles");
    assert.ok("comparison" in result, JSON.stringify(result));
    assert.equal(result.comparison.images[1]?.read?.waste[0]?.bytes, 3_000_000);
    assert.equal(result.comparison.images[1]?.difference, 101_000_000);
    await run<CompareResult>("compareImageSizes", { images: [first, second] });
  });

  it("asked to read them once more, takes them from memory", async () => {
    await until("the page", () => tabs().some((it) => it.label === "Image Sizes"));
    const result = await run<ReadFilesResult>("readComparedFiles");
    assert.equal(result.outcome, "read", JSON.stringify(result));
  });

  it("a text file opens as a document", async () => {
    const result = await run<OpenFileResult>("openImageFile", { image: first, path: "/app/conf" });
    assert.equal(result.outcome, "opened", JSON.stringify(result));
    assert.ok("uris" in result && !result.isBinary);
    assert.equal(await textOf(result.uris[0]), "a = 1\nb = 2\n");
  });

  it("against its other version it opens VS Code's diff", async () => {
    const result = await run<OpenFileResult>("openImageFile", {
      ...{ image: second, label: second, path: "/app/conf" },
      against: { image: first, label: first },
    });
    assert.ok("uris" in result, JSON.stringify(result));
    assert.deepEqual(await Promise.all(result.uris.map(textOf)), ["a = 1\nb = 2\n", "a = 1\nb = 3\n"]);
    const diff = await until("the diff", () =>
      tabs().find((it) => it.input instanceof vscode.TabInputTextDiff && it.label.startsWith("conf: ")),
    );
    assert.equal(diff.label, `conf: ${first} ↔ ${second}`);
  });

  it("a binary file is said to be one, and shown as bytes", async () => {
    const result = await run<OpenFileResult>("openImageFile", { image: second, path: "/app/tool" });
    assert.ok("uris" in result && result.isBinary, JSON.stringify(result));
    assert.equal(
      await textOf(result.uris[0]),
      `/app/tool is no text. It has 5 bytes, and begins with:\n\n00000000  ${"7f 45 4c 46 00".padEnd(47)}  |.ELF.|\n`,
    );
  });

  it("what the image deleted is read from the layer that stores it", async () => {
    const [image] = images;
    const result = await run<OpenFileResult>("openImageFile", {
      ...{ image: image?.id, label: first, path: "/app/big", layer: image?.layer },
    });
    assert.ok("uris" in result && result.isBinary, JSON.stringify(result));
    assert.match(await textOf(result.uris[0]), /^\/app\/big is no text\. It has 3,000,000 bytes/);
    const gone = await run<OpenFileResult>("openImageFile", { image: first, path: "/app/big" });
    assert.deepEqual(gone, {
      outcome: "failed",
      message: "/app/big is not in the image.",
      failure: { kind: "not-found", what: "/app/big" },
    });
  });
});
