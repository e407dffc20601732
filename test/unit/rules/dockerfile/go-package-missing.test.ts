import { expect, test } from "vitest";
import { goPackageMissing as rule } from "../../../../server/src/rules/dockerfile/go-package-missing.ts";
import { expectProblems, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = {
  "go.mod": "module example.com/api\n\ngo 1.25\n\nrequire example.com/api/own v1.0.0\n",
  "main.go": 'package main\n\nimport (\n\t"fmt"\n\t"example.com/api/store"\n\t"example.com/api/own"\n)\n',
  "store/store.go": 'package store\n\nimport "example.com/api/internal/db"\n',
  "internal/db/db.go": "package db\n",
  "internal/db/extra/extra.go": "package extra\n",
  "own/own.go": "package own\n",
  "cmd/api/main.go": 'package main\n\nimport "example.com/api/store"\n',
  "docs/readme.md": "",
};
const context = contextOf(files);

test("a folder that is not copied", () => {
  reports(rule, { context })`
    FROM golang:1.25 AS one
    WORKDIR /src
    COPY go.mod *.go ./
    RUN go build -o /api .
        ^^^^^^^^^^^^^^^^^^ go-package-missing: main.go imports example.com/api/store, and store is not in /src here.
    FROM golang:1.25 AS two
    WORKDIR /src
    COPY go.mod ./
    RUN go mod download
    COPY cmd cmd
    COPY store store
    RUN CGO_ENABLED=0 go build -o /api ./cmd/api
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-package-missing: store/store.go imports example.com/api/internal/db, and internal/db is not in /src here.
    FROM golang:1.25 AS three
    WORKDIR /src
    COPY go.mod *.go ./
    RUN go build -ldflags "-s -w" -o /api ./cmd/api
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-package-missing: go builds the package of cmd/api, which is not in /src here.
  `;
});

test("a folder that the project does not have, or that holds no Go file", () => {
  const { "main.go": _, ...withoutMain } = files;
  const found = (dockerfile: string) =>
    problemsOf(rule, { context: contextOf(withoutMain) })(Object.assign([""], { raw: [dockerfile] })).map(
      (it) => it.message,
    );
  const all = "FROM golang:1.25\nWORKDIR /src\nCOPY . .\n";
  expect(found(`${all}RUN go build -o /api ./cmd/server`)).toEqual([
    "go builds the package of cmd/server, which the build context does not have.",
  ]);
  expect(found(`${all}RUN go mod download && go build -o /api`)).toEqual([
    "go builds the package of /src, and the build context has no Go file for it.",
  ]);
  expect(found(`${all}RUN go install ./docs`)).toHaveLength(1);
  expect(found(`${all}RUN go build -o /api ./cmd/api`)).toEqual([]);
  expect(found(`${all}RUN ./generate.sh\nRUN go build -o /api`)).toEqual([]);
  expect(found(`${all}COPY --from=gen /out .\nRUN go build -o /api`)).toEqual([]);
});

test.each([
  ["all is copied", "COPY . .\nRUN go build -o /api ."],
  ["its folders are", "COPY go.mod *.go ./\nCOPY store store\nCOPY internal internal\nRUN go build -o /api"],
  ["a pattern", "COPY go.mod *.go ./\nRUN go build ./..."],
  ["a file", "COPY go.mod *.go ./\nRUN go build -o /api main.go"],
  ["a variable", "ARG TARGET=api\nCOPY go.mod *.go ./\nRUN go build ./cmd/$TARGET"],
  ["another folder", "COPY go.mod *.go ./\nRUN cd /other && go build ."],
  ["another module", "COPY go.mod *.go ./\nRUN go install github.com/air-verse/air@latest"],
  ["mounted", "COPY go.mod ./\nRUN --mount=type=bind,target=. go build ."],
  ["made by a RUN", "COPY go.mod *.go ./\nRUN git clone https://example.com/store.git store\nRUN go build ."],
  ["may fail", "COPY go.mod *.go ./\nRUN go build . || true"],
  ["a vendor folder", "ENV GOFLAGS=-mod=mod\nCOPY go.mod *.go ./\nRUN go build ."],
])("silent: %s", (_, lines) =>
  expectProblems(rule, `FROM golang:1.25\nWORKDIR /src\n${lines}\n`, { context }),
);
