import { expect, test } from "vitest";
import { insecureRun as rule } from "../../../../server/src/rules/dockerfile/insecure-run.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("both flags", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --network=host --security=insecure ls
        ^^^^^^^^^^^^^^ insecure-run: This command runs in the network of the machine that builds.
                       ^^^^^^^^^^^^^^^^^^^ insecure-run: This command runs with all rights of the machine that builds.
    ONBUILD RUN --network=host ls
                ^^^^^^^^^^^^^^ insecure-run
  `;
});

test("not their harmless values, nor options of a program", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --network=none --security=sandbox ls
    RUN --network=default ls
    RUN docker run --network=host x
  `;
});

test("each stands for Sonar's rule of its own", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    RUN --network=host --security=insecure ls
  `;
  expect(found.map((it) => it.aliases)).toEqual([["S6431"], ["S6502"]]);
});
