import { describe, expect, test } from "vitest";
import { contextOf } from "../../../support/model.ts";
import { answer, answers, resultOf } from "../../../support/stage-questions.ts";

describe("owners", () => {
  test("COPY gives to root whatever USER says, or to whom --chown says", () => {
    answers({
      "owner /app/package.json": "root:root",
      "owner /app/yarn.lock": "node:node",
      "owner /app/go.mod": "1000:1000",
      "owner /app/go.sum": "1000:root",
      "owner /app/pom.xml": "node",
      "owner /app/Gemfile": "root:root",
      "owner /app/Cargo.toml": "?",
    })`
      FROM node:24-alpine
      USER node
      WORKDIR /app
      ARG OWNER=node
      ARG WHO
      COPY package.json .
      COPY --chown=$OWNER:$OWNER yarn.lock .
      COPY --chown=1000 go.mod .
      COPY --chown=1000:0 go.sum .
      COPY --chown=node pom.xml .
      COPY --chown=nobody-here Gemfile .
      COPY --chown=$WHO Cargo.toml .
    `;
  });

  test("what RUN and WORKDIR make is the user's", () => {
    answers({
      "owner /srv/root": "root:root",
      "owner /srv/mine": "node",
      "owner /srv/here": "node",
      "owner /srv/here/deep": "node",
      "owner /home/other": "other",
      "owner /tmp": "?",
      "owner /nowhere": "?",
    })`
      FROM node:24-alpine
      RUN mkdir -p /srv/root && adduser -D other
      USER node
      RUN mkdir /srv/mine && echo x > /srv/mine/x
      WORKDIR /srv/here/deep
    `;
  });

  test.each([
    ["chown node /app", "node:root", "root:root"],
    ["chown -R node:node /app", "node:node", "node:node"],
    ["chown -R 1000:1000 .", "1000:1000", "1000:1000"],
    ["chgrp 0 /app && chown :node /app", "root:node", "root:root"],
    ["chown -R node /app && chown root /app", "root:root", "node:root"],
    ["chown node:node /app/package.json", "root:root", "node:node"],
    ["chown $WHO /app", "?", "root:root"],
    ["chown --from=0 node /app", "?", "root:root"],
    ["if [ -d /x ]; then chown node /app; fi", "?", "root:root"],
    ["chown node /app/*", "?", "?"],
    ["find /app -exec chown node {} +", "?", "?"],
    ["./setup.sh", "?", "?"],
    ["sudo touch /x", "?", "?"],
    ["tar xf /x.tar", "?", "?"],
    ["npm run build", "root:root", "?"],
    ["node setup.js", "?", "?"],
    ["python -m setup", "?", "?"],
    ["apt-get install -y some-server", "root:root", "root:root"],
    ["apk add curl", "root:root", "root:root"],
    ["cp -a /etc/x /app/", "?", "?"],
    ["chmod 777 /app", "root:root", "root:root"],
  ])("%s", (command, directory, file) => {
    const state = resultOf(`FROM node:24-alpine\nWORKDIR /app\nCOPY package.json .\nRUN ${command}\n`);
    expect([answer(state, "owner /app"), answer(state, "owner /app/package.json")]).toEqual([
      directory,
      file,
    ]);
  });

  test("a directory that is there keeps its owner, one that COPY makes is the flag's or root's", () => {
    const context = contextOf({ "web/a.js": "", "conf/b.yaml": "" });
    answers(
      { "owner /app": "root:root", "owner /site": "node", "owner /etc": "?", "owner /new": "node" },
      { context },
    )`
      FROM node:24-alpine
      WORKDIR /app
      COPY --chown=node web /app
      COPY --chown=node web /site
      COPY --chown=node conf /etc
      COPY --chown=node conf/b.yaml /new/b.yaml
    `;
  });

  test("between stages files keep their owner, by its id", () => {
    answers({
      "owner /x/a": "1000:1000",
      "owner /x/b": "root:root",
      "owner /x/c": "?",
      "owner /x/d": "node",
      "owner /dir": "root:root",
      "owner /dir/a": "1000:1000",
      "owner /hosts": "?",
    })`
      FROM node:24-alpine AS builder
      RUN mkdir /d && touch /d/a /b /c /d/e && chown -R 1000:1000 /d && chown node /c
      FROM node:24-alpine
      COPY --from=builder /d/a /x/a
      COPY --from=builder /b /x/b
      COPY --from=builder /c /x/c
      COPY --from=builder --chown=node /b /x/d
      COPY --from=builder /d /dir
      COPY --from=alpine:3.24 /etc/hosts /hosts
    `;
  });

  test("a stage has what the stage below has, until somebody may change it", () => {
    answers({ "owner /app": "root:root", "owner /data": "1000:1000" })`
      FROM alpine:3.24 AS base
      WORKDIR /app
      RUN mkdir /data && chown 1000:1000 /data
      FROM base
      USER 1000
    `;
    answers({ "owner /app": "?" })`
      FROM alpine:3.24 AS base
      WORKDIR /app
      FROM base
      RUN make install
    `;
  });

  test("not of Windows, of archives and of what was removed", () => {
    answers({ "owner /app": "?" })`
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      WORKDIR /app
    `;
    answers({ "owner /root-fs": "?", "owner /x": "?" })`
      FROM alpine:3.24
      ADD rootfs.tar.gz /root-fs
      RUN mkdir /x && rm -rf /x
    `;
  });

  test("at every moment", () => {
    const text = "FROM node:24-alpine\nWORKDIR /app\nRUN chown node /app\nRUN true\n";
    const { before, after } = stepsOf(text);
    expect([before, after]).toEqual(["root:root", "node:root"]);
  });
});

function stepsOf(text: string): { before: string; after: string } {
  const lines = text.split("\n");
  return {
    before: answer(resultOf(lines.slice(0, 2).join("\n")), "owner /app"),
    after: answer(resultOf(text), "owner /app"),
  };
}

describe("sizes", () => {
  test("of the context, of here-documents and of what is empty", () => {
    const context = contextOf({ "model.bin": "0123456789", "ü.txt": "ü", "web/a.js": "" });
    answers(
      {
        "size /m": "10",
        "size /u": "2",
        "size /n": "10",
        "size /etc/a.conf": "6",
        "size /etc/b.conf": "?",
        "size /etc/c.conf": "3",
        "size /empty": "0",
        "size /made": "0",
        "size /out.txt": "?",
        "size /nowhere": "?",
        "size /web": "?",
      },
      { context },
    )`
      FROM alpine:3.24 AS builder
      COPY model.bin /m
      FROM alpine:3.24
      COPY model.bin /m
      COPY ü.txt /u
      COPY --from=builder /m /n
      COPY web /web
      COPY <<A /etc/a.conf
      hello
      A
      COPY <<B /etc/b.conf
      $HOME
      B
      COPY <<'C' /etc/c.conf
      $H
      C
      RUN touch /empty && mkdir /made && echo x > /out.txt
    `;
  });

  test("not without a context", () => {
    answers({ "size /app/package.json": "?" })`
      FROM alpine:3.24
      COPY package.json /app/
    `;
  });
});
