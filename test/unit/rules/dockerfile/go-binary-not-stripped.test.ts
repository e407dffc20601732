import { test } from "vitest";
import { goBinaryNotStripped as rule } from "../../../../server/src/rules/dockerfile/go-binary-not-stripped.ts";
import { fixes, reports } from "../../../support/check.ts";

test("what the final stage copies", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go build -ldflags "-X main.version=$VERSION" -o /out/api . && go build -o /out/cli ./cmd/cli
        ^^^^^^^^ go-binary-not-stripped: /api is shipped with its symbols and debug information.
    FROM scratch
    COPY --from=builder /out/api /api
  `;
});

test("not what is stripped, or may be", () => {
  for (const run of [
    "RUN go build -ldflags='-w -s' -o /out/api .",
    'RUN go build -ldflags "-s -X main.v=1" -o /out/api .',
    "RUN go build -ldflags=-s -o /out/api .",
    'RUN go build -ldflags "$LDFLAGS" -o /out/api .',
    'RUN go build -ldflags "${LDFLAGS} -X main.v=$V" -o /out/api .',
    "RUN go build $FLAGS -o /out/api .",
    "ENV GOFLAGS=-ldflags=-s\nRUN go build -o /out/api .",
    "RUN go build -o /out/api . && strip /out/api",
    "RUN go build -o /out/api . && upx /out/api",
    'RUN go build -gcflags="all=-N -l" -o /out/api .',
    "RUN go build -race -o /out/api .",
    "RUN make",
  ])
    reports(rule)(
      Object.assign([""], {
        raw: [`FROM golang:1.27 AS b\n${run}\nFROM scratch\nCOPY --from=b /out/api /api\n`],
      }),
    );
});

test("not what stays in its own stage, or goes to one that is not shipped", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go build -o /out/api .
    FROM alpine:3.24 AS test
    COPY --from=builder /out/api /api
    FROM golang:1.27
    RUN go build -o /out/api .
  `;
});

test("adds the flags to those that are there", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS builder
    RUN go build \
      -o /out/api .
    RUN go build -ldflags="-X main.v=$V" -o /out/one ./one
    RUN go build -ldflags -w -o /out/two ./two
    FROM scratch
    COPY --from=builder /out/api /out/one /out/two /bin/
    ->
    FROM golang:1.27 AS builder
    RUN go build -ldflags="-s -w" \
      -o /out/api .
    RUN go build -ldflags="-s -w -X main.v=$V" -o /out/one ./one
    RUN go build -ldflags "-s -w" -o /out/two ./two
    FROM scratch
    COPY --from=builder /out/api /out/one /out/two /bin/
  `;
});

test("-w leaves the debug information out, not the symbols", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags '-w -extldflags -static' -o /out/api .
                      ^^^^^^^^ go-binary-not-stripped: /api is shipped with its symbols.
    FROM alpine:3.24
    COPY --from=builder /out/api /api
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS builder
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags '-w' -o /out/api .
    FROM alpine:3.24
    COPY --from=builder /out/api /api
    ->
    FROM golang:1.27 AS builder
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags '-s -w' -o /out/api .
    FROM alpine:3.24
    COPY --from=builder /out/api /api
  `;
});

test("a value in double quotes within the flags", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.26 AS builder
    ARG VERSION
    RUN CGO_ENABLED=0 go build -ldflags='-X "main.version=$VERSION"' -o /server .
    FROM scratch
    COPY --from=builder /server /server
    ->
    FROM golang:1.26 AS builder
    ARG VERSION
    RUN CGO_ENABLED=0 go build -ldflags='-s -w -X "main.version=$VERSION"' -o /server .
    FROM scratch
    COPY --from=builder /server /server
  `;
});
