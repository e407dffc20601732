import { test } from "vitest";
import { urlInCopy as rule } from "../../../../server/src/rules/dockerfile/url-in-copy.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("addresses of HTTP and of git", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY https://example.com/ca.pem /etc/ssl/
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ url-in-copy: COPY fetches nothing; ADD does.
    COPY conf http://example.com/a https://example.com/b /etc/app/
              ^^^^^^^^^^^^^^^^^^^^ url-in-copy
    COPY ["https://example.com/a b", "/x"]
          ^^^^^^^^^^^^^^^^^^^^^^^^^ url-in-copy
    COPY --link git@github.com:example/app.git /src
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ url-in-copy
    COPY ssh://git@example.com/app.git#main /src
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ url-in-copy
    ENV SITE=https://example.com
    COPY $SITE/index.html /srv/
         ^^^^^^^^^^^^^^^^ url-in-copy
    ONBUILD COPY https://example.com/a /a
                 ^^^^^^^^^^^^^^^^^^^^^ url-in-copy
  `;
});

test("not paths, and what is not known", () => {
  reports(rule)`
    FROM alpine:3.24
    ARG WHERE
    COPY $WHERE/a /a
    COPY HTTPS://example.com/a ftp://example.com/b s3://bucket/c /x/
    COPY github.com/example/app.git /src
    COPY user@host /a
    COPY a https://
    ADD https://example.com/ca.pem /etc/ssl/
    COPY <<text /note
    https://example.com/
    text
  `;
});

test("ADD fetches", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    COPY --chmod=644 https://example.com/ca.pem /etc/ssl/
    copy https://example.com/a /a
    ->
    FROM alpine:3.24
    ADD --chmod=644 https://example.com/ca.pem /etc/ssl/
    add https://example.com/a /a
  `;
  offersNothing(rule)`
    FROM alpine:3.24 AS build
    FROM alpine:3.24
    COPY --parents https://example.com/a /a
    COPY --from=build https://example.com/a /a
  `;
});
