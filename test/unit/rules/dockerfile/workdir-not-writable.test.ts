import { test } from "vitest";
import { workdirNotWritable as rule } from "../../../../server/src/rules/dockerfile/workdir-not-writable.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("as root, then somebody else writes", () => {
  reports(rule)`
    FROM golang:1.27-alpine
    RUN adduser -D app
    WORKDIR /src
    COPY . .
    USER app
    RUN go version && go build -o server ./cmd
                      ^^^^^^^^^^^^^^^^^^^^^^^^ workdir-not-writable: go writes to /src, which belongs to root, and this RUN runs as app.
  `;
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    RUN apk add --no-cache git
    USER node
    RUN mkdir -p logs
        ^^^^^^^^^^^^^ workdir-not-writable
  `;
});

test("made by mkdir, given to the wrong one, or built in as root before", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN mkdir -p /app/data && chown node /app/data
    WORKDIR /app
    RUN npm ci && chmod +x /usr/local/bin/start
    USER node
    RUN mkdir dist
        ^^^^^^^^^^ workdir-not-writable: mkdir writes to /app, which belongs to root, and this RUN runs as node.
  `;
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY --chown=node package.json package-lock.json ./
    RUN chown -R node /srv
    USER node
    RUN npm ci
        ^^^^^^ workdir-not-writable
  `;
});

test("files that commands and the shell write", () => {
  for (const command of [
    "echo 1 > version",
    "cp /etc/hostname name",
    "touch x",
    "curl -fsSo a.tgz https://example.com/a.tgz",
  ])
    expectProblems(
      rule,
      `FROM node:24\nWORKDIR /app\nUSER node\nRUN ${command}\n    ${"^".repeat(command.length)} workdir-not-writable\n`,
    );
  // Mode 700 is no directory, and what is there may be the user's own.
  for (const lines of [
    "RUN mkdir -m 700 /tmp/t",
    "COPY --chown=node package.json ./\nRUN touch package.json && echo 1 >> package.json",
    "COPY --chown=node . .\nRUN mkdir -p dist",
    "RUN echo 1 > /dev/null",
    "RUN cp /etc/hostname /tmp/name",
  ])
    expectProblems(rule, `FROM node:24\nWORKDIR /app\nUSER node\n${lines}\n`);
});

test("not where the directory was given away, or may have been", () => {
  for (const line of [
    "RUN chown node /app",
    "RUN ./setup.sh",
    "COPY --chmod=777 . .",
    "RUN chmod 777 .",
    "RUN chown -R node:node /",
    "RUN node setup.js",
    "RUN cd / && chmod -R a+w app",
    "COPY --link --chown=node . .",
  ])
    expectProblems(rule, `FROM node:24-alpine\nWORKDIR /app\n${line}\nUSER node\nRUN npm ci\n`);
});

test("not as the user, elsewhere, as root, or where it may have been there", () => {
  reports(rule)`
    FROM node:24-alpine
    USER node
    WORKDIR /app
    RUN npm ci
    FROM node:24-alpine
    WORKDIR /app
    RUN npm ci
    USER node
    RUN npm ci --prefix /home/node && npm run build
    RUN --mount=type=tmpfs,target=/app npm ci
    RUN cd /tmp && npm ci
    RUN mkdir -p node_modules/.cache || true
    FROM example.com/team/base:1
    WORKDIR /app
    USER node
    RUN npm ci
    FROM node:24-alpine
    WORKDIR /home/node
    USER node
    RUN npm ci
    FROM node:24-alpine
    COPY . /app
    RUN mkdir -m 777 /data
    WORKDIR /data
    USER node
    RUN npm ci
    WORKDIR /app
    RUN npm ci
  `;
});

test("gives it away", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json package-lock.json ./
    USER node
    RUN npm ci
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN chown node /app
    USER node
    RUN npm ci
  `;
});

test("a virtual environment in the directory", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN useradd -m app
    WORKDIR /app
    USER app
    RUN python -m venv .venv
        ^^^^^^^^^^^^^^^^^^^^ workdir-not-writable: python writes to /app, which belongs to root, and this RUN runs as app.
  `;
  reports(rule)`
    FROM python:3.14-slim
    RUN useradd -m app
    USER app
    WORKDIR /app
    RUN python -m venv .venv
    FROM python:3.14-slim
    RUN useradd -m app
    WORKDIR /app
    USER app
    RUN python -m venv /tmp/venv && python -m pip list
  `;
});
