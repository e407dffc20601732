import fc from "fast-check";
import { expect, test } from "vitest";
import { effectiveProject } from "../../../../server/src/model/compose/effective/effective-project.ts";
import type { ComposeProject } from "../../../../server/src/model/compose/project.ts";
import type { ComposeInputs } from "../../../../server/src/model/compose/reading/inputs.ts";
import { readComposeProject } from "../../../../server/src/model/compose/reading/read-project.ts";
import { readWholeProject } from "../../../../server/src/model/compose/whole/whole-project.ts";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { parseCompose } from "../../../../server/src/syntax/compose/parse.ts";
import type { ComposeFile } from "../../../../server/src/syntax/compose/tree.ts";
import { source } from "../../../../server/src/text/source.ts";
import { generateCompose } from "../../../bench/compose-corpus.ts";
import { composeTexts, composeTyped, typeInCompose } from "../../../support/compose/compose-edits.ts";

const runs = Number(process.env["EDIT_RUNS"] ?? 60);

const inputs: ComposeInputs = {
  images: shippedImages,
  dockerfile: () => undefined,
  inlineDockerfile: () => undefined,
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

const services = (anchor = "") => `${anchor}services:
  web:
    image: nginx:1.30
    depends_on: [app, db]
  app:
    image: example/app:1.4
    environment:
      DATABASE_URL: postgres://app:secret@db/app
    depends_on:
      db:
        condition: service_healthy
    networks: [back]
  db:
    image: postgres:18
    environment:
      POSTGRES_USER: app
      POSTGRES_PASSWORD: secret
    healthcheck:
      test: ["CMD", "pg_isready"]
    networks: [back]
  job:
    image: example/job:1
    depends_on: [missing]
${anchor ? "    <<: *common\n" : ""}networks:
  back:
`;

/** Edits one after the other: what is replaced in the text as it is then, and by what. */
const sequences: Readonly<Record<string, readonly [start: string, ...edits: [was: string, is: string][]]>> = {
  "another service loses what was found in it": [
    services(),
    ['    healthcheck:\n      test: ["CMD", "pg_isready"]\n', ""],
    ["nginx:1.30", "nginx:1.3"],
    ["image: postgres:18", "build: ."],
    ["nginx:1.3", "redis:8"],
  ],
  "another service is given the name that was missing": [
    services(),
    ["  web:", "  missing:"],
    ["  missing:", "  web:"],
  ],
  "what another service logs in with": [
    services(),
    ["POSTGRES_USER: app", "POSTGRES_USER: other"],
    ["nginx:1.30", "nginx:1.31"],
    ["postgres://app:secret@db/app", "postgres://other:secret@db/app"],
  ],
  "a network apart": [
    services(),
    ["    networks: [back]\n  db", "    networks: [front]\n  db"],
    ["  back:\n", "  back:\n  front:\n"],
  ],
  "edits at places in turn": [
    services(),
    ["nginx:1.30", "nginx:1.300"],
    ["postgres:18", "postgres:18.1"],
    ["nginx:1.300", "nginx:1"],
    ["example/app:1.4", "example/app:1.40"],
    ["depends_on: [missing]", "depends_on: [missing, gone]"],
  ],
  "edits at places in turn where an alias is behind them": [
    services("x-common: &common\n  restart: always\n  labels: [a]\n"),
    ["nginx:1.30", "nginx:1.300"],
    ["nginx:1.300", "nginx:1.3"],
    ["postgres:18", "postgres:18.1"],
    ["nginx:1.3", "nginx"],
    ["depends_on: [missing]", "depends_on: [gone]"],
  ],
  "a quote that is left open closes in the next service": [
    'services:\n  dns:\n    image: a:1\n    ports: ["53:53/tcp", "53:53/udp]\n  app:\n    image: b:1\n    ports: ["80:80", "92:92"]\n',
    ["b:1", "b:other"],
  ],
  "the second of a name counts when the first is called otherwise": [
    "services:\n  a:\n    image: b:1\n  x:\n    image: x:1\n  y:\n    image: y:1\n  a:\n    hostname: h\n    healthcheck:\n      test: [CMD, c]\n    image: b\n",
    ["  a:", "  other:"],
  ],
  "blanks in front of a key without a letter": [
    "services:\n  b: {image: a:1}\n: {image: b:1}",
    ["}\n:", "}\n  \n:"],
    ["b:1", "b:2"],
  ],
  "a key without a letter": [
    "name: x\n\n: y\nservices:\n  a:\n    image: b:1\n",
    ["x\n", "xy\n"],
    ["xy\n", "\n"],
  ],
};

test.each(Object.entries(sequences))("the same is found after edits: %s", (_, [start, ...edits]) => {
  let text = start;
  let project = edited(text, undefined);
  for (const [was, is] of edits) {
    text = text.replace(was, is);
    project = edited(text, project);
  }
});

test("services that an edit only moves are not read again", () => {
  const text = generateCompose(50);
  const before = readComposeProject(parseCompose(text), inputs);
  checkCompose(before, { allRules: true });
  let looks = 0;
  const find: ComposeInputs["images"]["find"] = (it) => {
    looks++;
    return inputs.images.find(it);
  };
  const counting: ComposeInputs = { ...inputs, images: { ...inputs.images, find } };
  const file = parseCompose(text.replace("postgres:18-alpine", "postgres:18.1-alpine"), before.file);
  const project = readComposeProject(file, counting, before);
  checkCompose(project, { allRules: true });
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(10);
  const own = looks;
  expect(project.services.get("cache-48")?.image?.value.text).toBe("redis:8");
  expect(looks).toBe(own + 1);
});

test("a file of which everything is erased is an empty one", () => {
  const before = parseCompose("name: shop\n");
  expect([parseCompose("", before).root, parseCompose("\n", before).root]).toEqual([undefined, undefined]);
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
