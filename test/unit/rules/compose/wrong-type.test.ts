import { describe, expect, test } from "vitest";
import { wrongType } from "../../../../server/src/rules/compose/wrong-type.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(wrongType);
const fixes = fixesInCompose(wrongType, "safe");
const offered = offeredInCompose(wrongType);

describe("a value of another kind", () => {
  test("list, mapping, text or nothing", () => {
    reports`
      services:
        api:
          image: [x]
                 ^^^ wrong-type: \`image\` must be a text.
          ports: 80
                 ^^ wrong-type: \`ports\` must be a list.
          environment:
          ^^^^^^^^^^^ wrong-type: \`environment\` has no value: it must be a list or a mapping.
          deploy: many
                  ^^^^ wrong-type: \`deploy\` must be a mapping.
          command: 5
                   ^ wrong-type: \`command\` must be a text: 5 is a number without quotes.
          entrypoint: [run, 5]
                            ^ wrong-type: An entry of \`entrypoint\` must be a text: 5 is a number without quotes.
        web: nginx
             ^^^^^ wrong-type: The service \`web\` must be a mapping.`;
  });

  test("a date, wherever it stands", () => {
    reports`
      services:
        api:
          image: x
          environment:
            BUILT: 2026-01-31
                   ^^^^^^^^^^ wrong-type: \`BUILT\` cannot be a date: without quotes 2026-01-31 is one.
            AT: 2026-01-31T10:11:12Z
                ^^^^^^^^^^^^^^^^^^^^ wrong-type
            NONE: 2026-13-31
            LOCAL: 2026-01-31T10:11:12
            QUOTED: "2026-01-31"
          labels: [2026-1-2]
                   ^^^^^^^^ wrong-type: An entry of \`labels\` cannot be a date: without quotes 2026-1-2 is one.
          x-note: 2026-01-31`;
    fixes`
      services:
        api:
          image: x
          environment: {BUILT: 2026-01-31}
      ->
      services:
        api:
          image: x
          environment: {BUILT: "2026-01-31"}
    `;
  });

  test("a version that was written as a number", () => {
    reports`
      version: 3.8
               ^^^ wrong-type: \`version\` must be a text: 3.8 is a number without quotes.
      services: {}`;
  });
});

describe("silent", () => {
  test("where YAML reads a text, or Compose casts it", () => {
    reports`
      services:
        api:
          image: x
          restart: no
          user: "1000"
          scale: "2"
          init: "yes"
          cpus: "1.5"
          mem_limit: 1000000
          command:
          pid:
          networks: {default: }
          expose: [80, "81"]
          ports: [80, 8080:80]
          deploy:
      networks: {default: }
      volumes: {data: }`;
  });

  test("for nothing in a file that another one is merged with", () => {
    reportsInCompose(wrongType, { alone: false })`
      services:
        api:
        web:
          ports:`;
  });

  test("for an empty item of a list in any file", () => {
    reportsInCompose(wrongType, { alone: false })`
      services:
        api:
          labels:
            - a=b
            - ~
              ^ wrong-type: An entry of \`labels\` has no value: it must be a text.`;
  });

  test("for nothing where the service gets something from the one that it extends", () => {
    reports`
      services:
        base:
          image: x
          environment: {A: b}
        api:
          extends: base
          environment:
          ports:
          ^^^^^ wrong-type: \`ports\` has no value: it must be a list.
        far:
          extends: {file: other.yaml, service: base}
          ports:`;
  });
});

describe("fix", () => {
  test("puts a number in quotes", () => {
    fixes`
      services:
        api:
          image: x
          user: 1000 # nobody
      ->
      services:
        api:
          image: x
          user: "1000" # nobody
    `;
  });

  test("makes a list of one", () => {
    fixes`
      services:
        api:
          image: x
          cap_drop: ALL
      ->
      services:
        api:
          image: x
          cap_drop: ["ALL"]
    `;
  });

  test("not of what may be several, or something else", () => {
    expect(offered`
      services:
        api:
          image: x
          cap_drop: NET_ADMIN, SYS_TIME
          environment: A=b
    `).toEqual([[], []]);
  });
});

test("in a further document only what no layer under it makes right", () => {
  reportsInCompose(wrongType)`
    services:
      api: {image: x, depends_on: {db: {condition: service_started}}}
      db: {image: y}
    ---
    services:
      api:
        image: [x]
               ^^^ wrong-type: \`image\` must be a text.
        ports:
        command: ~
        depends_on: {db: {restart: true}}
      db:
    networks:
    ---
    services:
      api: {ports: !reset null, image: z}
  `;
});

test("quotes are no help where the text in them is none that Compose takes", () => {
  expect(offeredInCompose(wrongType)`
    services:
      api: {image: x, gpus: 1, user: 1}
  `).toEqual([[], ["Put it in quotes"]]);
});
