import { test } from "vitest";
import { versionArgumentUnset as rule } from "../../../../server/src/rules/dockerfile/version-argument-unset.ts";
import { fixes, reports } from "../../../support/check.ts";

test("each variable once", () => {
  reports(rule)`
    FROM golang:1.27
    RUN CGO_ENABLED=0 go build -ldflags="-s -w -X main.version=$VERSION -X main.commit=\${COMMIT}" -o /out/api .
                                                               ^^^^^^^^ version-argument-unset: Nothing sets VERSION, so that the program gets an empty text.
                                                                                       ^^^^^^^^^ version-argument-unset
    RUN go install -ldflags "-X main.version=$VERSION -X main.name=$VERSION" ./...
                                             ^^^^^^^^ version-argument-unset
  `;
});

test("not what is set, what other rules see, and flags of other kinds", () => {
  reports(rule)`
    ARG RELEASE
    FROM golang:1.27
    ARG VERSION
    RUN go build -ldflags "-X main.version=$VERSION" .
    RUN COMMIT=$(git rev-parse HEAD) && go build -ldflags "-X main.commit=$COMMIT" .
    RUN go build -ldflags "-X main.version=$RELEASE -X main.arch=$TARGETARCH" .
    RUN go build -ldflags "-X main.version=$VERSOIN" .
    RUN go build -ldflags "-X main.version=\${TAG:-dev}" .
    RUN go build -ldflags "$LDFLAGS" .
    RUN go build -ldflags '-X main.version=$NOTHING' .
    RUN make VERSION=$NOTHING
    FROM example.com/go
    RUN go build -ldflags "-X main.version=$TAG" .
  `;
});

test("an ARG above the build takes it", () => {
  fixes(rule, "safe")`
    FROM golang:1.27
    WORKDIR /src
    # one binary
    RUN go build \
      -ldflags "-X main.version=$VERSION" \
      -o /out/api .
    ->
    FROM golang:1.27
    WORKDIR /src
    ARG VERSION
    # one binary
    RUN go build \
      -ldflags "-X main.version=$VERSION" \
      -o /out/api .
  `;
});
