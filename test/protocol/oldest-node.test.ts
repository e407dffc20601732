import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { rules } from "../../server/src/rules/all.ts";
import { buildCommandLine, buildServer } from "../setup/bundles.ts";
import { installOldestNode, withoutOldestNode } from "../setup/oldest-node.ts";
import { root } from "../setup/places.ts";
import { output } from "../setup/programs.ts";
import { plimsoll } from "../support/command-line.ts";
import { startEditor } from "../support/editor/editor-client.ts";
import { readMarkers } from "../support/markers.ts";
import { isAboutSideFiles } from "../support/rule-kinds.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { CI } = process.env;
const lacking = withoutOldestNode() !== undefined && CI !== "true";

/** The bad example of each rule in a folder of its own, with the files around it. */
const documented = Object.fromEntries(
  rules
    .filter((it) => !isAboutSideFiles(it))
    .flatMap(({ id, docs, looksAt }) => [
      [`${id}/${looksAt === "compose" ? "compose.yaml" : "Dockerfile"}`, readMarkers(docs.bad).text],
      ...Object.entries(docs.context ?? {}).map(([name, text]) => [`${id}/${name}`, text]),
    ]),
);

describe.skipIf(lacking)("on the oldest Node that package.json names", () => {
  let node: string;
  beforeAll(async () => {
    node = await installOldestNode();
  }, 120_000);

  test("the command line finds the same in what each rule is documented with", async () => {
    const folder = temporaryFolder(documented);
    const words = ["check", "--format", "json", "--fail-on", "never", "."];
    const here = await plimsoll(words, { folder });
    expect(JSON.parse(here.out)).not.toEqual([]);
    const cli = await buildCommandLine(temporaryFolder());
    expect(await output(node, [cli, ...words], { cwd: folder })).toBe(here.out);
  });

  test("the language server answers an editor", async () => {
    const server = spawn(node, [await buildServer(temporaryFolder()), "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void server.kill());
    const { stdin, stdout } = server;
    const editor = await startEditor({ server: { stdin, stdout }, folder: root });
    const uri = pathToFileURL(`${root}/new/Dockerfile`).href;
    await editor.open(uri, "FROM alpine:3.22\nMAINTAINER me\n");
    expect((await editor.diagnostics(uri)).map((it) => it.code)).toContain("maintainer-deprecated");
    expect(editor.errors).toEqual([]);
  });
});
