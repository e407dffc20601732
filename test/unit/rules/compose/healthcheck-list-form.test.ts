import { expect, test } from "vitest";
import { healthcheckListForm as rule } from "../../../../server/src/rules/compose/healthcheck-list-form.ts";
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

test("what each form does not do", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, healthcheck: {test: ["CMD", "curl -f http://x"]}}
                                                 ^^^^^^^^^^^^^^^^ healthcheck-list-form: Behind CMD this is the name of one program, and there is none with such a name.
      b: {image: a, healthcheck: {test: ["CMD-SHELL", "curl", "-f", "http://x"]}}
                                                               ^^ healthcheck-list-form: Only the first text behind CMD-SHELL is run, so the others are left out.
      c:
        image: a
        healthcheck:
          test:
            - CMD
            - curl
            - http://x
            - "||"
               ^^ healthcheck-list-form: No shell reads || behind CMD: it is a word of the command.
            - exit
            - "1"
  `;
});

test("not what is right, or not known", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, healthcheck: {test: curl -f http://x || exit 1}}
      b: {image: a, healthcheck: {test: ["CMD-SHELL", "curl -f http://x || exit 1"]}}
      c: {image: a, healthcheck: {test: ["NONE"]}}
      d: {image: a, healthcheck: {test: ["\${KIND}", "x y"]}}
      e: {image: a, healthcheck: {test: ["CMD", "sh", "-c", "a || b"]}}
      f: {image: a, healthcheck: {test: []}}
      g: {image: a, healthcheck: {interval: 5s}}
  `;
});

test("the right form is plainly meant", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        healthcheck:
          test:
            - curl -f http://x || exit 1 # asks
    ->
    services:
      a:
        image: a
        healthcheck:
          test:
            - CMD-SHELL
            - curl -f http://x || exit 1 # asks
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, healthcheck: {test: [CMD, curl -f http://x]}}
    ->
    services:
      a: {image: a, healthcheck: {test: [CMD-SHELL, curl -f http://x]}}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, healthcheck: {test: [curl, -f, http://x, "||", exit, "1"]}}
    ->
    services:
      a: {image: a, healthcheck: {test: ["CMD-SHELL", "curl -f http://x || exit 1"]}}
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, healthcheck: {test: ["CMD-SHELL", "echo", "$$A b"]}}
  `).toEqual([[]]);
});

test("texts that were meant to be lists", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, healthcheck: {test: CMD curl -f http://x}}
                                        ^^^ healthcheck-list-form: Outside of a list CMD is taken for the name of a program, and there is none.
      b: {image: a, healthcheck: {test: "['CMD', 'curl']"}}
                                         ^^^^^^^^^^^^^^^ healthcheck-list-form: The quotes around this make it a text for a shell, not a list.
      c: {image: a, healthcheck: {test: "CMDLINE=1 curl"}}
      d: {image: a, healthcheck: {test: "[ -f /ready ]"}}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        healthcheck:
          test: CMD-SHELL curl -f http://x || exit 1
    ->
    services:
      a:
        image: a
        healthcheck:
          test: curl -f http://x || exit 1
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        healthcheck:
          test: '["CMD", "curl", "-f", "http://x"]' # asks
    ->
    services:
      a:
        image: a
        healthcheck:
          test: ["CMD", "curl", "-f", "http://x"] # asks
  `;
});

test("variables of the container that no shell puts in", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: redis:8
        environment: {PW: x}
        healthcheck:
          test: ["CMD", "redis-cli", "-a", "$$PW", "ping"]
                                            ^^^^ healthcheck-list-form: No shell replaces PW behind CMD: the program is given the text as it is.
      b:
        image: a
        environment: {PW: x}
        healthcheck: {test: ["CMD", "sh", "-c", "ask $$PW"]}
      c: {image: a, environment: {PW: x}, healthcheck: {test: ["CMD", "ask", "$$PW"]}}
      d: {image: a, environment: {PW: x}, healthcheck: {test: ["CMD", "curl", "$PW", "$$OTHER"]}}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: redis:8
        environment: {PW: x}
        healthcheck: {test: [CMD, redis-cli, -a, "$$PW", ping]}
    ->
    services:
      a:
        image: redis:8
        environment: {PW: x}
        healthcheck: {test: ["CMD-SHELL", "redis-cli -a \"$$PW\" ping"]}
  `;
});

test("the word that says how it is run is a text of its own", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, healthcheck: {test: ["CMD-SHELL curl -f http://x || exit 1"]}}
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ healthcheck-list-form: CMD-SHELL has to be a text of its own in the list, so Compose refuses the file.
      b: {image: a, healthcheck: {test: NONE}}
                                        ^^^^ healthcheck-list-form: Outside of a list NONE is taken for the name of a program, so the check always fails.
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, healthcheck: {test: ["CMD-SHELL curl -f http://x || exit 1"]}}
    ->
    services:
      a: {image: a, healthcheck: {test: ["CMD-SHELL", "curl -f http://x || exit 1"]}}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        healthcheck:
          test:
            - CMD curl -f http://x
    ->
    services:
      a:
        image: a
        healthcheck:
          test:
            - CMD-SHELL
            - curl -f http://x
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a, healthcheck: {test: "NONE"}}
    ->
    services:
      a: {image: a, healthcheck: {test: ["NONE"]}}
  `;
  expect(
    offeredInCompose(rule)`
      services:
        a: {image: a, healthcheck: {test: ["CMD curl", "-f", "http://x"]}}
    `,
  ).toEqual([[]]);
});
