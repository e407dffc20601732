import fc from "fast-check";
import { expect, test } from "vitest";
import { effectiveProject } from "../../../../server/src/model/compose/effective/effective-project.ts";
import type { ComposeInputs } from "../../../../server/src/model/compose/inputs.ts";
import type { ComposeProject } from "../../../../server/src/model/compose/project.ts";
import { readComposeProject } from "../../../../server/src/model/compose/read-project.ts";
import { readWholeProject } from "../../../../server/src/model/compose/whole/whole-project.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { parseCompose } from "../../../../server/src/syntax/compose/parse.ts";
import type { ComposeFile } from "../../../../server/src/syntax/compose/tree.ts";
import { source } from "../../../../server/src/text/source.ts";
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
let wholeReadAgain = 0;

function edited(text: string, before: ComposeProject | undefined, given = inputs): ComposeProject {
  const file = parseCompose(text, before?.file);
  if (file.edit) readAgain++;
  const project = readComposeProject(file, given, before);
  const fresh = readComposeProject(parseCompose(text), given);
  if (project.whole?.project.file.edit) wholeReadAgain++;
  expect(shown(file), text).toEqual(shown(fresh.file));
  expect(checkCompose(project, { allRules: true }), text).toEqual(checkCompose(fresh, { allRules: true }));
  return project;
}

const home = "/project/compose.yaml";
const others = new Map(
  Object.entries({
    "/project/compose.override.yaml": source`
      services:
        api: {environment: {DATABASE_URL: "postgres://app:secret@db/app"}, depends_on: [db], ports: ["80:80"]}
        db: {image: "postgres:18", healthcheck: {test: [CMD, pg_isready]}, networks: [back]}
      networks: {back: , unused: }
    `,
    "/project/more/compose.yaml": source`
      services:
        cache: {image: "redis:8", ports: ["80:6379"], volumes: ["./data:/data", "db-data:/x"]}
    `,
  }).map(([path, text]) => [path, parseCompose(text)]),
);

/** The file with an override, or without it. */
const inputsOfSeveral: ComposeInputs = {
  ...inputs,
  alone: false,
  whole(file, before) {
    const effective = effectiveProject(home, {
      read: (path) => (path === home ? file : others.get(path)),
      textAt: () => undefined,
      namesIn: () => ["compose.yaml", "compose.override.yaml"],
      listSeparator: ":",
    });
    return readWholeProject(effective, home, inputs, before);
  },
};

test("the same is found across files after any edits as in files that were never seen, and in places that are there", () => {
  wholeReadAgain = 0;
  const including = composeTexts.map((it) =>
    /^include:/m.test(it) ? it : `${it}\ninclude: [more/compose.yaml]\n`,
  );
  let seen = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...composeTexts, ...including),
      fc.array(composeTyped, { minLength: 2, maxLength: 6 }),
      (start, edits) => {
        let text = start;
        let project = edited(text, undefined, inputsOfSeveral);
        for (const it of edits) {
          text = typeInCompose(text, it);
          project = edited(text, project, inputsOfSeveral);
          if (project.whole) seen++;
          for (const { span, related } of checkCompose(project, { allRules: true })) {
            expect(span.end, text).toBeLessThanOrEqual(text.length);
            for (const it of related)
              if (it.file !== undefined)
                expect(it.span?.end, text).toBeLessThanOrEqual(others.get(it.file)?.text.length ?? 0);
          }
        }
      },
    ),
    { numRuns: runs, ...(process.env["EDIT_SEED"] ? { seed: Number(process.env["EDIT_SEED"]) } : {}) },
  );
  expect(seen).toBeGreaterThan(runs / 10);
  expect(wholeReadAgain).toBeGreaterThan(0);
});

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
