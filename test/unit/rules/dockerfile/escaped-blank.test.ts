import { test } from "vitest";
import { escapedBlank as rule } from "../../../../server/src/rules/dockerfile/escaped-blank.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a backslash that stayed in the middle of a line", () => {
  reports(rule)`
    FROM php:8.4-cli
    RUN apt-get update && apt-get install -y libpq-dev \ git \
                                                       ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
          unzip
    RUN pecl install rdkafka \ && docker-php-ext-enable rdkafka
                             ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
    RUN mkdir -p /data \ ; rm -rf /tmp/x \ /tmp/y
                       ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
                                         ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
  `;
});

test("in front of a command", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && \ apt-get install -y git
                          ^^ escaped-blank: This backslash makes the blank behind it a part of the command's name.
    RUN cd /srv; \ make || true
                 ^^ escaped-blank: This backslash makes the blank behind it a part of the command's name.
  `;
});

test("at the end of a line of a here-document, where nothing takes it for a continuation", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN <<EOF
    cmake .. \ 
             ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
      -DCMAKE_BUILD_TYPE=Release
    EOF
    RUN echo a \ 
      b
  `;
});

test("in front of the end of find -exec", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN find /srv -name '*.pyc' -exec rm {} \ ;
                                            ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.
    RUN find /srv -name \ x -exec rm {} \;
  `;
});

test("not at the end of a line, inside of a word or in quotes, and not for programs that take a blank", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl \
        git
    RUN mkdir /my\ files "/a \ b" && cp /my\ files/a '\ b'
    RUN echo a b | tr \  _ && cut -d \  -f 1 /etc/issue; printf \ && IFS=\ read a
    RUN rm -f "C:\ x"
    RUN apt-get install -y \\ \$A
  `;
});

test("the blank parts words again", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl \ git && mkdir /a \ && touch /a/b
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl git && mkdir /a && touch /a/b
  `;
});

test("the blank goes where the backslash stands for something", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN find /srv -name '*.pyc' -exec rm {} \ ; && \ make
    ->
    FROM debian:trixie-slim
    RUN find /srv -name '*.pyc' -exec rm {} \; && make
  `;
});
