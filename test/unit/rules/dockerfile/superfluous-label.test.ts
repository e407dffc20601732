import { test } from "vitest";
import { superfluousLabel as rule } from "../../../../server/src/rules/dockerfile/superfluous-label.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

const policy = { trustedRegistries: undefined, labels: { required: "rawtext" }, strictLabels: true } as const;

test("what is not allowed, beside what is", () => {
  reports(rule, { policy })`
    FROM alpine:3.24
    LABEL required=x other=y
                     ^^^^^ superfluous-label: The label other is not among those that the project allows.
    ONBUILD LABEL other=y
                  ^^^^^ superfluous-label
    LABEL "required"=x
    ENV other=1
  `;
});

test("not where other labels are welcome, or a name is not known", () => {
  reports(rule, { policy: { ...policy, strictLabels: false } })`
    FROM alpine:3.24
    LABEL other=y
  `;
  reports(rule, { policy })`
    FROM alpine:3.24
    ARG NAMESPACE
    LABEL $NAMESPACE.other=y
  `;
  reports(rule)`
    FROM alpine:3.24
    LABEL other=y
  `;
});

test("a LABEL of its own can go", () => {
  fixes(rule, "unsafe", "", { policy })`
    FROM alpine:3.24
    LABEL other=y
    CMD ["ls"]
    ->
    FROM alpine:3.24
    CMD ["ls"]
  `;
  offersNothing(rule, { policy })`
    FROM alpine:3.24
    LABEL required=x other=y
  `;
});
