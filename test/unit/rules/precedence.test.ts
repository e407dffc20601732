import { expect, test } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { source } from "../../../server/src/text/source.ts";
import { modelOf } from "../../support/model.ts";

/** What is found at a word of a text, by all rules but those about the image as a whole. */
function foundAt(word: string) {
  return (strings: TemplateStringsArray): string[] => {
    const text = source(strings);
    const start = text.indexOf(word);
    return checkDockerfile(modelOf(text), { allRules: true })
      .filter(({ span, rule }) => span.start <= start && start < span.end && !/^missing-|^runs-as/.test(rule))
      .map(({ rule }) => rule);
  };
}

test("stages that need each other, though one of them has to stand further down", () => {
  expect(foundAt("server /a")`
    FROM alpine:3.24 AS assets
    COPY --from=server /a /a
    FROM alpine:3.24 AS server
    COPY --from=assets /b /b
  `).toEqual(["circular-stages"]);
});

test("a path that no shell expands", () => {
  expect(foundAt("~/app")`
    FROM registry.example.com/base:1
    WORKDIR ~/app
  `).toEqual(["no-shell-expansion"]);
  expect(foundAt("~/api")`
    FROM alpine:3.24
    COPY api ~/api
  `).toEqual(["no-shell-expansion"]);
});

test("exec form that is none because of a number in it", () => {
  expect(foundAt("[")`
    FROM scratch
    COPY serve /
    CMD ["/serve", 8080]
  `).toEqual(["exec-form-not-strings"]);
});

test("a platform that does not exist", () => {
  expect(foundAt("x64")`
    FROM --platform=x64 alpine:3.24
  `).toEqual(["invalid-platform"]);
});

test("what is no image's name", () => {
  expect(foundAt("Alpine")`
    FROM registry.example.com/Alpine
  `).toEqual(["invalid-image-reference"]);
});

test("a cache that is left, rather than one that could be mounted", () => {
  expect(foundAt("pip install")`
    FROM python:3.14-slim
    RUN pip install flask==3.1.0
  `).toEqual(["package-cache-left"]);
  expect(foundAt("pip install")`
    FROM python:3.14-slim
    RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0
  `).toEqual([]);
});
