import { expect, test } from "vitest";
import { undefinedVariableBeforeFrom as rule } from "../../../../server/src/rules/dockerfile/undefined-variable-before-from.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("a variable that nothing declares", () => {
  reports(rule)`
    ARG ALPINE_VERSION=3.24
    ARG BASE=alpine:$ALPINE_VERSON OTHER="alpine:\${TAG}-\${ALPINE_VERSION}"
                    ^^^^^^^^^^^^^^ undefined-variable-before-from: No ARG above declares ALPINE_VERSON; did you mean ALPINE_VERSION?
                                                 ^^^^^^ undefined-variable-before-from: No ARG above declares TAG.
    FROM $BASE
  `;
});

test("one that is declared below", () => {
  const [problem] = problemsOf(rule)`
    ARG BASE=alpine:$TAG
    ARG TAG=3.24
    FROM $BASE
  `;
  expect(problem?.message).toBe("No ARG above declares TAG.");
  expect(problem?.related.map((it) => it.message)).toEqual(["TAG is declared only here."]);
});

test("one that has to be set ends the build, as nobody can give it", () => {
  const problems = problemsOf(rule)`
    ARG TOKEN=\${HOME:?no}
    ARG OTHER=\${NAME:-x}\${MORE:+y}
    FROM scratch
  `;
  expect(problems.map((it) => `${it.severity}: ${it.message}`)).toEqual([
    "error: No ARG above declares HOME, so the build ends here unless it is given TOKEN.",
    "info: No ARG above declares NAME, so it is never set here.",
    "info: No ARG above declares MORE, so it is never set here.",
  ]);
});

test("not what is declared above, what BuildKit brings, and what is behind the first FROM", () => {
  reports(rule)`
    ARG VERSION
    ARG A=1 B=$A C=\$D E='$F'
    ARG BASE=alpine:\${VERSION:?give it}-$TARGETARCH-$BUILDPLATFORM PROXY=$HTTP_PROXY
    FROM $BASE
    ARG X=$Y
  `;
});

test("replaces the name alone", () => {
  fixes(rule, "safe")`
    ARG VERSION=3.24
    ARG BASE=alpine:\${VERSON}
    FROM $BASE
    ->
    ARG VERSION=3.24
    ARG BASE=alpine:\${VERSION}
    FROM $BASE
  `;
  offersNothing(rule)`
    ARG NODE_VERSION=24
    ARG BASE=golang:$GO_VERSION
    FROM $BASE
  `;
});
