import { expect, test } from "vitest";
import { pipeWithoutPipefail as rule } from "../../../../server/src/rules/dockerfile/pipe-without-pipefail.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("what stands left of a pipe, wherever the pipe is", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN curl -fsSL https://example.com/a | tar -x
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail: If this fails, the build goes on: only the last command of a pipe counts.
    RUN ls && FILES=$(find / -name x | wc -l)
                      ^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN find . -name x | while read -r it; do echo "$it"; done
        ^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN <<EOF
    curl https://example.com/a | sh
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    EOF
  `;
});

test("not where pipefail is set: by SHELL, in the script, in the stage below", () => {
  reports(rule)`
    FROM debian:trixie-slim AS base
    SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
    RUN curl https://example.com/a | sh
    FROM base
    RUN curl https://example.com/a | sh
    SHELL ["/bin/bash", "-c"]
    RUN set -euxo pipefail; curl https://example.com/a | sh
    RUN set -o pipefail && curl https://example.com/a | sh
    FROM alpine:3.24
    SHELL ["/bin/sh", "-o", "pipefail", "-c"]
    RUN wget -qO- https://example.com/a | sh
  `;
});

test("a script with an interpreter of its own does not get SHELL's options", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    RUN <<EOF
    #!/bin/bash
    curl https://example.com/a | sh
    EOF
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN <<EOF
    #!/bin/bash
    set -o pipefail
    curl https://example.com/a | sh
    EOF
    RUN <<EOF
    #!/usr/bin/env python3
    print("a | b")
    EOF
  `;
});

test("a plain sh may not know the option", () => {
  reports(rule)`
    FROM debian:trixie-slim
    SHELL ["/bin/sh", "-o", "pipefail", "-c"]
    RUN curl https://example.com/a | sh
        ^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
  `;
});

test("not where nothing on the left can fail, without a pipe, and not in other shells", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN echo 'tzdata tzdata/Areas select Europe' | debconf-set-selections
    RUN yes | ./install.sh
    RUN echo "$A" | tr a b | tee /b
    RUN a || b && echo "a | b"
    RUN cd /tmp && rm -f *.tgz |: && ls
    RUN ./maybe | true
    RUN ["sh", "-c", "a | b"]
    SHELL ["pwsh", "-c"]
    RUN Get-Variable x | Select-Object y
    FROM mcr.microsoft.com/windows/servercore:ltsc2022
    RUN dir | find "x"
  `;
});

test("a shell that the stage has; the build may stop then, so nobody gets it unasked", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    # fetch
    RUN curl https://example.com/a | sh
    ->
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    # fetch
    RUN curl https://example.com/a | sh
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN wget -qO- https://example.com/a | sh
    ->
    FROM alpine:3.24
    SHELL ["/bin/ash", "-o", "pipefail", "-c"]
    RUN wget -qO- https://example.com/a | sh
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-e", "-c"]
    RUN curl https://example.com/a | sh
    ->
    FROM debian:trixie-slim
    SHELL ["/bin/bash", "-e", "-c"]
    SHELL ["/bin/bash", "-e", "-o", "pipefail", "-c"]
    RUN curl https://example.com/a | sh
  `;
});

test("one SHELL for all pipes below it, and another behind one that the file sets", () => {
  const places = problemsOf(rule)`
    FROM debian:trixie-slim
    RUN find / -name a | xargs rm
    RUN true
    RUN find / -name b | xargs rm
    SHELL ["/bin/bash", "-e", "-c"]
    RUN find / -name c | xargs rm
  `.map(({ fixes: [fix] }) => fix?.edits[0]?.span.start);
  const first = "FROM debian:trixie-slim\n".length;
  expect(places).toEqual([first, first, 125]);
});

test("nothing to offer where the shells of the image are not known", () => {
  offersNothing(rule)`
    FROM example.com/team/base:1
    RUN curl https://example.com/a | sh
  `;
});

test("not where a failure counts for nothing, or the script looks at what came out", () => {
  reports(rule)`
    FROM debian:13
    RUN [ -n "$KEY" ] && curl -fsS https://example.com/key | apt-key add - && echo done || true
    RUN sum=$(sha256sum app.tgz | cut -d' ' -f1) && [ "$sum" = "$WANTED" ]
    RUN version="$(curl -fsS https://example.com/latest | cut -c2-)"; test -n "$version"; echo "$version"
  `;
  reports(rule)`
    FROM debian:13
    RUN curl -fsS https://example.com/a | tar x || exit 1
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN curl -fsS https://example.com/a | tar x; ls || true
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN curl -fsS https://example.com/a | tar x && { ls || true; }
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN sum=$(sha256sum a | cut -c1-64) && [ "$other" = "$WANTED" ] && echo "$sum"
              ^^^^^^^^^^^ pipe-without-pipefail
    RUN curl -fsS https://example.com/a | tar x && sum=$(cat b) && [ "$sum" = "$WANTED" ]
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
  `;
});

test("quotes around the option change nothing", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN set -o "pipefail"; curl -fsS https://example.com/a | tar -xz
  `;
});

test("the last command of a substitution does not go into the pipe that its word stands in front of", () => {
  reports(rule)`
    FROM buildpack-deps:trixie
    RUN echo "$(cat /tmp/tool.sha256) /usr/bin/tool" | sha256sum --check
    RUN printf '%s' "$(curl -fsSL https://example.com/a)" | tee /a
    RUN curl -fsSL "$(cat /url)" | tar -x
        ^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN echo "$(curl -fsSL https://example.com/a | tar -x)" | tee /a
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
  `;
});

test("not where grep has to find something in what comes out", () => {
  reports(rule)`
    FROM buildpack-deps:trixie
    RUN sha1sum a.tar.gz | grep "$SUM" && tar -xf a.tar.gz
    RUN postgres -V | grep -qe "16\\." && curl -fsSL https://example.com/a | tr a b | grep -F OK || exit 1
    RUN curl -fsSL https://example.com/a | grep -v "^#" && true
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    RUN curl -fsSL https://example.com/a | grep tag | cut -f1
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
  `;
});

test("the shell that a here-document is handed to has options of its own", () => {
  reports(rule)`
    FROM debian:trixie
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    RUN <<EOF bash -e
    curl https://example.com/a.tgz | tar xz
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pipe-without-pipefail
    EOF
    RUN <<EOF bash -eo pipefail
    curl https://example.com/a.tgz | tar xz
    EOF
  `;
});
