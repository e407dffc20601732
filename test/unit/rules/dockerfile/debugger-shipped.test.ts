import { test } from "vitest";
import { debuggerShipped as rule } from "../../../../server/src/rules/dockerfile/debugger-shipped.ts";
import { expectProblems, reports } from "../../../support/check.ts";

test("Xdebug that is turned on", () => {
  reports(rule)`
    FROM php:8.4-apache
    RUN install-php-extensions intl xdebug
                                    ^^^^^^ debugger-shipped
  `;
  reports(rule)`
    FROM debian:trixie-slim AS base
    RUN apt-get update && apt-get install -y php8.4-fpm php8.4-xdebug
                                                        ^^^^^^^^^^^^^ debugger-shipped
    FROM base
    CMD ["php-fpm"]
  `;
});

test("Xdebug that is off, under a condition, only built, or for development", () => {
  reports(rule)`
    FROM php:8.4-fpm AS dev
    RUN install-php-extensions xdebug
    FROM php:8.4-fpm
    ARG DEBUG
    RUN pecl install xdebug-3.4.5
    RUN if [ -n "$DEBUG" ]; then docker-php-ext-enable xdebug; fi
  `;
  reports(rule)`
    FROM php:8.4-fpm
    RUN install-php-extensions xdebug
    ENV XDEBUG_MODE=off
  `;
  reports(rule)`
    FROM php:8.4-fpm AS app-debug
    RUN install-php-extensions xdebug
  `;
});

test("not Debian's package in an image whose PHP is not Debian's", () => {
  reports(rule)`
    FROM php:8.4-fpm
    RUN apt-get update && apt-get install -y php-xdebug
  `;
});

test("debuggers that other machines reach", () => {
  reports(rule)`
    FROM node:24-slim
    CMD ["node", "--inspect=0.0.0.0:9229", "server.js"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^ debugger-shipped: Whoever reaches this debugger runs code in the service.
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["python", "-m", "debugpy", "--listen", "0.0.0.0:5678", "app.py"]
                                    ^^^^^^^^^^ debugger-shipped
  `;
  reports(rule)`
    FROM eclipse-temurin:21-jre
    ENV JAVA_TOOL_OPTIONS="-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ debugger-shipped
    CMD ["java", "-jar", "app.jar"]
  `;
});

test("not those of the container alone", () => {
  for (const command of [
    '["node", "--inspect", "a.js"]',
    '["node", "--inspect=127.0.0.1", "a.js"]',
    '["node", "a.js"]',
  ])
    expectProblems(rule, `FROM node:24-slim\nCMD ${command}\n`);
  reports(rule)`
    FROM eclipse-temurin:21-jre
    ENV JAVA_TOOL_OPTIONS="-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005"
    ENV JAVA_OPTS="-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005"
    CMD ["java", "-jar", "app.jar"]
  `;
});
