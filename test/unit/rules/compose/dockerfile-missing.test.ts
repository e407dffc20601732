import { expect, test } from "vitest";
import { dockerfileMissing as rule } from "../../../../server/src/rules/compose/dockerfile-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = {
  absent: [
    "api/Dockerfle",
    "web/Dockerfile",
    "web/dockerfile",
    "web/Containerfile",
    "pod/Dockerfile",
    "pod/dockerfile",
    "gone/Dockerfile",
    "gone/dockerfile",
    "gone/Containerfile",
    "gone",
  ],
  files: { "pod/Containerfile": "FROM scratch\n", "web/index.html": "" },
  dockerfiles: { "api/Dockerfile": "FROM scratch\n", "web/Dockerfile.dev": "FROM scratch\n" },
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("only where it is certainly not there", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: web}
                 ^^^ dockerfile-missing: There is no web/Dockerfile.
      b: {build: pod}
      c: {build: gone}
      d: {build: api}
      e: {build: {context: api, dockerfile: "\${FILE}"}}
      f: {build: {context: web, dockerfile_inline: FROM scratch}}
      g: {build: {context: web, dockerfile: other}}
      h: {build: "https://example.com/a.git"}
  `;
});

test("what is near is taken, or another one of the folder", () => {
  fixesInCompose(rule, "safe", "", around)`
    services:
      a:
        build:
          context: api
          dockerfile: Dockerfle
    ->
    services:
      a:
        build:
          context: api
          dockerfile: Dockerfile
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build: ./web
    ->
    services:
      a:
        build: { context: ./web, dockerfile: Dockerfile.dev }
  `;
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        build:
          context: web
    ->
    services:
      a:
        build:
          context: web
          dockerfile: Dockerfile.dev
  `;
  expect(offeredInCompose(rule, { ...around, dockerfiles: {} })`
    services:
      a: {build: web}
  `).toEqual([[]]);
});

test("not one that is made by a build, and by its path without dots", () => {
  const absent = ["web/dist/Dockerfile", "web/ci/Dockerfile"];
  reportsInCompose(rule, { ...around, absent })`
    services:
      a: {build: {context: web, dockerfile: dist/Dockerfile}}
      b: {build: {context: ./web, dockerfile: ./ci/Dockerfile}}
                                              ^^^^^^^^^^^^^^^ dockerfile-missing: There is no ./web/ci/Dockerfile.
  `;
});

test("a folder is no Dockerfile", () => {
  reportsInCompose(rule, { dockerfiles: { "app/sub/Dockerfile": "FROM a\n" } })`
    services:
      a: {build: {context: app, dockerfile: sub}}
                                            ^^^ dockerfile-missing: sub is a folder in the build context, and no Dockerfile.
  `;
});
