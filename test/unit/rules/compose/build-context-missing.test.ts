import { expect, test } from "vitest";
import { buildContextMissing as rule } from "../../../../server/src/rules/compose/build-context-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = { absent: ["backnd", "worker", "../shop"], files: { "backend/main.go": "" } };

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("each folder that is not there, and nothing else", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: {context: worker}}
                           ^^^^^^ build-context-missing: There is no folder worker.
      b: {build: ../shop}
                 ^^^^^^^ build-context-missing
      c: {build: ./unknown}
      d: {build: "https://github.com/moby/moby.git#main"}
      e: {build: "\${CONTEXT}"}
      f: {build: {dockerfile_inline: FROM scratch}}
      g: {build: "github.com/worker"}
  `;
});

test("a folder that is near is taken", () => {
  fixesInCompose(rule, "safe", "", around)`
    services:
      a:
        build:
          context: "./backnd" # here
    ->
    services:
      a:
        build:
          context: "./backend" # here
  `;
  expect(offeredInCompose(rule, around)`
    services:
      a: {build: worker}
  `).toEqual([[]]);
});
