// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { plainPassword as rule } from "../../../../server/src/rules/compose/plain-password.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import {
  type ComposeSurroundings,
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not what comes from elsewhere, is empty, or is no password", () => {
  reportsInCompose(rule, { files: { "a.env": "DB_PASSWORD=x\n" }, env: { SET: "x" } })`
    services:
      a:
        image: a
        env_file: a.env
        environment:
          - DB_PASS=\${SET}
          - PASSWORD=
          - DB_PASSWORD
          - PASSWORD_LENGTH=12
          - DB_PASSWORD_FILE=/run/secrets/x
          - ALLOW_EMPTY_PASSWORD=yes
          - MYSQL_RANDOM_ROOT_PASSWORD=1
          - ROOT_PASSWORD=p\${SET}
  `;
});

test("taken from the shell, or from a secret where the image reads one", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        environment:
          - DB_PASSWORD=x # ours
    ->
    services:
      a:
        image: a
        environment:
          - DB_PASSWORD=\${DB_PASSWORD} # ours
  `;
  fixesInCompose(rule, "unsafe", "secret")`
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD: "x"
    ->
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD_FILE: "/run/secrets/postgres_password"
        secrets: [postgres_password]

    secrets:
      postgres_password:
        file: ./postgres_password.txt
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, environment: {PASSWORD: x}}
      db: {image: "mysql:8.4", environment: {MYSQL_PASSWORD: x}}
  `).toEqual([
    ["Take PASSWORD from the shell or .env"],
    ["Take MYSQL_PASSWORD from the shell or .env", "Read it from ./mysql_password.txt as a secret"],
  ]);
});

test("not of a database whose data lives in memory", () => {
  reportsInCompose(rule)`
    services:
      db:
        image: postgres:18
        environment:
          POSTGRES_PASSWORD: test
        tmpfs:
          - /var/lib/postgresql
  `;
});

test("the value goes into .env with the fix", () => {
  const text = [
    "services:",
    "  a:",
    "    image: a",
    "    environment: [DB_PASSWORD=two words]",
    "  b:",
    "    image: b",
    "    environment:",
    "      DB_PASSWORD: x",
    "",
  ].join("\n");
  const changesOf = (around: ComposeSurroundings) =>
    foundInCompose(rule, text, around).map(({ fixes: [fix] }) => ({
      title: fix?.title,
      written: fix?.edits.map((it) => it.newText),
      others: fix?.others?.map((it) => (it.kind === "create" ? it.text : applyEdits(it.before, it.edits))),
    }));
  expect(changesOf({ absent: [".env"] })).toEqual([
    {
      title: "Move DB_PASSWORD of a into .env",
      written: ['"DB_PASSWORD=${DB_PASSWORD}"'],
      others: ["DB_PASSWORD=two words\n"],
    },
    {
      title: "Move DB_PASSWORD of b into .env",
      written: ['"${DB_PASSWORD}"'],
      others: ["DB_PASSWORD=x\n"],
    },
  ]);
  // It is not UTF-8: what was read of it must not be written back.
  expect(changesOf({ files: { ".env": "NAME=M\uFFFDller\n" } }).map((it) => it.others)).toEqual([
    undefined,
    undefined,
  ]);
  // One that has another value there is left as it is.
  expect(changesOf({ files: { ".env": "A=1\nDB_PASSWORD=x\n" } })).toEqual([
    {
      title: "Move DB_PASSWORD of a into .env",
      written: ['"DB_PASSWORD=${A_DB_PASSWORD}"'],
      others: ["A=1\nDB_PASSWORD=x\nA_DB_PASSWORD=two words\n"],
    },
    { title: "Take DB_PASSWORD from .env", written: ['"${DB_PASSWORD}"'], others: [] },
  ]);
});
