// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import type { Problem } from "../../../../server/src/rules/rule.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import { source } from "../../../../server/src/text/source.ts";
import { checkFile } from "../../../../server/src/workspace/check-file.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import type { Surroundings } from "../../../../server/src/workspace/models.ts";
import { shellReader } from "../../../support/shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

type Files = Readonly<Record<string, string>>;

interface Found {
  readonly problem: Problem;
  /** `rule words: message`, and where the reasons are. */
  readonly line: string;
}

function aroundIn(folder: string): Surroundings {
  const disk = new Disk();
  return {
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
}

/** Style is not what these are about. */
const ASIDE = new Set([
  "unpinned-image",
  "plain-password",
  "dependency-not-awaited",
  "database-not-persisted",
]);

function found(files: Files, path: string): readonly Found[] {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const text = files[path] ?? expect.fail(`no ${path}`);
  const problems = checkFile("compose", text, join(folder, path), aroundIn(folder), {
    onFailure: ({ rule, error }) => expect.fail(`${rule} ${error}`),
  });
  return problems
    .filter(({ rule }) => !ASIDE.has(rule))
    .map((problem) => {
      const { rule, span, message, related } = problem;
      const places = related.flatMap((it) => {
        if (!it.span) return [];
        const file = it.file?.slice(folder.length + 1) ?? path;
        return `${file}: ${files[file]?.slice(it.span.start, it.span.end)}`;
      });
      return {
        problem,
        line: [`${rule} ${text.slice(span.start, span.end)}: ${message}`, ...places].join(" | "),
      };
    });
}

function lines(files: Files, path: string): readonly string[] {
  return found(files, path).map((it) => it.line);
}

const base = source`
  services:
    api:
      image: example/api:1
      depends_on: [db]
      networks: [back]
`;

test("what another file declares is there", () => {
  const over = source`
    services:
      db:
        image: example/db:1
        networks: [back]
    networks:
      back:
  `;
  for (const files of [
    { "compose.yaml": base, "compose.override.yaml": over },
    { "compose.yaml": `include: [db.yaml]\n${base}`, "db.yaml": over },
    { "compose.yaml": base, "more.yaml": over, ".env": "COMPOSE_FILE=compose.yaml:more.yaml\n" },
  ])
    for (const path of Object.keys(files).filter((it) => it.endsWith("yaml")))
      expect(lines(files, path)).toEqual([]);
});

test("what no file declares is told in the file that names it", () => {
  const files = {
    "compose.yaml": source`
      include: [db/compose.yaml]
      services:
        api:
          image: example/api:1
          depends_on: [databse]
          networks: [bakc, back]
    `,
    "db/compose.yaml": source`
      services:
        database:
          image: example/db:1
          networks: [back]
          volumes: ["data:/data"]
      networks:
        back:
    `,
  };
  expect(lines(files, "compose.yaml")).toEqual([
    "unknown-service databse: There is no service databse; did you mean database?",
    "unknown-network bakc: No network bakc is declared; did you mean back?",
  ]);
  expect(lines(files, "db/compose.yaml")).toEqual(["unknown-volume data: No volume data is declared."]);
});

test("a slip is corrected in the file that has it, by hand", () => {
  const files = {
    "compose.yaml": base.replace("[db]", "[databse]"),
    "compose.override.yaml": "services: {database: {image: a:1}}\nnetworks: {back: }\n",
  };
  const fix = found(files, "compose.yaml")[0]?.problem.fixes[0];
  expect(fix).toMatchObject({ kind: "unsafe" });
  expect(applyEdits(files["compose.yaml"], fix?.edits ?? [])).toContain("depends_on: [database]");
});

test("a port of the host is given away twice", () => {
  const files = {
    "compose.yaml": 'services:\n  api: {image: a:1, ports: ["127.0.0.1:8080:80"]}\n',
    "compose.override.yaml": 'services:\n  web:\n    image: b:1\n    ports:\n      - "127.0.0.1:8080:81"\n',
  };
  expect(lines(files, "compose.yaml")).toEqual([]);
  expect(lines(files, "compose.override.yaml")).toEqual([
    "host-port-clash 127.0.0.1:8080:81: api publishes port 8080 of the host already. | compose.yaml: 127.0.0.1:8080:80",
  ]);
});

test("a health check may stand in the other file", () => {
  const waits =
    "services:\n  api:\n    image: a:1\n    depends_on:\n      db: {condition: service_healthy}\n";
  const db = "services:\n  db:\n    image: redis:8\n";
  const checked = `${db}    healthcheck: {test: [CMD, redis-cli, ping]}\n`;
  expect(lines({ "compose.yaml": waits, "compose.override.yaml": checked }, "compose.yaml")).toEqual([]);
  expect(lines({ "compose.yaml": waits, "compose.override.yaml": db }, "compose.yaml")).toEqual([
    "health-condition-without-check service_healthy: db has no health check, so Compose ends instead of starting api. | compose.override.yaml: db",
  ]);
});

test("hosts and logins are those of the whole project", () => {
  const api = (url: string) =>
    `services:\n  api:\n    image: a:1\n    environment:\n      - DATABASE_URL=${url}\n`;
  const db = "services:\n  db:\n    image: postgres:18\n    environment:\n      POSTGRES_PASSWORD: right\n";
  const at = (url: string) =>
    lines({ "compose.yaml": api(url), "compose.override.yaml": db }, "compose.yaml");
  expect(at("postgres://postgres:right@db/postgres")).toEqual([]);
  expect(at("postgres://postgres:right@bd/postgres")).toEqual([
    "host-unknown bd: Nothing in this project is called bd; PostgreSQL runs in db. | compose.override.yaml: db",
  ]);
  expect(at("postgres://postgres:wrong@db/postgres")[0]).toContain("credentials-differ wrong: ");
  // A value that depends on the shell is not certain.
  expect(at("postgres://postgres:${PASSWORD:-wrong}@db/postgres")).toEqual([]);
  expect(at("postgres://postgres:wrong@${DB_HOST}/postgres")).toEqual([]);
});

test("what an override takes away is wrong no more", () => {
  const files = {
    "compose.yaml":
      'services:\n  db:\n    image: postgres:18\n    environment: {POSTGRES_PASSWORD: x}\n    ports: ["5432:5432"]\n',
    "compose.override.yaml": "services:\n  db:\n    ports: !reset []\n",
  };
  expect(lines({ "compose.yaml": files["compose.yaml"] }, "compose.yaml")).toHaveLength(1);
  expect(lines(files, "compose.yaml")).toEqual([]);
  expect(lines(files, "compose.override.yaml")).toEqual([]);
});

test("an override is not asked for what the base has", () => {
  const files = {
    "compose.yaml":
      "services:\n  db: {image: 'postgres:18', environment: [POSTGRES_PASSWORD=x]}\n  api: {depends_on: [db]}\n",
    "compose.override.yaml": "services:\n  db:\n    ports: ['127.0.0.1:5432:5432']\n",
  };
  expect(lines(files, "compose.override.yaml")).toEqual([]);
  expect(lines(files, "compose.yaml")).toEqual(["nothing-to-run api: api has neither an image nor a build."]);
});

test("a required setting may come from the override, or from nowhere", () => {
  const at = (over: string) =>
    lines(
      { "compose.yaml": "services:\n  db:\n    image: postgres:18\n", "compose.override.yaml": over },
      "compose.yaml",
    );
  expect(at("services: {db: {environment: [POSTGRES_PASSWORD=x]}}\n")).toEqual([]);
  expect(at("services: {db: {environment: [POSTGRES_DB=x]}}\n")[0]).toContain(
    "required-variable-missing postgres:18: ",
  );
});

test("what a service brings in by extends is told at it", () => {
  const files = {
    "compose.yaml":
      "services:\n  api:\n    extends: {file: common.yaml, service: base}\n    networks: [back]\nnetworks: {back: }\n",
    "common.yaml": "services:\n  base:\n    image: a:1\n    depends_on: [db]\n",
  };
  expect(lines(files, "compose.yaml")).toEqual([
    "unknown-service extends: {file: common.yaml, service: base}: There is no service db. | common.yaml: db",
  ]);
  expect(lines(files, "common.yaml")).toEqual([]);
});

test.each([
  ["a file that is not there", { "compose.yaml": `include: [gone.yaml]\n${base}` }],
  ["a remote one", { "compose.yaml": `include: ["https://github.com/a/b.git"]\n${base}` }],
  [
    "a variable",
    { "compose.yaml": `include: ["\${WHICH:-a.yaml}"]\n${base}`, "a.yaml": "services: {a: {image: a:1}}\n" },
  ],
  [
    "two documents",
    { "compose.yaml": base, "compose.override.yaml": "services: {a: {image: a:1}}\n---\nservices: {}\n" },
  ],
  [
    "a file that cannot be read",
    { "compose.yaml": base, "compose.override.yaml": "services: {a: {image: a:1}\n" },
  ],
  [
    "two projects that include it",
    {
      "a/compose.yaml": "include: [../part/compose.yaml]\n",
      "compose.yaml": `include: [part.yaml]\nservices: {a: {image: a:1}}\n`,
      "compose.dev.yaml": `include: [part.yaml]\nservices: {db: {image: a:1}}\nnetworks: {back: }\n`,
      "part.yaml": base,
    },
  ],
])("nothing is certain with %s", (_, files) => {
  for (const path of Object.keys(files))
    expect(lines(files, path).filter((it) => it.startsWith("unknown-"))).toEqual([]);
});

test("a variable may be set for the project that includes a file, in its own folder, or nowhere", () => {
  const files = {
    "compose.yaml": "include:\n  - part/compose.yaml\n  - {path: other/compose.yaml, env_file: other.env}\n",
    "part/compose.yaml": "services:\n  a: {image: 'a:${OUTER}${OWN}${NOWHERE}'}\n",
    "other/compose.yaml": "services:\n  b: {image: 'b:${OUTER}${OWN}${GIVEN}'}\n",
    ".env": "OUTER=1\n",
    "part/.env": "OWN=1\n",
    "other.env": "GIVEN=1\n",
  };
  expect(lines(files, "part/compose.yaml")).toEqual([
    "unset-variable ${NOWHERE}: .env does not set NOWHERE, so it is empty unless the shell sets it.",
  ]);
  expect(lines(files, "other/compose.yaml")).toEqual([
    "unset-variable ${OWN}: No .env of the project sets OWN, so it is empty unless the shell sets it.",
  ]);
});

test("a service that another file does not have to extend", () => {
  const files = {
    "compose.yaml": source`
      services:
        api: {extends: {file: shared/base.yaml, service: bse}}
        web: {extends: {file: shared/base.yaml, service: base}}
    `,
    "shared/base.yaml": "services: {base: {image: a:1}}\n",
  };
  expect(lines(files, "compose.yaml")).toEqual([
    "missing-compose-file bse: api extends bse, which shared/base.yaml does not have.",
  ]);
});

const builds = source`
  services:
    api:
      build: {context: ./api, target: prod}
      volumes: ["./init.sql:/init.sql"]
`;
const wrongTarget =
  "build-target-unknown prod: The Dockerfile has no stage prod; did you mean prd? | api/Dockerfile: prd";
const noMount =
  "bind-source-missing ./init.sql: There is no file ./init.sql, so the engine makes a folder with this name.";

/** Each was asked of docker compose 2.40.3. */
test.each([
  [
    "of the include that brings them in",
    { "compose.yaml": "include: [{path: deploy/part.yaml, project_directory: .}]\n" },
    [wrongTarget, noMount],
  ],
  [
    "of the first file that an include names",
    {
      "compose.yaml": "include: [{path: [first.yaml, deploy/part.yaml]}]\n",
      "first.yaml": "services: {api: {init: true}}\n",
    },
    [wrongTarget, noMount],
  ],
  [
    "of the first file of COMPOSE_FILE",
    {
      "compose.yaml": "services: {api: {init: true}}\n",
      ".env": "COMPOSE_FILE=compose.yaml:deploy/part.yaml\n",
    },
    [wrongTarget, noMount],
  ],
  [
    "of the file itself where it is only included",
    { "compose.yaml": "include: [deploy/part.yaml]\n" },
    ["build-context-missing ./api: There is no folder ./deploy/api.", noMount],
  ],
  [
    "of nothing certain where two includes disagree",
    {
      "compose.yaml": "include: [{path: deploy/part.yaml, project_directory: .}]\n",
      "deploy/compose.yaml": "include: [part.yaml]\n",
    },
    [noMount],
  ],
])("paths count from the project directory %s", (_, files, expected) => {
  const around = { "deploy/part.yaml": builds, "api/Dockerfile": "FROM alpine:3.24 AS prd\n" };
  expect(lines({ ...files, ...around }, "deploy/part.yaml")).toEqual(expected);
});

test("what a file leaves out of a build another one may say", () => {
  const files = {
    "compose.yaml": "services: {api: {build: {context: ., dockerfile: docker/api.Dockerfile}}}\n",
    "compose.override.yaml": "services: {api: {build: {target: debug, args: {MODE: debug}}}}\n",
    "docker/api.Dockerfile": "FROM alpine:3.24 AS base\nARG MODE\n",
  };
  expect(lines(files, "compose.override.yaml")).toEqual([
    "build-target-unknown debug: The Dockerfile has no stage debug; it has base. | docker/api.Dockerfile: base",
  ]);
  expect(lines(files, "compose.yaml")).toEqual([]);
  const { "compose.override.yaml": override, ...others } = files;
  const named = { ...others, "compose.debug.yaml": override, Dockerfile: "FROM alpine:3.24 AS other\n" };
  expect(lines(named, "compose.debug.yaml")).toEqual([]);
});

test("a mount that an override begins is incomplete, whatever it overrides", () => {
  const files = {
    "compose.yaml": "services: {api: {image: example/api:1, volumes: ['./data:/data']}}\n",
    "compose.override.yaml":
      "services: {api: {volumes: !override [{type: bind, target: /data}], init: true}}\n",
  };
  // docker compose 2.40.3: field Source must not be empty, with `!override` and without.
  expect(lines(files, "compose.override.yaml")).toEqual([
    "incomplete-mount type: A bind mount needs `source`.",
  ]);
});

test("files that only an extended service names are looked for from its own folder", () => {
  const files = {
    "compose.yaml": "services: {api: {extends: {file: common/base.yaml, service: base}}}\n",
    "common/base.yaml":
      "services: {base: {build: {context: ., dockerfile: Dockerfile.dev}, env_file: base.env}}\n",
    "Dockerfile.dev": "FROM alpine:3.24\n",
    "base.env": "A=1\n",
  };
  expect(lines(files, "compose.yaml").map((it) => it.split(":")[0])).toEqual([
    "dockerfile-missing extends",
    "environment-file-missing extends",
  ]);
});

test("what stands only beside a file whose paths count from elsewhere is not there", () => {
  const files = {
    "compose.yaml": "include: [{path: deploy/part.yaml, project_directory: .}]\n",
    "deploy/part.yaml": "services:\n  api: {build: ./own}\n",
    "deploy/own/Dockerfile": "FROM scratch\n",
  };
  expect(lines(files, "deploy/part.yaml")).toEqual([
    "build-context-missing ./own: There is no folder ./own.",
  ]);
});

test("a section that an override leaves empty is an error where no file fills it", () => {
  const override = "services:\n  web: { ports:  }\n";
  const told = (web: string) =>
    lines(
      { "compose.yaml": `services:\n  web: ${web}\n`, "compose.override.yaml": override },
      "compose.override.yaml",
    );
  expect(told('{ image: "example/web:1", ports: ["8080:80"] }')).toEqual([]);
  expect(told('{ image: "example/web:1" }')).toEqual([
    "wrong-type ports: `ports` has no value: it must be a list.",
  ]);
});
