import { test } from "vitest";
import { copyWithoutOwner as rule } from "../../../../server/src/rules/dockerfile/copy-without-owner.ts";
import { fixes, reports } from "../../../support/check.ts";

test("below USER, without --chown", () => {
  reports(rule)`
    FROM node:24-alpine
    COPY a /a
    USER node
    COPY --chown=node a /a
    ADD a /b
    ^^^ copy-without-owner: What is copied belongs to root, not to node.
    USER root
    COPY a /a
  `;
});

test("between stages files keep their owner", () => {
  reports(rule)`
    FROM node:24-alpine AS builder
    RUN touch /a && mkdir /d && touch /d/b && chown 1000:1000 /a
    FROM node:24-alpine
    USER node
    COPY --from=builder /a /home/node/a
    COPY --from=builder /d/b /home/node/b
    ^^^^ copy-without-owner: What is copied belongs to root, not to node.
    COPY --from=alpine:3.24 /etc/hosts /home/node/hosts
  `;
});

test("adds it", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    USER node:node
    COPY --link a /a
    ->
    FROM node:24-alpine
    USER node:node
    COPY --chown=node:node --link a /a
  `;
});

test("not on Windows, which has no root", () => {
  reports(rule)`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    USER web
    COPY app.exe C:/app/
  `;
});
