import { test } from "vitest";
import { pathNeverProduced as rule } from "../../../../server/src/rules/dockerfile/path-never-produced.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("another name than the build's output", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    WORKDIR /app
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN CGO_ENABLED=0 go build -o /app/server ./cmd/server
    FROM alpine:3.24
    COPY --from=builder /build/app /usr/local/bin/app
                        ^^^^^^^^^^ path-never-produced: Nothing in builder makes /build/app.
    COPY --from=builder /app/server /usr/local/bin/server
  `;
});

test("not what may come with the sources", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    WORKDIR /app
    COPY . .
    RUN go build -o server .
    FROM alpine:3.24
    COPY --from=builder /app/config.yaml /etc/
    COPY --from=builder /app/server /app/migrations /app/
  `;
});

test("not what the base image may hold, or an unknown command may have made", () => {
  reports(rule)`
    FROM node:24-alpine AS builder
    WORKDIR /app
    COPY . .
    RUN ./build.sh
    FROM nginx:1.29-alpine
    COPY --from=builder /dist /usr/share/nginx/html
    COPY --from=builder /usr/local/lib/node_modules /x
    COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
  `;
});

test("not images, variables and wildcards", () => {
  reports(rule)`
    FROM scratch AS empty
    FROM alpine:3.24
    ARG DIR
    COPY --from=empty / /copy
    COPY --from=nginx:1.29 /no/such/file /a
    COPY --from=empty $DIR/a /a
    COPY --from=empty /a* /b
    COPY --from=empty <<text /note
    text
  `;
});

test("copies what was made instead", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS builder
    WORKDIR /app
    RUN go build -o /out/server .
    FROM scratch
    COPY --from=builder /build/api /api
    ->
    FROM golang:1.27 AS builder
    WORKDIR /app
    RUN go build -o /out/server .
    FROM scratch
    COPY --from=builder /out/server /api
  `;
});

test("with variables resolved", () => {
  reports(rule)`
    ARG OUT=/out
    FROM golang:1.27 AS builder
    ARG OUT
    RUN go build -o $OUT/server .
    FROM scratch
    ARG OUT
    COPY --from=builder $OUT/server /server
    COPY --from=builder \${OUT}/api /api
                        ^^^^^^^^^^ path-never-produced: Nothing in builder makes /out/api.
  `;
});

test("what the ignore file keeps out does not come with the sources", () => {
  const files = {
    ".dockerignore": "bin\n",
    "go.mod": "module api",
    "main.go": "package main",
    "bin/api": "",
  };
  reports(rule, { context: contextOf(files, "given") })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /out/api .
    FROM alpine:3.24
    COPY --from=builder /src/bin/api /usr/local/bin/
                        ^^^^^^^^^^^^ path-never-produced: Nothing in builder makes /src/bin/api.
    COPY --from=builder /src/main.go /usr/local/bin/
  `;
});

test("the only program that a stage builds, under another name or in another folder", () => {
  const rust = contextOf({ "Cargo.toml": '[package]\nname = "shop"\n', "src/main.rs": "" });
  fixes(rule, "unsafe", "", { context: rust })`
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/api /usr/local/bin/api
    ->
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/shop /usr/local/bin/api
  `;
  fixes(rule, "unsafe", "", { context: rust })`
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/shop /shop
    ->
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/shop /shop
  `;
  reports(rule, {
    context: contextOf({ "go.mod": "module shop\n", "cmd/server/main.go": "package main\n" }),
  })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build ./cmd/server
    FROM alpine:3.24
    COPY --from=build /src/shop /shop
                      ^^^^^^^^^ path-never-produced: Nothing in build makes /src/shop.
  `;
});

test("one of several programs that a stage builds", () => {
  const main = "package main\n";
  const files = { "go.mod": "module shop\n", "cmd/api/main.go": main, "cmd/job/main.go": main };
  reports(rule, { context: contextOf(files) })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o bin/ ./cmd/...
    FROM scratch
    COPY --from=build /src/bin/api /src/bin/job /
    COPY --from=build /src/bin/server /
                      ^^^^^^^^^^^^^^^ path-never-produced: Nothing in build makes /src/bin/server.
    COPY --from=build /src/api /
                      ^^^^^^^^ path-never-produced: Nothing in build makes /src/api.
  `;
  fixes(rule, "unsafe", "", { context: contextOf(files) })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go install ./...
    FROM scratch
    COPY --from=build /src/api /
    ->
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go install ./...
    FROM scratch
    COPY --from=build /go/bin/api /
  `;
  // A constraint may leave a program out or not.
  reports(rule, { context: contextOf({ ...files, "cmd/dev/main.go": `//go:build dev\n\n${main}` }) })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o bin/ ./cmd/...
    FROM scratch
    COPY --from=build /src/bin/dev /
  `;
});

test("not where something else may make it", () => {
  const files = { "Cargo.toml": '[package]\nname = "shop"\n', "src/main.rs": "" };
  reports(rule, { context: contextOf({ ...files, "src/bin/api.rs": "" }) })`
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/api /api
  `;
  reports(rule, { context: contextOf(files) })`
    FROM rust:1.88 AS build
    WORKDIR /src
    COPY . .
    RUN cargo build --release && make install
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/api /api
  `;
});

const vite = {
  "package.json": '{ "scripts": { "build": "vite build" } }',
  "package-lock.json": "",
  "vite.config.js": 'import react from "@vitejs/plugin-react";\nexport default { plugins: [react()] };\n',
  ".dockerignore": "node_modules\nbuild\ndist\n",
};

test("another directory than the bundler's", () => {
  fixes(rule, "unsafe", "", { context: contextOf(vite) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /app/build /usr/share/nginx/html
    ->
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /app/dist /usr/share/nginx/html
  `;
  reports(rule, { context: contextOf(vite) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /build/dist /usr/share/nginx/html
                      ^^^^^^^^^^^ path-never-produced
    COPY --from=build /app/build/*.html /usr/share/nginx/html/
                      ^^^^^^^^^^^^^^^^^ path-never-produced: Nothing in build makes /app/build/*.html.
    COPY --from=build /app/dist/assets /app/nginx.conf /x/
  `;
});

test("not where the project may make it, or it was made before", () => {
  const silent = (files: Readonly<Record<string, string>>) => {
    reports(rule, { context: contextOf(files) })`
      FROM node:24-alpine AS build
      WORKDIR /app
      COPY . .
      RUN npm ci && npm run build
      FROM nginx:1.29-alpine
      COPY --from=build /app/build /usr/share/nginx/html
    `;
  };
  silent({ ...vite, "vite.config.js": 'export default { build: { outDir: "build" } };' });
  silent({ ...vite, "package.json": '{ "scripts": { "build": "vite build && ./move.sh" } }' });
  silent({ "package-lock.json": "" });
  // It is in the build context.
  silent({ ...vite, ".dockerignore": "", "build/index.html": "" });
  reports(rule, { context: contextOf(vite) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm ci
    FROM nginx:1.29-alpine
    COPY --from=build /app/build /usr/share/nginx/html
    COPY --from=build /app/target/*.jar /app/out/* /x/
  `;
});

test("another jar than the build's", () => {
  const maven = {
    "pom.xml": "<project><artifactId>shop</artifactId><version>1.0</version></project>",
    "src/main/java/A.java": "",
  };
  fixes(rule, "unsafe", "", { context: contextOf(maven) })`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/store-1.0.jar /app.jar
    ->
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/shop-1.0.jar /app.jar
  `;
  reports(rule, { context: contextOf(maven) })`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY pom.xml .
    COPY src src
    RUN mvn package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/build/libs/*.jar /app.jar
                      ^^^^^^^^^^^^^^^^^^^^^ path-never-produced: Nothing in build makes /src/build/libs/*.jar.
    COPY --from=build /src/target/*.jar /app.jar
    COPY --from=build /src/target/shop-1.0-sources.jar /app.jar
  `;
});

test("the output of a project of a workspace", () => {
  const files = {
    "package.json": '{ "workspaces": ["apps/*"], "scripts": { "build": "npm run build -w web" } }',
    "apps/web/package.json": '{ "name": "web", "scripts": { "build": "vite build" } }',
    "apps/web/vite.config.js": "export default {};",
    "apps/api/package.json": '{ "name": "api", "scripts": { "build": "./build.sh" } }',
    "apps/api/index.js": "",
  };
  fixes(rule, "unsafe", "", { context: contextOf(files) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /app/dist /usr/share/nginx/html
    ->
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /app/apps/web/dist /usr/share/nginx/html
  `;
  // What lies beside the project may be made before the build.
  reports(rule, { context: contextOf(files) })`
    FROM node:24-alpine AS build
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM nginx:1.29-alpine
    COPY --from=build /app/apps/web/dist /app/apps/api/dist /x/
    COPY --from=build /app/apps/web/build /x/
                      ^^^^^^^^^^^^^^^^^^^ path-never-produced: Nothing in build makes /app/apps/web/build.
  `;
});

test("pages that a site generator makes elsewhere", () => {
  reports(rule, {
    context: contextOf({ "hugo.toml": 'title = "x"\n', "docs/mkdocs.yml": "site_name: x\n" }),
  })`
    FROM alpine:3.22 AS pages
    RUN apk add --no-cache hugo
    WORKDIR /src
    COPY . .
    RUN hugo --minify
    FROM python:3.14-slim AS docs
    RUN pip install mkdocs
    WORKDIR /src
    COPY docs .
    RUN mkdocs build
    FROM nginx:1.29-alpine
    COPY --from=pages /src/dist /usr/share/nginx/html
                      ^^^^^^^^^ path-never-produced: Nothing in pages makes /src/dist.
    COPY --from=pages /src/public /usr/share/nginx/html
    COPY --from=docs /src/public /usr/share/nginx/html
                     ^^^^^^^^^^^ path-never-produced
    COPY --from=docs /src/site /usr/share/nginx/html
  `;
});

test("a pattern that no jar matches", () => {
  const maven = {
    "pom.xml": "<project><artifactId>shop</artifactId><version>1.0</version></project>",
    "src/main/java/A.java": "",
  };
  fixes(rule, "unsafe", "", { context: contextOf(maven) })`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/*-SNAPSHOT.jar /app.jar
    ->
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre
    COPY --from=build /src/target/shop-1.0.jar /app.jar
  `;
  const snapshot = { ...maven, "pom.xml": maven["pom.xml"].replace("1.0", "1.0-SNAPSHOT") };
  const extended = {
    ...maven,
    "pom.xml": maven["pom.xml"].replace(
      "</project>",
      "<build><plugins><plugin><artifactId>acme</artifactId></plugin></plugins></build></project>",
    ),
  };
  for (const files of [snapshot, extended])
    reports(rule, { context: contextOf(files) })`
      FROM maven:3.9-eclipse-temurin-21 AS build
      WORKDIR /src
      COPY . .
      RUN mvn package
      FROM eclipse-temurin:21-jre
      COPY --from=build /src/target/*-SNAPSHOT.jar /app.jar
    `;
});

test("wheels and packages where pip was told to put them", () => {
  reports(rule)`
    FROM python:3.13-slim AS build
    WORKDIR /src
    COPY requirements.txt .
    RUN pip wheel --wheel-dir /wheels -r requirements.txt && pip install --prefix=/install -r requirements.txt
    FROM python:3.13-slim
    COPY --from=build /wheels /wheels
    COPY --from=build /install /usr/local
    COPY --from=build /deps /usr/local
                      ^^^^^ path-never-produced: Nothing in build makes /deps.
  `;
});

test("not what packages of a system bring, of which the programs alone are known", () => {
  reports(rule)`
    FROM alpine:3.24 AS tools
    RUN apk add --no-cache jq libpq
    FROM debian:trixie-slim AS other
    RUN apt-get update && apt-get install -y --no-install-recommends curl
    FROM alpine:3.24
    COPY --from=tools /usr/bin/jq /usr/bin/
    COPY --from=tools /usr/lib/libjq.so.1 /usr/lib/libpq.so.5 /usr/lib/
    COPY --from=other /usr/bin/curl /usr/lib/x86_64-linux-gnu/libcurl.so.4 /x/
    COPY --from=tools /usr/bin/git /usr/bin/
                      ^^^^^^^^^^^^ path-never-produced: Nothing in tools makes /usr/bin/git.
    COPY --from=tools /app/jq /usr/bin/
                      ^^^^^^^ path-never-produced
  `;
});

test("a program without -o is a.out, and mounts of a stage need what they name", () => {
  const context = contextOf({ "main.c": "", Makefile: "", "static/index.html": "" });
  reports(rule, { context })`
    FROM gcc:15 AS build
    WORKDIR /src
    COPY main.c Makefile ./
    RUN gcc -O2 -static main.c
    FROM gcc:15 AS objects
    WORKDIR /src
    COPY main.c Makefile ./
    RUN gcc -c main.c && make
    FROM alpine:3.24 AS assets
    COPY static/ /work/public/
    FROM alpine:3.24
    COPY --from=build /src/main /main
                      ^^^^^^^^^ path-never-produced: Nothing in build makes /src/main.
    COPY --from=build /src/a.out /a.out
    COPY --from=objects /src/main /main2
    RUN --mount=type=bind,from=assets,source=/work/static,target=/in cp -r /in /out
                                             ^^^^^^^^^^^^ path-never-produced: Nothing in assets makes /work/static.
    RUN --mount=from=assets,source=/work/public,target=/in cp -r /in /out
    RUN --mount=type=cache,from=assets,source=/work/static,target=/in ls /in
  `;
});

test("what is built in a cache mount is not there any more", () => {
  const context = contextOf({ "Cargo.toml": '[package]\nname = "api"\n', "src/main.rs": "fn main() {}\n" });
  reports(rule, { context })`
    FROM rust:1.90 AS build
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=target cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /src/target/release/api /
                      ^^^^^^^^^^^^^^^^^^^^^^^ path-never-produced: /src/target/release/api is in a cache mount, which is gone when its RUN ends.
  `;
  reports(rule, { context })`
    FROM rust:1.90 AS build
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/api /api
    FROM rust:1.90 AS again
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/src/target cargo build
    RUN cargo build --release
    FROM debian:trixie-slim
    COPY --from=build /api /
    COPY --from=build /src/target /empty
    COPY --from=again /src/target/release/api /
  `;
});
