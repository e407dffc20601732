import { test } from "vitest";
import { numberRewritten as rule } from "../../../../server/src/rules/compose/number-rewritten.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("as docker compose config writes them", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          APP_VERSION: 1.10
                       ^^^^ number-rewritten: APP_VERSION arrives as 1.1: without quotes 1.10 is a number.
          RELEASE: 3.0
                   ^^^ number-rewritten: RELEASE arrives as 3: without quotes 3.0 is a number.
          UMASK: 0755
                 ^^^^ number-rewritten: UMASK arrives as 493: without quotes 0755 is a number.
          AGENT: 007
                 ^^^ number-rewritten: AGENT arrives as 7: without quotes 007 is a number.
          DAY: 08
               ^^ number-rewritten: DAY arrives as 8: without quotes 08 is a number.
          PHONE: +491234
                 ^^^^^^^ number-rewritten: PHONE arrives as 491234: without quotes +491234 is a number.
          COMMIT: 1e3
                  ^^^ number-rewritten: COMMIT arrives as 1000: without quotes 1e3 is a number.
          ID: 1_000
              ^^^^^ number-rewritten: ID arrives as 1000: without quotes 1_000 is a number.
          RATE: 1234567.0
                ^^^^^^^^^ number-rewritten: RATE arrives as 1.234567e+06: without quotes 1234567.0 is a number.
          BYTES: 123456789.5
                 ^^^^^^^^^^^ number-rewritten: BYTES arrives as 1.234567895e+08: without quotes 123456789.5 is a number.
          DEBUG: True
                 ^^^^ number-rewritten: DEBUG arrives as true: without quotes True is a truth value.
  `;
});

test("not what stays as it is, or says the same", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          A: 1.1
          B: "0755"
          C: 8080
          D: -1
          E: 0.50
          F: 5.0
          G: 1.2.3
          H: 12:30:45
          I: 0
          J: true
          K: 0.0.0.0
          L: 1e
          M: 100000
          N: 20240101000000
          O: \${X}
          P: !!str 0755
          VERSION: 1.11
          Q: 0x1F
          R: 0o17
        labels: ["mode=0755"]
      b:
        image: b
        environment: [VERSION=1.10, MODE=0755]
  `;
});

test("quotes keep the text", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        build:
          context: .
          args: {PYTHON_VERSION: 3.10, MODE: 644}
    ->
    services:
      a:
        build:
          context: .
          args: {PYTHON_VERSION: "3.10", MODE: 644}
  `;
});
