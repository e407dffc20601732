import { test } from "vitest";
import { syntaxDirectiveMisplaced as rule } from "../../../../server/src/rules/dockerfile/syntax-directive-misplaced.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("below a comment, an empty line or an instruction", () => {
  reports(rule)`
    # The API
    # syntax=docker/dockerfile:1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced: This is a comment and no directive: directives stand above everything else.
    FROM alpine:3.24
    # escape=\`
    ^^^^^^^^^^ syntax-directive-misplaced: This is a comment and no directive: directives stand above everything else.
    RUN ls
    # syntax = docker/dockerfile:1.7-labs
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced
  `;
  reports(rule)`

    # syntax=example.com/team/frontend:1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced
    FROM alpine:3.24
  `;
});

test("misspelt", () => {
  reports(rule)`
    # syntx=docker/dockerfile:1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced: This is a comment and no directive: it would begin with syntax=.
    FROM alpine:3.24
  `;
  reports(rule)`
    # syntax: docker/dockerfile:1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-directive-misplaced
    # excape=\`
    ^^^^^^^^^^ syntax-directive-misplaced: This is a comment and no directive: it would begin with escape=.
    FROM alpine:3.24
  `;
});

test("not directives, checks, and comments about something else", () => {
  reports(rule)`
    #Syntax=docker/dockerfile:1
    # escape=\
    # Uses the image docker/dockerfile
    # syntax=highlighting
    # image=docker/dockerfile:1
    # check=skip=all
    FROM alpine:3.24
    # syntax is the frontend
    # check=skip=StageNameCasing
    RUN <<EOF
    # syntax=docker/dockerfile:1
    EOF
  `;
});

test("to the top, behind the directives that are there", () => {
  fixes(rule, "safe")`
    # The API

    # syntax = docker/dockerfile:1
    FROM alpine:3.24
    ->
    # syntax=docker/dockerfile:1
    # The API

    FROM alpine:3.24
  `;
  fixes(rule, "safe")`
    # escape=\`
    # The API
    # syntax=docker/dockerfile:1
    FROM alpine:3.24
    ->
    # escape=\`
    # syntax=docker/dockerfile:1
    # The API
    FROM alpine:3.24
  `;
});

test("where it stands, if only the name is wrong", () => {
  fixes(rule, "safe")`
    #syntx=docker/dockerfile:1
    FROM alpine:3.24
    ->
    # syntax=docker/dockerfile:1
    FROM alpine:3.24
  `;
});

test("nothing to offer for the escape character, or beside a directive that is there", () => {
  offersNothing(rule)`
    # syntax=docker/dockerfile:1

    # syntax=docker/dockerfile:1.4
    # escape=\`
    FROM alpine:3.24
  `;
});
