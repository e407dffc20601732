import { expect, test } from "vitest";
import { bindSourceMissing as rule } from "../../../../server/src/rules/compose/bind-source-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

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
          - ./\${NAME}.sql:/a.sql
          - "../c.yml:/c.yml:ro"
             ^^^^^^^^ bind-source-missing: There is no file ../c.yml, so the engine makes a folder with this name.
  `;
});

test("a file that is near is mounted instead, or one is made", () => {
  const around = { absent: ["conf/inti.sql", "cnof"], files: { "conf/init.sql": "" } };
  expect(offeredInCompose(rule, around)`
    services:
      a: {image: a, volumes: ["./conf/inti.sql:/i.sql"]}
  `).toEqual([["Mount ./conf/init.sql instead", "Create ./conf/inti.sql"]]);
  fixesInCompose(rule, "unsafe", "Mount", around)`
    services:
      a: {image: a, volumes: ["./conf/inti.sql:/i.sql"]}
    ->
    services:
      a: {image: a, volumes: ["./conf/init.sql:/i.sql"]}
  `;
});

test("a file of the long form", () => {
  reportsInCompose(rule, { absent: ["nginx.conf"] })`
    services:
      web:
        image: nginx:1.30
        volumes:
          - type: bind
            source: ./nginx.conf
                    ^^^^^^^^^^^^ bind-source-missing: There is no file ./nginx.conf to mount.
            target: /etc/nginx/nginx.conf
  `;
});

test("an empty folder, which the engine made in the place of the file", () => {
  reportsInCompose(rule, { emptyFolders: ["prometheus.yml", "conf"], files: { "app.json/a.txt": "" } })`
    services:
      prometheus:
        image: prom/prometheus:v3.7.3
        volumes:
          - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro
            ^^^^^^^^^^^^^^^^ bind-source-missing: ./prometheus.yml is an empty folder, as the engine makes one where a file to mount is missing.
          - ./conf:/etc/conf
          - ./app.json:/app.json
  `;
});
