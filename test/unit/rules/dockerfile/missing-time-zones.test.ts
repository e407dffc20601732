import { expect, test } from "vitest";
import { missingTimeZones as rule } from "../../../../server/src/rules/dockerfile/missing-time-zones.ts";
import { expectProblems, fixes, problemsOf, reports } from "../../../support/check.ts";
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

test("TZ for a program of the system", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV TZ="Europe/Berlin"
        ^^^^^^^^^^^^^^^^^^ missing-time-zones
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache python3
    ENV TZ=Europe/Berlin
        ^^^^^^^^^^^^^^^^ missing-time-zones: This image has no time zones, so that TZ=Europe/Berlin is taken for UTC.
    COPY app.py /app.py
    CMD ["python3", "/app.py"]
  `;
  reports(rule)`
    FROM ubuntu:24.04
    ENV TZ=Europe/Berlin
        ^^^^^^^^^^^^^^^^ missing-time-zones
    CMD exec date
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENV TZ=Europe/Berlin
    CMD ["crond", "-f"]
    ->
    FROM alpine:3.24
    RUN apk add --no-cache tzdata
    ENV TZ=Europe/Berlin
    CMD ["crond", "-f"]
  `;
});

test("not for a program that may bring the time zones itself", () => {
  for (const text of [
    'FROM alpine:3.24\nENV TZ=Europe/Berlin\nCOPY api /usr/local/bin/\nCMD ["api"]\n',
    'FROM alpine:3.24\nENV TZ=Europe/Berlin\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
    'FROM node:24-alpine\nENV TZ=Europe/Berlin\nCMD ["node", "server.js"]\n',
    "FROM scratch\nENV TZ=Europe/Berlin\nCOPY api /\n",
    'FROM example.com/team/base:1\nENV TZ=Europe/Berlin\nCMD ["date"]\n',
  ])
    expectProblems(rule, text);
});

test("not for UTC, nor with the package or a file of the database", () => {
  for (const text of [
    'FROM alpine:3.24\nENV TZ=UTC\nCMD ["crond", "-f"]\n',
    'FROM alpine:3.24\nENV TZ=Etc/UTC\nCMD ["crond", "-f"]\n',
    'FROM alpine:3.24\nENV TZ=CET-1CEST,M3.5.0,M10.5.0/3\nCMD ["crond", "-f"]\n',
    'FROM alpine:3.24\nRUN apk add --no-cache tzdata\nENV TZ=Europe/Berlin\nCMD ["crond", "-f"]\n',
    'FROM alpine:3.24\nCOPY --from=tz /usr/share/zoneinfo/Europe/Berlin /usr/share/zoneinfo/Europe/Berlin\nENV TZ=Europe/Berlin\nCMD ["crond", "-f"]\n',
    'FROM alpine:3.24 AS base\nENV TZ=Europe/Berlin\nFROM debian:trixie-slim\nCMD ["date"]\n',
  ])
    expectProblems(rule, text);
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

test("a link to a time zone that is not there, or its copy", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN ln -sf /usr/share/zoneinfo/Europe/Paris /etc/localtime
    ->
    FROM alpine:3.24
    RUN apk add --no-cache tzdata
    RUN ln -sf /usr/share/zoneinfo/Europe/Paris /etc/localtime
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN cp /usr/share/zoneinfo/Europe/Rome /etc/localtime
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-time-zones: This image has no time zones here, so that there is nothing to copy.
  `;
  reports(rule)`
    FROM alpine:3.24 AS one
    RUN apk add --no-cache tzdata && cp /usr/share/zoneinfo/Europe/Rome /etc/localtime && apk del tzdata
    FROM ubuntu:24.04 AS two
    RUN ln -sf /usr/share/zoneinfo/Europe/Rome /etc/localtime
    RUN apt-get update && apt-get install -y --no-install-recommends tzdata
    FROM debian:trixie-slim
    RUN ln -sf /usr/share/zoneinfo/Europe/Rome /etc/localtime
  `;
});

test("by a constant, a variable, a flag, and what a request says", () => {
  const found = (body: string) =>
    problemsOf(rule, { context: contextWith(body) })`
      FROM golang:1.27 AS builder
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /api .
      FROM scratch
      COPY --from=builder /api /api
      ENTRYPOINT ["/api"]
    `.map((it) => /calls (.*) \(main/.exec(it.message)?.[1]);
  expect(found('const zone = "Europe/Berlin"\nfunc main() { time.LoadLocation(zone) }')).toEqual([
    'time.LoadLocation("Europe/Berlin")',
  ]);
  expect(
    found(
      'func main() {\n\tname := os.Getenv("X")\n\tif name == "" {\n\t\tname = "America/New_York"\n\t}\n\ttime.LoadLocation(name)\n}',
    ),
  ).toEqual(['time.LoadLocation("America/New_York")']);
  expect(
    found('var tz = flag.String("tz", "Asia/Tokyo", "")\nfunc main() { time.LoadLocation(*tz) }'),
  ).toHaveLength(1);
  expect(found('func h(r *http.Request) { time.LoadLocation(r.URL.Query().Get("tz")) }')).toEqual([
    'time.LoadLocation(r.URL.Query().Get("tz"))',
  ]);
  expect(found('const zone = "UTC"\nfunc main() { time.LoadLocation(zone) }')).toEqual([]);
  expect(found('const zone = "Apps/Config"\nfunc main() { time.LoadLocation(zone) }')).toEqual([]);
  expect(found('func main() { time.LoadLocation(os.Getenv("ZONE")) }')).toEqual([]);
  expect(found("func main() { time.LoadLocation(config.Zone) }")).toEqual([]);
  expect(found('// zone = "Europe/Berlin"\nfunc main() { time.LoadLocation(zone) }')).toEqual([]);
});

test("TZ by an argument's default, in quotes, and set again", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG TZ=Asia/Shanghai
    ENV TZ=\${TZ}
        ^^^^^^^^ missing-time-zones: This image has no time zones, so that TZ=Asia/Shanghai is taken for UTC.
    CMD ["date"]
  `;
  reports(rule)`
    FROM alpine:3.24
    ENV TZ="Asia/Tokyo"
        ^^^^^^^^^^^^^^^ missing-time-zones: This image has no time zones, so that TZ=Asia/Tokyo is taken for UTC.
    CMD ["date"]
  `;
  reports(rule)`
    FROM alpine:3.24
    ARG ZONE
    ENV TZ=Asia/Tokyo
    ENV TZ=$ZONE
    CMD ["date"]
  `;
});
