import { test } from "vitest";
import { extensionLibraryMissing as rule } from "../../../../server/src/rules/dockerfile/extension-library-missing.ts";
import { fixes, reports } from "../../../support/check.ts";

test("extensions that are compiled against what no package brings", () => {
  reports(rule)`
    FROM php:8.4-apache
    RUN apt-get update && apt-get install -y libzip-dev unzip && docker-php-ext-install -j$(nproc) pdo_mysql zip gd intl
                                                                                                                 ^^ extension-library-missing: gd is compiled against libpng, and no package here brings its headers.
                                                                                                                    ^^^^ extension-library-missing: intl is compiled against ICU, and no package here brings its headers.
  `;
  reports(rule)`
    FROM php:8.4-fpm-alpine AS base
    RUN apk add --no-cache git unzip
    COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
    FROM base
    RUN docker-php-ext-install zip
                               ^^^ extension-library-missing
  `;
});

test("not where a package brings it, something else may, or the extension needs none", () => {
  reports(rule)`
    FROM php:8.4-fpm-alpine AS one
    RUN apk add --no-cache --virtual .deps freetype-dev icu-dev postgresql-dev \
     && docker-php-ext-install gd intl pdo_pgsql opcache bcmath pcntl
    FROM php:8.4-fpm AS two
    ARG PACKAGES="libpq-dev"
    RUN apt-get update && apt-get install -y $PACKAGES
    RUN docker-php-ext-install pgsql
    FROM php:8.4-fpm AS three
    RUN curl -fsSL https://example.com/setup | sh && docker-php-ext-install pgsql
    FROM php:8.4-fpm AS four
    RUN docker-php-ext-install gd || true
    FROM example.com/php:8.4 AS five
    RUN docker-php-ext-install gd
    FROM php:8.4-fpm AS six
    COPY --from=five /usr/include/ /usr/include/
    RUN docker-php-ext-install gd
    FROM php:8.4-fpm
    ADD https://github.com/mlocati/docker-php-extension-installer/releases/latest/download/install-php-extensions /usr/local/bin/
    RUN install-php-extensions gd && docker-php-ext-install zip
  `;
});

test("installs it in front", () => {
  fixes(rule, "unsafe")`
    FROM php:8.4-fpm-alpine
    RUN docker-php-ext-install pdo_pgsql
    ->
    FROM php:8.4-fpm-alpine
    RUN apk add --no-cache libpq-dev && docker-php-ext-install pdo_pgsql
  `;
});
