import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../../../client/src/shared/secrets.ts";
import { serviceElsewhere } from "../../../server/src/features/effective/service-elsewhere.ts";
import { effectiveText, placeText } from "../../../server/src/features/effective-compose.ts";
import { parseCompose } from "../../../server/src/syntax/compose/parse.ts";
import { canonical } from "../../support/compose/canonical-project.ts";
import { composeProjects, type Files, home, projectOf } from "../../support/compose/compose-projects.ts";

const shown = (files: Files) => effectiveText(projectOf(files), withoutSecrets).text;
const ofOne = (text: string) => shown({ "compose.yaml": text }).split("\n\n").slice(1).join("\n\n");

describe("the effective Compose file", () => {
  test("is one file, with the place of what is not the main file's", () => {
    expect(
      shown({
        ".env": "TAG=1.27\n",
        "compose.yaml":
          "services:\n  web:\n    image: nginx:${TAG}\n    ports:\n      - 8080:80\n    environment:\n      A: 1\n      B: ${UNSET}\ninclude:\n  - db/compose.yaml\n",
        "compose.override.yaml":
          "services:\n  web:\n    user: nobody\n    ports: ['9090:90']\n    environment: {A: 2}\n",
        "db/compose.yaml": "services:\n  db:\n    image: postgres:17\n    volumes: ['./init:/init']\n",
      }),
    ).toBe(`# compose.yaml + compose.override.yaml + db/compose.yaml: merged and interpolated, before the shell's own variables.
# Without a value here, and empty unless the shell has one: UNSET.

services:
  web:
    image: nginx:1.27
    ports:
      - "8080:80"
      - "9090:90"  # compose.override.yaml:4
    environment:
      A: 2  # compose.override.yaml:5
      B: \${UNSET}
    user: nobody  # compose.override.yaml:3
  db:  # db/compose.yaml:2
    image: postgres:17
    volumes:
      - ./db/init:/init
`);
  });

  test("tells what is wrong at its top", () => {
    expect(shown({ "compose.yaml": "include:\n  - no.yaml\nservices: {a: {image: a}}\n" })).toBe(
      `# compose.yaml: merged and interpolated, before the shell's own variables.
# Problem in compose.yaml:2: no.yaml is included, and there is no such file.

services:
  a:
    image: a
`,
    );
  });

  test("hides what is made of a secret elsewhere", () => {
    const text = shown({
      ".env": "DB_PASSWORD=hunter2\nCOPY=$DB_PASSWORD\nJOINED=a${COPY}b\nOPEN=1\n",
      "compose.yaml":
        "include: [more/more.yaml]\nservices:\n  a:\n    image: a:${OPEN}\n    labels: {a: '${JOINED}'}\n",
      "more/more.yaml": "services:\n  b:\n    image: b\n    labels: {a: '${COPY}'}\n",
    });
    expect(text).toContain("image: a:1");
    expect(text).not.toContain("hunter2");
  });

  test("hides what looks secret, whoever says so", () => {
    const text = shown({
      ".env": "DB_PASSWORD=hunter2\nHOST=db\n",
      "compose.yaml": `services:
  db:
    image: postgres
    command: ["serve", "--password", "hunter2", "--token=hunter2"]
    environment:
      POSTGRES_PASSWORD: hunter2
      PLAIN: \${DB_PASSWORD}
      MORE: x \${DB_PASSWORD:-hunter2} y
      OTHER: \${NONE_TOKEN:-hunter2}
      URL: postgres://me:hunter2@\${HOST}/db
      API_TOKEN: 5
      PASSWORD_FILE: /run/secrets/db
    entrypoint: run --password hunter2
    secrets: [db_password]
secrets:
  db_password: {environment: DB_PASSWORD}
`,
    });
    expect(text).not.toContain("hunter2");
    expect(text).toContain("URL: postgres://me:•••@db/db");
    expect(text).toContain("MORE: x ••• y");
    expect(text).toContain("API_TOKEN: •••");
    expect(text).toContain("PASSWORD_FILE: /run/secrets/db");
    expect(text).toContain("    secrets:\n      - db_password\n");
  });

  test("writes texts so that they stay what they are", () => {
    expect(
      ofOne(`services:
  a:
    image: a
    command: |
      one
        two # no comment
    environment:
      A: "yes"
      B: "5"
      C: 5
      D: "a: b"
      E: "# x"
      F: " x"
      G: $$HOME
      H: "tab\\there"
      I: "- x"
      J: ""
      K:
      L: "two\\n\\n\\nlines\\n\\n"
      "M: N": {}
    labels: {}
    ports: []
`),
    ).toBe(`services:
  a:
    image: a
    command: |
      one
        two # no comment
    environment:
      A: "yes"
      B: "5"
      C: 5
      D: "a: b"
      E: "# x"
      F: " x"
      G: $$HOME
      H: "tab\\there"
      I: "- x"
      J: ""
      K:
      L: |+
        two


        lines

      "M: N": {}
    labels: {}
    ports: []
`);
  });

  test("knows for each line where it is written", () => {
    const { text, places } = effectiveText(
      projectOf({
        "compose.yaml": "services:\n  web:\n    image: a\n",
        "compose.override.yaml": "services:\n  web:\n    ports:\n      - {target: 80, published: 80}\n",
      }),
      withoutSecrets,
    );
    const lines = text.split("\n");
    expect(places.map((it) => `${lines[it.line]?.trim()} <- ${placeText(it.origin)}`)).toEqual([
      "services: <- compose.yaml:1",
      "web: <- compose.yaml:2",
      "image: a <- compose.yaml:3",
      "ports:  # compose.override.yaml:3 <- compose.override.yaml:3",
      "- target: 80 <- compose.override.yaml:4",
      "- target: 80 <- compose.override.yaml:4",
      "published: 80 <- compose.override.yaml:4",
    ]);
  });

  test("a bomb of aliases ends", () => {
    const levels = Array.from(
      { length: 8 },
      (_, at) =>
        `  a${at + 1}: &a${at + 1} {${"abcdefgh"
          .split("")
          .map((it) => `${it}: *a${at}`)
          .join(", ")}}`,
    );
    const text = shown({ "compose.yaml": `x-bomb:\n  a0: &a0 {x: 1}\n${levels.slice(0, 6).join("\n")}\n` });
    expect(text.split("\n").length).toBeLessThan(50_100);
    expect(text).toContain("# The rest is left out");
  });
});

describe("read again it is the same project", () => {
  test.each(composeProjects())("$name", ({ files }) => {
    const project = projectOf(files);
    const { text } = effectiveText(project, (it) => it);
    expect(parseCompose(text).problems).toEqual([]);
    const again = projectOf({ "again.yaml": text }, "again.yaml");
    expect(canonical(again, files)).toEqual(canonical(project, files));
  });
});

describe("what other files make of a service", () => {
  const elsewhere = (files: Files, name: string, path = `${home}/compose.yaml`) =>
    serviceElsewhere(projectOf(files), path, name, withoutSecrets);

  test("is told where there is any", () => {
    const files = {
      "compose.yaml":
        "services:\n  web:\n    image: a\n    environment: {A: 1}\n    extends: base\n  base:\n    user: root\n  alone: {image: x}\n",
      "compose.override.yaml":
        "services:\n  web:\n    image: b\n    environment: {B: 2, PASSWORD: x}\n    ports: ['1:1']\n    labels: {a: b}\n",
    };
    expect(elsewhere(files, "web")).toBe(
      "\n\nIn the project also, from elsewhere:\n\n- user: `root` (compose.yaml:7)\n- image: `b` (compose.override.yaml:3)\n- environment: `B`, `PASSWORD` (compose.override.yaml)\n- ports (compose.override.yaml:5)\n- labels (compose.override.yaml:6)",
    );
    expect(elsewhere(files, "alone")).toBe("");
    expect(elsewhere(files, "none")).toBe("");
  });

  test("never a secret", () => {
    const files = {
      ".env": "ADMIN_PASSWORD=hunter2",
      "compose.yaml": "services: {web: {image: a}}",
      "compose.override.yaml":
        "services: {web: {command: 'run --password hunter2', user: '${ADMIN_PASSWORD}'}}",
    };
    expect(elsewhere(files, "web")).not.toContain("hunter2");
  });
});
