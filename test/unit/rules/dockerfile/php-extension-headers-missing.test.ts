import { test } from "vitest";
import { phpExtensionHeadersMissing as rule } from "../../../../server/src/rules/dockerfile/php-extension-headers-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("each of several, on Debian too", () => {
  reports(rule)`
    FROM php:8.3-apache
    RUN apt-get update && apt-get install -y git unzip && docker-php-ext-install -j$(nproc) pdo_mysql zip gd intl
                                                                                                      ^^^ php-extension-headers-missing: zip is compiled against libzip, and nothing up to here installs libzip-dev.
                                                                                                          ^^ php-extension-headers-missing: gd is compiled against libpng, and nothing up to here installs libpng-dev.
  `;
});

test.each([
  "RUN apk add --no-cache libpq-dev && docker-php-ext-install pgsql",
  "RUN apk add --no-cache postgresql-dev && docker-php-ext-install pgsql",
  "RUN apk add --no-cache $PHPIZE_DEPS && docker-php-ext-install pgsql",
  "RUN docker-php-ext-install pdo_mysql mysqli opcache bcmath",
  "RUN docker-php-ext-install pgsql || true",
  "COPY build.sh /\nRUN sh /build.sh && docker-php-ext-install pgsql",
])("silent for %s", (lines) => {
  expectProblems(rule, `FROM php:8.4-fpm-alpine\n${lines}\n`);
});

test("silent where PHP brought the library itself, and for images of one's own", () => {
  expectProblems(rule, "FROM php:7.2-fpm-alpine\nRUN docker-php-ext-install zip\n");
  expectProblems(rule, "FROM example.com/php:8\nRUN docker-php-ext-install zip\n");
});

test("the fix installs the headers above", () => {
  fixes(rule, "unsafe")`
    FROM php:8.4-fpm-alpine
    RUN docker-php-ext-install intl
    ->
    FROM php:8.4-fpm-alpine
    RUN apk add --no-cache icu-dev
    RUN docker-php-ext-install intl
  `;
});

test("headers by the names of the packages that are installed", () => {
  reports(rule)`
    FROM php:8.3-fpm AS debian
    RUN apt-get update && apt-get install -y git unzip libzip-dev
    RUN docker-php-ext-install mbstring soap
                               ^^^^^^^^ php-extension-headers-missing: mbstring is compiled against Oniguruma, and nothing up to here installs libonig-dev.
                                        ^^^^ php-extension-headers-missing: soap is compiled against libxml2, and nothing up to here installs libxml2-dev.
    FROM php:8.3-cli-alpine
    RUN apk add --no-cache autoconf gcc make musl-dev
    RUN pecl install imagick-3.7.0
                     ^^^^^^^^^^^^^ php-extension-headers-missing: imagick is compiled against ImageMagick, and nothing up to here installs imagemagick-dev.
    RUN docker-php-ext-install gettext
                               ^^^^^^^ php-extension-headers-missing: gettext is compiled against gettext, and nothing up to here installs gettext-dev.
    FROM php:8.3-apache
    RUN apt-get update && apt-get install -y libicu-dev libpng-dev
    RUN docker-php-ext-install bz2 gettext intl && pecl install pdo_sqlsrv
                               ^^^ php-extension-headers-missing: bz2 is compiled against bzip2, and nothing up to here installs libbz2-dev.
                                                                ^^^^^^^^^^ php-extension-headers-missing: pdo_sqlsrv is compiled against unixODBC, and nothing up to here installs unixodbc-dev.
  `;
});

test.each([
  "FROM php:7.3-cli\nRUN docker-php-ext-install mbstring",
  "FROM php:8.3-cli-alpine\nRUN apk add --no-cache freetype-dev && docker-php-ext-install bz2",
  "FROM php:8.3-cli\nRUN apt-get update && apt-get install -y libzip-dev && docker-php-ext-install bz2",
  "FROM php:8.3-cli-alpine\nRUN apk add --no-cache musl-libintl && docker-php-ext-install gettext",
  "FROM php:8.3-cli\nRUN apt-get update && apt-get install -y libonig-dev libxml2-dev && docker-php-ext-install mbstring soap",
  "FROM php:8.3-cli\nRUN apt-get update && apt-get install -y libxslt1-dev && docker-php-ext-install soap",
  "FROM php:8.3-cli\nARG PACKAGES\nRUN apt-get update && apt-get install -y $PACKAGES && docker-php-ext-install mbstring",
  "FROM php:8.3-cli-alpine\nRUN apk add --no-cache $PHPIZE_DEPS imagemagick-dev && pecl install imagick",
  "FROM php:8.3-cli\nCOPY setup.sh /\nRUN /setup.sh\nRUN docker-php-ext-install mbstring",
  "FROM php:8.3-cli\nRUN curl -sSL https://github.com/mlocati/docker-php-extension-installer/releases/latest/download/install-php-extensions | sh -s gmp\nRUN docker-php-ext-install gmp",
  "FROM example/php:8.3\nRUN docker-php-ext-install mbstring",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});
