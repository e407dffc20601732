import { test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const project = (more = "") => ({
  context: contextOf({
    "go.mod": `module example.com/api\n\ngo 1.26\n\nrequire (\n\tgithub.com/acme/auth v1.2.0\n\tgolang.org/x/sync v0.9.0 // indirect\n)\n${more}`,
    "go.sum": "",
  }),
});

test("modules that are asked of no proxy are cloned", () => {
  reports(rule, project())`
    FROM golang:1.26-alpine
    ENV GOPRIVATE=example.org,github.com/acme/*
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
               ^^^^^^^^ command-not-found: git is not in this image, and go clones github.com/acme/auth, which it asks no proxy for.
  `;
  reports(rule, project())`
    FROM golang:1.26-alpine
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN GOPROXY=direct go mod download -x
                              ^^^^^^^^ command-not-found: git is not in this image, and go clones github.com/acme/auth, which it asks no proxy for.
  `;
});

const file = (image: string, before: string) =>
  `FROM ${image}\n${before}\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n`;

test.each([
  ["by a proxy", "golang:1.26-alpine", "ENV GOPROXY=https://goproxy.io,direct", ""],
  ["private ones that it does not need", "golang:1.26-alpine", "ENV GOPRIVATE=github.com/acm,*.acme.com", ""],
  ["by a proxy after all", "golang:1.26-alpine", "ENV GOPRIVATE=github.com/acme GONOPROXY=none", ""],
  ["from a folder", "golang:1.26-alpine", "ENV GOPROXY=direct", "replace github.com/acme/auth => ./auth\n"],
  ["with git", "golang:1.26", "ENV GOPROXY=direct", ""],
  ["with git installed", "golang:1.26-alpine", "ENV GOPROXY=direct\nRUN apk add --no-cache git", ""],
])("silent: %s", (_, image, before, more) => {
  expectProblems(rule, file(image, before), project(more));
});
