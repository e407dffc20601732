import { test } from "vitest";
import { versionInPathDiffers as rule } from "../../../../server/src/rules/dockerfile/version-in-path-differs.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a source that the stage does not have, and a target that nothing looks in", () => {
  reports(rule)`
    FROM python:3.12-slim AS builder
    RUN pip install flask
    FROM python:3.12-slim
    COPY --from=builder /usr/local/lib/python3.11/site-packages/ /usr/local/lib/python3.11/site-packages/
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs: builder has Python 3.12, so there is no /usr/local/lib/python3.11/site-packages.
    COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.11/site-packages
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs: Python 3.12 looks in /usr/local/lib/python3.12/site-packages, and not here.
    COPY lib /usr/local/lib/python3.10/site-packages/shop/
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs
  `;
});

test("of PHP by the number of its API, and of Ruby by that of its libraries", () => {
  reports(rule)`
    FROM php:8.3-fpm AS extensions
    RUN docker-php-ext-install intl
    FROM ruby:3.4-slim AS gems
    FROM php:8.3-fpm-alpine
    COPY --from=extensions /usr/local/lib/php/extensions/no-debug-non-zts-20220829/intl.so /usr/local/lib/php/extensions/no-debug-non-zts-20230831/
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs: extensions has PHP 8.3, so there is no /usr/local/lib/php/extensions/no-debug-non-zts-20220829.
    COPY --from=gems /usr/local/lib/ruby/gems/3.3.0/gems /gems
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ version-in-path-differs
    COPY --from=gems /usr/local/lib/ruby/gems/3.4.0/gems /gems
  `;
});

test("not where the version, or what makes the folder, is not certain", () => {
  reports(rule)`
    ARG VERSION=3.12
    FROM python:3 AS floating
    FROM example.com/python:3.12 AS other
    FROM python:3.12 AS apt
    RUN apt-get install -y python3-flask && cp -r /usr/lib/python3/dist-packages /usr/local/lib/python3.11/
    FROM python:3.12 AS brought
    COPY --from=other /usr/local /usr/local
    FROM python:3.12 AS linked
    RUN ln -s python3.12 /usr/local/lib/python3.11
    FROM python:3.12-slim AS plain
    FROM linked AS above
    FROM debian:13-slim
    COPY --from=floating /usr/local/lib/python3.11/site-packages /a/
    COPY --from=other /usr/local/lib/python3.11/site-packages /b/
    COPY --from=apt /usr/local/lib/python3.11/dist-packages /c/
    COPY --from=apt /usr/local/lib/python3.11/site-packages /c/
    COPY --from=brought /usr/local/lib/python3.11/site-packages /d/
    COPY --from=above /usr/local/lib/python3.11/site-packages /e/
    COPY --from=plain /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.11/site-packages
    COPY --from=plain /opt/python3.11/site-packages /f/
  `;
});

test("not the target where the other stage has another version, which is another mistake", () => {
  reports(rule)`
    FROM python:3.11 AS builder
    FROM python:3.12
    COPY --from=builder /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
  `;
});

test("both paths are mended at once", () => {
  fixes(rule, "unsafe")`
    FROM python:3.12-slim AS builder
    FROM python:3.12-slim
    COPY --from=builder /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
    ->
    FROM python:3.12-slim AS builder
    FROM python:3.12-slim
    COPY --from=builder /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages
  `;
});
