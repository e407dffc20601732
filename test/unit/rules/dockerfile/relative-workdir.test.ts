import { test } from "vitest";
import { relativeWorkdir as rule } from "../../../../server/src/rules/dockerfile/relative-workdir.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("the first WORKDIR of a stage, quoted or not", () => {
  reports(rule)`
    FROM scratch AS one
    WORKDIR app/
            ^^^^ relative-workdir: app/ starts wherever the base image's working directory is.
    WORKDIR more
    FROM scratch AS two
    WORKDIR 'relative/dir'
            ^^^^^^^^^^^^^^ relative-workdir: relative/dir starts wherever the base image's working directory is.
    FROM scratch AS three
    WORKDIR "relative/dir"
            ^^^^^^^^^^^^^^ relative-workdir
    FROM scratch
    ARG NAME
    WORKDIR app/$NAME
            ^^^^^^^^^ relative-workdir: app/$NAME starts wherever the base image's working directory is.
  `;
});

test("not an absolute path, and a variable that may be one", () => {
  reports(rule)`
    FROM example.com/base AS one
    WORKDIR /usr/local
    FROM example.com/base AS two
    WORKDIR \${work}
    FROM example.com/base AS three
    WORKDIR '/usr/local'
    FROM example.com/base AS four
    WORKDIR "\${dir}"
    FROM example.com/base AS five
    ENV HERE=/app
    WORKDIR $HERE/data
  `;
});

test("a dollar sign that is escaped is the first letter of a name", () => {
  reports(rule)`
    FROM alpine:3.24
    WORKDIR \$NAME
            ^^^^^^ relative-workdir: $NAME starts wherever the base image's working directory is.
  `;
});

test("not paths of Windows", () => {
  reports(rule)`
    FROM example.com/windows AS one
    WORKDIR 'C:\'
    FROM example.com/windows AS two
    WORKDIR "C:\"
    FROM example.com/windows AS three
    WORKDIR C:/
    FROM example.com/windows AS four
    WORKDIR "C:/"
    FROM example.com/windows AS five
    WORKDIR \app
  `;
});

test("not behind another WORKDIR of the file", () => {
  reports(rule)`
    FROM scratch AS a
    WORKDIR /app
    WORKDIR data
    FROM a AS b
    WORKDIR subdir/
    FROM b
    WORKDIR subdir/
  `;
});

test("a variable that is known to be relative", () => {
  reports(rule)`
    FROM scratch
    ENV HERE=app
    WORKDIR $HERE
            ^^^^^ relative-workdir: app starts wherever the base image's working directory is.
  `;
});

test("goes on from the working directory that is known", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS one
    WORKDIR src/app
    FROM alpine:3.24 AS two
    WORKDIR "my app"
    FROM alpine:3.24 AS three
    WORKDIR ./app
    ->
    FROM golang:1.27 AS one
    WORKDIR /go/src/app
    FROM alpine:3.24 AS two
    WORKDIR "/my app"
    FROM alpine:3.24 AS three
    WORKDIR /app
  `;
});

test("asks where the working directory is not known, and where a variable is not known offers nothing", () => {
  fixes(rule, "unsafe")`
    FROM example.com/base
    WORKDIR app
    ->
    FROM example.com/base
    WORKDIR /app
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ARG NAME
    WORKDIR app/$NAME
  `;
});
