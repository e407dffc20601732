import { test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { fixes, reports } from "../../../support/check.ts";

test("pecl compiles, and Alpine's image has nothing for that", () => {
  fixes(rule, "unsafe")`
    FROM php:8.4-fpm-alpine
    RUN pecl install redis-6.3.0 && docker-php-ext-enable redis
    ->
    FROM php:8.4-fpm-alpine
    RUN apk add --no-cache $PHPIZE_DEPS
    RUN pecl install redis-6.3.0 && docker-php-ext-enable redis
  `;
  reports(rule)`
    FROM php:8.4-fpm-alpine AS alpine
    RUN apk add --no-cache --virtual .build $PHPIZE_DEPS && pecl install redis && apk del .build
    FROM php:8.4-fpm
    RUN pecl install redis
  `;
});
