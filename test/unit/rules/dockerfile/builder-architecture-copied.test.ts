import { test } from "vitest";
import { builderArchitectureCopied as rule } from "../../../../server/src/rules/dockerfile/builder-architecture-copied.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("Go, through a stage below and one in between", () => {
  reports(rule)`
    FROM --platform=\${BUILDPLATFORM} golang:1.27 AS base
    ENV CGO_ENABLED=0
    FROM base AS builder
    RUN go mod download && go build -o /out/api .
                           ^^^^^^^^ builder-architecture-copied: This builds for the builder's own architecture, and /usr/bin/api is copied to an image for the target's.
    FROM alpine:3.24
    COPY --from=builder /out/api /usr/bin/api
  `;
});

test("Rust without --target", () => {
  const context = contextOf({ "Cargo.toml": '[package]\nname = "api"\n' });
  reports(rule, { context })`
    FROM --platform=$BUILDPLATFORM rust:1.91 AS builder
    WORKDIR /src
    COPY . .
    RUN cargo build --release
        ^^^^^^^^^^^ builder-architecture-copied
    FROM debian:13-slim
    COPY --from=builder /src/target/release/api /usr/local/bin/api
  `;
  offersNothing(rule, { context })`
    FROM --platform=$BUILDPLATFORM rust:1.91 AS builder
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:13-slim
    COPY --from=builder /src/target/release/api /usr/local/bin/api
  `;
});

test("not where a target is chosen, in whatever way", () => {
  for (const run of [
    "RUN GOARCH=$TARGETARCH go build -o /out/api .",
    "ARG TARGETARCH\nENV GOARCH=$TARGETARCH\nRUN go build -o /out/api .",
    "RUN go env -w GOARCH=arm64 && go build -o /out/api .",
    "RUN xx-go --wrap\nRUN go build -o /out/api .",
    "RUN xx-go build -o /out/api .",
    "RUN <<EOF\nexport GOARCH=$TARGETARCH\ngo build -o /out/api .\nEOF",
    "RUN make build",
  ])
    reports(rule)(
      Object.assign([""], {
        raw: [
          `FROM --platform=$BUILDPLATFORM golang:1.27 AS b\n${run}\nFROM scratch\nCOPY --from=b /out/api /api\n`,
        ],
      }),
    );
});

test("not a builder of the target's platform, and not a binary that stays with the builder's", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go build -o /out/api .
    FROM --platform=$BUILDPLATFORM golang:1.27 AS tools
    RUN go build -o /out/gen ./cmd/gen
    FROM tools AS generated
    RUN /out/gen > /out/schema.json
    FROM --platform=$BUILDPLATFORM alpine:3.24 AS more
    COPY --from=tools /out/gen /bin/gen
    FROM scratch
    COPY --from=builder /out/api /api
    COPY --from=generated /out/schema.json /
  `;
});

test("builds for the target, with the arguments that are missing", () => {
  fixes(rule, "unsafe")`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    ARG TARGETARCH
    RUN go mod download && \
      CGO_ENABLED=0 go build -o /out/api .
    FROM scratch
    COPY --from=builder /out/api /api
    ->
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    ARG TARGETARCH
    ARG TARGETOS
    RUN go mod download && \
      GOOS=$TARGETOS GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /out/api .
    FROM scratch
    COPY --from=builder /out/api /api
  `;
});

test("GOOS alone says the system, and no architecture", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS build
    ARG TARGETOS
    COPY main.go .
    RUN CGO_ENABLED=0 GOOS=$TARGETOS go build -o /out/api .
                                     ^^^^^^^^ builder-architecture-copied
    FROM alpine:3.24
    COPY --from=build /out/api /api
  `;
  for (const build of [
    "GOOS=windows go build -o /out/api .",
    "GOOS=$OS go build -o /out/api .",
    "GOOS=linux GOARCH=$TARGETARCH go build -o /out/api .",
  ])
    reports(rule)(
      Object.assign([""], {
        raw: [
          `FROM --platform=$BUILDPLATFORM golang:1.27 AS build\nCOPY main.go .\nRUN ${build}\nFROM alpine:3.24\nCOPY --from=build /out/api /api\n`,
        ],
      }),
    );
  fixes(rule, "unsafe")`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS build
    ENV GOOS=linux CGO_ENABLED=0
    COPY main.go .
    RUN go build -o /out/api .
    FROM alpine:3.24
    COPY --from=build /out/api /api
    ->
    FROM --platform=$BUILDPLATFORM golang:1.27 AS build
    ENV GOOS=linux CGO_ENABLED=0
    COPY main.go .
    ARG TARGETARCH
    RUN GOARCH=$TARGETARCH go build -o /out/api .
    FROM alpine:3.24
    COPY --from=build /out/api /api
  `;
});
