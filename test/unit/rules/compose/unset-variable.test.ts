// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Compose.
import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { unsetVariable as rule } from "../../../../server/src/rules/compose/unset-variable.ts";
import { applyEdits } from "../../../../server/src/text/edit.ts";
import {
  composeOf,
  expectComposeProblems,
  fixesInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

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

test("it may be empty", () => {
  fixesInCompose(rule, "unsafe", "may be empty", around)`
    services:
      a:
        image: "a:$TAG" # pinned
    ->
    services:
      a:
        image: "a:\${TAG:-}" # pinned
  `;
});

test("an entry in .env, behind the others", () => {
  for (const [before, after] of [
    ["SET=1\n", "SET=1\nNEW=\n"],
    ["SET=1", "SET=1\nNEW=\n"],
    ["SET=1\r\n", "SET=1\r\nNEW=\r\n"],
    ["", "NEW=\n"],
  ] as const) {
    const project = composeOf("services: {a: {image: a, environment: {A: '${NEW}'}}}\n", {
      files: { ".env": before },
    });
    const [problem] = checkCompose(project, { rules: [rule] });
    const change = problem?.fixes.find((it) => it.title === "Add NEW to .env")?.others?.[0];
    expect(change?.kind === "edit" && applyEdits(before, change.edits)).toBe(after);
    expect(change?.file).toBe("/project/.env");
  }
});

test("a value that is made of other variables is one", () => {
  reportsInCompose(rule, { files: { ".env": 'ROOT=/srv\nDATA=${ROOT}/data\nPASSWORD="a$$b"\nGIVEN\n' } })`
    services:
      a: {image: "a:\${DATA}\${PASSWORD}\${GIVEN}"}
                                      ^^^^^^^^ unset-variable: .env does not set GIVEN, so it is empty unless the shell sets it.
  `;
});
