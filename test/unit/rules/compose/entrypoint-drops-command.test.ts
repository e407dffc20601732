import { test } from "vitest";
import { entrypointDropsCommand as rule } from "../../../../server/src/rules/compose/entrypoint-drops-command.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";
import { contextOf } from "../../../support/model.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

const dockerfiles = { Dockerfile: 'FROM node:26-alpine\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]\n' };
const files = { "start.sh": '#!/bin/sh\nset -e\nexec "$@"\n', "all.sh": "#!/bin/sh\nexec nginx\n" };

test("of a built image, and a mounted script", () => {
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      a: {build: ., entrypoint: tini --}
                                ^^^^^^^ entrypoint-drops-command: With entrypoint the image's command node a.js is not taken, so nothing is left to start.
      b: {image: "nginx:1.30", entrypoint: [/start.sh], volumes: ["./start.sh:/start.sh"]}
                                           ^^^^^^^^^^^ entrypoint-drops-command
  `;
});

test("a script that the image holds", () => {
  const own = {
    Dockerfile: 'FROM python:3.14-slim\nCOPY start.sh /start.sh\nCMD ["python", "a.py"]\n',
    "late/Dockerfile":
      'FROM python:3.14-slim\nCOPY start.sh /start.sh\nRUN sed -i s/a/b/ /start.sh\nCMD ["python", "a.py"]\n',
  };
  reportsInCompose(rule, { dockerfiles: own, files, context: contextOf({ "start.sh": files["start.sh"] }) })`
    services:
      a: {build: ., entrypoint: /start.sh}
                                ^^^^^^^^^ entrypoint-drops-command: With entrypoint the image's command python a.py is not taken, so nothing is left to start.
      b: {build: ., entrypoint: [/start.sh, python, b.py]}
      c: {build: late, entrypoint: /start.sh}
      d: {build: ., entrypoint: /start.sh, volumes: ["./other.sh:/start.sh"]}
      e: {build: ., entrypoint: /start.sh, volumes: ["app:/"]}
    volumes: {app: }
  `;
});

test("an init alone, and the image's entrypoint by its path", () => {
  const own = {
    Dockerfile: 'FROM node:24\nCMD ["node", "a.js"]\n',
    "db/Dockerfile": 'FROM debian:13\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["mariadbd"]\n',
  };
  reportsInCompose(rule, { dockerfiles: own })`
    services:
      a: {build: ., entrypoint: ["/usr/bin/tini", "--"]}
                                ^^^^^^^^^^^^^^^^^^^^^^^ entrypoint-drops-command
      b: {build: db, entrypoint: /usr/local/bin/docker-entrypoint.sh}
                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entrypoint-drops-command
      c: {build: ., entrypoint: ["tini", "--", "node"]}
      d: {build: db, entrypoint: /opt/docker-entrypoint.sh}
  `;
});

test("not with a command, a program of its own, or what is not known", () => {
  reportsInCompose(rule, { dockerfiles, files })`
    services:
      a: {build: ., entrypoint: tini --, command: node b.js}
      b: {build: ., entrypoint: tini -- node b.js}
      c: {image: "nginx:1.30", entrypoint: [/all.sh], volumes: ["./all.sh:/all.sh"]}
      d: {image: "nginx:1.30", entrypoint: [/start.sh, nginx], volumes: ["./start.sh:/start.sh"]}
      e: {image: example/own:1, entrypoint: [/start.sh], volumes: ["./start.sh:/start.sh"]}
      f: {image: "nginx:1.30", entrypoint: [/other.sh]}
      g: {image: "nginx:1.30", entrypoint: []}
      h: {build: ., entrypoint: tini --, command: }
  `;
});

test("the command is repeated", () => {
  fixesInCompose(rule, "unsafe", "", { dockerfiles })`
    services:
      a:
        build: .
        entrypoint: [tini, --]
    ->
    services:
      a:
        build: .
        entrypoint: [tini, --]
        command: ["node", "a.js"]
  `;
});
