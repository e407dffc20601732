import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCompose } from "../../../server/src/features/formatting/compose.ts";
import { formatPieces } from "../../../server/src/features/formatting/pieces.ts";
import { nameTable } from "../../../server/src/features/names/table.ts";
import type { ComposeProject } from "../../../server/src/model/compose/project.ts";
import type { ComposeInputs } from "../../../server/src/model/compose/reading/inputs.ts";
import { readComposeProject } from "../../../server/src/model/compose/reading/read-project.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { generateCompose } from "../../bench/compose-corpus.ts";
import { composeTexts, composeTyped, typeInCompose } from "../../support/compose/compose-edits.ts";

const runs = Number(process.env["EDIT_RUNS"] ?? 150);

const inputs: ComposeInputs = {
  images: shippedImages,
  dockerfile: () => undefined,
  inlineDockerfile: () => undefined,
  readFile: () => undefined,
  kindOf: () => "unknown",
  variables: (name) => (name === "DB_PASSWORD" ? "secret" : undefined),
  defaults: "taken",
  directory: "/project",
  alone: true,
  single: true,
};

const more = `
services:
  proxy: &proxy
    image: &image caddy:2
    networks: [&net back, front]
    environment: {API: http://api:8080, PLAIN: , "DB": "postgres://\${DB_USER}@db:5432/\${DB_NAME:-x}"}
    labels: [traefik.http.routers.web.middlewares=auth, "traefik.http.middlewares.auth.x=y"]
    volumes:
        - ./Caddyfile:/etc/caddy/Caddyfile
        - data:/data
  # what follows
  api:
    <<: *proxy
    image: *image
    profiles: [dev]
    secrets: [token]
    command: |
      curl http://proxy:80 &and *not
        # no comment
    build: {context: ., args: [VERSION], secrets: [token]}
  db:   # at the end of the line
    image:   postgres:18
    extends: api
    network_mode: service:api
    environment:
    - TOKEN=/run/secrets/token


# further out
networks: {back: , front: }
volumes:
  data:
secrets:
  token: {environment: TOKEN}
`;

const texts = [
  ...composeTexts,
  more,
  more.slice(0, more.indexOf("# further")),
  ...[more, ...composeTexts.slice(-4)].map((it) => it.replaceAll("\n", "\r\n")),
];

function names(project: ComposeProject, withServices: boolean) {
  const path = "/project/compose.yaml";
  const table = nameTable({
    compose: [
      {
        path,
        file: project.file,
        ...(withServices && { services: project.services }),
        variables: inputs.variables,
        envFiles: ["/project/.env"],
        outerEnvFiles: [],
        group: path,
        inner: [],
        outer: [],
        resolve: (...steps) => ["/project", ...steps].join("/"),
      },
    ],
    dockerfiles: [],
    env: [],
    mounted: [],
    complete: true,
  });
  const all = table.inFile(path);
  return all.map((it) => ({ ...it, others: table.of(it.name).length, known: table.isDeclared(it.name) }));
}

/** Each version of texts that somebody edits, with the project that was read from the one before. */
function whileEdited(look: (project: ComposeProject, text: string) => void): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(composeTyped, { minLength: 1, maxLength: 6 }),
      (start, edits) => {
        let text = start;
        let project = readComposeProject(parseCompose(text), inputs);
        look(project, text);
        for (const it of edits) {
          text = typeInCompose(text, it);
          project = readComposeProject(parseCompose(text, project.file), inputs, project);
          look(project, text);
        }
      },
    ),
    { numRuns: runs, ...(process.env["EDIT_SEED"] ? { seed: Number(process.env["EDIT_SEED"]) } : {}) },
  );
}

test("after any edits the same has a name as in a file that was never seen", () => {
  whileEdited((project, text) => {
    const fresh = readComposeProject(parseCompose(text), inputs);
    expect(names(project, true), text).toEqual(names(fresh, false));
  });
});

test("service by service a file is formatted as in one go, also after edits", () => {
  let formatted = 0;
  whileEdited((project, text) => {
    if (!project.file.parts?.services?.length || project.file.problems.some((it) => it.severity === "error"))
      return;
    for (const lists of ["auto", "flush"] as const) {
      const whole = formatCompose({ file: parseCompose(text) }, { step: 2, lists });
      const pieces = formatPieces(project.file, project.services, 2, lists);
      if (whole.length > 0 && pieces.length > 0) formatted++;
      expect(applyEdits(text, pieces), text).toBe(applyEdits(text, whole));
    }
  });
  expect(formatted).toBeGreaterThan(runs / 10);
});

test("in a file with many services an edit costs neither names nor formatting another reading of the others", () => {
  const text = generateCompose(1_500);
  let project = readComposeProject(parseCompose(text), inputs);
  const time = (ask: () => unknown) => {
    const start = performance.now();
    ask();
    return performance.now() - start;
  };
  const ask = () => [time(() => names(project, true)), time(() => formatCompose(project, { step: 2 }))];
  const first = ask();
  const later = Array.from({ length: 4 }, (_, at) => {
    const edited = project.file.text.replace(/image: [^\n]*\n/, `image: example/app:1.${at}\n`);
    project = readComposeProject(parseCompose(edited, project.file), inputs, project);
    return ask();
  });
  for (const at of [0, 1])
    expect(Math.min(...later.map((it) => it[at] ?? 0))).toBeLessThan((first[at] ?? 0) * 0.7);
});
