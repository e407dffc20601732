import { describe, expect, test } from "vitest";
import { unknownNetwork } from "../../../../server/src/rules/compose/unknown-network.ts";
import { unknownService } from "../../../../server/src/rules/compose/unknown-service.ts";
import { unknownVolume } from "../../../../server/src/rules/compose/unknown-volume.ts";
import { source } from "../../../../server/src/text/source.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

describe.each([unknownNetwork, unknownService, unknownVolume])("$id", (rule) => {
  test("its documented examples hold", () => {
    expectComposeProblems(rule, rule.docs.bad);
    expectComposeProblems(rule, rule.docs.good);
  });

  test("not when parts of the project are elsewhere", () => {
    const text =
      'services:\n  a:\n    image: a\n    networks: [x]\n    volumes: ["x:/y"]\n    depends_on: [x]\n';
    expectComposeProblems(rule, text, { alone: false });
    expectComposeProblems(rule, `include: [other.yaml]\n${text}`);
    expectComposeProblems(rule, `${text}  b:\n    extends: {file: other.yaml, service: b}\n`);
    // A service with nothing to run is the override of another file's.
    expectComposeProblems(rule, `${text}  b:\n    restart: always\n`);
    expectComposeProblems(rule, `${text}---\nnetworks: {x: }\n`);
  });
});

describe("unknown-network", () => {
  test("in a mapping, and reported once for all that share it", () => {
    reportsInCompose(unknownNetwork)`
      x-common: &common
        networks:
          frnt:
          ^^^^ unknown-network: No network frnt is declared; did you mean front?
            aliases: [a]
      services:
        a:
          <<: *common
          image: a
        b:
          <<: *common
          image: b
          depends_on: [a]
        c:
          image: c
          networks: !reset [nowhere]
      networks:
        front:
    `;
  });

  test("the nearest one is safe to take, a declaration is for the user to choose", () => {
    const titles = offeredInCompose(unknownNetwork)`
      services:
        a:
          image: a
          networks: [backnd]
        b:
          image: b
          networks: [edge]
      networks:
        backend:
    `;
    expect(titles).toEqual([
      ["Replace backnd with backend", "Declare backnd under networks"],
      ["Declare edge under networks"],
    ]);
  });

  test("quotes stay", () => {
    fixesInCompose(unknownNetwork, "safe")`
      services:
        a:
          image: a
          networks: ["backnd"]
      networks:
        backend:
      ->
      services:
        a:
          image: a
          networks: ["backend"]
      networks:
        backend:
    `;
  });
});

describe("where a declaration goes", () => {
  test("behind the last one of its section, with its indent", () => {
    fixesInCompose(unknownVolume, "unsafe", "Declare")`
      services:
          a:
              image: a
              volumes: ["logs:/logs"]
      volumes:
          data:
              driver: local # ours

      # the end
      ->
      services:
          a:
              image: a
              volumes: ["logs:/logs"]
      volumes:
          data:
              driver: local # ours
          logs:

      # the end
    `;
  });

  test("in a section of its own at the end, below the comments", () => {
    fixesInCompose(unknownNetwork, "unsafe", "Declare")`
      services:
        a:
          image: a
          networks: [back]
        # b:
        #   image: b
      ->
      services:
        a:
          image: a
          networks: [back]
        # b:
        #   image: b

      networks:
        back:
    `;
  });

  test("in a section that is empty", () => {
    fixesInCompose(unknownNetwork, "unsafe", "Declare")`
      networks: # none yet
      services:
        a:
          image: a
          networks: [back]
      ->
      networks: # none yet
        back:
      services:
        a:
          image: a
          networks: [back]
    `;
  });

  test("in braces", () => {
    fixesInCompose(unknownNetwork, "unsafe", "Declare")`
      services:
        a: {image: a, networks: [back]}
      networks: {front: {}}
      ->
      services:
        a: {image: a, networks: [back]}
      networks: {front: {}, back: {}}
    `;
    fixesInCompose(unknownNetwork, "unsafe", "Declare")`
      {"services": {"a": {"image": "a", "networks": ["back"]}}}
      ->
      {"services": {"a": {"image": "a", "networks": ["back"]}}, "networks": {"back": {}}}
    `;
    fixesInCompose(unknownVolume, "unsafe", "Declare")`
      services:
        a: {image: a, volumes: ["data:/x"]}
      volumes: {}
      ->
      services:
        a: {image: a, volumes: ["data:/x"]}
      volumes: {data: {}}
    `;
  });

  test.each([
    ["{db-data: }", "{db-data: , cache: {} }"],
    ["{db-data:}", "{db-data: , cache: {}}"],
    ["{db-data}", "{db-data, cache: {}}"],
    ["{a: {}, db-data : }", "{a: {}, db-data : , cache: {} }"],
    ['{"db-data": }', '{"db-data": , "cache": {} }'],
    ["{\n  db-data: # kept, or not\n}", "{\n  db-data: , cache: {} # kept, or not\n}"],
    ["{\n  db-data:,\n}", "{\n  db-data: , cache: {},\n}"],
    ["{db-data: ~ }", "{db-data: ~, cache: {} }"],
  ])("in braces behind an entry without value: %s", (before, after) => {
    const project = (volumes: string) =>
      `services:\n  a: {image: a, volumes: ["cache:/x"]}\nvolumes: ${volumes}\n`;
    const fixture = [`${project(before)}->\n${project(after)}`];
    fixesInCompose(unknownVolume, "unsafe", "Declare")(Object.assign(fixture, { raw: fixture }));
  });

  test("not in braces behind an anchor or a tag without value", () => {
    expect(
      offeredInCompose(unknownVolume)`
        services:
          a: {image: a, volumes: ["cache:/x"]}
        volumes: {db-data: &empty }
      `,
    ).toEqual([[]]);
  });

  test("without a line break at the end of the file, and with Windows line ends", () => {
    for (const text of [
      "services:\n  a: {image: a, networks: [back]}",
      "services:\r\n  a: {image: a, networks: [back]}\r\n",
      "services:\n  a: {image: a, networks: [back]}\n\n\n",
    ]) {
      const marker = `${" ".repeat("  a: {image: a, networks: [".length)}^^^^ unknown-network\n`;
      const line = text.indexOf("]}") + 2;
      const end = text.indexOf("\n", line);
      const marked = end < 0 ? `${text}\n${marker}` : text.slice(0, end + 1) + marker + text.slice(end + 1);
      expectComposeProblems(unknownNetwork, marked);
    }
  });
});

describe("unknown-volume", () => {
  test("folders, Windows paths and unnamed volumes need no declaration", () => {
    reportsInCompose(unknownVolume, { env: { SET: "nmaed" } })`
      services:
        a:
          image: a
          volumes:
            - ./data:/data
            - ../up:/up
            - /srv:/srv:ro
            - ~/home:/home
            - C:\\data:/c
            - c:/data:/d
            - \\\\server\\share:/share
            - /only
            - \${DATA}:/variable
            - \${DATA:-./data}:/default
            - \${VOLUME:-nmaed}:/named
            - \${SET:-named}:/set
              ^^^^^^^^^^^^^ unknown-volume: No volume nmaed is declared; did you mean named?
            - {type: bind, source: data, target: /x}
            - {type: tmpfs, target: /y}
            - {type: volume, target: /z}
            - {type: volume, source: nmaed, target: /w}
                                     ^^^^^ unknown-volume
      volumes:
        named:
    `;
  });

  test("a path without a dot is meant as a folder", () => {
    fixesInCompose(unknownVolume, "unsafe", "Mount the folder ./config/app")`
      services:
        a:
          image: a
          volumes:
            - config/app:/etc/app
      ->
      services:
        a:
          image: a
          volumes:
            - ./config/app:/etc/app
    `;
  });
});

describe("unknown-service", () => {
  test("in the long form", () => {
    fixesInCompose(unknownService, "safe")`
      services:
        a:
          image: a
          depends_on:
            databse: {condition: service_healthy}
        database:
          image: b
      ->
      services:
        a:
          image: a
          depends_on:
            database: {condition: service_healthy}
        database:
          image: b
    `;
  });

  test("also one that is not required: that is for services which are not started", () => {
    reportsInCompose(unknownService)`
      services:
        a:
          image: a
          depends_on:
            databse: {condition: service_started, required: false}
            ^^^^^^^ unknown-service
            database: {condition: service_started, required: false}
        database:
          image: b
          profiles: [data]
    `;
  });

  test("no fix that would make the same entry twice, which Compose refuses", () => {
    const offeredFor = offeredInCompose(unknownService);
    expect(
      offeredFor`
        services:
          a: {image: a, depends_on: [database, databse], volumes_from: [database, databse]}
          b: {image: b, depends_on: [databse], volumes_from: [database]}
          database: {image: c}
      `,
    ).toEqual([[], [], ["Replace databse with database"]]);
    expect(
      offeredInCompose(unknownNetwork)`
        services:
          a: {image: a, networks: {front: , frnt: }}
          b: {image: b, networks: [frnt]}
        networks:
          front:
      `,
    ).toEqual([["Declare frnt under networks"], ["Replace frnt with front", "Declare frnt under networks"]]);
  });

  test("in contexts of a build", () => {
    reportsInCompose(unknownService)`
      services:
        a:
          build:
            context: .
            additional_contexts: {base: "service:bse", other: "service:base", place: ./bse}
                                                 ^^^ unknown-service: There is no service bse; did you mean base?
        b:
          build:
            context: .
            additional_contexts: ["bse=service:bse", "x=docker-image://bse"]
                                               ^^^ unknown-service
        base:
          build: .
    `;
  });

  test("a name with a variable is known by .env only", () => {
    reportsInCompose(unknownService, { env: { SET: "databse" } })`
      services:
        a:
          image: a
          depends_on:
            - \${DATABASE}
            - \${DATABASE:-databse}
            - \${DATABASE-databse}
            - \${SET:-database}
              ^^^^^^^^^^^^^^^^ unknown-service
        database:
          image: b
    `;
  });

  test("with none near there is nothing to offer", () => {
    const titles = offeredInCompose(unknownService)`
      services:
        a:
          image: a
          depends_on: [queue]
    `;
    expect(titles).toEqual([[]]);
  });
});

test("services that are named in other ways", () => {
  expectComposeProblems(
    unknownService,
    source`
      services:
        api:
          image: x
          links: ["databse:sql"]
                   ^^^^^^^ unknown-service: There is no service databse; did you mean database?
          network_mode: service:databas
                                ^^^^^^^ unknown-service: There is no service databas; did you mean database?
          pid: host
          ipc: container:outside
          volumes_from: [databasee:ro, "container:outside"]
                         ^^^^^^^^^ unknown-service: There is no service databasee; did you mean database?
        database: {image: y}`,
  );
});
