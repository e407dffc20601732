import { test } from "vitest";
import { malformedVariable as rule } from "../../../../server/src/rules/compose/malformed-variable.ts";
import { fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("what a shell can do and Compose cannot, at any depth and in extensions", () => {
  reportsInCompose(rule)`
    x-a: "\${B"
          ^^ malformed-variable: Compose cannot read this as a variable of its own.
    services:
      api:
        image: x
        environment:
          A: \${B:=c}
             ^^^^^^^ malformed-variable
          D: \${B:-\${C!}}
                  ^^^^^ malformed-variable
          E: \${}
             ^^^ malformed-variable
  `;
});

test("silent for each form that Compose has, for doubled dollars and for keys", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: x
        labels:
          - "$A \${A} \${A:-b} \${A-b c} \${A:?no} \${A?} \${A:+c} \${A:-\${B:-c}}"
          - "$ $} $1 $\${A!} $\${A"
        environment: {"\${A!": b}
  `;
});

test("fix: two dollars", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: x
        command: echo \${A%.*}
    ->
    services:
      api:
        image: x
        command: echo $\${A%.*}
  `;
});
