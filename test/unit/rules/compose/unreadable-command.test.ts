import { test } from "vitest";
import { unreadableCommand as rule } from "../../../../server/src/rules/compose/unreadable-command.ts";
import { reportsInCompose } from "../../../support/compose.ts";

test("commands and entry points", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        entrypoint: run "it
                    ^^^^^^^ unreadable-command: A quote is not closed, or a parenthesis stands outside of quotes.
        command: echo (a)
                 ^^^^^^^^ unreadable-command
  `;
});

test("silent for what can be taken apart, lists and variables", () => {
  reportsInCompose(rule)`
    services:
      a: {image: x, command: "echo 'a b' \"c\" $$(date)", entrypoint: []}
      b: {image: x, command: ["it's", "("]}
      c: {image: x, command: "\${COMMAND} it's"}
      d: {image: x, command: }
  `;
});
