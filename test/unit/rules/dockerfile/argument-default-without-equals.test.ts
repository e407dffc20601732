import { test } from "vitest";
import { argumentDefaultWithoutEquals as rule } from "../../../../server/src/rules/dockerfile/argument-default-without-equals.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a word that can only be the default", () => {
  reports(rule)`
    ARG VERSION 3.24
                ^^^^ argument-default-without-equals: Without = this is one more argument, and VERSION has no default.
    FROM alpine:3.24
    ARG DEBIAN_FRONTEND noninteractive
                        ^^^^^^^^^^^^^^ argument-default-without-equals
    ARG port 8080
             ^^^^ argument-default-without-equals
    ARG GREETING "hello you"
                 ^^^^^^^^^^^ argument-default-without-equals
    ONBUILD ARG MODE production
                     ^^^^^^^^^^ argument-default-without-equals
  `;
});

test("not two arguments", () => {
  reports(rule)`
    ARG TARGETOS TARGETARCH
    ARG HTTP_PROXY http_proxy
    FROM alpine:3.24
    ARG name title
    ARG NAME Title
    ARG NAME title tag
    ARG NAME=title tag
    ARG NAME tag=title
    ARG USER group
    ARG group
    ARG OWNER team
    RUN echo $team
    ARG TAG
    ENV TAG latest
  `;
});

test("the sign in place of the blank", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ARG MODE production
    ->
    FROM alpine:3.24
    ARG MODE=production
  `;
});

test("nothing to offer over a line's end", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    ARG MODE \
      production
  `;
});
