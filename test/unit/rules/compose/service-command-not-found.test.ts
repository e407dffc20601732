import { expect, test } from "vitest";
import { serviceCommandNotFound as rule } from "../../../../server/src/rules/compose/service-command-not-found.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

const dockerfiles = {
  "plain/Dockerfile": "FROM alpine:3.22\n",
  "bash/Dockerfile": "FROM alpine:3.22\nRUN apk add --no-cache bash\n",
  "own/Dockerfile": 'FROM alpine:3.22\nENTRYPOINT ["/start"]\n',
};

test("of images and built stages, as command and as entrypoint", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {image: "node:24-alpine", command: bash -c "npm start"}
                                            ^^^^ service-command-not-found: bash is not in the image of a.
      b: {image: "nginx:1.30-alpine", entrypoint: ["/bin/bash", "-c"], command: ["nginx"]}
                                                    ^^^^^^^^^ service-command-not-found
      c: {image: "mongo:7", entrypoint: [mongo, --host, db]}
                                         ^^^^^ service-command-not-found
      d: {build: plain, command: ["bash", "run.sh"]}
                                   ^^^^ service-command-not-found
  `;
});

test("silent where it is there, may come by a mount, or where the command goes elsewhere", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {image: "node:24-alpine", command: sh -c "npm start"}
      b: {image: "node:24-bookworm", command: bash -c "npm start"}
      c: {image: "nginx:1.30-alpine", command: bash x, volumes: ["./bash:/usr/bin/bash"]}
      d: {build: bash, command: ["bash", "run.sh"]}
      e: {build: own, command: ["bash", "run.sh"]}
      f: {image: example/own:1, command: bash}
      g: {image: "node:24-alpine", command: server.js}
      h: {image: "node:24-alpine", command: /opt/venv/bin/python x.py}
      i: {image: "node:24-alpine", command: "\${SHELL:-bash} x"}
  `;
});

test("behind an init, and what development dependencies bring", () => {
  const install = "RUN apt-get update && apt-get install -y tini\n";
  reportsInCompose(rule, {
    dockerfiles: {
      "init/Dockerfile": `FROM node:24-slim\n${install}ENTRYPOINT ["/usr/bin/tini", "--"]\n`,
      "script/Dockerfile": `FROM node:24-slim\n${install}ENTRYPOINT ["/usr/bin/tini", "--", "/start.sh"]\n`,
      "shell/Dockerfile": `FROM node:24-slim\n${install}ENTRYPOINT tini --\n`,
      "given/Dockerfile": `FROM node:24-slim\n${install}RUN npm install -g nodemon\nENTRYPOINT ["tini", "-s", "--"]\n`,
    },
  })`
    services:
      a: {build: init, command: nodemon server.js}
                                ^^^^^^^ service-command-not-found: nodemon is not in the image of a.
      b: {build: script, command: nodemon server.js}
      c: {build: shell, command: nodemon server.js}
      d: {build: given, command: nodemon server.js}
  `;
});

test("sh in place of bash, where it is given a line", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: node:24-alpine
        command: bash -c "npm start"
    ->
    services:
      a:
        image: node:24-alpine
        command: sh -c "npm start"
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: "node:24-alpine", command: bash run.sh}
  `).toEqual([[]]);
});

test("the program that took its place", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      seed:
        image: mongo:7
        entrypoint: mongo --host db seed.js
    ->
    services:
      seed:
        image: mongo:7
        entrypoint: mongosh --host db seed.js
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      dump:
        image: mariadb:11
        entrypoint: ["mysqladmin", "-h", "db"]
    ->
    services:
      dump:
        image: mariadb:11
        entrypoint: ["mariadb-admin", "-h", "db"]
  `;
});
