import { test } from "vitest";
import { noCacheMount as rule } from "../../../../server/src/rules/dockerfile/no-cache-mount.ts";
import { fixes, reports } from "../../../support/check.ts";

test("where the directory is known", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN npm ci && npm install x
        ^^^ no-cache-mount: npm starts from nothing each time: a cache mount on /root/.npm would keep its work.
    FROM python:3.14-slim
    RUN pip install -r requirements.txt
        ^^^ no-cache-mount: pip starts from nothing each time: a cache mount on /root/.cache/pip would keep its work.
    FROM rust:1
    RUN cargo build --release
        ^^^^^ no-cache-mount: cargo starts from nothing each time: a cache mount on /usr/local/cargo/registry would keep its work.
  `;
});

test("wrappers, pnpm, Composer and dotnet", () => {
  reports(rule)`
    FROM eclipse-temurin:21
    RUN ./mvnw package
        ^^^^^^ no-cache-mount: mvn starts from nothing each time: a cache mount on /root/.m2/repository would keep its work.
    RUN ./gradlew build
        ^^^^^^^^^ no-cache-mount: gradle starts from nothing each time: a cache mount on /root/.gradle would keep its work.
    RUN ./gradlew dependencies
    FROM node:24
    ENV PNPM_HOME=/pnpm
    RUN pnpm install --frozen-lockfile
        ^^^^ no-cache-mount: pnpm starts from nothing each time: a cache mount on /pnpm/store would keep its work.
    RUN pnpm fetch
    RUN pnpm run build
    FROM php:8.4-cli
    RUN composer install --no-dev
        ^^^^^^^^ no-cache-mount: composer starts from nothing each time: a cache mount on /root/.composer/cache would keep its work.
    RUN composer dump-autoload
    FROM debian:13
    ENV NUGET_PACKAGES=/nuget
    RUN dotnet publish -o /app
        ^^^^^^ no-cache-mount: dotnet starts from nothing each time: a cache mount on /nuget would keep its work.
    RUN dotnet restore
    RUN dotnet publish --no-restore -o /app
    FROM ruby:4.0
    RUN bundle install
  `;
});

test("not with a mount, without a cache, or where it is emptied", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN --mount=type=cache,target=/root/.npm npm ci
    RUN npm ci && npm cache clean --force
    RUN npm ci && rm -rf /root/.npm
    RUN npm run build
    RUN npm ci --cache /tmp/npm
    FROM python:3.14-slim
    RUN pip install --no-cache-dir flask
    ENV PIP_NO_CACHE_DIR=1
    RUN pip install flask
    FROM golang:1.27
    RUN go mod download && GOCACHE=/x go build .
    FROM example.com/team/base:1
    RUN npm ci
  `;
  reports(rule)`
    # syntax=docker/dockerfile:1.1
    FROM node:24-alpine
    RUN npm ci
  `;
});

test("adds one that the user can write to", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    RUN --network=default npm ci
    USER node
    RUN npm ci
    ->
    FROM node:24-alpine
    RUN --mount=type=cache,target=/root/.npm --network=default npm ci
    USER node
    RUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci
  `;
});
