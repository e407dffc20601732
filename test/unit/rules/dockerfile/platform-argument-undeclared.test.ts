import { test } from "vitest";
import { platformArgumentUndeclared as rule } from "../../../../server/src/rules/dockerfile/platform-argument-undeclared.ts";
import { fixes, reports } from "../../../support/check.ts";

test("in RUN, COPY and ENV, also where it is declared in front of FROM only", () => {
  reports(rule)`
    ARG TARGETOS
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    COPY bin-$TARGETARCH /bin/
             ^^^^^^^^^^^ platform-argument-undeclared: TARGETARCH is empty here: the stage has no ARG TARGETARCH.
    RUN GOOS=$TARGETOS GOARCH=\${TARGETARCH} go build -o /out/api .
             ^^^^^^^^^ platform-argument-undeclared
                              ^^^^^^^^^^^^^ platform-argument-undeclared
    RUN case "\${TARGETPLATFORM}" in linux/arm64) echo arm ;; *) echo other ;; esac
              ^^^^^^^^^^^^^^^^^ platform-argument-undeclared
    RUN if [ "$TARGETARCH" = "arm64" ]; then echo arm; else echo other; fi
              ^^^^^^^^^^^ platform-argument-undeclared
  `;
});

test("not where it is declared, in the script set, or asked for", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    ARG TARGETOS TARGETARCH
    RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/api .
    FROM alpine:3.24
    RUN TARGETARCH="$(uname -m)" && echo $TARGETARCH
    RUN echo \${TARGETARCH:-amd64}
    RUN [ -n "$TARGETARCH" ] && echo $TARGETARCH || true
    FROM example.com/cross
    RUN echo $TARGETARCH
  `;
});

test("is declared above the first use", () => {
  fixes(rule, "safe")`
    FROM golang:1.27
    WORKDIR /src
    RUN GOARCH=$TARGETARCH go build -o /out/api .
    ->
    FROM golang:1.27
    WORKDIR /src
    ARG TARGETARCH
    RUN GOARCH=$TARGETARCH go build -o /out/api .
  `;
});

test("in images of which not all variables are known, but that no image of a vendor sets these", () => {
  reports(rule)`
    ARG TARGETARCH
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    RUN dotnet restore -a $TARGETARCH
                          ^^^^^^^^^^^ platform-argument-undeclared
    FROM example.com/team/builder:1
    RUN make ARCH=$TARGETARCH
  `;
});
