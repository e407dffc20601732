import { test } from "vitest";
import { bindSourceMissing as rule } from "../../../../server/src/rules/compose/bind-source-missing.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  const around = { absent: ["init.sql"], files: { "database/init.sql": "" } };
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("not what is there, may be, or is no file", () => {
  const absent = ["data", "conf.d", "a.sql", "b.key", "x.conf", "../c.yml", "dist", "dist/a.js"];
  reportsInCompose(rule, { absent, files: { "there.sql": "" } })`
    services:
      a:
        image: a
        volumes:
          - ./data:/data
          - ./conf.d:/etc/nginx/conf.d
          - ./there.sql:/init/there.sql
          - ./unknown.sql:/init/unknown.sql
          - ./b.key:/etc/b.key
          - ./a.sql:/init
          - ./dist/a.js:/a.js
          - named.sql:/init/named.sql
          - ~/a.sql:/a.sql
          - {type: bind, source: ./a.sql, target: /a.sql}
          - ./\${NAME}.sql:/a.sql
          - "../c.yml:/c.yml:ro"
             ^^^^^^^^ bind-source-missing: There is no file ../c.yml, so the engine makes a folder with this name.
  `;
});
