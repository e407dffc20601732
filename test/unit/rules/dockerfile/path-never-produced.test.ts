import { expect, test } from "vitest";
import { pathNeverProduced as rule } from "../../../../server/src/rules/dockerfile/path-never-produced.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
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

/** Titles of the fixes where a project of Node is built in one stage, and a folder of it is copied. */
function ofFolder(
  build: string,
  folder: string,
  more: Readonly<Record<string, string>> = {},
  lines = "",
): string[] {
  const dockerfile = `FROM node:24-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n${lines}RUN npm run build\nFROM nginx:1.29-alpine\nCOPY --from=build /app/${folder} /usr/share/nginx/html\n`;
  const files = { "package.json": JSON.stringify({ scripts: { build } }), "src/main.ts": "", ...more };
  return problemsOf(rule, { context: contextOf(files) })(Object.assign([""], { raw: [dockerfile] })).flatMap(
    (it) => it.fixes.map((fix) => fix.title),
  );
}

test("a folder that the build of a Node project does not write", () => {
  const vite = {
    "vite.config.ts": "import react from '@vitejs/plugin-react';\nexport default { plugins: [react()] };",
  };
  expect(ofFolder("tsc -b && vite build", "build", vite)).toEqual(["Copy /app/dist"]);
  expect(
    ofFolder("vite build", "dist", { "vite.config.ts": 'export default { build: { outDir: "www" } }' }),
  ).toEqual(["Copy /app/www"]);
  expect(ofFolder("react-scripts build", "dist")).toEqual(["Copy /app/build"]);
  expect(ofFolder("vue-cli-service build", "build/")).toEqual(["Copy /app/dist"]);
  expect(ofFolder("tsc", "dist", { "tsconfig.json": '{ "compilerOptions": { "outDir": "lib" } }' })).toEqual([
    "Copy /app/lib",
  ]);
});

test("not one that it may write, or that is there", () => {
  for (const [build, folder, more, lines] of [
    ["vite build", "dist"],
    ["vite build", "dist/assets"],
    ["vite build", "public"],
    ["vite build --outDir $OUT", "build"],
    ["vite build", "build", { "vite.config.js": "import { sveltekit } from '@sveltejs/kit/vite';" }],
    ["vite build", "build", { "vite.config.js": "export default { build: { outDir } }" }],
    ["vite build", "build", { "build/index.html": "" }],
    ["vite build && mv dist build", "build"],
    ["vite build && node scripts/after.js", "build"],
    ["react-scripts build", "dist", { ".env": "BUILD_PATH=dist" }],
    ["react-scripts build", "dist", {}, "ENV BUILD_PATH=dist\n"],
    ["ng build", "build"],
    ["vite build", "build", {}, "COPY --from=other /build /app/build\n"],
    ["vite build", "build", {}, "RUN make assets\n"],
    ["vite build", "build", { "capacitor.config.json": "{}", "x.config.js": "'build'" }],
  ] as const)
    expect(ofFolder(build, folder, more, lines), `${build} ${folder}`).toEqual([]);
});
