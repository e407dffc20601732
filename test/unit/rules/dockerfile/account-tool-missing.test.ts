import { expect, test } from "vitest";
import { accountToolMissing as rule } from "../../../../server/src/rules/dockerfile/account-tool-missing.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("shadow's programs on Alpine, adduser on Debian 13", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    RUN groupadd -r app && useradd -r -g app app
        ^^^^^^^^ account-tool-missing: groupadd is not in this image.
                           ^^^^^^^ account-tool-missing: useradd is not in this image.
    FROM node:24-alpine AS two
    RUN ["usermod", "-aG", "a", "node"]
         ^^^^^^^^^ account-tool-missing: usermod is not in this image.
    FROM debian:trixie-slim
    RUN adduser --disabled-password --gecos "" app
        ^^^^^^^ account-tool-missing: adduser is not in this image.
    RUN addgroup --system app
        ^^^^^^^^ account-tool-missing
  `;
});

test("not where it is there, is installed, or may be", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    RUN adduser -D app && addgroup -S other
    FROM alpine:3.24 AS two
    RUN apk add --no-cache shadow && useradd app && apk del shadow
    FROM alpine:3.24 AS three
    RUN apk add --no-cache --virtual .accounts shadow
    RUN useradd app
    FROM alpine:3.24 AS four
    COPY install.sh /
    RUN /install.sh
    RUN useradd app
    FROM debian:bookworm-slim AS five
    RUN adduser --system app && useradd other
    FROM debian:trixie-slim AS six
    RUN apt-get update && apt-get install -y adduser
    RUN adduser --system app
    FROM example.com/team/base:1
    RUN useradd app && adduser app
  `;
});

test("not in a branch, a trigger, or for a function of the script's own", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN if command -v useradd; then useradd app; else adduser -D app; fi
    RUN adduser -D app || useradd app
    RUN useradd() { adduser -D "$1"; }; useradd app
    RUN --mount=type=bind,from=tools,source=/sbin,target=/usr/sbin useradd app
    RUN export PATH=$PATH:/opt/bin && useradd app
    ONBUILD RUN useradd app
  `;
});

test("an error only where the build certainly ends", () => {
  const severities = problemsOf(rule)`
    FROM alpine:3.24
    RUN useradd app || adduser -D app
    RUN useradd app; ls
    RUN useradd app
  `.map((it) => it.severity);
  expect(severities).toEqual(["warning", "warning", "error"]);
});

test("the same in BusyBox's words", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN groupadd --gid 1000 app \
        # the service
     && useradd --uid 1000 -g app -m -s /bin/sh -c "The app" app \
     && usermod -aG tty app
    RUN useradd -r worker
    RUN useradd -l -u $ID --create-home other
    ->
    FROM alpine:3.24
    RUN addgroup -g 1000 app \
        # the service
     && adduser -D -u 1000 -G app -s /bin/sh -g "The app" app \
     && addgroup app tty
    RUN addgroup -S worker && adduser -S -D -H -G worker worker
    RUN adduser -D -u $ID other
  `;
});

test("and the other way round", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN addgroup -S app && adduser -S -G app app
    RUN addgroup --system --gid 1001 nodejs
    RUN adduser --system --uid 1001 nextjs
    RUN adduser --disabled-password --gecos "" --home /srv/app --uid 1000 other
    RUN adduser -D -H worker && addgroup worker tty
    ->
    FROM debian:trixie-slim
    RUN groupadd -r app && useradd -m -s /usr/sbin/nologin -r -g app app
    RUN groupadd -r -g 1001 nodejs
    RUN useradd -g nogroup -s /usr/sbin/nologin -r -u 1001 nextjs
    RUN useradd -m -c "" -d /srv/app -u 1000 other
    RUN useradd worker && usermod -aG tty worker
  `;
});

test("nothing to offer for what the other one cannot say", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    RUN useradd -G a,b app
    RUN useradd -g 1000 app
    RUN useradd -p x app
    RUN usermod -s /bin/sh app
    RUN useradd \
          # why
          app
    RUN ["useradd", "app"]
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN adduser --group app
    RUN adduser --add-extra-groups app
  `;
});
