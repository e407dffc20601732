import { test } from "vitest";
import { invalidLabelKey as rule } from "../../../../server/src/rules/dockerfile/invalid-label-key.ts";
import { reports } from "../../../support/check.ts";

test("other characters, wrong ends, two separators, and names that Docker keeps", () => {
  reports(rule)`
    FROM scratch
    LABEL com.docker.label="x" io.docker.label="x" org.dockerproject.label="x"
          ^^^^^^^^^^^^^^^^ invalid-label-key: Labels that begin with com.docker. are kept for Docker itself.
                               ^^^^^^^^^^^^^^^ invalid-label-key
                                                   ^^^^^^^^^^^^^^^^^^^^^^^ invalid-label-key
    LABEL my_label=x Name=x
          ^^^^^^^^ invalid-label-key: The label my_label holds other characters than a-z, 0-9, dots and hyphens.
                     ^^^^ invalid-label-key
    LABEL .name=x -name=x 1name=x name.=x
          ^^^^^ invalid-label-key: The label .name does not begin with a letter.
                  ^^^^^ invalid-label-key
                          ^^^^^ invalid-label-key
                                  ^^^^^ invalid-label-key: The label name. does not end with a letter or a digit.
    LABEL a..b=x a--b=x
          ^^^^ invalid-label-key: The label a..b holds .., a separator twice.
                 ^^^^ invalid-label-key
    LABEL "two words"=x
          ^^^^^^^^^^^ invalid-label-key
    LABEL team$character=x
          ^^^^^^^^^^^^^^ invalid-label-key: The name of this label holds a variable that nothing sets.
    ONBUILD LABEL Version=1
                  ^^^^^^^ invalid-label-key
  `;
});

test("not what is right, what Docker Desktop reads, or a variable that may be right", () => {
  reports(rule)`
    ARG PREFIX
    FROM example.com/base:1
    ARG NAMESPACE=com.example
    LABEL org.valid-key.label3="x" maintainer=x com.example.v1.2=y
    LABEL com.docker.desktop.extension.api.version=">= 0.3.4" com.docker.extension.screenshots=""
    LABEL $NAMESPACE.version=1 "\${NAMESPACE}.name"=x $UNKNOWN_TO_US.name=x
    LABEL "quoted.name"=x
    ENV Mixed_Case=1
  `;
});
