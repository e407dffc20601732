import { test } from "vitest";
import { sharedLibraryMissing as rule } from "../../../../server/src/rules/dockerfile/shared-library-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

test("packages of a requirements file, on Debian and Alpine", () => {
  reports(rule, around({ "requirements.txt": "flask==3.1\npsycopg2==2.9.10\nmysqlclient==2.2.7\n" }))`
    FROM python:3.14-alpine AS builder
    RUN apk add --no-cache build-base libpq-dev mariadb-connector-c-dev
    COPY requirements.txt .
    RUN python -m venv /venv
    ENV PATH=/venv/bin:$PATH
    RUN pip install --no-cache-dir -r requirements.txt
    FROM python:3.14-alpine
    COPY --from=builder /venv /venv
                        ^^^^^ shared-library-missing: psycopg2 loads libpq, which is not in this image.
                        ^^^^^ shared-library-missing: mysqlclient loads libmariadb, which is not in this image.
  `;
  reports(rule, around({ "requirements.txt": "psycopg2\n" }))`
    FROM python:3.14-slim AS builder
    RUN apt-get update && apt-get install -y gcc libpq-dev
    COPY requirements.txt .
    RUN pip install -r requirements.txt
    FROM python:3.14-slim
    RUN apt-get update && apt-get install -y curl gosu
    COPY --from=builder /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shared-library-missing
  `;
});

test.each([
  ["its own package", "python:3.14-slim", "RUN apt-get update && apt-get install -y libpq5"],
  [
    "a package that needs it",
    "python:3.14-slim",
    "RUN apt-get update && apt-get install -y postgresql-client",
  ],
  ["a script", "python:3.14-slim", "COPY install.sh /\nRUN sh /install.sh"],
  [
    "the file",
    "python:3.14-slim",
    "COPY --from=builder /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/x86_64-linux-gnu/",
  ],
  ["the folder", "python:3.14-slim", "COPY --from=builder /usr/lib/ /usr/lib/"],
  ["another folder", "python:3.14-slim", "ENV LD_LIBRARY_PATH=/opt/lib\nCOPY --from=builder /opt /opt"],
  ["the whole image", "python:3.14", ""],
  ["an image that is not known", "example.com/python:3.14", ""],
])("silent where the library is there or may be: %s", (_, image, line) => {
  expectProblems(
    rule,
    [
      "FROM python:3.14 AS builder",
      "COPY requirements.txt ./",
      "RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt",
      `FROM ${image}`,
      line,
      "COPY --from=builder /venv /venv",
      "",
    ].join("\n"),
    around({ "requirements.txt": "psycopg2\n" }),
  );
});

test("silent for packages that bring it along, and for stages that are not shipped", () => {
  reports(rule, around({ "requirements.txt": "psycopg2-binary\n" }))`
    FROM python:3.14 AS builder
    COPY requirements.txt ./
    RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
    FROM python:3.14-slim AS test
    RUN pip install psycopg2
    COPY --from=builder /venv /venv
    FROM python:3.14-slim
    COPY --from=builder /venv /venv
  `;
});

test("gems by the lock file", () => {
  const lock = (gems: string) => around({ "Gemfile.lock": `GEM\n  specs:\n${gems}` });
  reports(rule, lock("    mysql2 (0.5.6)\n    pg (1.5.9)\n"))`
    FROM ruby:3.4 AS gems
    RUN bundle install
    FROM ruby:3.4-slim
    COPY --from=gems /usr/local/bundle /usr/local/bundle
                     ^^^^^^^^^^^^^^^^^ shared-library-missing: pg loads libpq, which is not in this image.
                     ^^^^^^^^^^^^^^^^^ shared-library-missing: mysql2 loads libmariadb, which is not in this image.
  `;
  reports(rule, lock("    pg (1.6.2)\n    pg (1.6.2-x86_64-linux)\n"))`
    FROM ruby:3.4 AS gems
    RUN bundle install
    FROM ruby:3.4-slim
    COPY --from=gems /usr/local/bundle /usr/local/bundle
  `;
});

test("extensions of PHP", () => {
  reports(rule)`
    FROM php:8.4-fpm-alpine AS extensions
    RUN apk add --no-cache libpq-dev && docker-php-ext-install pdo_pgsql
    FROM php:8.4-fpm-alpine AS mysql
    RUN docker-php-ext-install pdo_mysql
    FROM php:8.4-fpm-alpine
    COPY --from=extensions /usr/local/lib/php/extensions /usr/local/lib/php/extensions
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shared-library-missing: PHP's pdo_pgsql loads libpq, which is not in this image.
    COPY --from=mysql /usr/local/lib/php/extensions /usr/local/lib/php/extensions
  `;
});

test("what apk del takes away", () => {
  reports(rule)`
    FROM php:8.4-fpm-alpine
    RUN apk add --no-cache --virtual .build-deps $PHPIZE_DEPS libpq-dev icu-dev libzip-dev
    RUN apk add --no-cache icu-libs && docker-php-ext-install -j4 intl pdo_pgsql zip opcache && apk del .build-deps
                                                                       ^^^^^^^^^ shared-library-missing: PHP's pdo_pgsql loads libpq, which is removed with the packages for the build.
                                                                                 ^^^ shared-library-missing: PHP's zip loads libzip, which is removed with the packages for the build.
  `;
  reports(rule)`
    FROM python:3.14-alpine
    RUN apk add --no-cache --virtual .build build-base postgresql-dev && pip install psycopg2 && apk del .build
                                                                         ^^^^^^^^^^^^^^^^^^^^ shared-library-missing: psycopg2 loads libpq, which is removed with the packages for the build.
  `;
});

test.each([
  "RUN apk add --no-cache libpq && apk add --virtual .b libpq-dev && docker-php-ext-install pgsql && apk del .b",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pgsql && apk add libpq && apk del .b",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pgsql && apk add $(cat /deps) && apk del .b",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pgsql && apk add some-tool && apk del .b",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pgsql && apk del .b; apk add libpq",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pdo_mysql && apk del .b",
  "RUN apk add --virtual .b libpq-dev && docker-php-ext-install pgsql",
])("silent where something else brings it: %s", (line) => {
  expectProblems(rule, `FROM php:8.4-cli-alpine\n${line}\n`);
});

test("the fix installs the library alone", () => {
  fixes(rule, "unsafe", "", around({ "requirements.txt": "psycopg2\n" }))`
    FROM python:3.14-alpine AS builder
    RUN apk add --no-cache build-base libpq-dev
    COPY requirements.txt .
    RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt
    FROM python:3.14-alpine
    COPY --from=builder /venv /venv
    ->
    FROM python:3.14-alpine AS builder
    RUN apk add --no-cache build-base libpq-dev
    COPY requirements.txt .
    RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -r requirements.txt
    FROM python:3.14-alpine
    RUN apk add --no-cache libpq
    COPY --from=builder /venv /venv
  `;
});
