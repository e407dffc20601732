import { test } from "vitest";
import { passwordNotEscaped as rule } from "../../../../server/src/rules/compose/password-not-escaped.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in addresses whose readers agree, also by variables", () => {
  reportsInCompose(rule, { env: { PW: "a/b" }, files: { "a.env": "BROKER=amqp://u:x?y@mq:5672\n" } })`
    services:
      a:
        image: a
        env_file: a.env
                  ^^^^^ password-not-escaped: BROKER in a.env: ? ends the name of the server here: in a password it is written %3F.
        environment:
          - A=mongodb://root:\${PW}@docs:27017/app
                             ^^^^^ password-not-escaped: / ends the name of the server here: in a password it is written %2F.
          - B=postgres://app:p/w?x@db/app
                             ^^^^^ password-not-escaped
  `;
});

test("not what some programs read, and what is right", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment:
          A: redis://:ab%23cd@cache:6379/0
          B: redis://cache:6379/0?name=a@b
          C: redis://:p@ss@cache
          D: postgresql://app:p/w@db/app
          E: postgres://app:p#w@db/app
          F: mongodb://a:27017,b:27017/app?email=x@y
          G: https://example.org:x/y@z
          H: redis://:\${PW}@cache
          I: mysql://app:p/w@db/app
  `;
});

test("the password is escaped as a whole", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, environment: {URL: "redis://me:a/b?c@cache:6379/0"}}
    ->
    services:
      a: {image: a, environment: {URL: "redis://me:a%2Fb%3Fc@cache:6379/0"}}
  `;
});

test("with an @ in the password too", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: x
        environment:
          DATABASE_URL: postgres://app:p@ss/w0rd@db:5432/app
    ->
    services:
      a:
        image: x
        environment:
          DATABASE_URL: postgres://app:p%40ss%2Fw0rd@db:5432/app
  `;
  reportsInCompose(rule)`
    services:
      a:
        image: x
        environment:
          A: postgres://app:p@ss@db:5432/app
          B: redis://:pw@cache:6379/0?name=a@b:1
          C: mongodb://a:b@one:1,two:2/app
  `;
});
