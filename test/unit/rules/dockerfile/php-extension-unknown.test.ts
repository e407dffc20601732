import { test } from "vitest";
import { phpExtensionUnknown as rule } from "../../../../server/src/rules/dockerfile/php-extension-unknown.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad);
  expectProblems(rule, rule.docs.good);
});

test("extensions of PECL, and those that are gone", () => {
  reports(rule)`
    FROM php:8.4-fpm-alpine AS eight
    RUN docker-php-ext-install -j4 pdo_mysql imap mongodb
                                             ^^^^ php-extension-unknown: PHP has no imap since 8.4, and this is 8.4.
                                                  ^^^^^^^ php-extension-unknown: mongodb is no part of PHP: PECL has it.
    FROM php:7.2-apache
    RUN docker-php-ext-install mcrypt
                               ^^^^^^ php-extension-unknown: PHP has no mcrypt since 7.2, and this is 7.2.
  `;
});

test.each([
  "FROM php:8.3-cli\nRUN docker-php-ext-install imap",
  "FROM php:7.1-cli\nRUN docker-php-ext-install mcrypt",
  "FROM php:8.4-cli\nRUN mkdir -p /usr/src/php/ext/redis && curl -fsSL https://example.com/redis.tgz | tar xz -C /usr/src/php/ext/redis --strip 1\nRUN docker-php-ext-install redis",
  "FROM php:8.4-cli\nCOPY redis /usr/src/php/ext/redis\nRUN docker-php-ext-install redis",
  "FROM php:8.4-cli\nRUN docker-php-ext-install redis || true",
  "FROM php:cli\nRUN docker-php-ext-install imap",
  "FROM example/php:8.4\nRUN docker-php-ext-install redis",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});

test("a lone one is installed with pecl", () => {
  fixes(rule, "unsafe")`
    FROM php:8.4-cli
    RUN docker-php-ext-install redis
    ->
    FROM php:8.4-cli
    RUN pecl install redis && docker-php-ext-enable redis
  `;
});

test("what is switched on and was never installed", () => {
  reports(rule)`
    FROM php:8.4-fpm
    RUN docker-php-ext-install pdo_mysql && docker-php-ext-enable redis opcache
                                                                  ^^^^^ php-extension-unknown: Nothing has installed redis here, which is no part of PHP.
    FROM php:8.4-fpm
    RUN pecl install redis && docker-php-ext-enable redis
    FROM php:8.4-fpm
    ARG EXTENSION=redis
    RUN pecl install $EXTENSION && docker-php-ext-enable redis
    FROM php:8.4-fpm
    COPY --from=build /usr/local/lib/php/extensions/ /usr/local/lib/php/extensions/
    RUN docker-php-ext-enable redis
    FROM php:8.4-fpm
    COPY rootfs /
    RUN docker-php-ext-enable redis
    FROM php:8.4-fpm
    RUN docker-php-ext-enable redis || true
    FROM example.com/team/php:8
    RUN docker-php-ext-enable redis
  `;
});
