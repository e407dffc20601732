import { test } from "vitest";
import { goToolNotInstallable as rule } from "../../../../server/src/rules/dockerfile/go-tool-not-installable.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad);
  expectProblems(rule, rule.docs.good);
});

test("a newer Go than the image's", () => {
  reports(rule)`
    FROM golang:1.21.3-alpine3.18 AS dev
    RUN CGO_ENABLED=0 go install -ldflags "-s -w" github.com/go-delve/delve/cmd/dlv@latest
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-tool-not-installable: Releases of github.com/go-delve/delve need Go 1.25, and this is 1.21.3.
    FROM golang:1.23-bookworm
    RUN go install golang.org/x/tools/gopls@latest && go install go.uber.org/mock/mockgen@latest
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-tool-not-installable: Releases of golang.org/x/tools/gopls need Go 1.25, and this is 1.23.
  `;
});

test.each([
  "FROM golang:1.27\nRUN go install github.com/air-verse/air@latest",
  "FROM golang:latest\nRUN go install github.com/air-verse/air@latest",
  "FROM golang:1-alpine\nRUN go install github.com/air-verse/air@latest",
  "FROM golang:1.21\nRUN go install github.com/air-verse/air@v1.52.3",
  "FROM golang:1.21\nENV GOTOOLCHAIN=auto\nRUN go install github.com/air-verse/air@latest",
  "FROM golang:1.21\nRUN GOTOOLCHAIN=go1.24.0 go install github.com/air-verse/air@latest",
  "FROM golang:1.21\nCOPY --from=golang:1.27 /usr/local/go /usr/local/go\nRUN go install github.com/air-verse/air@latest",
  "FROM golang:1.21\nRUN go install github.com/air-verse/air@latest || true",
  "FROM golang:1.26\nRUN go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@latest",
  "FROM golang:1.21\nRUN go install github.com/air-verse/airport@latest",
  "FROM golang:1.21\nRUN go install github.com/cosmtrek/air@v1.49.0",
  "FROM example/go:1.21\nRUN go install github.com/air-verse/air@latest",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});

test("a module that has moved", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27
    RUN go install github.com/cosmtrek/air@latest
    ->
    FROM golang:1.27
    RUN go install github.com/air-verse/air@latest
  `;
});
