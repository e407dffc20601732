import { test } from "vitest";
import { lockFileNotCopied as rule } from "../../../../server/src/rules/dockerfile/lock-file-not-copied.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("each package manager", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json .
    RUN npm ci --omit=dev
        ^^^^^^^^^^^^^^^^^ lock-file-not-copied: npm ci needs package-lock.json, which is not in /app here.
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json .
    RUN corepack enable && pnpm install --frozen-lockfile
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied
    FROM rust:1
    WORKDIR /src
    COPY Cargo.toml ./
    RUN cargo build --release --locked
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied: cargo build --locked needs Cargo.lock, which is not in /src here.
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN yarn install --immutable
        ^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied
    FROM ruby:3.4-slim
    ENV BUNDLE_DEPLOYMENT=1
    WORKDIR /app
    COPY Gemfile ./
    RUN bundle install
        ^^^^^^^^^^^^^^ lock-file-not-copied: bundle install needs Gemfile.lock, which is not in /app here.
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml ./
    RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen
                                                  ^^^^^^^^^^^^^^^^ lock-file-not-copied
  `;
});

test("not where it was copied, or may have been", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    WORKDIR /two
    COPY package.json npm-shrinkwrap.json ./
    RUN npm ci
    WORKDIR /three
    COPY . .
    RUN npm ci
    WORKDIR /three/web
    COPY web/package.json ./
    RUN npm ci
    WORKDIR /four
    COPY package.json ./
    RUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci
    RUN npm i --package-lock-only && npm ci
    RUN npm ci || npm install
    RUN cd /three && npm ci
    RUN npm ci --prefix /three
    FROM example.com/team/node:1
    WORKDIR /app
    COPY package.json ./
    RUN npm ci
  `;
});

test("not other installs", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN npm install
    RUN pnpm install --lockfile-only
    FROM node:24-alpine
    COPY package.json ./
    RUN yarn install --frozen-lockfile
    FROM rust:1
    WORKDIR /src
    COPY Cargo.toml ./
    RUN cargo build
    RUN cargo install --locked cargo-chef
    FROM ruby:3.4-slim
    WORKDIR /app
    COPY Gemfile ./
    RUN bundle install
  `;
});

test("with a context that has it", () => {
  reports(rule, { context: contextOf({ "package.json": "{}", "package-lock.json": "{}" }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci
    FROM node:24-alpine
    WORKDIR /b
    COPY package.json ./
    RUN npm ci
        ^^^^^^ lock-file-not-copied
  `;
});
