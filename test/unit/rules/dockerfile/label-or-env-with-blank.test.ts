import { test } from "vitest";
import { labelOrEnvWithBlank as rule } from "../../../../server/src/rules/dockerfile/label-or-env-with-blank.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a blank in front of the sign, or on both sides", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV A =b
        ^^^ label-or-env-with-blank: A is set to "=b": the blank makes the sign part of the value.
    LABEL version = "1.0"
          ^^^^^^^^^ label-or-env-with-blank: version is set to "= "1.0"": the blank makes the sign part of the value.
    ONBUILD ENV A = b
                ^^^ label-or-env-with-blank
  `;
});

test("not the old form, nor what is right", () => {
  reports(rule)`
    FROM alpine:3.24
    ENV A b=c
    ENV A=b
    ENV A="= b"
    ENV A "=b"
    LABEL a=b c=d
    ARG A
  `;
});

test("the sign right behind the name", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    ENV A =b
    ENV PORT = 8080
    LABEL version = "1.0 beta"
    ->
    FROM alpine:3.24
    ENV A=b
    ENV PORT=8080
    LABEL version="1.0 beta"
  `;
});

test("nothing to offer where more than one value follows", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    ENV A = 1 B = 2
    ENV A = hello world
    ENV A =
    ENV A = \
      b
  `;
});
