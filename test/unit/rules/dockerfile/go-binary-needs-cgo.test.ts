import { test } from "vitest";
import { goBinaryNeedsCgo as rule } from "../../../../server/src/rules/dockerfile/go-binary-needs-cgo.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const program = (imported: string) => ({
  context: contextOf({
    "go.mod": "module example.com/api\n\ngo 1.26\n",
    "main.go": `package main\n\nimport (\n\t"example.com/api/store"\n)\n\nfunc main() { store.Open() }\n`,
    "store/store.go": `package store\n\nimport (\n\t"database/sql"\n\t${imported}\n)\n\nfunc Open() { sql.Open("sqlite3", "x") }\n`,
  }),
});

test("told by ENV, in a package of the program", () => {
  reports(rule, program('_ "github.com/mattn/go-sqlite3"'))`
    FROM golang:1.26-alpine AS builder
    ENV CGO_ENABLED=0 GOOS=linux
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
        ^^^^^^^^ go-binary-needs-cgo: Without cgo github.com/mattn/go-sqlite3 (store/store.go) is a stub that opens no database.
    FROM alpine:3.24
    COPY --from=builder /api /api
    CMD ["/api"]
  `;
});

const file = (build: string, before = "") =>
  `FROM golang:1.26 AS builder\nWORKDIR /src\nCOPY . .\n${before}RUN ${build}\nFROM debian:13-slim\nCOPY --from=builder /api /api\nCMD ["/api"]\n`;

test.each([
  ["with cgo", "go build -o /api .", ""],
  ["with cgo again", "CGO_ENABLED=1 go build -o /api .", "ENV CGO_ENABLED=0\n"],
  ["exported", "export CGO_ENABLED=1 && go build -o /api .", "ENV CGO_ENABLED=0\n"],
  ["worked out", "CGO_ENABLED=$CGO go build -o /api .", "ARG CGO\n"],
])("silent %s", (_, build, before) => {
  expectProblems(rule, file(build, before), program('_ "github.com/mattn/go-sqlite3"'));
});

test("silent for a driver in pure Go, and where the sources are not known", () => {
  expectProblems(rule, file("CGO_ENABLED=0 go build -o /api ."), program('_ "modernc.org/sqlite"'));
  expectProblems(rule, file("CGO_ENABLED=0 go build -o /api ."));
});

test("without a C compiler cgo is off by itself, from Go 1.20 on", () => {
  reports(rule, program('_ "github.com/mattn/go-sqlite3"'))`
    FROM golang:1.26-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
        ^^^^^^^^ go-binary-needs-cgo: Without gcc there is no cgo, and github.com/mattn/go-sqlite3 (store/store.go) is a stub that opens no database.
    FROM alpine:3.24
    COPY --from=builder /api /api
    CMD ["/api"]
  `;
});

test.each([
  ["installed in front", "1.26-alpine", "apk add --no-cache gcc musl-dev && go build -o /api ."],
  ["another compiler", "1.26-alpine", "CC=zigcc go build -o /api ."],
  ["an older Go", "1.19-alpine", "go build -o /api ."],
  ["a Go that is not known", "alpine", "go build -o /api ."],
  ["with gcc", "1.26", "go build -o /api ."],
])("silent: %s", (_, tag, build) => {
  const text = file(build).replace("golang:1.26", `golang:${tag}`);
  expectProblems(rule, text, program('_ "github.com/mattn/go-sqlite3"'));
});
