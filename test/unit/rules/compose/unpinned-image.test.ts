import { test } from "vitest";
import { unpinnedImage as rule } from "../../../../server/src/rules/compose/unpinned-image.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

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
