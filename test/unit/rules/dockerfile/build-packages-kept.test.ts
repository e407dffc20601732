import { test } from "vitest";
import { buildPackagesKept as rule } from "../../../../server/src/rules/dockerfile/build-packages-kept.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";

test("packages by a name, and those of PHP, that nothing removes", () => {
  reports(rule)`
    FROM php:8.5-alpine
    RUN apk add --no-cache --virtual=build-dependencies gcc && make
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ build-packages-kept: Nothing removes build-dependencies, so all that it stands for is shipped.
    RUN apk add --no-cache -t .tmp gcc
                              ^^^^ build-packages-kept
    RUN apk add --no-cache $PHPIZE_DEPS && pecl install redis
                           ^^^^^^^^^^^^ build-packages-kept: Nothing removes these packages, which extensions are built with, so they are shipped.
  `;
});

test("not where they are removed or may be, stay on purpose, or are in another stage", () => {
  reports(rule)`
    FROM alpine:3.24 AS builder
    RUN apk add --no-cache --virtual .build-deps gcc
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .run-deps libpq && apk add --no-cache gcc
  `;
  for (const behind of ["apk del --no-network .build-deps", "apk del $DEPS", "sh /build.sh", "./build.sh"])
    expectProblems(
      rule,
      `FROM alpine:3.24\nRUN apk add --no-cache --virtual .build-deps gcc\nRUN ${behind}\n`,
    );
});

test("removes them at the end of the last RUN", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .build-deps gcc make \
     && make
    ->
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .build-deps gcc make \
     && make \
     && apk del .build-deps
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .build-deps gcc make
    RUN make
  `;
});
