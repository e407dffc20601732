import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import type { Fix, Problem } from "../../../../server/src/rules/rule.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { checkFile } from "../../../../server/src/workspace/check-file.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import { changed, type Planting, placesOf, plantings } from "../../../support/editor/blog-plantings.ts";
import { exampleFiles } from "../../../support/example-files.ts";
import { shellReader } from "../../../support/shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const files = exampleFiles("blog");

/** What all rules find in `compose.yaml` among these files. */
function check(present: Readonly<Record<string, string>>, { asked = [] }: Pick<Planting, "asked">) {
  const folder = temporaryFolder({ ".git/HEAD": "", ...present });
  const disk = new Disk();
  const problems = checkFile(
    "compose",
    present["compose.yaml"] ?? "",
    join(folder, "compose.yaml"),
    {
      disk,
      shell: shellReader,
      images: shippedImages,
      folders: [folder],
      textAt(path) {
        const read = disk.read(path);
        return read.kind === "text" ? read.text : undefined;
      },
      composeGeneration: () => 0,
    },
    {
      severities: [Object.fromEntries(asked.map((it) => [it, "hint" as const]))],
      onFailure: ({ error }) => expect.fail(`${error}`),
    },
  );
  return { folder, problems };
}

function found(problems: readonly Problem[]) {
  return problems.map(({ rule, span: { start, end } }) => ({ rule, start, end }));
}

function afterFix(
  present: Readonly<Record<string, string>>,
  fix: Fix,
  folder: string,
): Record<string, string> {
  const after: Record<string, string> = {
    ...present,
    "compose.yaml": applyEdits(present["compose.yaml"] ?? "", fix.edits),
  };
  for (const it of fix.others ?? []) {
    const path = it.file.slice(folder.length + 1);
    expect(it.kind === "edit" ? it.before : undefined).toBe(present[path]);
    after[path] = it.kind === "edit" ? applyEdits(it.before, it.edits) : it.text;
  }
  return after;
}

test("nothing is found in the example", () => {
  expect(found(check(files, {}).problems)).toEqual([]);
});

test.each(plantings.map((it) => [it.mistake, it] as const))("%s", (_, planting) => {
  const planted = changed(files, planting.planted);
  const { problems, folder } = check(planted, planting);
  const places = placesOf(planting, planted["compose.yaml"] ?? "");
  expect(found(problems)).toEqual(places.map((it) => ({ rule: planting.finds, ...it })));

  const fix = problems[0]?.fixes.find((it) => it.title === planting.fix);
  if (!fix) expect.fail(`offered: ${problems[0]?.fixes.map((it) => it.title).join(", ")}`);
  expect(fix.kind).toBe(planting.kind);
  const fixed = afterFix(planted, fix, folder);
  expect(fixed).toEqual(changed(files, planting.fixed));
  expect(found(check(fixed, planting).problems)).toEqual([]);
});
