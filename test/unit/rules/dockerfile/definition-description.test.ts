import { test } from "vitest";
import { definitionDescription as rule } from "../../../../server/src/rules/dockerfile/definition-description.ts";
import { reports } from "../../../support/check.ts";

test("the last line of a comment right above", () => {
  reports(rule)`
    # syntax=docker/dockerfile:1
    # one
    # this is wrong
    ARG foo=bar version=1
        ^^^^^^^ definition-description: The comment above does not begin with foo, so it describes nothing.
    # BasE is the base
    FROM scratch AS base
                    ^^^^ definition-description: The comment above does not begin with base, so it describes nothing.
    # x is not the last line
    # of this
    ARG x
        ^ definition-description
  `;
});

test("not what does describe, nor what stands apart, nor stages without a name", () => {
  reports(rule)`
    # syntax=docker/dockerfile:1
    ARG first
    # version is one of them
    ARG foo=bar version=1
    # something else

    ARG other
    # nobody can ask for this one
    FROM scratch
    #x is described
    ARG x
    # check=skip=all
    ARG y
    # runs
    RUN ["a"]
    # about more than the next line
    #
    ARG z
  `;
});
