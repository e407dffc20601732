import { test } from "vitest";
import { goOutputNotDirectory as rule } from "../../../../server/src/rules/dockerfile/go-output-not-directory.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const FILES = {
  "go.mod": "module example.com/api\n",
  "cmd/api/main.go": "package main\n",
  "cmd/worker/main.go": "package main\n",
  "internal/db/db.go": "package db\n",
  "tools/gen/main.go": "//go:build ignore\n\npackage main\n",
};
const around = (files: Readonly<Record<string, string>> = FILES) => ({ context: contextOf(files) });

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad, { context: contextOf(rule.docs.context ?? {}) });
  expectProblems(rule, rule.docs.good, { context: contextOf(rule.docs.context ?? {}) });
});

test("patterns and named packages", () => {
  reports(rule, around())`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/app ./...
                                                             ^^^^^^^ go-output-not-directory: bin/app is no folder, and go builds at least 3 packages here.
    RUN go build -o=/usr/local/bin/app ./cmd/api ./cmd/worker
                 ^^^^^^^^^^^^^^^^^^^^^ go-output-not-directory: /usr/local/bin/app is no folder, and go builds 2 packages here.
  `;
});

test.each([
  ["RUN go build -o bin/ ./cmd/...", FILES],
  ["RUN mkdir -p /out && go build -o /out ./cmd/...", FILES],
  ["RUN go build -o /dev/null ./...", FILES],
  ["RUN go build -o app ./cmd/api", FILES],
  ["RUN go build -o app ./cmd/... || go build -o app ./cmd/api", FILES],
  ["RUN go build ./...", FILES],
  ["ARG TARGET\nRUN go build -o app $TARGET", FILES],
  ["RUN go build -o app cmd/api/main.go cmd/api/more.go", FILES],
  ["RUN go build -o app ./cmd/...", { "go.mod": "module x\n", "cmd/api/main.go": "package main\n" }],
  ["RUN go build -o app ./tools/...", FILES],
  ["RUN ./make-folders.sh && go build -o /out/app ./cmd/...", FILES],
])("silent for %s", (line, files) => {
  expectProblems(rule, `FROM golang:1.27\nWORKDIR /src\nCOPY . .\n${line}\n`, around(files));
});
