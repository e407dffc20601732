import { test } from "vitest";
import { accountOptionUnknown as rule } from "../../../../server/src/rules/dockerfile/account-option-unknown.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("BusyBox's options on Debian", () => {
  reports(rule)`
    FROM debian:12-slim
    RUN adduser -D app
                ^^ account-option-unknown: Debian's adduser has no option -D.
    RUN addgroup -S web && adduser -SDH -G web other
                 ^^ account-option-unknown: Debian's addgroup has no option -S.
                                   ^^^^ account-option-unknown: Debian's adduser has no option -SDH.
    RUN adduser -D quiet || true
                ^^ account-option-unknown
  `;
});

test("BusyBox's options of shadow's programs, and -D with a name", () => {
  reports(rule)`
    FROM ubuntu:24.04
    RUN groupadd -S web && useradd -S -g web app
                 ^^ account-option-unknown: groupadd has no option -S.
                                   ^^ account-option-unknown: useradd has no option -S.
    RUN useradd -D app
                ^^ account-option-unknown: useradd has no option -D for a new user.
    RUN useradd --disabled-password app
                ^^^^^^^^^^^^^^^^^^^ account-option-unknown
  `;
});

test("shadow's options on Alpine", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN addgroup -r web && adduser -m app
                 ^^ account-option-unknown: BusyBox's addgroup has no option -r.
                                   ^^ account-option-unknown: BusyBox's adduser has no option -m.
  `;
});

test("not what the program has, or another one may be", () => {
  reports(rule)`
    FROM debian:12-slim
    RUN addgroup --system web && adduser --system --ingroup web --no-create-home -u 999 -q app
    RUN useradd -D && useradd -rmU -d /srv -s /bin/sh -c "S -D" other
    RUN if false; then adduser -D app; fi
    FROM alpine:3.24
    RUN addgroup -S -g 99 web && adduser -SDH -G web -h /srv -g "m r" -s /sbin/nologin -u 999 app
    RUN adduser --system --disabled-password --no-create-home other
    FROM debian:13-slim
    RUN adduser -D app
    FROM example.com/base
    RUN adduser -D app && useradd -x app
    FROM debian:12-slim
    RUN adduser() { true; }; adduser -D app
  `;
});

test("says it in the dialect that the image has", () => {
  fixes(rule, "safe")`
    FROM debian:12-slim
    RUN addgroup -S web && adduser -S -D -H -G web app
    RUN adduser -D -u 1500 worker
    RUN useradd -D other
    ->
    FROM debian:12-slim
    RUN groupadd -r web && useradd -s /usr/sbin/nologin -r -g web app
    RUN useradd -m -u 1500 worker
    RUN useradd -m other
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN addgroup -r web && adduser -m -u 1500 app
    ->
    FROM alpine:3.24
    RUN addgroup -S web && adduser -D -u 1500 app
  `;
  offersNothing(rule)`
    FROM debian:12-slim
    RUN adduser -D app >/dev/null
  `;
});
