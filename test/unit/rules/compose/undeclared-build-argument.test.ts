import { expect, test } from "vitest";
import { undeclaredBuildArgument as rule } from "../../../../server/src/rules/compose/undeclared-build-argument.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = { dockerfiles: { Dockerfile: "ARG NODE_VERSION=24\nFROM node:$NODE_VERSION\nARG A=1 B\n" } };

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("not what the Dockerfile or every build takes, nor without the Dockerfile", () => {
  reportsInCompose(rule, around)`
    services:
      a:
        build:
          context: .
          args: [A=1, B, HTTP_PROXY=x, BUILDKIT_INLINE_CACHE=1, SOURCE_DATE_EPOCH=0, "\${NAME}=1", UNKNOWN_ONE=1]
                                                                                                  ^^^^^^^^^^^ undeclared-build-argument: The Dockerfile has no ARG UNKNOWN_ONE.
      b: {build: {context: elsewhere, args: {X: 1}}}
      c: {build: {context: "https://github.com/example/x.git", args: {X: 1}}}
  `;
  reportsInCompose(rule, { dockerfiles: { Dockerfile: "# syntax=example/other\nFROM a\n" } })`
    services:
      a: {build: {context: ., args: {X: 1}}}
  `;
});

test("of a Dockerfile that stands in the Compose file", () => {
  reportsInCompose(rule)`
    services:
      a:
        build:
          dockerfile_inline: |
            ARG VERSION=3.22
            FROM alpine:$\${VERSION}
          args: {VERSION: "3.23", VERSIO: "3.23"}
                                  ^^^^^^ undeclared-build-argument: The Dockerfile has no ARG VERSIO; did you mean VERSION?
      b: {build: {dockerfile_inline: "FROM alpine:\${TAG}", args: {X: 1}}}
      c: {build: {dockerfile_inline: FROM alpine, dockerfile: Dockerfile, args: {X: 1}}}
  `;
});

test("the near one is meant, unless it is given too", () => {
  fixesInCompose(rule, "safe", "", around)`
    services:
      a:
        build:
          context: .
          args:
            - "NODE_VERSOIN=22" # old
    ->
    services:
      a:
        build:
          context: .
          args:
            - "NODE_VERSION=22" # old
  `;
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: {context: ., args: {NODE_VERSION: 1, NODE_VERSON: 2}}}
  `).toEqual([[]]);
});
