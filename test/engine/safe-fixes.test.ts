import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { rules } from "../../server/src/rules/all.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { safeEdits } from "../../server/src/rules/fix-all.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { allEvents, buildOf, failureOf } from "../support/engine/build-events.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { folderTree } from "../support/folder-tree.ts";
import { differences, imageContents } from "../support/images/image-contents.ts";
import { isAboutDockerfiles } from "../support/rule-kinds.ts";

/**
 * Proves the safe fixes: for every rule that has one, an example is built as it is and as the fix leaves it, and both
 * images have the same configuration and files, or differ in exactly what the example says.
 *
 * `test/fixtures/proofs/ID.Dockerfile`, or `ID.NAME.Dockerfile` for further ones. Lines of these examples that begin with
 * `# proof:` say what is not the same: `config Cmd`, `file /etc/x` (several behind each other with `;`), or `fails` for a build
 * that the fix makes possible, or `asks for IMAGE` where the fix has another frontend build the file, which has to be fetched.
 * They are taken out before the build. Examples that mount a secret get one of the id `token`.
 */
const folder = new URL("../fixtures/proofs/", import.meta.url).pathname;
const examples = globSync("*.Dockerfile", { cwd: folder }).sort();
const idOf = (file: string): string => file.split(".")[0] ?? "";
const proven = rules.filter((it) => isAboutDockerfiles(it) && it.fix === "safe");

const up = engineWithStore("graph");
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

/** What the examples are built with. */
const context = {
  app: "#!/bin/sh\necho app\n",
  "conf/a.conf": "a\n",
  "conf/b.conf": "b\n",
  "go.mod": "module example.com/app\n\ngo 1.23\n",
  // Names are looked up by the C library where there is one.
  "main.go": 'package main\n\nimport "net"\n\nfunc main() { println(net.LookupHost("localhost")) }\n',
};

test("every rule with a safe fix has an example", () => {
  const withExample = new Set(examples.map(idOf));
  expect(proven.map((it) => it.id).filter((it) => !withExample.has(it))).toEqual([]);
  expect([...withExample].filter((it) => !proven.some((rule) => rule.id === it))).toEqual([]);
});

describe.each(examples)("%s", (file) => {
  test("builds the same before and after", async () => {
    const rule = proven.find((it) => it.id === idOf(file));
    if (!rule) throw new Error(`There is no rule with a safe fix for ${file}.`);
    const { text, expected } = readExample(readFileSync(path.join(folder, file), "utf8"));
    const fixed = await fixedText(text, rule);
    expect(fixed).not.toBe(text);

    const frontend = expected.find((it) => it.startsWith("asks for "));
    if (frontend) {
      await build(text, `${file}-before`.toLowerCase());
      const failure = await failureOf(
        up.engine.build(buildOf(folderTree({ ...context, Dockerfile: fixed }))),
      );
      expect(failure.message).toContain(frontend.replace("asks for ", ""));
      return;
    }
    const after = await build(fixed, `${file}-after`.toLowerCase());
    if (expected.includes("fails")) {
      await expect(build(text, `${file}-before`.toLowerCase())).rejects.toThrow();
      return;
    }
    const before = await build(text, `${file}-before`.toLowerCase());
    const found = differences(await imageContents(up.real, before), await imageContents(up.real, after));
    expect(found).toEqual(expected);
  });
});

function readExample(written: string): { readonly text: string; readonly expected: readonly string[] } {
  const lines = written.split("\n");
  const said = lines.flatMap((it) => /^# proof: (.*)$/.exec(it)?.[1]?.split("; ") ?? []);
  return { text: lines.filter((it) => !it.startsWith("# proof:")).join("\n"), expected: said.sort() };
}

async function fixedText(text: string, rule: Rule): Promise<string> {
  const inputs = {
    images: shippedImages,
    shell: await shellReader(),
    context: new Disk().contextAt(folderTree(context)),
    buildArguments: {},
  };
  for (let now = text, pass = 0; pass < 10; pass++) {
    const problems = checkDockerfile(evaluateDockerfile(parseDockerfile(now), inputs), {
      rules: [rule],
      allRules: true,
    });
    const edits = safeEdits(problems.filter((it) => it.rule === rule.id));
    if (edits.length === 0) return now;
    now = applyEdits(now, edits);
  }
  throw new Error(`The fixes of ${rule.id} never end.`);
}

async function build(dockerfile: string, name: string): Promise<string> {
  const tag = `plimsoll-proof:${name.replace(/[^\w.-]/g, "-")}`;
  built.push(tag);
  const tree = folderTree({ ...context, Dockerfile: dockerfile });
  if (dockerfile.includes("type=secret")) {
    const secret = `id=token,src=${folderTree({ token: "swordfish" })}/token`;
    await up.real.docker("build", "--quiet", "--secret", secret, "--tag", tag, tree);
    return tag;
  }
  expect((await allEvents(up.engine.build(buildOf(tree, { tags: [tag] })))).at(-1)).toMatchObject({
    kind: "finished",
  });
  return tag;
}
