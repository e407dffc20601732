import { test } from "vitest";
import { missingTimeZones as rule } from "../../../../server/src/rules/dockerfile/missing-time-zones.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const contextWith = (body: string) =>
  contextOf({ "go.mod": "module example.com/api\n", "main.go": `package main\nimport "time"\n${body}\n` });
const berlin = contextWith('func main() { time.LoadLocation("Europe/Berlin") }');

test("a zone that the sources load by name", () => {
  reports(rule, { context: berlin })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
         ^^^^^^^ missing-time-zones: This image has no time zones, and the program calls time.LoadLocation("Europe/Berlin") (main.go).
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
});

test("TZ that nothing knows", () => {
  reports(rule, { context: contextWith("func main() { time.Now() }") })`
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM alpine:3.24
    ENV TZ=Europe/Berlin
        ^^^^^^^^^^^^^^^^ missing-time-zones: This image has no time zones, so that TZ=Europe/Berlin is taken for UTC.
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
});

const silent = {
  "UTC and Local": contextWith('func main() { time.LoadLocation("UTC"); time.LoadLocation("Local") }'),
  "a comment": contextWith('// time.LoadLocation("Europe/Berlin")\nfunc main() {}'),
  "the program's own": contextWith(
    'import _ "time/tzdata"\nfunc main() { time.LoadLocation("Europe/Berlin") }',
  ),
  "a variable": contextWith("func main() { time.LoadLocation(os.Args[1]) }"),
};
test.each(Object.entries(silent))("not %s", (_, context) => {
  reports(rule, { context })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
});

test("not where the image has them", () => {
  reports(rule, { context: berlin })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM gcr.io/distroless/static-debian13
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  reports(rule, { context: berlin })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -tags timetzdata -o /api .
    FROM scratch
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  reports(rule, { context: berlin })`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    ENTRYPOINT ["/api"]
  `;
});

test("from the package, the builder, or Go's own archive", () => {
  fixes(rule, "unsafe", "", { context: berlin })`
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM alpine:3.24
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM alpine:3.24
    RUN apk add --no-cache tzdata
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  fixes(rule, "unsafe", "", { context: berlin })`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=0 /api /api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=0 /usr/share/zoneinfo /usr/share/zoneinfo
    COPY --from=0 /api /api
    ENTRYPOINT ["/api"]
  `;
  fixes(rule, "unsafe", "", { context: berlin })`
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM scratch
    COPY --from=builder /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
    ENV ZONEINFO=/zoneinfo.zip
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
});
