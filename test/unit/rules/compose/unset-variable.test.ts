import { test } from "vitest";
import { unsetVariable as rule } from "../../../../server/src/rules/compose/unset-variable.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = { files: { ".env": "SET=1\n" }, env: { SET: "1" } };

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("not without a file that would set it, nor where it may be missing", () => {
  expectComposeProblems(rule, "services:\n  a: {image: 'a:$TAG'}\n");
  reportsInCompose(rule, around)`
    services:
      a:
        image: "a:\${SET}"
        environment:
          A: \${B:-x} \${C?} \${D:+y} $$E $1
          F: \${HOME}/\${COMPOSE_PROJECT_NAME}
          G: \${H:-\${I}}
          J: $K
             ^^ unset-variable
  `;
});

test("Compose stops when it is missing", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a:
        image: "a:$TAG" # pinned
    ->
    services:
      a:
        image: "a:\${TAG:?}" # pinned
  `;
});
