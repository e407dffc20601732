import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { needsRoot as rule } from "../../../../server/src/rules/dockerfile/needs-root.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("behind USER, and where the base says so", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    USER 1000:1000
    RUN apt-get update && apt-get install -y curl
        ^^^^^^^ needs-root: apt-get needs root, and this RUN runs as 1000.
    RUN mkdir -p /data /tmp/x
        ^^^^^ needs-root: mkdir writes to /, which belongs to root, and this RUN runs as 1000.
    RUN touch /tmp/x && chown 1001 /tmp/x
                        ^^^^^ needs-root
    FROM node:24-alpine AS web
    USER node
    RUN npm install -g pnpm
        ^^^ needs-root: npm needs root, and this RUN runs as node.
    RUN adduser -D app
        ^^^^^^^ needs-root
    FROM web
    RUN ["apk", "add", "curl"]
         ^^^^^ needs-root
  `;
});

test("not as root, with sudo, or where it may fail", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && useradd app && chown app /srv
    USER app
    RUN sudo apt-get update
    RUN apt-get update || true
    RUN if true; then apt-get update; fi
    RUN apt-get --version && apt-get -s install curl
    RUN chown app /home/app/x && mkdir -p /tmp/x /srv/y
    ONBUILD RUN apt-get update
    USER root
    RUN apt-get update
    USER 0
    RUN apt-get update
    ARG WHO
    USER $WHO
    RUN apt-get update
  `;
});

test("not where a user may install globally", () => {
  reports(rule)`
    FROM node:24-alpine
    ENV NPM_CONFIG_PREFIX=/home/node/.npm-global
    USER node
    RUN npm install -g pnpm
    FROM node:24-alpine
    RUN chown -R node /usr/local/lib/node_modules /usr/local/bin
    USER node
    RUN npm install -g pnpm
    FROM node:24-alpine
    USER node
    RUN npm config set prefix /home/node/.npm && npm install -g pnpm
    RUN npm install --global --prefix /home/node pnpm && npm ci
  `;
});

test("not where the base is not known", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get update
  `;
});

test("switches to root and back", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    USER node:node
    # curl for the health check
    RUN apk add --no-cache curl
    CMD ["node"]
    ->
    FROM node:24-alpine
    USER node:node
    USER root
    # curl for the health check
    RUN apk add --no-cache curl
    USER node:node
    CMD ["node"]
  `;
});

test("an error only where the RUN ends with it", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    USER 1000
    RUN apk add curl && curl --version
    RUN apk add curl; curl --version
    RUN set -e; apk add curl; curl --version
  `;
  expect(found.map((it) => it.severity)).toEqual(["error", "warning", "error"]);
});

test("images that end as a user of their own", () => {
  reports(rule)`
    FROM grafana/grafana:11.0.0
    RUN apk add --no-cache curl
        ^^^ needs-root
    FROM docker.elastic.co/logstash/logstash:8.15.0
    RUN apt-get update
        ^^^^^^^ needs-root
    FROM n8nio/n8n:1.90.0
    USER root
    RUN apk add curl
  `;
});

test("an image without names takes root's number", () => {
  fixes(rule, "unsafe")`
    FROM scratch
    USER 1000
    RUN apk add curl
    ->
    FROM scratch
    USER 1000
    USER 0
    RUN apk add curl
    USER 1000
  `;
});

test("what writes to directories of the system, and what changes files of root's", () => {
  for (const [command, what] of [
    ["echo 1 > /etc/app.conf", "echo writes to /etc"],
    ["ln -s /app/start.sh /usr/local/bin/start", "ln writes to /usr/local/bin"],
    ["cp /app/start.sh /usr/bin/start", "cp writes to /usr/bin"],
    ["mkdir -p /data/x", "mkdir writes to /"],
    ["mkdir -p /srv/tool/bin", "mkdir writes to /srv"],
    ["chmod +x /app/start.sh", "chmod changes /app/start.sh"],
    ["chmod -R 755 /app", "chmod changes /app"],
    ["chown -R node:node /app", "chown changes /app"],
    ["rm -rf /start.sh", "rm writes to /"],
    ["touch ~/x /etc/x", "touch writes to /etc"],
  ] as const) {
    const found = check(`USER node\nRUN ${command}\n`);
    expect(found).toEqual([`${what}, which belongs to root, and this RUN runs as node.`]);
  }
});

test("not what is the user's own, was given away or opened, or may be", () => {
  for (const lines of [
    "USER node\nRUN echo 1 > /tmp/x && mkdir -p /home/node/a && touch /home/node/b",
    "RUN chown node /srv\nUSER node\nRUN mkdir -p /srv/tool",
    "RUN chmod 777 /etc\nUSER node\nRUN echo 1 > /etc/app.conf",
    "RUN chown -R node $DIRS\nUSER node\nRUN echo 1 > /etc/app.conf",
    "RUN ./setup.sh\nUSER node\nRUN mkdir -p /srv/tool",
    "COPY --chown=node etc /etc\nUSER node\nRUN echo 1 > /etc/app.conf",
    "COPY --chown=node start.sh /home/node/\nUSER node\nRUN chmod +x /home/node/start.sh",
    "RUN chown -R node /app\nUSER node\nRUN chmod +x /app/start.sh",
    "USER node\nRUN echo 1 > /etc/app.conf || true",
    "USER node\nRUN --mount=type=cache,target=/srv mkdir -p /srv/x",
    "USER node\nRUN sudo mkdir /opt/x",
    "USER node\nRUN rm -rf /nothing",
    "USER node:root\nRUN echo $X > $Y",
  ])
    expect(check(`${lines}\n`), lines).toEqual([]);
  expect(
    checkDockerfile(modelOf("FROM example/base\nUSER app\nRUN mkdir /data && echo 1 > /etc/x\n"), {
      rules: [rule],
    }),
  ).toEqual([]);
});

function check(lines: string): readonly string[] {
  const text = `FROM node:24\nWORKDIR /app\nCOPY start.sh /app/\nCOPY start.sh /start.sh\n${lines}`;
  return checkDockerfile(modelOf(text), { rules: [rule] }).map((it) => it.message);
}

test("not a file of a directory of the system that was itself opened or given away", () => {
  for (const opening of ["chmod a+w /etc/environment", "chmod 666 /etc/x", "cd /etc && chmod g=u passwd"]) {
    const path = opening.includes("cd ") ? "/etc/passwd" : (opening.split(" ")[2] ?? "");
    for (const command of [`echo A=b >> ${path}`, `touch ${path}`, `cp /tmp/x ${path}`])
      expect(check(`RUN ${opening}\nUSER node\nRUN ${command}\n`), command).toEqual([]);
  }
  expect(check("RUN chmod a+w /etc/environment\nUSER node\nRUN echo A=b >> /etc/profile\n")).toEqual([
    "echo writes to /etc, which belongs to root, and this RUN runs as node.",
  ]);
});

test("npm install -g behind a USER of a stage below, and as any user of Node's image", () => {
  reports(rule)`
    FROM node:24-alpine AS base
    USER node
    FROM base
    RUN npm install -g pnpm
        ^^^ needs-root: npm needs root, and this RUN runs as node.
    FROM node:24
    RUN useradd app
    USER app
    RUN npm i --global typescript
        ^^^ needs-root: npm needs root, and this RUN runs as app.
    FROM node:24 AS mine
    RUN chown -R node /usr/local
    USER node
    FROM mine
    RUN npm install -g pnpm
  `;
});

test("HAProxy's image from 2.4 on", () => {
  reports(rule)`
    FROM haproxy:3.2
    RUN apt-get update
        ^^^^^^^ needs-root: apt-get needs root, and this RUN runs as haproxy.
    FROM haproxy:lts-alpine
    RUN apk add --no-cache curl
        ^^^ needs-root: apk needs root, and this RUN runs as haproxy.
    FROM haproxy:2.2
    RUN apt-get update
    FROM haproxy:1.9-alpine
    RUN apk add --no-cache curl
  `;
});
