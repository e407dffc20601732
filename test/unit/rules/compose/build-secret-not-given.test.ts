import { expect, test } from "vitest";
import { buildSecretNotGiven as rule } from "../../../../server/src/rules/compose/build-secret-not-given.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const mount = (options: string) => `RUN --mount=type=secret,${options} true\n`;
const around = {
  dockerfiles: {
    Dockerfile: `FROM alpine:3.24 AS fetch
${mount("id=token,required=true")}FROM alpine:3.24 AS other
${mount("target=/root/.npmrc,required")}FROM alpine:3.24 AS quiet
${mount("id=token")}${mount("id=token,required=false")}FROM alpine:3.24
COPY --from=fetch /x /x
`,
  },
};

test("secrets of the stage that is built, and of those that it needs", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: {context: .}}
                           ^ build-secret-not-given: A RUN of this build needs the secret token, and it is given none.
      b: {build: {context: ., secrets: [npmrc]}}
                           ^ build-secret-not-given: A RUN of this build needs the secret token, and it is given npmrc only.
      c: {build: {context: ., target: other}}
                                      ^^^^^ build-secret-not-given: A RUN of this build needs the secret .npmrc, and it is given none.
      d: {build: .}
                 ^ build-secret-not-given
  `;
});

test("silent where it is given, by another name too, where none is required or not all is known", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: {context: ., secrets: [token]}}
      b: {build: {context: ., secrets: [{source: npmrc, target: token}]}}
      c: {build: {context: ., target: quiet}}
      d: {build: {context: ., secrets: ["\${TOKEN}"]}}
      e: {build: {context: .}, extends: a}
      f: {build: {context: ./elsewhere}}
  `;
  expectComposeProblems(rule, "services:\n  a: {build: .}\n", { ...around, alone: false });
});

test("the secret of that name is given, in whatever form the build is written", () => {
  fixesInCompose(rule, "unsafe", "Give the build the secret token", around)`
    services:
      a:
        build: .
    secrets:
      token: {environment: TOKEN}
    ->
    services:
      a:
        build: {context: ., secrets: [token]}
    secrets:
      token: {environment: TOKEN}
  `;
  fixesInCompose(rule, "unsafe", "Give the build the secret token", around)`
    services:
      a:
        build:
          context: .
          secrets:
            - npmrc
    secrets:
      token: {environment: TOKEN}
      npmrc: {file: ./npmrc}
    ->
    services:
      a:
        build:
          context: .
          secrets:
            - npmrc
            - token
    secrets:
      token: {environment: TOKEN}
      npmrc: {file: ./npmrc}
  `;
  const undeclared = offeredInCompose(rule, around)`
    services:
      a: {build: .}
  `;
  expect(undeclared).toEqual([[]]);
});
