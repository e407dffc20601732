import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { goOutsideModule as rule } from "../../../../server/src/rules/dockerfile/go-outside-module.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

test("without a go.mod", () => {
  fixes(rule, "unsafe", "Install the newest version")`
    FROM golang:1.27-alpine
    RUN go get github.com/air-verse/air
    ->
    FROM golang:1.27-alpine
    RUN go install github.com/air-verse/air@latest
  `;
  fixes(rule, "unsafe", "Write @latest behind it")`
    FROM golang:1.26
    WORKDIR /src
    RUN go install -v github.com/a-h/templ/cmd/templ
    ->
    FROM golang:1.26
    WORKDIR /src
    RUN go install -v github.com/a-h/templ/cmd/templ@latest
  `;
  reports(rule)`
    FROM golang:1.27
    RUN go get -u github.com/a/b && go build
           ^^^ go-outside-module: Without a go.mod Go 1.27 gets nothing: go install builds a program, with a version behind @.
  `;
});

test.each([
  "FROM golang:1.27\nRUN go install github.com/a/b@v1",
  "FROM golang:1.17\nRUN go get github.com/a/b",
  "FROM golang:1.27\nENV GO111MODULE=off\nRUN go get github.com/a/b",
  "FROM golang:1.27\nRUN GO111MODULE=off go get github.com/a/b",
  "FROM golang:1.27\nRUN go env -w GO111MODULE=off\nRUN go get github.com/a/b",
  "FROM golang:1.27\nRUN go mod init x && go get github.com/a/b",
  "FROM golang:1.27\nCOPY go.mod ./\nRUN go get github.com/a/b",
  "FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go get github.com/a/b",
  "FROM golang:1.27\nRUN git clone https://example.com/r && cd r && go get github.com/a/b",
  "FROM golang:1.27\nRUN go get ./...",
  "FROM golang:1.27\nRUN go install ./cmd/api",
  "FROM golang:1.27\nRUN go get github.com/a/b || true",
  "FROM golang\nRUN go get github.com/a/b",
])("silent: %s", (text) =>
  expect(
    checkDockerfile(modelOf(`${text}\n`, { context: contextOf({ "go.mod": "module x\n" }) }), {
      rules: [rule],
    }),
  ).toEqual([]),
);
