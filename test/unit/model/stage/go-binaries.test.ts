import { describe, test } from "vitest";
import { contextOf } from "../../../support/model.ts";
import { answers } from "../../../support/stage-questions.ts";

const built = (
  from: string,
  command: string,
  questions: Record<string, string>,
  files?: Record<string, string>,
) =>
  answers(
    questions,
    files ? { context: contextOf(files) } : {},
  )(Object.assign([""], { raw: [`FROM ${from}\nWORKDIR /src\nCOPY . .\nRUN ${command}\n`] }));

describe("where go build writes", () => {
  test.each<[string, Record<string, string>]>([
    ["go build -o /out/api .", { "file /out/api": "file by RUN", "path /out/other": "no" }],
    ["go build -o=/out/api ./cmd/api", { "path /out/api": "yes" }],
    ["go build -trimpath -ldflags='-s -w' -o bin/api ./cmd/api", { "path /src/bin/api": "yes" }],
    ["go build -o /out/ ./cmd/api", { "path /out/api": "yes", "path /out/other": "no" }],
    ["go build -o /out/ ./cmd/...", { "path /out/api": "?", "path /out": "yes" }],
    [
      "mkdir /out && go build -o /out ./cmd/api ./cmd/job",
      { "path /out/api": "yes", "path /out/job": "yes" },
    ],
    ["go build ./cmd/api", { "path /src/api": "yes" }],
    ["go build main.go", { "path /src/main": "yes" }],
    ["cd cmd/api && go build -o ../../api", { "path /src/api": "yes" }],
    ["go build -C cmd/api -o x .", { "path /src/cmd/api/x": "yes" }],
    ["go build -o $OUT .", { "path /out/api": "?", "tool bash": "yes", "tool nc": "no" }],
    ["go build -o $(pwd)/x .", { "path /out/api": "?" }],
    ["go build -o /dev/null .", { "path /dev/null": "?" }],
    ["go vet ./... && go mod verify && go version", { "path /out/api": "no" }],
    ["go test ./...", { "path /out/api": "?" }],
    ["go get example.com/tool", { "path /go/bin/tool": "?", "path /out/api": "no" }],
    ["go generate ./...", { "path /out/api": "?" }],
    [
      "go install example.com/cmd/tool@latest",
      { "path /go/bin/tool": "yes", "tool tool": "yes", "path /go/bin/other": "no" },
    ],
    ["go install example.com/tool/v2@v2.1.0", { "path /go/bin/tool": "yes" }],
    ["GOBIN=/tools go install example.com/tool@v1", { "path /tools/tool": "yes" }],
  ])("%s", (command, questions) => {
    built("golang:1.27", command, questions);
  });

  test("named as the module, where the context tells it", () => {
    built(
      "golang:1.27",
      "go build",
      { "path /src/notes": "yes", "path /src/app": "?" },
      { "go.mod": "module example.com/notes/v2\n\ngo 1.27\n", "main.go": "package main\n" },
    );
    built("golang:1.27", "go build", { "path /src/notes": "?" });
  });
});

describe("how it is linked", () => {
  const web = {
    "go.mod": "module example.com/web\n",
    "main.go": 'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n',
  };
  const plain = {
    "go.mod": "module example.com/plain\n",
    "main.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n',
  };
  const inner = {
    "go.mod": "module example.com/inner\n",
    "main.go": 'package main\n\nimport "example.com/inner/internal/server"\n',
    "internal/server/server.go": 'package server\n\nimport _ "os/user"\n',
    "internal/server/server_test.go": 'package server\n\nimport "testing"\n',
  };
  const dependent = {
    "go.mod": "module example.com/x\n",
    "main.go": 'package main\n\nimport "gopkg.in/yaml.v3"\n',
  };
  const gin = {
    "go.mod": "module example.com/x\n",
    "main.go": 'package main\n\nimport "github.com/gin-gonic/gin"\n',
  };

  test.each<[string, string, string, Record<string, string> | undefined]>([
    ["golang:1.27", "go build -o /api .", "glibc", undefined],
    ["golang:1.22-bookworm", "go build -o /api .", "glibc", web],
    ["golang:1.27", "go build -o /api .", "static", plain],
    ["golang:1.27", "go build -o /api .", "glibc", inner],
    ["golang:1.27", "go build -o /api .", "?", dependent],
    ["golang:1.27", "go build -o /api .", "glibc", gin],
    ["golang:1.27", "CGO_ENABLED=0 go build -o /api .", "static", web],
    ["golang:1.27", "export CGO_ENABLED=0 && go build -o /api .", "static", undefined],
    ["golang:1.27", "CGO_ENABLED=0 && go build -o /api .", "glibc", undefined],
    ["golang:1.27", "CGO_ENABLED=0; export CGO_ENABLED; go build -o /api .", "static", undefined],
    ["golang:1.27", "CGO_ENABLED=1 go build -o /api .", "glibc", undefined],
    ["golang:1.27", "CGO_ENABLED=$(x) go build -o /api .", "?", undefined],
    ["golang:1.27", "GOOS=linux go build -o /api .", "glibc", undefined],
    ["golang:1.27", "GOOS=windows go build -o /api .", "?", undefined],
    ["golang:1.27", "GOARCH=arm64 go build -o /api .", "?", undefined],
    ["golang:1.27", `go build -ldflags '-linkmode external -extldflags "-static"' -o /api .`, "static", web],
    ["golang:1.27", "go build -tags netgo,osusergo -o /api .", "?", web],
    ["golang:1.27-alpine", "go build -o /api .", "static", web],
    ["golang:1.15-alpine", "go build -o /api .", "?", web],
    ["golang:1.27-alpine", "apk add gcc musl-dev && go build -o /api .", "musl", web],
    ["golang:1.27-alpine", "apk add build-base-something && go build -o /api .", "?", web],
    ["example.com/go:1", "go build -o /api .", "?", web],
  ])("%s: %s is %s", (from, command, linkage, files) => {
    built(from, command, { "linkage /api": linkage }, files);
  });

  test("by ENV, ARG and the platform that is built for", () => {
    answers({ "linkage /api": "static" })`
      FROM golang:1.27
      ENV CGO_ENABLED=0
      RUN go build -o /api .
    `;
    answers({ "linkage /api": "?" })`
      FROM golang:1.27
      ARG CGO_ENABLED
      RUN go build -o /api .
    `;
    answers({ "linkage /api": "glibc" })`
      FROM --platform=$BUILDPLATFORM golang:1.27
      ARG TARGETOS TARGETARCH
      RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /api .
    `;
  });

  test("it is kept when the file is moved, renamed and copied", () => {
    answers({ "linkage /app/server": "glibc", "linkage /usr/bin/api": "glibc", "linkage /all/api": "glibc" })`
      FROM golang:1.27 AS builder
      RUN go build -o /tmp/x . && mkdir /out && mv /tmp/x /out/api
      FROM alpine:3.24 AS middle
      COPY --from=builder /out/api /usr/bin/
      FROM middle
      COPY --from=builder /out/api /app/server
      COPY --from=builder /out /all
    `;
  });
});

test("Rust links glibc dynamically and musl statically", () => {
  answers({ "linkage /app": "glibc" }, { context: contextOf({ "Cargo.toml": '[package]\nname = "app"\n' }) })`
    FROM rust:1 AS builder
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM scratch
    COPY --from=builder /src/target/release/app /app
  `;
  answers(
    {
      "linkage /src/target/x86_64-unknown-linux-musl/release/app": "static",
      "path /src/target/release/app": "?",
      "path /app": "no",
    },
    { context: contextOf({ "Cargo.toml": '[package]\nname = "app"\n' }) },
  )`
    FROM rust:1
    WORKDIR /src
    COPY . .
    RUN cargo build --release --target x86_64-unknown-linux-musl
  `;
});
