import fc from "fast-check";
import { expect, test } from "vitest";
import type { ComposeInputs } from "../../../../server/src/model/compose/inputs.ts";
import type { ComposeProject } from "../../../../server/src/model/compose/project.ts";
import { readComposeProject } from "../../../../server/src/model/compose/read-project.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { parseCompose } from "../../../../server/src/syntax/compose/parse.ts";
import type { ComposeFile } from "../../../../server/src/syntax/compose/tree.ts";
import { composeTexts, composeTyped, typeInCompose } from "../../../support/compose-edits.ts";

const runs = Number(process.env["EDIT_RUNS"] ?? 60);

const inputs: ComposeInputs = {
  images: shippedImages,
  dockerfile: () => undefined,
  readFile: (path) => (path === ".env" ? "DB_PASSWORD=secret\n" : undefined),
  kindOf: (path) => (/\.(?:env|conf)$/.test(path) ? "absent" : "unknown"),
  variables: (name) => (name === "DB_PASSWORD" ? "secret" : undefined),
  defaults: "open",
  directory: "/project",
  alone: true,
  single: true,
};

const shown = ({ root, problems, furtherDocuments }: ComposeFile) => ({ root, problems, furtherDocuments });

/** How often a file was not read as a whole: else nothing would be tried. */
let readAgain = 0;

function edited(text: string, before: ComposeProject | undefined): ComposeProject {
  const file = parseCompose(text, before?.file);
  if (file.edit) readAgain++;
  const project = readComposeProject(file, inputs, before);
  const fresh = readComposeProject(parseCompose(text), inputs);
  expect(shown(file), text).toEqual(shown(fresh.file));
  expect(checkCompose(project, { allRules: true }), text).toEqual(checkCompose(fresh, { allRules: true }));
  return project;
}

test("after any edits a Compose file is what it is when it was never seen, and the same is found in it", () => {
  readAgain = 0;
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...composeTexts), {
        weight: 4,
        arbitrary: fc.constantFrom(...composeTexts.slice(-20)),
      }),
      fc.array(composeTyped, { minLength: 3, maxLength: 9 }),
      (start, edits) => {
        let text = start;
        let project = edited(text, undefined);
        for (const it of edits) {
          text = typeInCompose(text, it);
          project = edited(text, project);
        }
      },
    ),
    { numRuns: runs, ...(process.env["EDIT_SEED"] ? { seed: Number(process.env["EDIT_SEED"]) } : {}) },
  );
  expect(readAgain).toBeGreaterThan(runs / 4);
}, 600_000);
