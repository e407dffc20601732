import { describe, expect, test } from "vitest";
import { completeCompose } from "../../../server/src/features/completion/compose.ts";
import { judge } from "../../../server/src/model/compose/specification/mismatches.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { labelsIn, takenIn } from "../../support/compose/complete-compose.ts";
import { composeOf } from "../../support/compose.ts";
import { readCursor } from "../../support/cursor.ts";

const dockerfiles = {
  "api/Dockerfile": "ARG GO=1.26\nFROM golang AS build\nARG TARGET=api\nFROM alpine AS final\n",
};

const labels = (fixture: string) => labelsIn(fixture, { dockerfiles });
const taken = (fixture: string, label: string) => takenIn(fixture, label, { dockerfiles });

const project = `services:
  api:
    build:
      context: api
  db:
    image: postgres:18
    healthcheck:
      test: pg_isready
networks:
  front:
volumes:
  data:
`;

/** The project with more lines in the service `api`. */
function inApi(lines: string): string {
  return project.replace("      context: api\n", `      context: api\n${lines}\n`);
}

describe("keys", () => {
  test("at the top, and those that are there left out", () => {
    expect(labels("<|>")).toContain("services");
    const found = labels(`${project}<|>`);
    expect(found).toContain("secrets");
    expect(found).not.toContain("services");
  });

  test("of a service, with what follows them, those first that mostly come first", () => {
    const found = labels(inApi("    <|>"));
    expect(found.slice(0, 3)).toEqual(["image", "depends_on", "ports"]);
    expect(taken(inApi("    dep<|>"), "depends_on")).toContain("    depends_on:\n      - \n");
    expect(taken(inApi("    ima<|>"), "image")).toContain("    image: \n");
  });

  test("of the mappings inside", () => {
    expect(labels(inApi("      <|>"))).toContain("target");
    expect(labels(`${project}  other:\n    <|>`)).toContain("driver");
    expect(labels(inApi("    healthcheck:\n      <|>"))).toContain("start_period");
    expect(labels(inApi("    depends_on:\n      db:\n        <|>"))).toContain("condition");
  });

  test("values of those that have few", () => {
    expect(labels(inApi("    restart: <|>"))).toEqual([
      "unless-stopped",
      "always",
      "on-failure",
      "on-failure:5",
      "no",
    ]);
    expect(taken(inApi("    restart: <|>"), "no")).toContain('restart: "no"\n');
    expect(labels(inApi("    depends_on:\n      db:\n        condition: service_<|>"))[0]).toBe(
      "service_healthy",
    );
  });
});

describe("where a key may stand", () => {
  const rows: readonly (readonly [string, string, string, string])[] = [
    [
      "in braces",
      "services:\n  api: { image: x, <|> }\n",
      "restart",
      "services:\n  api: { image: x, restart:  }\n",
    ],
    [
      "in braces over lines",
      "services:\n  api: {\n    image: x,\n    <|>\n  }\n",
      "ports",
      "services:\n  api: {\n    image: x,\n    ports: []\n  }\n",
    ],
    [
      "in JSON",
      '{\n  "services": {\n    "api": {\n      "<|>"\n    }\n  }\n}\n',
      "image",
      '{\n  "services": {\n    "api": {\n      "image": ""\n    }\n  }\n}\n',
    ],
    [
      "in place of a key",
      "services:\n  api:\n    ima<|>ge: x\n",
      "build",
      "services:\n  api:\n    build: x\n",
    ],
    [
      "in an entry of a list",
      "services:\n  api:\n    volumes:\n      - type: bind\n        <|>\n",
      "source",
      "services:\n  api:\n    volumes:\n      - type: bind\n        source: \n",
    ],
    [
      "behind a dash, with what hangs from it",
      "services:\n  api:\n    volumes:\n      - <|>\n",
      "bind",
      "services:\n  api:\n    volumes:\n      - bind:\n          \n",
    ],
    [
      "at the end without a line break",
      "services:\n  api:\n    <|>",
      "image",
      "services:\n  api:\n    image: ",
    ],
    [
      "below what cannot be read",
      "services:\n  api:\n    image: [x\n  db:\n    <|>\n",
      "image",
      "services:\n  api:\n    image: [x\n  db:\n    image: \n",
    ],
    [
      "above what cannot be read",
      "services:\n  api:\n    <|>\n  db: }\n",
      "image",
      "services:\n  api:\n    image: \n  db: }\n",
    ],
    [
      "indented by four",
      "services:\n    api:\n        <|>\n",
      "ports",
      "services:\n    api:\n        ports:\n            - \n",
    ],
    ["indented by tabs", "services:\n\tapi:\n\t\t<|>\n", "image", "services:\n\tapi:\n\t\timage: \n"],
    [
      "below a merge key",
      "x-a: &a\n  image: x\nservices:\n  api:\n    <<: *a\n    <|>\n",
      "image",
      "x-a: &a\n  image: x\nservices:\n  api:\n    <<: *a\n    image: \n",
    ],
    [
      "in a block that a service takes over",
      "x-a: &a\n  <|>\nservices:\n  api:\n    <<: *a\n",
      "image",
      "x-a: &a\n  image: \nservices:\n  api:\n    <<: *a\n",
    ],
    [
      "in a block that stands for a key",
      "x-log: &log\n  <|>\nservices:\n  api:\n    logging: *log\n",
      "driver",
      "x-log: &log\n  driver: \nservices:\n  api:\n    logging: *log\n",
    ],
    [
      "in a block that is named after a key",
      "x-healthcheck:\n  <|>\n",
      "interval",
      "x-healthcheck:\n  interval: \n",
    ],
    ["with CRLF", "services:\r\n  api:\r\n    <|>\r\n", "image", "services:\r\n  api:\r\n    image: \r\n"],
  ];
  test.each(rows)("%s", (_, before, label, after) => {
    expect(taken(before, label)).toBe(after);
  });

  test.each([
    ["in comments", inApi("    # <|>")],
    ["behind a value's comment", inApi("    image: x # <|>")],
    ["in block scalars", inApi("    command: |\n      <|>sh")],
    ["in texts over several lines", inApi('    command: "a\n      <|>b"')],
    ["where the next line would be swallowed", "services:\n  api:\n  <|>\n    image: x\n"],
    ["between columns", "services:\n  api:\n      image: x\n    <|>\n"],
    ["below a value", "services:\n  api:\n    build: .\n      <|>\n"],
    ["in front of a dash", "services:\n  api:\n    ports:\n    <|>  - x\n"],
    ["behind a colon without a blank", "services:\n  api:\n    image:<|>\n"],
    ["behind a dash without a blank", "services:\n  api:\n    ports:\n      -<|>\n"],
    ["behind a closed quote", 'services:\n  api:\n    image: "x"<|>\n'],
    ["at a key that has its list below", "services:\n  api:\n    depends_on: <|>\n      - db\n"],
  ])("nothing %s", (_, fixture) => {
    expect(labels(fixture)).toEqual([]);
  });
});

describe("where a value may stand", () => {
  const rows: readonly (readonly [string, string, string, string])[] = [
    ["behind a dash", "    depends_on:\n      - <|>", "db", "    depends_on:\n      - db\n"],
    [
      "behind a dash in the column of its key",
      "    depends_on:\n    - <|>",
      "db",
      "    depends_on:\n    - db\n",
    ],
    ["on a line without a dash", "    secrets:\n      <|>", "- token", "    secrets:\n      - token\n"],
    ["in brackets", "    depends_on: [<|>]", "db", "    depends_on: [db]\n"],
    [
      "in brackets over lines",
      "    depends_on: [\n      <|>\n    ]",
      "db",
      "    depends_on: [\n      db\n    ]\n",
    ],
    ["in quotes", '    depends_on:\n      - "<|>"', "db", '    depends_on:\n      - "db"\n'],
    [
      "in a quote that is not closed",
      '    depends_on:\n      - "d<|>',
      "db",
      '    depends_on:\n      - "db"\n',
    ],
    ["in place of a word", "    depends_on:\n      - d<|>x", "db", "    depends_on:\n      - db\n"],
    ["behind the key of a list", "    depends_on: <|>", "db", "    depends_on: [db]\n"],
    ["behind an anchor", "    depends_on: &w\n      - <|>", "db", "    depends_on: &w\n      - db\n"],
  ];
  test.each(rows)("%s", (_, lines, label, after) => {
    expect(taken(`${inApi(lines)}secrets:\n  token:\n    file: t\n`, label)).toContain(after);
  });

  test("with a comma where another follows", () => {
    expect(taken(inApi("    depends_on: [<|> x]"), "db")).toContain("depends_on: [db, x]\n");
    expect(taken(inApi("    depends_on: [x, <|>]"), "db")).toContain("depends_on: [x, db]\n");
  });

  test("what is in the list already is not proposed again", () => {
    const more = inApi("    depends_on:\n      - db\n      - <|>");
    expect(labels(more)).not.toContain("db");
    expect(labels(inApi("    depends_on: [db, <|>]"))).not.toContain("db");
  });

  test("anchors behind an asterisk, tags behind an exclamation mark", () => {
    const file = "x-a: &base\n  image: x\nservices:\n  api:\n    <<: <|>\n";
    expect(labels(file)).toEqual(["*base"]);
    expect(taken(file.replace("<|>", "*b<|>"), "*base")).toContain("<<: *base\n");
    expect(labels(file.replace("<<: <|>", "<<: [<|>]"))).toEqual(["*base"]);
    expect(labels("services:\n  api:\n    ports: !<|>\n")).toEqual(["!override", "!reset"]);
  });
});

describe("names", () => {
  test("other services behind depends_on", () => {
    expect(labels(inApi("    depends_on:\n      - <|>"))).toEqual(["db"]);
    const long = inApi("    depends_on:\n      <|>");
    expect(labels(long)).toEqual(["- db", "db"]);
    expect(taken(long, "db")).toContain("      db:\n        condition: service_healthy\n");
    const ring =
      "services:\n  api:\n    depends_on: [<|>]\n  db:\n    image: x\n  web:\n    depends_on: [api]\n";
    expect(labels(ring)).toEqual(["db", "web"]);
  });

  test("service_healthy comes first only where there is a health check", () => {
    const file =
      "services:\n  api:\n    depends_on:\n      db:\n        condition: <|>\n  db:\n    image: postgres\n";
    expect(labels(file)[0]).toBe("service_started");
    expect(labels(`${file}    healthcheck:\n      test: x\n`)[0]).toBe("service_healthy");
  });

  test("networks and volumes that are declared", () => {
    expect(labels(inApi("    networks:\n      - <|>"))).toEqual(["default", "front"]);
    expect(labels(inApi("    volumes:\n      - <|>"))).toContain("data:");
    expect(taken(inApi("    volumes:\n      - <|>"), "data:")).toContain("      - data:/data\n");
  });

  test("a volume at the place where the image keeps its data", () => {
    const found = labels(project.replace("    healthcheck:", "    volumes:\n      - <|>\n    healthcheck:"));
    expect(found[0]).toBe("data:/var/lib/postgresql");
    expect(found).toContain("db-data:/var/lib/postgresql");
    const fresh = takenIn(
      "services:\n  db:\n    image: redis:8-alpine\n    volumes:\n      - <|>\n    restart: always\n",
      "db-data:/data",
    );
    expect(fresh).toBe(
      "services:\n  db:\n    image: redis:8-alpine\n    volumes:\n      - db-data:/data\n    restart: always\n\nvolumes:\n  db-data:\n",
    );
  });

  test("the source of a long mount: volumes, then paths", () => {
    const long = inApi("    volumes:\n      - type: volume\n        source: <|>");
    expect(labelsIn(long, { files: { "web/a": "" } })).toEqual(["data", "./web/"]);
  });

  test("then where it is mounted, and how", () => {
    const nginx = (written: string) =>
      `services:\n  web:\n    image: nginx\n    volumes:\n      - ${written}\n`;
    expect(labels(nginx("./site:<|>"))[0]).toBe("/etc/nginx/conf.d");
    expect(takenIn(nginx("./site:/usr<|>"), "/usr/share/nginx/html")).toContain(
      "- ./site:/usr/share/nginx/html\n",
    );
    expect(labels(nginx("./site:/srv:<|>"))).toEqual(["ro", "rw", "z", "Z"]);
    expect(labels(nginx("site:/srv:ro,<|>"))).toContain("nocopy");
  });

  test("secrets, configs, models and profiles", () => {
    const file = `services:\n  a:\n    profiles: [dev]\n  b:\n    KEY: [<|>]\nsecrets:\n  s: { file: x }\nconfigs:\n  c: { file: x }\nmodels:\n  m: { model: x }\n`;
    for (const [key, name] of [
      ["secrets", "s"],
      ["configs", "c"],
      ["models", "m"],
      ["profiles", "dev"],
    ] as const)
      expect(labels(file.replace("KEY", key)), key).toEqual([name]);
  });

  test("names that are used at the top where they are not declared", () => {
    const file =
      "services:\n  a:\n    image: x\n    secrets: [token]\n    networks: [front]\n    volumes: ['dd:/d']\nKEY:\n  <|>\n";
    expect(labels(file.replace("KEY", "networks"))).toEqual(["front"]);
    expect(labels(file.replace("KEY", "volumes"))).toEqual(["dd"]);
    expect(takenIn(file.replace("KEY", "secrets"), "token")).toContain(
      "secrets:\n  token:\n    file: ./token.txt\n",
    );
  });

  test("services behind extends, links and network_mode", () => {
    expect(labels(inApi("    extends:\n      service: <|>"))).toEqual(["db"]);
    const files = { "base.yaml": "services:\n  base:\n    image: x\n" };
    expect(
      labelsIn("services:\n  a:\n    extends:\n      file: base.yaml\n      service: <|>\n", { files }),
    ).toEqual(["base"]);
    expect(labels(inApi("    network_mode: <|>"))).toEqual(["host", "none", "bridge", "service:db"]);
  });
});

describe("what is built", () => {
  test("stages of the Dockerfile that the context points to", () => {
    expect(labels(inApi("      target: <|>"))).toEqual(["build", "final"]);
  });

  test("arguments of that Dockerfile, but those that are given", () => {
    expect(labels(inApi("      args:\n        <|>"))).toEqual(["- GO", "- TARGET", "GO", "TARGET"]);
    expect(labels(inApi("      args:\n        GO: 1\n        <|>"))).toEqual(["TARGET"]);
    expect(taken(inApi("      args:\n        - <|>"), "GO")).toContain("- GO=\n");
    expect(labels(inApi("      args:\n        - GO=1\n        - <|>"))).toEqual(["TARGET"]);
  });

  test("folders with a Dockerfile first, then the Dockerfile in its folder", () => {
    const around = {
      dockerfiles: { "web/Dockerfile": "FROM alpine\n", "web/Dockerfile.dev": "FROM alpine\n" },
      files: { "docs/a.md": "", "web/app.ts": "" },
    };
    expect(labelsIn("services:\n  a:\n    build: <|>\n", around)).toEqual(["./web", "./docs", "."]);
    expect(
      labelsIn("services:\n  a:\n    build:\n      context: ./web\n      dockerfile: <|>\n", around).slice(
        0,
        2,
      ),
    ).toEqual(["Dockerfile", "Dockerfile.dev"]);
  });
});

describe("files", () => {
  const files = { ".env": "", "prod.env": "", "compose.dev.yaml": "", "db/init.sql": "", "README.md": "" };
  const first = (fixture: string) => labelsIn(fixture, { files })[0];

  test("those first that fit", () => {
    expect(first("services:\n  a:\n    env_file: <|>\n")).toBe("./.env");
    expect(first("services:\n  a:\n    env_file:\n      - <|>\n")).toBe("./.env");
    expect(first("include:\n  - <|>\n")).toBe("./compose.dev.yaml");
    expect(labelsIn("secrets:\n  s:\n    file: ./<|>\n", { files })).toContain("README.md");
  });

  test("folder by folder", () => {
    expect(takenIn("services:\n  a:\n    volumes:\n      - ./d<|>\n", "db/", { files })).toContain(
      "- ./db/\n",
    );
    expect(takenIn("services:\n  a:\n    volumes:\n      - ./db/<|>:/x\n", "init.sql", { files })).toContain(
      "- ./db/init.sql:/x\n",
    );
  });
});

describe("images", () => {
  test("names and tags", () => {
    expect(labels(inApi("    image: pos<|>"))).toContain("postgres");
    expect(taken(inApi("    image: pos<|>"), "postgres")).toContain("image: postgres:18\n");
    expect(labels(inApi("    image: postgres:<|>"))).toEqual(shippedImages.tags("postgres"));
    expect(taken(inApi('    image: "postgres:<|>"'), "18")).toContain('image: "postgres:18"\n');
    expect(taken(inApi("    image: my<|>:8.4"), "mysql")).toContain("image: mysql:8.4\n");
  });

  const db = (lines: string) => `services:\n  db:\n    image: postgres:18\n${lines}\n`;

  test("variables that an image reads, with those that name a file", () => {
    expect(labels(db("    environment:\n      <|>")).slice(0, 4)).toEqual([
      "- POSTGRES_PASSWORD",
      "POSTGRES_PASSWORD",
      "- POSTGRES_USER",
      "POSTGRES_USER",
    ]);
    const found = labels(db("    environment:\n      POSTGRES_PASSWORD: x\n      <|>"));
    expect(found).toContain("POSTGRES_DB_FILE");
    expect(found).not.toContain("POSTGRES_PASSWORD");
    expect(found).not.toContain("POSTGRES_PASSWORD_FILE");
    expect(taken(db("    environment:\n      - <|>"), "POSTGRES_DB")).toContain("- POSTGRES_DB=\n");
  });

  test("in a list nothing but names", () => {
    for (const label of labels(db("    environment:\n      - <|>"))) expect(label).toMatch(/^[\w.]+$/);
  });

  test("the host of an address that is being written, with what stands in front of it kept", () => {
    const url = (written: string) => inApi(`    environment:\n      ${written}`);
    expect(taken(url("DATABASE_URL: postgres://me:x@<|>/app"), "db")).toContain("postgres://me:x@db/app\n");
    expect(taken(url("DATABASE_URL: postgres://me:x@d<|>"), "db:5432")).toContain(
      "postgres://me:x@db:5432\n",
    );
    expect(taken(url("- DATABASE_URL=postgres://me:x@d<|>"), "db:5432")).toContain(
      "- DATABASE_URL=postgres://me:x@db:5432\n",
    );
    expect(labels(url("PAGE: http://d<|>"))).toContain("db");
    expect(labels(url("PAGE: http://db/pa<|>"))).not.toContain("db");
  });

  test("what they are set to", () => {
    expect(labels(db("    environment:\n      POSTGRES_PASSWORD: <|>"))).toEqual([`\${POSTGRES_PASSWORD:?}`]);
    const file = `${db("    environment:\n      POSTGRES_PASSWORD_FILE: <|>\n    secrets: [pw]")}secrets:\n  pw: { file: x }\n`;
    expect(labels(file)[0]).toBe("/run/secrets/pw");
    expect(labels(inApi("    environment:\n      DB_HOST: <|>"))).toContain("db");
    expect(labels(inApi("    environment:\n      - DATABASE_URL=<|>"))).toContain(
      `postgres://postgres:\${POSTGRES_PASSWORD:?}@db:5432/postgres`,
    );
  });

  test("ports that it exposes, on a port of the host that is free", () => {
    expect(labels(db("    ports:\n      - <|>")).slice(0, 2)).toEqual(["127.0.0.1:5432:5432", "5432:5432"]);
    expect(taken(db("    ports:\n      - <|>"), "5432:5432")).toContain('- "5432:5432"\n');
    expect(taken(db('    ports: ["<|>"]'), "5432:5432")).toContain('ports: ["5432:5432"]\n');
    const two =
      "services:\n  a:\n    image: nginx\n    ports: ['8080:80']\n  b:\n    image: nginx\n    ports:\n      - <|>\n";
    expect(labels(two)[0]).toBe("8081:80");
    expect(taken(db("    ports:\n      - '15432:<|>'"), "5432")).toContain("'15432:5432'");
  });

  test("a health check that works in it", () => {
    expect(labels(db("    healthcheck:\n      test: <|>"))[0]).toBe("pg_isready");
    expect(taken(db("    <|>"), "healthcheck with pg_isready")).toContain(
      '    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U postgres -d postgres"]\n      interval: 10s\n',
    );
    const of = (image: string) =>
      labels(`services:\n  a:\n    image: ${image}\n    healthcheck:\n      test: <|>\n`);
    expect(of("nginx:alpine-slim")).toEqual(["wget", "CMD", "CMD-SHELL", "NONE"]);
    expect(of("redis:8-alpine")[0]).toBe("redis-cli");
    expect(of("gcr.io/distroless/static-debian12")).not.toContain("curl");
  });

  test("users", () => {
    expect(labels("services:\n  a:\n    image: postgres:18\n    user: <|>\n")).toContain("1000:1000");
    expect(taken("services:\n  a:\n    image: postgres:18\n    user: <|>\n", "1000:1000")).toContain(
      "user: 1000:1000\n",
    );
  });
});

test("a whole service, with its volume and health check", () => {
  const written = takenIn("services:\n  <|>\n", "PostgreSQL (service)");
  expect(written).toContain(
    "  db:\n    image: postgres:18\n    restart: unless-stopped\n    environment:\n      POSTGRES_USER: app\n",
  );
  expect(written).toContain(
    `      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?}\n    volumes:\n      - db-data:/var/lib/postgresql\n    healthcheck:\n`,
  );
  expect(written).toMatch(/volumes:\n {2}db-data:\n/);
});

describe("variables", () => {
  const files = { ".env": "PORT=8080\nDB_PASSWORD=hunter2\n" };
  const env = (written: string) => `services:\n  a:\n    image: x\n    command: ${written}\n`;

  test("of .env, of the file and those that Compose sets", () => {
    expect(labelsIn(env("${<|>"), { files }).slice(0, 2)).toEqual(["DB_PASSWORD", "PORT"]);
    expect(takenIn(env("${P<|>"), "PORT", { files })).toContain("command: ${PORT}\n");
    expect(takenIn(env("${<|>}"), "PORT", { files })).toContain("command: ${PORT}\n");
    expect(takenIn(env('"--p ${<|>}"'), "PORT", { files })).toContain('command: "--p ${PORT}"\n');
    expect(labelsIn(env("$$<|>"), { files })).not.toContain("PORT");
  });

  test("not the one that is being written, and by name alone for a secret or config", () => {
    expect(labelsIn(env("${NEW<|>"), { files })).not.toContain("NEW");
    const file = (name: string) => `services: {a: {image: x}}\nsecrets:\n  s:\n    environment: ${name}\n`;
    expect(labelsIn(file("<|>"), { files })).toEqual(["DB_PASSWORD", "PORT"]);
    expect(takenIn(file("P<|>"), "PORT", { files })).toContain("    environment: PORT\n");
  });

  test("operators behind a name", () => {
    expect(labelsIn(env("${PORT<|>}"), { files }).slice(-6)).toEqual([":-", ":?", "-", "?", ":+", "+"]);
    expect(takenIn(env("${PORT<|>"), ":-", { files })).toContain("command: ${PORT:-default}\n");
    expect(takenIn(env("${PORT:<|>}"), ":?", { files })).toContain("command: ${PORT:?message}\n");
  });

  test("a secret's value is never shown", () => {
    const { text } = { text: JSON.stringify(labelsIn(env("${<|>"), { files })) };
    expect(text).not.toContain("hunter2");
  });
});

describe("values that are proposed are those that Compose takes", () => {
  test.each([
    ..."restart cgroup ipc pid uts userns_mode pull_policy stop_signal network_mode platform runtime gpus".split(
      " ",
    ),
    ..."read_only mem_limit shm_size stop_grace_period cpus user tmpfs cap_add security_opt extra_hosts".split(
      " ",
    ),
    ..."healthcheck.interval healthcheck.retries deploy.mode deploy.replicas logging.driver".split(" "),
    ..."deploy.resources.limits.memory deploy.restart_policy.condition build.network build.platforms".split(
      " ",
    ),
  ])("%s", (way) => {
    const keys = way.split(".");
    const lines = keys.map((it, at) => `${" ".repeat(4 + 2 * at)}${it}:`).join("\n");
    const fixture = `services:\n  a:\n    image: x\n${lines} <|>\n`;
    const found = labels(fixture);
    expect(found.length).toBeGreaterThan(0);
    for (const label of found) {
      const wrong = judge(parseCompose(taken(fixture, label)).root, () => undefined).mismatches;
      expect(
        wrong.map((it) => it.kind),
        label,
      ).toEqual([]);
    }
  });
});

test("in 500 services a list is there in less than 20 ms of the processor's time", () => {
  const service = (it: number) =>
    `  s${it}:\n    image: postgres:18\n    ports:\n      - "${1000 + it}:5432"\n    environment:\n      A: \${V${it}:-x}\n    volumes:\n      - v${it}:/data\n`;
  const many = `services:\n${Array.from({ length: 500 }, (_, it) => service(it)).join("")}  last:\n    image: x\n`;
  for (const lines of [
    "    <|>\n",
    "    depends_on:\n      - <|>\n",
    "    depends_on: [<|>]\n",
    "    command: ${<|>}\n",
  ]) {
    const { text, offset } = readCursor(many + lines);
    const read = composeOf(text);
    const times = Array.from({ length: 12 }, () => {
      const before = process.cpuUsage();
      expect(completeCompose(read, offset).length).toBeGreaterThan(0);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...times), lines).toBeLessThan(20);
  }
});

test("nothing is thrown at any place of an odd file", () => {
  const text =
    'services:\n - a\n - - b:\n\tx\n  api: &x\n  <<: *x\n  b: *x\n ? k\n : v\n"q: [1\nnetworks: {a';
  for (let offset = 0; offset <= text.length; offset++)
    expect(() => completeCompose(composeOf(text), offset), `at ${offset}`).not.toThrow();
});

describe("a list of mappings, on a line of its own", () => {
  const inWatch = (lines: string) => `services:\n  a:\n    image: x\n    develop:\n      watch:\n${lines}`;

  test("the dash with the keys of an entry, whether the list has entries or not", () => {
    expect(labels(inWatch("        <|>")).slice(0, 2)).toEqual(["- path", "- action"]);
    expect(taken(inWatch("        <|>\n        - path: .\n"), "- path")).toBe(
      inWatch("        - path: \n        - path: .\n"),
    );
    expect(labels("services:\n  a:\n    ports:\n      - target: 80\n      <|>\n")).toContain("- target");
    expect(labels("networks:\n  f:\n    ipam:\n      config:\n        <|>\n")).toContain("- subnet");
  });

  test("what stands below a key of an entry is indented with it", () => {
    expect(taken(inWatch("        <|>"), "- ignore")).toBe(inWatch("        - ignore:\n            - "));
  });

  test("not among the keys of an entry, nor in braces", () => {
    expect(labels(inWatch("        - path: .\n          <|>"))).not.toContain("- action");
    expect(labels("services: {a: {ports: [<|>]}}")).not.toContain("- target");
  });
});

describe("variables in texts of several lines", () => {
  const script = (lines: string) => `services:\n  a:\n    image: x:\${TAG}\n    command: ${lines}`;

  test("in a block, and in quotes", () => {
    expect(taken(script("|\n      run ${T<|> x\n      more\n"), "TAG")).toBe(
      script("|\n      run ${TAG} x\n      more\n"),
    );
    expect(labels(script(">\n      run $<|>"))).toContain("TAG");
    expect(labels(script('"run\n      $<|> x"\n'))).toContain("TAG");
  });

  test("nothing else there, and nothing in a comment or behind $$", () => {
    expect(labels(script("|\n      run <|>\n"))).toEqual([]);
    expect(labels(script("|\n      run $$T<|>\n"))).toEqual([]);
    expect(labels(script("x\n    # $T<|>\n"))).toEqual([]);
  });
});

test("whole files where there is nothing yet, and nowhere else", () => {
  expect(labels("<|>")).toContain("api-postgres");
  expect(taken("red<|>", "redis")).toMatch(/^services:\n/);
  expect(labels("# a comment\n<|>")).toContain("redis");
  for (const it of ["services:\n  a: {image: x}\n<|>", "services:\n  <|>"])
    expect(labels(it), it).not.toContain("api-postgres");
});
