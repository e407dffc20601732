import { describe, expect, test } from "vitest";
import { hoverCompose } from "../../../server/src/features/hover/compose.ts";
import { type ComposeSurroundings, composeOf } from "../../support/compose.ts";
import { readCursor } from "../../support/cursor.ts";

function hover(fixture: string, around: ComposeSurroundings = {}) {
  const { text, offset } = readCursor(fixture);
  return hoverCompose(composeOf(text, around), offset);
}
const ask = (fixture: string, around?: ComposeSurroundings) => hover(fixture, around)?.markdown ?? "";
const api = (lines: string) => `services:\n  api:\n    image: x\n${lines}\n  db:\n    image: postgres:18\n`;

describe("variables", () => {
  const around = {
    env: { PORT: "8080", DB_PASSWORD: "hunter2", EMPTY: "" },
    files: { ".env": "# a\nPORT=8080\nDB_PASSWORD=hunter2\nEMPTY=\n" },
  };
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ["of .env", "${PO<|>RT}", ["**PORT**", "`8080`, from `.env`, line 2."]],
    ["without braces", "$PO<|>RT", ["`8080`, from `.env`, line 2."]],
    ["with a default that does not count", "${PO<|>RT:-1}", ["`8080`", "Without it: `1`."]],
    [
      "with a default that counts",
      "${HO<|>ST:-localhost}",
      ["Not in `.env`", "Else `localhost`, by default."],
    ],
    ["empty with a default", "${EMP<|>TY:-x}", ["Empty, from", "Else `x`"]],
    ["required", "${A<|>:?set it}", ["refuses the file when it is not set or empty: “set it”"]],
    ["with an alternative", "${POR<|>T:+yes}", ["When it is set and not empty, this stands here: `yes`."]],
    ["inside another's default", "${A:-${PO<|>RT}}", ["**PORT**"]],
    ["unknown", "${NOTH<|>ING}", ["puts nothing in its place"]],
    ["no variable", "$<|>$HOME", ["One dollar sign"]],
  ];
  test.each(rows)("%s", (_, written, expected) => {
    for (const it of expected) expect(ask(api(`    command: run "${written}"`), around)).toContain(it);
  });

  test("a secret's value is never shown, whatever names it", () => {
    for (const written of [
      "    command: ${DB_PASS<|>WORD}",
      "    environment:\n      DB_PASS<|>WORD: ${DB_PASSWORD}",
      "    environment:\n      DATABASE_URL<|>: postgres://a:${DB_PASSWORD}@db/x",
      "    environment:\n      ARGUMENTS<|>: --login ${DB_PASSWORD}",
      "    environment:\n      - DB_PASS<|>WORD=hunter2",
      "    environment:\n      ARGUMENTS<|>: ${SOME_TOKEN:-hunter2}",
    ])
      expect(ask(api(written), around), written).not.toContain("hunter2");
    expect(ask(api("    environment:\n      ARGUMENTS<|>: --login ${DB_PASSWORD}"), around)).toContain(
      "--login •••",
    );
    const anchored =
      "x-a: &a\n  DB_PASSWORD: hunter2\n  API_KEY: hunter2\nservices:\n  s:\n    environment: *<|>a\n";
    expect(ask(anchored)).toContain("DB_PASSWORD: •••");
    expect(ask(anchored)).not.toContain("hunter2");
  });

  test("only the variable is marked", () => {
    const found = hover("services:\n  a:\n    image: x:${TA<|>G}\n");
    expect(found?.span).toEqual({ start: 28, end: 34 });
  });
});

describe("what a word is in the project", () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "a service that is waited for",
      api("    depends_on: [d<|>b]"),
      ["**db**", "- Image: `postgres:18`", "- Health check: none"],
    ],
    [
      "the same in the long form",
      api("    depends_on:\n      d<|>b:\n        condition: service_started"),
      ["**db**"],
    ],
    ["its network", api("    network_mode: service:d<|>b"), ["**db**"]],
    [
      "a condition",
      api("    depends_on:\n      db:\n        condition: service_he<|>althy"),
      ["Its health check succeeds."],
    ],
    ["a restart policy", api("    restart: unless-st<|>opped"), ["not when you stopped it"]],
    [
      "a port",
      api('    ports: ["80<|>80:80"]'),
      [
        "Port 80 of the container is reached at port 8080 of this machine, for whoever reaches it.",
        "`api:80`",
      ],
    ],
    [
      "a port of this machine alone",
      api('    ports: ["127.0.0.1:80<|>80:80/udp"]'),
      ["and from nowhere else over UDP."],
    ],
    [
      "ports in a range",
      api('    ports: ["80<|>00-8010:8000-8010"]'),
      ["Ports 8000 to 8010", "ports 8000 to 8010"],
    ],
    [
      "a port in the long form",
      api("    ports:\n      - target: 8<|>0\n        published: 90"),
      ["at port 90"],
    ],
    ["a free port", api("    ports: [<|>80]"), ["at a free port that the engine picks"]],
    ["a folder", api("    volumes: ['./da<|>ta:/d']"), ["of the host, at `/d`"]],
    ["a volume without a name", api("    volumes: [/da<|>ta]"), ["A volume without a name at `/data`"]],
    ["a duration", api("    stop_grace_period: 9<|>0s"), ["`90s` is 1 minute 30 seconds."]],
    ["a size", api("    mem_limit: 51<|>2m"), ["`512m` is 512 MiB, 536,870,912 bytes."]],
    [
      "a size in the block of one's own",
      "x-a: &a\n  shm_size: 1<|>g\nservices:\n  s:\n    <<: *a\n",
      ["1 GiB"],
    ],
    [
      "a variable of an image",
      "services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_<|>DB: app\n",
      ["Database that is made at the first start"],
    ],
    [
      "the same in a list",
      "services:\n  db:\n    image: postgres\n    environment:\n      - POSTGRES_PASSWORD_FI<|>LE=/x\n",
      ["File that holds `POSTGRES_PASSWORD`"],
    ],
    ["a tag that takes away", api("    ports: !res<|>et []"), ["Takes away"]],
    ["a tag that replaces", api("    ports: !over<|>ride []"), ["Replaces"]],
    [
      "an anchor",
      "x-a: &ba<|>se\n  image: x\nservices:\n  s: *base\n  t:\n    <<: *base\n",
      ["stands for it in lines 4, 6."],
    ],
    ["an alias", "x-a: &base\n  image: x\nservices:\n  s: *ba<|>se\n", ["line 1", "image: x"]],
    ["a merge key", "x-a: &base\n  image: x\nservices:\n  s:\n    <<|><: *base\n", ["Takes over the keys"]],
  ];
  test.each(rows)("%s", (_, fixture, expected) => {
    for (const it of expected) expect(ask(fixture)).toContain(it);
  });

  test("a volume, and what is there in the image", () => {
    const file =
      "services:\n  db:\n    image: postgres:18\n    volumes: ['data:/var/lib/post<|>gresql']\n  backup:\n    image: x\n    volumes: ['data:/in']\nvolumes:\n  data:\n";
    for (const it of ["The volume `data`", "Also in `backup`.", "PostgreSQL keeps its data there."])
      expect(ask(file)).toContain(it);
  });

  test("networks, volumes and secrets, where they are declared and used", () => {
    const file =
      "services:\n  a:\n    image: x\n    networks: [front]\n    secrets: [pw]\n  b:\n    image: x\n    networks:\n      front:\nnetworks:\n  front:\n  back: { external: true }\nsecrets:\n  pw: { file: x }\n";
    expect(ask(file.replace("[front]", "[fr<|>ont]"))).toContain("Used by `a`, `b`.");
    expect(ask(file.replace("\n  front:\n", "\n  fr<|>ont:\n"))).toContain("Used by `a`, `b`.");
    expect(ask(file.replace("back:", "ba<|>ck:"))).toMatch(/exists already.*\n\nNo service uses it\./);
    expect(ask(file.replace("[pw]", "[p<|>w]"))).toContain("`/run/secrets/pw`");
  });

  test("a profile: which services start with it", () => {
    const file =
      "services:\n  a:\n    image: x\n    profiles: [de<|>v]\n  b:\n    image: x\n    profiles: [dev]\n  c:\n    image: x\n";
    expect(ask(file)).toContain("starts `a`, `b`.");
    expect(ask(file)).toContain("always: `c`.");
  });

  test("a build: the stage, what it stands on, its user", () => {
    const dockerfiles = { Dockerfile: "FROM golang AS build\nFROM alpine AS final\nUSER 1000\n" };
    for (const written of ["build: <|>.", "bu<|>ild: .", "build:\n      context: <|>."]) {
      const found = ask(`services:\n  a:\n    ${written}\n`, { dockerfiles });
      for (const it of ["final, on alpine", "- User: `1000`"]) expect(found, written).toContain(it);
    }
  });

  test("an image: what is known of it, its health check and age", () => {
    const found = ask("services:\n  a:\n    image: post<|>gres:18\n");
    for (const it of ["- Ports: `5432/tcp`", "- Volumes: `/var/lib/postgresql`", "- Health check: none"])
      expect(found).toContain(it);
    expect(ask("services:\n  a:\n    image: node:1<|>4\n")).toContain("- Without updates: Node.js 14");
    expect(found).not.toContain("Without updates");
  });

  test("a file of variables: their names, not their values", () => {
    const found = ask("services:\n  a:\n    image: x\n    env_file: ./a.<|>env\n", {
      files: { "a.env": "A=secret\nB=2\n" },
    });
    expect(found).toContain("2 variables: `A`, `B`.");
    expect(found).not.toContain("secret");
  });

  test("the program of a health check", () => {
    expect(
      ask('services:\n  a:\n    image: postgres:18\n    healthcheck:\n      test: ["CMD", "cu<|>rl", "x"]\n'),
    ).toContain("`curl` is not in the image");
  });
});

test("nothing is thrown at any place, and no hover is empty", () => {
  const text =
    'x-a: &a {b: c}\nservices:\n  a:\n    <<: *a\n    ports: ["80"]\n    volumes: [a, b:c]\n  b: &b\n    environment: [A, "B=${C:-$D}"]\nvolumes: {a: !reset null}\n"q: [1';
  for (let offset = 0; offset <= text.length; offset++) {
    const found = hoverCompose(composeOf(text), offset);
    expect(found?.markdown).not.toBe("");
  }
});
