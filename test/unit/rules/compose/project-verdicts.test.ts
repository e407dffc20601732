import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { checkFile } from "../../../../server/src/workspace/check-file.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import type { Surroundings } from "../../../../server/src/workspace/models.ts";
import { type Files, projectVerdicts } from "../../../support/compose/compose-projects.ts";
import { shellReader } from "../../../support/shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A file that is not there is a warning, since it may be made before Compose is started. */
const MISSING = new Set(["missing-compose-file", "listed-file-missing"]);

/** What ends the project, over all its files. */
function refusals(files: Files): readonly string[] {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const disk = new Disk();
  const around: Surroundings = {
    disk,
    shell: shellReader,
    images: shippedImages,
    folders: [folder],
    textAt(path) {
      const read = disk.read(path);
      return read.kind === "text" ? read.text : undefined;
    },
    composeGeneration: () => 0,
  };
  return Object.entries(files).flatMap(([name, text]) => {
    const kind = name.endsWith(".yaml") ? "compose" : name.endsWith(".env") ? "environment" : undefined;
    if (kind === undefined) return [];
    const problems = checkFile(kind, text, join(folder, name), around, {
      onFailure: ({ rule, error }) => expect.fail(`${rule} ${error}`),
    });
    return problems
      .filter(({ rule, severity }) => severity === "error" || MISSING.has(rule))
      .map(({ rule, message }) => `${name}: ${rule}: ${message}`);
  });
}

const verdicts = projectVerdicts();
const those = (verdict: string) => verdicts.filter((it) => it.verdict === verdict);

test("what docker compose takes has no error", () => {
  expect(those("takes").flatMap(({ name, files }) => refusals(files).map((it) => `${name}: ${it}`))).toEqual(
    [],
  );
});

test("what docker compose refuses has one", () => {
  const unseen = verdicts.filter((it) => it.verdict !== "takes" && refusals(it.files).length === 0);
  expect(unseen.map((it) => it.name)).toEqual(those("refuses, unseen").map((it) => it.name));
  expect(those("refuses").length).toBeGreaterThan(80);
});
