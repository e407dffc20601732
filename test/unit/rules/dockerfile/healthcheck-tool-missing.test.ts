import { expect, test } from "vitest";
import { healthcheckToolMissing as rule } from "../../../../server/src/rules/dockerfile/healthcheck-tool-missing.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("curl on Alpine, wget on Debian, either on scratch; both forms", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1
                    ^^^^ healthcheck-tool-missing: curl is not in this image.
    FROM debian:trixie-slim AS two
    HEALTHCHECK --interval=5s --timeout=3s \
      CMD ["wget", "-q", "--spider", "http://localhost"]
           ^^^^^^ healthcheck-tool-missing: wget is not in this image.
    FROM scratch
    HEALTHCHECK CMD ["curl", "-f", "http://localhost"]
                     ^^^^^^ healthcheck-tool-missing
  `;
});

test("the reason comes with it", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD curl -f http://localhost
  `;
  expect(problem?.related.length).toBeGreaterThan(0);
});

test("not what the image brings, the stage installs or copies, before or after", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    HEALTHCHECK CMD wget -q --spider http://localhost || exit 1
    FROM alpine:3.24 AS two
    HEALTHCHECK CMD curl -f http://localhost || exit 1
    RUN apk add --no-cache curl
    FROM debian:trixie-slim AS three
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    HEALTHCHECK CMD curl -f http://localhost || exit 1
    FROM alpine:3.24 AS four
    COPY --from=one /curl /usr/local/bin/curl
    HEALTHCHECK CMD curl -f http://localhost || exit 1
    FROM nginx:1.29-alpine AS five
    HEALTHCHECK CMD curl -f http://localhost || exit 1
    FROM scratch
    COPY api /api
    HEALTHCHECK CMD ["/api", "-health"]
  `;
});

test("not where an unknown command may have installed it, or the base is unknown", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    COPY install.sh /
    RUN /install.sh
    HEALTHCHECK CMD curl -f http://localhost
    FROM example.com/team/base:1
    HEALTHCHECK CMD curl -f http://localhost
  `;
});

test("not a tool that has a stand-in, and not words of the shell", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    HEALTHCHECK CMD curl -f http://localhost || wget -q -O - http://localhost
    FROM alpine:3.24 AS two
    HEALTHCHECK CMD test -f /tmp/ready && [ -e /x ] || exit 1
    FROM alpine:3.24 AS three
    HEALTHCHECK NONE
  `;
});

test("not a command under a condition", () => {
  reports(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD if true; then curl -f http://localhost; fi
  `;
});

test("asks with the tool that is there", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    HEALTHCHECK --interval=5s CMD curl -fsS --max-time 2 http://localhost:8080/health || exit 1
    ->
    FROM alpine:3.24
    HEALTHCHECK --interval=5s CMD wget -q -T 2 -O /dev/null http://127.0.0.1:8080/health || exit 1
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/health"]
    ->
    FROM alpine:3.24
    HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    HEALTHCHECK CMD wget --quiet --tries=1 --spider http://localhost:8080/health || exit 1
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    HEALTHCHECK CMD curl -fsS -o /dev/null http://localhost:8080/health || exit 1
  `;
});

test("or with the language that is there", () => {
  fixes(rule, "unsafe")`
    FROM node:24-slim
    HEALTHCHECK CMD curl -f http://localhost:3000/health || exit 1
    ->
    FROM node:24-slim
    HEALTHCHECK CMD node -e "fetch('http://localhost:3000/health').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))" || exit 1
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    HEALTHCHECK CMD ["curl", "-f", "localhost:8000"]
    ->
    FROM python:3.14-slim
    HEALTHCHECK CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000', timeout=3)"]
  `;
});

test("or installs it", () => {
  fixes(rule, "unsafe", "Install")`
    FROM debian:trixie-slim
    USER 1000
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    USER 1000
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
  `;
});

test("nothing to offer where nothing can be installed", () => {
  offersNothing(rule)`
    FROM scratch
    HEALTHCHECK CMD ["curl", "-f", "http://localhost"]
  `;
});

test("a request with headers or data is not translated", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine:3.24
    HEALTHCHECK CMD curl -f -H "Host: example.com" -d x http://localhost
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual(["Install curl"]);
});

test("no installation that a later instruction removes again", () => {
  offersNothing(rule)`
    FROM debian:12-slim
    RUN apt-get update && apt-get install -y curl && apt-get purge -y --auto-remove curl
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
  `;
  offersNothing(rule)`
    FROM debian:12-slim
    RUN apt-get update && apt-get install -y curl wget
    RUN rm -f /usr/bin/curl /usr/bin/wget
    HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/health || exit 1
  `;
  // Not where something else is removed.
  fixes(rule, "unsafe", "Install")`
    FROM debian:12-slim
    RUN apt-get purge -y --auto-remove gcc
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
    ->
    FROM debian:12-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
    RUN apt-get purge -y --auto-remove gcc
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
  `;
});

test("not what a stage built on this one brings", () => {
  reports(rule)`
    FROM debian:trixie-slim AS base
    HEALTHCHECK CMD curl -f http://localhost/
    FROM base
    RUN apt-get update && apt-get install -y curl
  `;
  reports(rule)`
    FROM debian:trixie-slim AS base
    HEALTHCHECK CMD curl -f http://localhost/
                    ^^^^ healthcheck-tool-missing: curl is not in this image.
    FROM base AS plain
    FROM base AS other
    RUN apt-get update && apt-get install -y curl
    HEALTHCHECK CMD curl -f http://localhost/other
  `;
});

test("a program that Cargo built brings no other one along", () => {
  reports(rule)`
    FROM rust:1.89 AS builder
    WORKDIR /app
    COPY . .
    RUN cargo build --release
    FROM debian:bookworm-slim
    COPY --from=builder /app/target/release/api /usr/local/bin/
    HEALTHCHECK CMD curl -f http://localhost:3000/health || exit 1
                    ^^^^ healthcheck-tool-missing: curl is not in this image.
  `;
  reports(rule)`
    FROM rust:1.89 AS builder
    RUN cargo build --release
    FROM debian:bookworm-slim
    COPY --from=builder /app/target/release/deps /usr/local/bin/
    COPY --from=builder /app/target/release/ /usr/local/bin/
    HEALTHCHECK CMD curl -f http://localhost:3000/health || exit 1
  `;
});

test("a stage among many is tried without the others", () => {
  const stage = "FROM alpine:3.24\nHEALTHCHECK CMD curl -f http://localhost/\n";
  const found = problemsOf(rule)(Object.assign([""], { raw: [`ARG A=1\n${stage.repeat(40)}`] }));
  expect(found).toHaveLength(40);
  expect(new Set(found.map((it) => it.fixes.map(({ title }) => title).join())).size).toBe(1);
  for (const { fixes: offered, span } of found)
    for (const { edits } of offered)
      for (const it of edits) expect(Math.abs(it.span.start - span.start)).toBeLessThan(80);
});

test("behind timeout, and in a script that a shell of the image is handed", () => {
  reports(rule)`
    FROM python:3.14-slim AS one
    HEALTHCHECK CMD timeout -k 1 5 curl -f http://localhost:8000/ || exit 1
                                   ^^^^ healthcheck-tool-missing: curl is not in this image.
    FROM python:3.14-slim AS two
    HEALTHCHECK CMD ["timeout", "5", "curl", "-f", "http://localhost:8000/"]
                                     ^^^^^^ healthcheck-tool-missing: curl is not in this image.
    FROM python:3.14-slim AS three
    HEALTHCHECK CMD bash -c 'curl -f http://localhost:8000/ || exit 1'
                             ^^^^ healthcheck-tool-missing: curl is not in this image.
    FROM alpine:3.24 AS four
    HEALTHCHECK CMD bash -c 'curl -f http://localhost:8000/ || exit 1'
                    ^^^^ healthcheck-tool-missing: bash is not in this image.
    FROM python:3.14-slim AS five
    HEALTHCHECK CMD timeout 5 python3 -c "import urllib.request" || exit 1
  `;
});

test("what reads the answer still gets it", () => {
  fixes(rule, "unsafe", "Ask")`
    FROM alpine:3.24
    HEALTHCHECK CMD curl -fs http://localhost:8080/actuator/health | grep -q UP || exit 1
    ->
    FROM alpine:3.24
    HEALTHCHECK CMD wget -q -O - http://127.0.0.1:8080/actuator/health | grep -q UP || exit 1
  `;
  fixes(rule, "unsafe", "Ask")`
    FROM alpine:3.24
    HEALTHCHECK CMD test "$(curl -s http://localhost:8080/)" = ok
    ->
    FROM alpine:3.24
    HEALTHCHECK CMD test "$(wget -q -O - http://127.0.0.1:8080/)" = ok
  `;
  const [problem] = problemsOf(rule)`
    FROM node:24-slim
    HEALTHCHECK CMD curl -fs http://localhost:3000/ | grep -q UP
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual(["Install curl"]);
});

test("a silenced answer, a path, a wrapper and a variable stand in the way of no other tool", () => {
  fixes(rule, "unsafe", "Ask")`
    FROM alpine:3.24
    HEALTHCHECK CMD /usr/bin/curl -sf localhost:3000 > /dev/null 2>&1 || exit 1
    ->
    FROM alpine:3.24
    HEALTHCHECK CMD wget -q -O /dev/null 127.0.0.1:3000 || exit 1
  `;
  fixes(rule, "unsafe", "Ask")`
    FROM alpine:3.24
    HEALTHCHECK CMD timeout 5 curl -f http://localhost:\${PORT:-8080}/health || exit 1
    ->
    FROM alpine:3.24
    HEALTHCHECK CMD timeout 5 wget -q -O /dev/null "http://127.0.0.1:\${PORT:-8080}/health" || exit 1
  `;
});
