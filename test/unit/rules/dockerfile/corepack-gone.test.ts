import { test } from "vitest";
import { corepackGone as rule } from "../../../../server/src/rules/dockerfile/corepack-gone.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("corepack from 25 on, yarn from 26 on", () => {
  reports(rule)`
    FROM node:25-slim
    RUN corepack enable pnpm
        ^^^^^^^^ corepack-gone
    FROM node:26
    WORKDIR /app
    COPY package.json yarn.lock ./
    RUN yarn install --immutable
        ^^^^ corepack-gone: node:26 has no yarn: the image of Node 26 was the first without.
    FROM node:26-alpine AS base
    FROM base
    RUN ["yarn", "build"]
         ^^^^^^ corepack-gone
  `;
});

test("not where it is, comes first, or nothing is known", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN corepack enable && yarn install
    FROM node:25
    RUN yarn install
    FROM node:lts
    RUN corepack enable
    FROM node:26
    RUN npm install -g corepack && corepack enable && yarn install
    FROM node:26
    RUN npm i -g yarn
    RUN yarn install
    FROM node:26
    RUN corepack enable || npm i -g pnpm
    RUN if command -v yarn; then yarn install; fi
    FROM example.com/node:26
    RUN corepack enable
    FROM alpine:3.24
    RUN corepack enable
  `;
});

test("installs it first", () => {
  fixes(rule, "unsafe")`
    FROM node:26-alpine
    RUN --mount=type=cache,target=/root/.npm \
        corepack enable && pnpm install
    ->
    FROM node:26-alpine
    RUN --mount=type=cache,target=/root/.npm \
        npm install --global corepack && corepack enable && pnpm install
  `;
  offersNothing(rule)`
    FROM node:26-alpine
    RUN ["corepack", "enable"]
  `;
});

test("once in a RUN", () => {
  reports(rule)`
    FROM node:26-alpine
    RUN corepack --version || true; corepack enable && corepack prepare pnpm@10 --activate
                                    ^^^^^^^^ corepack-gone
  `;
});
