import { expect, test } from "vitest";
import { buildTargetUnknown } from "../../../../server/src/rules/compose/build-target-unknown.ts";
import { source } from "../../../../server/src/text/source.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const dockerfile = source`
  FROM golang:1.27 AS builder
  RUN go build -o /out/api .
  FROM scratch AS production
  COPY --from=builder /out/api /api
`;
const around = { dockerfiles: { Dockerfile: dockerfile, "api/Dockerfile.dev": "FROM alpine:3.22 AS dev\n" } };

test("its documented examples hold", () => {
  expectComposeProblems(buildTargetUnknown, buildTargetUnknown.docs.bad, around);
  expectComposeProblems(buildTargetUnknown, buildTargetUnknown.docs.good, around);
});

test("the Dockerfile is the one that context and dockerfile lead to", () => {
  reportsInCompose(buildTargetUnknown, around)`
    services:
      api:
        build: {context: ./api, dockerfile: Dockerfile.dev, target: production}
                                                                    ^^^^^^^^^^ build-target-unknown: The Dockerfile has no stage production; it has dev.
      dev:
        build: {context: ./api, dockerfile: Dockerfile.dev, target: dev}
      other:
        build: {context: ./other, target: production}
  `;
});

test("names in any case, and numbers of stages", () => {
  reportsInCompose(buildTargetUnknown, around)`
    services:
      a:
        build: {context: ., target: PRODUCTION}
      b:
        build: {context: ., target: "1"}
      c:
        build: {context: ., target: "2"}
                                     ^ build-target-unknown
  `;
});

test("a variable is known by .env only, whatever its default", () => {
  reportsInCompose(buildTargetUnknown, { ...around, env: { SET: "produktion" } })`
    services:
      a:
        build: {context: ., target: "\${STAGE}"}
      b:
        build: {context: ., target: "\${STAGE:-produktion}"}
      set:
        build: {context: ., target: "\${SET:-production}"}
                                     ^^^^^^^^^^^^^^^^^^ build-target-unknown
      default-context:
        build: {context: "\${DIR:-.}", target: produktion}
      c:
        build: {context: "\${DIR}", target: produktion}
  `;
});

test("an empty target is none", () => {
  reportsInCompose(buildTargetUnknown, { ...around, env: { EMPTY: "" } })`
    services:
      a:
        build: {context: ., target: ""}
      b:
        build: {context: ., target: "\${EMPTY}"}
      c:
        build: {context: ., target: " "}
                                     ^ build-target-unknown
  `;
});

test("of a Dockerfile that stands in the Compose file", () => {
  reportsInCompose(buildTargetUnknown)`
    services:
      api:
        build:
          context: .
          dockerfile_inline: |
            FROM alpine AS build
            FROM build AS run
          target: runn
                  ^^^^ build-target-unknown: The Dockerfile has no stage runn; did you mean run?
  `;
});

test("not for a context elsewhere, another frontend, or a file without stages", () => {
  const others = {
    dockerfiles: { Dockerfile: "# syntax=example/frontend:1\nFROM a AS b\n", "empty/Dockerfile": "ARG A\n" },
  };
  reportsInCompose(buildTargetUnknown, others)`
    services:
      git:
        build: {context: "https://github.com/a/b.git#main", target: x}
      frontend:
        build: {context: ., target: x}
      empty:
        build: {context: empty, target: x}
  `;
});

test("the nearest stage is put there, quotes and comments stay", () => {
  fixesInCompose(buildTargetUnknown, "safe", "", around)`
    services:
      api:
        build:
          context: .
          target: "prodution" # what we ship
    ->
    services:
      api:
        build:
          context: .
          target: "production" # what we ship
  `;
});

test("when none is near each stage is offered, one at a time", () => {
  const titles = offeredInCompose(buildTargetUnknown, around)`
    services:
      api:
        build: {context: ., target: debug}
  `;
  expect(titles).toEqual([["Replace debug with builder", "Replace debug with production"]]);
});

test("the reasons lead into the Dockerfile", () => {
  const [problem] = problemsInCompose(buildTargetUnknown, around)`
    services:
      api:
        build: {context: ./, target: prod}
  `;
  const places = problem?.related.map(({ file, span }) => [file, dockerfile.slice(span?.start, span?.end)]);
  expect(places).toEqual([
    ["/project/Dockerfile", "builder"],
    ["/project/Dockerfile", "production"],
  ]);
});

test("a target shared by an anchor is reported once", () => {
  reportsInCompose(buildTargetUnknown, around)`
    x-build: &build
      context: .
      target: prodution
              ^^^^^^^^^ build-target-unknown
    services:
      a:
        build: *build
      b:
        build: *build
      c:
        extends: a
  `;
});
