import { expect, test } from "vitest";
import { unpinnedImage as rule } from "../../../../server/src/rules/compose/unpinned-image.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where a version is given, or may be", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "a:1"}
      b: {image: "b@sha256:0000000000000000000000000000000000000000000000000000000000000000"}
      c: {image: "c:\${TAG}"}
      d: {image: "\${IMAGE:-d}"}
      e: {image: "registry.example.com:5000/e"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-image: registry.example.com:5000/e has no tag, so each pull takes the newest image.
      f: {build: ., image: f}
      g: {image: "g:alpine"}
      h: {image: f}
      i: {image: i, pull_policy: never}
  `;
});

test("a channel is pointed out", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "nginx:stable"}
                  ^^^^^^^^^^^^ unpinned-image: nginx:stable is another image whenever a new version comes out.
      b: {image: "docker.io/library/nginx:nightly"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-image
      c: {image: "registry.example.com:5000/c:dev"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-image
      d: {image: "d:dev"}
      e: {image: "e:test"}
      f: {image: "nginx:stable-alpine"}
      g: {image: "nginx:stable@sha256:0000000000000000000000000000000000000000000000000000000000000000"}
      h: {image: "h:edge", build: .}
      i: {image: "library/nginx:test"}
                  ^^^^^^^^^^^^^^^^^^ unpinned-image
  `;
  expect(offeredInCompose(rule)`
    services: {a: {image: "nginx:edge"}}
  `).toEqual([[]]);
});

test("pins to the newest that is known", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: "postgres:latest" # newest
    ->
    services:
      db:
        image: "postgres:18" # newest
  `;
});
