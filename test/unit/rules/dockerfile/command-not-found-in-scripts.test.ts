import { test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { healthcheckToolMissing } from "../../../../server/src/rules/dockerfile/healthcheck-tool-missing.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = {
  "wait.sh": "#!/bin/sh\nset -e\n\nwhile ! nc -z db 5432; do\n  sleep 1\ndone\nexec python app.py\n",
  "gen.sh": "set -eu\nprotoc --go_out=. api.proto\n",
  "asks.sh": "#!/bin/sh\nset -e\ncommand -v nc\nnc -z db 5432\n. ./lib.sh\ncurl http://a\n",
  "branches.sh":
    '#!/bin/sh\nset -e\nif [ "$1" = x ]; then nc -z a 1; fi\ncurl a || true\njq() { cat; }\njq .\nexec python a.py\ncurl a\n',
  "installs.sh": "#!/bin/sh\nset -e\napt-get update && apt-get install -y curl\ncurl http://a\n",
  "windows.sh": "#!/bin/sh\r\ncurl a\r\n",
  "tool.py": "#!/usr/bin/env python3\ncurl = 1\n",
  "check.sh": '#!/bin/sh\ncode=$(curl -s http://localhost:8000/)\n[ "$code" = ok ]\n',
  "package.json":
    '{ "dependencies": { "next": "15" }, "devDependencies": { "typescript": "5", "nodemon": "3" } }',
  "package-lock.json": "{}",
};
const context = contextOf(files);

test("what a script of the context calls in every case", () => {
  reports(rule, { context })`
    FROM python:3.13-slim
    WORKDIR /app
    COPY . .
    RUN sh gen.sh
           ^^^^^^ command-not-found: protoc is not in this image, and gen.sh calls it in line 2.
  `;
  reports(rule, { context })`
    FROM python:3.13-slim
    COPY wait.sh /usr/local/bin/
    RUN chmod +x /usr/local/bin/*.sh
    CMD ["wait.sh"]
         ^^^^^^^^^ command-not-found: nc is not in this image, and wait.sh calls it in line 4.
  `;
});

test("not in a branch, behind a question or an installation, nor in what no shell reads", () => {
  for (const name of ["asks.sh", "branches.sh", "installs.sh", "windows.sh"] as const)
    reports(rule, { context: contextOf({ "start.sh": files[name] }) })`
      FROM debian:trixie-slim
      COPY start.sh /
      CMD ["/start.sh"]
    `;
  reports(rule, { context })`
    FROM python:3.13-slim
    RUN apt-get update && apt-get install -y netcat-openbsd
    COPY tool.py wait.sh /
    RUN /tool.py
    ENTRYPOINT ["/wait.sh"]
  `;
});

test("what a script of the health check calls, and what stands behind sh -c", () => {
  reports(healthcheckToolMissing, { context })`
    FROM python:3.13-slim
    COPY check.sh /
    HEALTHCHECK CMD /check.sh || exit 1
                    ^^^^^^^^^ healthcheck-tool-missing: curl is not in this image, and check.sh calls it in line 2.
    CMD ["python3"]
  `;
  reports(healthcheckToolMissing)`
    FROM python:3.13-slim
    HEALTHCHECK CMD ["/bin/sh", "-c", "curl -f http://localhost:8000/ || exit 1"]
                                       ^^^^ healthcheck-tool-missing
  `;
  reports(healthcheckToolMissing, { context })`
    FROM python:3.13-slim
    RUN apt-get update && apt-get install -y curl
    COPY check.sh /
    HEALTHCHECK CMD ["sh", "-c", "if true; then curl a; fi; curl -f b || wget b"]
    FROM python:3.13-slim
    COPY check.sh /
    HEALTHCHECK CMD /check.sh || true
  `;
});

test("programs of a project's packages, which are not on the PATH", () => {
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    RUN tsc
        ^^^ command-not-found: tsc is not on the PATH: a project's packages have their programs in node_modules/.bin.
  `;
  reports(rule, { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    CMD ["nodemon", "index.js"]
         ^^^^^^^^^ command-not-found
  `;
  reports(rule, { context })`
    FROM node:24-alpine AS path
    WORKDIR /app
    ENV PATH=/app/node_modules/.bin:$PATH
    COPY package*.json ./
    RUN npm ci && tsc
    FROM node:24-alpine AS global
    COPY package*.json ./
    RUN npm ci && npm install -g typescript && tsc
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    ENV PATH=/app/node_modules/.bin:$PATH
    CMD ["next", "start"]
  `;
  fixes(rule, "unsafe", "", { context })`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    CMD ["next", "start"]
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    CMD ["npx", "next", "start"]
  `;
});
