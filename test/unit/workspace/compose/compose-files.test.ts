// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { checkFile } from "../../../../server/src/workspace/check-file.ts";
import { buildsAround } from "../../../../server/src/workspace/compose/builds-around.ts";
import { Disk } from "../../../../server/src/workspace/disk.ts";
import { kindOfFile } from "../../../../server/src/workspace/languages.ts";
import type { Surroundings } from "../../../../server/src/workspace/models.ts";
import { modelOfDockerfile, projectOfCompose } from "../../../../server/src/workspace/models.ts";
import { shellReader } from "../../../support/shell.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

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

/** Rules that report in a file of a folder that a name leads nowhere, with the name. */
function reported(files: Readonly<Record<string, string>>, path: string): string[] {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  const kind = kindOfFile(path);
  const text = files[path];
  if (!kind || text === undefined) throw new Error(`no ${path}`);
  const options = {
    allRules: true,
    onFailure: ({ error }: { readonly error: unknown }) => expect.fail(`${error}`),
  };
  return checkFile(kind, text, join(folder, path), aroundIn(folder), options)
    .filter(({ rule }) => rule.includes("unknown"))
    .map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
}

const broken = "services:\n  a:\n    image: example/a:1\n    depends_on: [b]\n";
const sound = "services:\n  a:\n    image: example/a:1\n";

test.each(["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"])(
  "%s is what Compose starts",
  (name) => {
    expect(reported({ [name]: broken }, name)).toEqual(["unknown-service b"]);
    // A file that is given after it with `-f` adds to it, but one that stands beside it need not be given.
    expect(reported({ [name]: broken, "compose.prod.yaml": sound }, name)).toEqual(["unknown-service b"]);
  },
);

test.each(["docker-compose.base.yml", "deploy/docker-compose.prod.yml", "compose.common.yml"])(
  "%s is a part of a project",
  (name) => {
    expect(reported({ [name]: broken, "docker-compose.yml": sound }, name)).toEqual([]);
    expect(reported({ [name]: broken, "docker-compose.local.yml": sound }, name)).toEqual([]);
  },
);

test("the only Compose file far and wide is read alone whatever its name, where all of its services can start", () => {
  const names = ["docker-compose.prod.yml", "deploy/compose.dev.yaml"];
  for (const name of names) {
    expect(reported({ [name]: broken }, name)).toEqual(["unknown-service b"]);
    expect(reported({ [name]: `${broken}  c:\n    ports: ["80:80"]\n` }, name)).toEqual([]);
  }
  // A folder beside it may hold what it is put on top of.
  expect(
    reported({ "deploy/compose.dev.yaml": broken, "docker/compose.yaml": sound }, "deploy/compose.dev.yaml"),
  ).toEqual([]);
  for (const name of ["docker-compose.override.yml", "docker-compose.base.yml", "compose.common.yml"])
    expect(reported({ [name]: broken }, name)).toEqual([]);
});

test("a file beside it that has the service which is missing is read along with it", () => {
  const other = "services:\n  b:\n    image: example/b:1\n";
  expect(reported({ "compose.yaml": broken, "other-compose.yml": other }, "compose.yaml")).toEqual([]);
  const long = "services:\n  a:\n    image: example/a:1\n    depends_on: {b: {condition: service_started}}\n";
  expect(reported({ "compose.yaml": long, "compose.b.yaml": other }, "compose.yaml")).toEqual([]);
  expect(reported({ "compose.yaml": long, "notes.yml": other }, "compose.yaml")).toEqual([
    "unknown-service b",
  ]);
});

test.each([
  ["extends", "services:\n  a:\n    extends: {file: compose.yaml, service: a}\n"],
  ["extends by way of ./", "services:\n  a:\n    extends:\n      file: ./compose.yaml\n      service: a\n"],
  ["includes", "include: [compose.yaml]\n"],
  ["includes with a path", "include:\n  - path: [other.yaml, ./compose.yaml]\n"],
  ["includes by a variable", "include:\n  - ${HERE:-.}/compose.yaml\n"],
])("a file beside it that %s it makes it a part", (_, other) => {
  expect(reported({ "compose.yaml": broken, "compose.dev.yaml": other }, "compose.yaml")).toEqual([]);
});

test.each([
  ["names another one", "include: [sub/compose.yaml]\n"],
  ["has its name in a comment", `# for compose.yaml\n${sound}`],
  ["has its name in another place", `${sound}    command: compose.yaml\n`],
])("a file beside it that %s does not", (_, other) => {
  expect(reported({ "compose.yaml": broken, "compose.dev.yaml": other }, "compose.yaml")).toEqual([
    "unknown-service b",
  ]);
});

test("an override file and COMPOSE_FILE make it a part, of which nothing is known where one of them is missing", () => {
  const files = { "compose.yaml": broken, "compose.override.yml": sound };
  expect(reported(files, "compose.yaml")).toEqual(["unknown-service b"]);
  expect(reported({ ...files, "compose.override.yml": "services: [" }, "compose.yaml")).toEqual([]);
  expect(
    reported({ ...files, "compose.override.yml": sound.replace("  a:", "  b:") }, "compose.yaml"),
  ).toEqual([]);
  const env = "COMPOSE_FILE=compose.yaml:more.yaml\n";
  expect(reported({ "compose.yaml": broken, ".env": env }, "compose.yaml")).toEqual([]);
  expect(reported({ "compose.yaml": broken, ".env": "A=1\n" }, "compose.yaml")).toEqual([
    "unknown-service b",
  ]);
});

const dockerfile = "FROM alpine:3.22 AS test\nUSER 1\nFROM tset\nCOPY --from=tests /a /a\n";
const slips = ["unknown-stage tset", "unknown-stage tests"];

function compose(contexts: string): string {
  return `services:\n  a:\n    build:\n      context: .\n      additional_contexts: ${contexts}\n`;
}

test.each([
  ["in a mapping", "{tests: ../tests, tset: ../t}"],
  ["in a list", '["tests=../tests", "tset=docker-image://alpine"]'],
])("additional contexts %s are no stages, beside the Dockerfile or above", (_, contexts) => {
  expect(reported({ Dockerfile: dockerfile }, "Dockerfile")).toEqual(slips);
  expect(reported({ Dockerfile: dockerfile, "compose.yaml": compose(contexts) }, "Dockerfile")).toEqual([]);
  const below = { "api/Dockerfile": dockerfile, "docker-compose.yml": compose(contexts) };
  expect(reported(below, "api/Dockerfile")).toEqual([]);
});

test("other additional contexts, and those of a folder beside, change nothing", () => {
  expect(reported({ Dockerfile: dockerfile, "compose.yaml": compose("{other: .}") }, "Dockerfile")).toEqual(
    slips,
  );
  const beside = { "api/Dockerfile": dockerfile, "web/compose.yaml": compose("{tests: ., tset: .}") };
  expect(reported(beside, "api/Dockerfile")).toEqual(slips);
});

test("a default is shown and built, but not judged by", () => {
  const text = source("target: ${TARGET:-tset}");
  const files = { Dockerfile: "FROM alpine:3.22 AS test\nUSER 1\n", "compose.yaml": text };
  expect(reported(files, "compose.yaml")).toEqual([]);
  expect(reported({ ...files, ".env": "TARGET=tset\n" }, "compose.yaml")).toEqual([
    "build-target-unknown ${TARGET:-tset}",
  ]);
  const folder = temporaryFolder(files);
  const build = (defaults: "taken" | "open") =>
    projectOfCompose(text, join(folder, "compose.yaml"), aroundIn(folder), defaults).services.get("a")?.build;
  expect(build("taken")?.target?.value).toBe("tset");
  expect(build("open")?.target).toBeUndefined();
});

function source(target: string): string {
  return `services:\n  a:\n    build:\n      context: .\n      ${target}\n`;
}

test("a development container's file is mostly read after the project's own", () => {
  expect(
    reported({ ".devcontainer/docker-compose.yml": broken }, ".devcontainer/docker-compose.yml"),
  ).toEqual([]);
});

test("the folder that a Dockerfile is built in, where the Compose files around agree", () => {
  const build = (context: string, dockerfile: string) =>
    `services:\n  api:\n    build:\n      context: ${context}\n      dockerfile: ${dockerfile}\n`;
  const given = (files: Readonly<Record<string, string>>) => {
    const folder = temporaryFolder({ ".git/HEAD": "", "docker/Dockerfile": "", ...files });
    const found = buildsAround(join(folder, "docker/Dockerfile"), aroundIn(folder)).context;
    return found?.slice(folder.length);
  };
  expect(given({ "compose.yaml": build(".", "docker/Dockerfile") })).toBe("");
  expect(given({ "compose.yaml": "services:\n  a:\n    build: ./docker\n" })).toBe("/docker");
  expect(given({ "compose.yaml": build("src", "../docker/Dockerfile") })).toBe("/src");
  expect(given({ "compose.yaml": build(".", "Dockerfile") })).toBeUndefined();
  expect(given({ "compose.yaml": build("${X}", "docker/Dockerfile") })).toBeUndefined();
  const two = {
    "compose.yaml": build(".", "docker/Dockerfile"),
    "docker/compose.yaml": build(".", "Dockerfile"),
  };
  expect(given(two)).toBeUndefined();
});

test("a Dockerfile is evaluated in the folder that Compose gives it, with that folder's ignore file", () => {
  const text = "FROM alpine:3.24\nCOPY app /app/\n";
  const folder = temporaryFolder({
    ".git/HEAD": "",
    ".dockerignore": "*.md\n",
    "compose.yaml": "services:\n  a:\n    build:\n      dockerfile: docker/Dockerfile\n",
    "docker/Dockerfile": text,
    "docker/app/x": "",
    "app/x": "",
  });
  const model = modelOfDockerfile(text, join(folder, "docker/Dockerfile"), aroundIn(folder));
  const { context } = model.inputs;
  expect([context?.origin, context?.exists("docker/Dockerfile"), context?.isIgnored("a.md").is]).toEqual([
    "given",
    "file",
    "yes",
  ]);
});

test("where no folder holds what COPY names, the Dockerfile's own is only good for what was meant", () => {
  const text = "FROM alpine:3.24\nCOPY ap.py /app/\n";
  const folder = temporaryFolder({ ".git/HEAD": "", Dockerfile: text, "app.py": "" });
  const { inputs } = modelOfDockerfile(text, join(folder, "Dockerfile"), aroundIn(folder));
  expect([inputs.context, inputs.ownFolder?.exists("app.py")]).toEqual([undefined, "file"]);
});

test("a Compose file says for which platforms a Dockerfile is built", () => {
  const go = "FROM golang:1.27\nRUN GOARCH=amd64 go build -o /api .\n";
  const build = (context: string, platforms: string) =>
    `services:\n  a:\n    build:\n      context: ${context}\n      platforms: ${platforms}\n`;
  const rules = (compose: string) => {
    const folder = temporaryFolder({ ".git/HEAD": "", "compose.yaml": compose, "api/Dockerfile": go });
    const path = join(folder, "api/Dockerfile");
    return checkFile("dockerfile", go, path, aroundIn(folder), {})
      .filter((it) => it.rule === "hard-coded-architecture")
      .map((it) => it.severity);
  };
  const both = "[linux/amd64, linux/arm64]";
  expect(rules(build("./api", both))).toEqual(["warning"]);
  expect(rules(build("./api", "[linux/amd64]"))).toEqual([]);
  // Nothing says for which.
  expect(rules(build("./other", both))).toEqual(["info"]);
});

/** What rules say of paths that lead nowhere. */
function missing(
  files: Readonly<Record<string, string>>,
  path: string,
  empty: readonly string[] = [],
): string[] {
  const folder = temporaryFolder({ ".git/HEAD": "", ...files });
  for (const it of empty) mkdirSync(join(folder, it), { recursive: true });
  return checkFile("compose", files[path] ?? "", join(folder, path), aroundIn(folder), {})
    .map((it) => it.rule)
    .filter((it) => it.endsWith("-missing"));
}

test("paths of a file in a folder below may begin at the project above it", () => {
  const below = `services:
  a:
    build: {context: ., dockerfile: .devcontainer/Dockerfile}
    env_file: deploy/prod.env
    volumes: ["./conf/a.conf:/etc/a.conf"]
  b: {build: ./api}
`;
  const files = {
    ".devcontainer/Dockerfile": "FROM scratch\n",
    "deploy/prod.env": "",
    "conf/a.conf": "",
    "api/Dockerfile": "FROM scratch\n",
    ".devcontainer/docker-compose.yml": below,
  };
  const path = ".devcontainer/docker-compose.yml";
  expect(missing({ ...files, "compose.yaml": sound }, path)).toEqual([]);
  // Without a project there each is a slip.
  expect(missing(files, path)).toEqual([
    "dockerfile-missing",
    "environment-file-missing",
    "bind-source-missing",
    "build-context-missing",
  ]);
});

test("the folder of a submodule that is not fetched yet has no Dockerfile", () => {
  const files = {
    "compose.yaml": "services:\n  a: {build: ./vendored/lib}\n  b: {build: ./other}\n",
    "other/a": "",
  };
  expect(missing(files, "compose.yaml", ["vendored/lib"])).toEqual(["dockerfile-missing"]);
});

test("a proxy may pass requests to a service of a Compose file beside", () => {
  const files = {
    "compose.yaml":
      'services:\n  edge: {image: "nginx:1.29", volumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]}\n',
    "a.conf": "server { location / { proxy_pass http://flower:5555; } }\n",
  };
  expect(reported(files, "compose.yaml")).toEqual(["proxy-upstream-unknown ./a.conf"]);
  const workers = 'services:\n  flower: {image: "example/flower:1"}\n';
  expect(reported({ ...files, "compose.workers.yaml": workers }, "compose.yaml")).toEqual([]);
});

test("what is in the home of whoever starts Compose is not known", () => {
  expect(missing({ "compose.yaml": "services:\n  a: {build: ~/work/a}\n" }, "compose.yaml")).toEqual([]);
});

test("a file that is included from above may be given more variables", () => {
  const rules = (files: Readonly<Record<string, string>>) => {
    const path = "sub/compose.yaml";
    const text = "services:\n  a: {image: 'a:${TAG}'}\n";
    const folder = temporaryFolder({ ".git/HEAD": "", "sub/.env": "X=1\n", [path]: text, ...files });
    return checkFile("compose", text, join(folder, path), aroundIn(folder), {})
      .map((it) => it.rule)
      .filter((it) => it === "unset-variable");
  };
  expect(rules({})).toEqual(["unset-variable"]);
  expect(rules({ "compose.yaml": "services: {}\n" })).toEqual(["unset-variable"]);
  expect(rules({ "compose.yaml": "include: [{path: sub/compose.yaml, env_file: base.env}]\n" })).toEqual([]);
});
