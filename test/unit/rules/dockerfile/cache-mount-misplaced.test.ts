import { test } from "vitest";
import { cacheMountMisplaced as rule } from "../../../../server/src/rules/dockerfile/cache-mount-misplaced.ts";
import { fixes, reports } from "../../../support/check.ts";

test("another user's, another setting's, and a tilde", () => {
  reports(rule)`
    FROM node:24-alpine
    USER node
    RUN --mount=type=cache,target=/root/.npm,uid=1000 npm ci
                                  ^^^^^^^^^^ cache-mount-misplaced: npm keeps this cache in /home/node/.npm here.
    FROM python:3.14-slim
    ENV PIP_CACHE_DIR=/var/cache/pip
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask
                                  ^^^^^^^^^^^^^^^^ cache-mount-misplaced: pip keeps this cache in /var/cache/pip here.
    FROM rust:1
    RUN --mount=type=cache,target=~/.cargo/registry cargo build
                                  ^^^^^^^^^^^^^^^^^ cache-mount-misplaced: cargo keeps this cache in /usr/local/cargo/registry here.
  `;
});

test("not the right one, one above it, other directories, and what is not known", () => {
  reports(rule)`
    FROM golang:1.27
    RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build .
    RUN --mount=type=cache,target=/root/.cache go build .
    RUN --mount=type=cache,target=/root/.cache/go-build/ go build .
    RUN --mount=type=cache,target=/x/pkg/mod GOMODCACHE=/x/pkg/mod go build .
    RUN --mount=type=cache,target=/x/pkg/mod export GOPATH=/x && go build .
    RUN --mount=type=cache,target=/src/target go build .
    RUN --mount=type=cache,target=/root/.npm go build .
    FROM node:24-alpine
    RUN --mount=type=cache,target=/usr/src/app/.npm npm set cache /usr/src/app/.npm && npm ci
    RUN --mount=type=cache,target=/home/node/.npm npm ci
    FROM example.com/team/base:1
    RUN --mount=type=cache,target=/root/.npm npm ci
  `;
});

test("moves it", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27
    RUN --mount=type=cache,sharing=locked,target=/root/go/pkg/mod go mod download
    ->
    FROM golang:1.27
    RUN --mount=type=cache,sharing=locked,target=/go/pkg/mod go mod download
  `;
});
