import { expect, test } from "vitest";
import { environmentRefersToItself as rule } from "../../../../server/src/rules/dockerfile/environment-refers-to-itself.ts";
import { fixedByAll, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("a variable that another pair of the same ENV sets", () => {
  reports(rule)`
    FROM debian:13 AS one
    ENV BLA="blubb" BLUBB="\${BLA}/blubb"
                           ^^^^^^ environment-refers-to-itself: BLA is set by this same ENV, so it still has its old value here.
    FROM debian:13 AS two
    ENV BLA="blubb" BLUBB="$BLA"
                           ^^^^ environment-refers-to-itself
    FROM debian:13 AS three
    ENV BLA="blubb" BLUBB="$BLA/$BLAFOO/blubb"
                           ^^^^ environment-refers-to-itself
    FROM example.com/app AS four
    ENV PATH=/bla:\${PATH} PATH=/blubb:\${PATH}
                                      ^^^^^^^ environment-refers-to-itself
  `;
});

test("not parts of names, the pair's own name, and what was set before", () => {
  reports(rule)`
    FROM debian:13 AS one
    ENV BLA="blubb"
    ENV BLUBB="\${BLA}/blubb"
    FROM debian:13 AS two
    ENV BLA="blubb" BLUBB="\${FOOBLA}/blubb" A="\${BLAFOO}" B="$FOOBLA" C="$BLAFOO/BLA"
    FROM debian:13 AS three
    ARG BLA
    ENV BLA=\${BLA} BLUBB=$BLA
    FROM three AS four
    ENV BLA=1 BLUBB=$BLA
    FROM debian:13 AS five
    ENV PATH=/bla:\${PATH}
    ENV PATH=/blubb:\${PATH}
    FROM debian:13
    ENV BLA=1 BLUBB=\${BLA:-2} QUOTED='$BLA' ESCAPED=\$BLA
  `;
});

test("not what the base image sets to the same value", () => {
  reports(rule)`
    FROM golang:1.27
    ENV GOPATH=/go BIN=$GOPATH/bin
  `;
});

test("splits the instruction, and keeps its lines", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    ENV ONE=1 APP_HOME=/app \
        PATH=$APP_HOME/bin:$PATH \
        # what it is for
        KIND=service
    env A=1 B=$A
    ->
    FROM alpine:3.24
    ENV ONE=1 APP_HOME=/app
    ENV PATH=$APP_HOME/bin:$PATH \
        # what it is for
        KIND=service
    env A=1
    env B=$A
  `;
});

test("splits no more than needed", () => {
  const fixed = fixedByAll("FROM alpine:3.24\nENV A=1 B=$A C=$A\nENV D=1 E=$D F=$E\n", [rule]);
  expect(fixed).toBe("FROM alpine:3.24\nENV A=1\nENV B=$A C=$A\nENV D=1\nENV E=$D\nENV F=$E\n");
});

test("nothing to offer where the order is wrong, a comment is between, or another value would change", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    ENV B=$A A=1
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ENV A=1 \
      # from A
      B=$A
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ENV X=0
    ENV X=1 A=2 B=$A Y=$X
  `;
});

test("for BuildKit such a variable is undefined, where nothing else sets it", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24 AS one
    ENV A=1 B=$A
    FROM example.com/base:1
    ENV A=1 B=$A
  `;
  expect(found.map((it) => it.aliases)).toEqual([["DL3044", "UndefinedVar"], ["DL3044"]]);
});
