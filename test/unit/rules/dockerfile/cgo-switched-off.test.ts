import { test } from "vitest";
import { cgoSwitchedOff as rule } from "../../../../server/src/rules/dockerfile/cgo-switched-off.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const program = (module: string, head = "") => ({
  context: contextOf({
    "go.mod": "module example.com/api\n\ngo 1.27\n",
    "main.go": `${head}package main\n\nimport (\n\t"fmt"\n\t_ "${module}"\n)\n\nfunc main() { fmt.Println() }\n`,
  }),
});
const sqlite = program("github.com/mattn/go-sqlite3");

test("cgo that is turned off, or has no compiler", () => {
  reports(rule, sqlite)`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
                      ^^^^^^^^ cgo-switched-off: github.com/mattn/go-sqlite3 (main.go) needs cgo, which CGO_ENABLED=0 turns off.
    FROM golang:1.27-alpine AS alpine
    WORKDIR /src
    COPY go.mod main.go ./
    RUN go build -o /api .
        ^^^^^^^^ cgo-switched-off: github.com/mattn/go-sqlite3 (main.go) needs cgo, which is off here without a C compiler.
    FROM golang:1.27 AS variable
    ENV CGO_ENABLED=0
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
        ^^^^^^^^ cgo-switched-off
    FROM alpine:3.24
    COPY --from=build /api /
  `;
});

test("not with a compiler, where it is on or not known, or for a package without C", () => {
  reports(rule, sqlite)`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM golang:1.27-alpine AS alpine
    RUN apk add --no-cache build-base
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=1 go build -o /api .
    FROM golang:1.27 AS exported
    WORKDIR /src
    ENV CGO_ENABLED=0
    COPY . .
    RUN export CGO_ENABLED=1 && go build -o /api .
    FROM golang:1.27 AS argument
    ARG CGO_ENABLED
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM alpine:3.24
    COPY --from=build /api /
  `;
  for (const it of [
    program("modernc.org/sqlite"),
    program("github.com/glebarez/sqlite"),
    program("github.com/mattn/go-sqlite3", "//go:build cgo\n\n"),
  ])
    reports(rule, it)`
      FROM golang:1.27 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM alpine:3.24
      COPY --from=build /api /
    `;
});
