import { test } from "vitest";
import { manifestPartMissing as rule } from "../../../../server/src/rules/dockerfile/manifest-part-missing.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

const go = {
  "go.mod":
    "module a\n\nrequire b v0.0.0\n\nrequire (\n\tc v1.0.0 // indirect\n)\n\nreplace (\n\tb => ../b\n\tc v1.0.0 => ./c // local\n)\n",
  "c/go.mod": "",
};

test("replacements of required modules", () => {
  reports(rule, around(go))`
    FROM golang:1.27
    WORKDIR /src/a
    COPY go.mod .
    COPY c/go.mod ../b/
    RUN go mod download
        ^^^^^^^^^^^^^^^ manifest-part-missing: go.mod refers to ./c, which is not in /src/a here.
  `;
});

test("requirements, modules, members and gems", () => {
  reports(rule, around({ "requirements/prod.txt": "-r base.txt\nflask\n", "requirements/base.txt": "" }))`
    FROM python:3.14
    WORKDIR /app
    COPY requirements/prod.txt requirements/
    RUN pip install -r requirements/prod.txt
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: requirements/prod.txt refers to base.txt, which is not in /app here.
  `;
  reports(rule, around({ "pom.xml": "<modules><module>api</module></modules>", "api/pom.xml": "" }))`
    FROM maven:3.9-eclipse-temurin-21
    WORKDIR /app
    COPY pom.xml .
    RUN mvn -B dependency:go-offline
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ manifest-part-missing: pom.xml refers to api, which is not in /app here.
  `;
  reports(rule, around({ "Cargo.toml": '[workspace]\nresolver = "3"\nmembers = [\n  "crates/api",\n]\n' }))`
    FROM rust:1.90
    WORKDIR /app
    COPY Cargo.toml Cargo.lock ./
    RUN cargo fetch
        ^^^^^^^^^^^ manifest-part-missing: Cargo.toml refers to crates/api, which is not in /app here.
  `;
  reports(rule, around({ Gemfile: 'gem "lib", path: "vendor/lib"\n', "Gemfile.lock": "" }))`
    FROM ruby:3.4
    WORKDIR /app
    COPY Gemfile Gemfile.lock ./
    RUN bundle install
        ^^^^^^^^^^^^^^ manifest-part-missing: Gemfile refers to vendor/lib, which is not in /app here.
  `;
});

test.each([
  [
    "copied",
    "FROM golang:1.27\nWORKDIR /src/a\nCOPY go.mod .\nCOPY c/go.mod c/\nCOPY c/go.mod ../b/\nRUN go mod download",
    go,
  ],
  [
    "not required",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go mod download",
    { "go.mod": "module a\n\nreplace c => ./c\n" },
  ],
  [
    "all of it",
    "FROM golang:1.27\nWORKDIR /src\nCOPY . .\nRUN go mod download",
    { "go.mod": "replace c => ./c\n" },
  ],
  [
    "mounted",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN --mount=type=bind,target=. go mod download",
    go,
  ],
  [
    "another module",
    "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go mod download",
    { "go.mod": "replace c => example.com/d v1.0.0\n" },
  ],
  ["a tool", "FROM golang:1.27\nWORKDIR /src\nCOPY go.mod .\nRUN go install example.com/tool@v1", go],
  [
    "in a profile",
    "FROM maven:3\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn package",
    { "pom.xml": "<profiles><profile><modules><module>x</module></modules></profile></profiles>" },
  ],
  [
    "not followed",
    "FROM maven:3\nWORKDIR /app\nCOPY pom.xml .\nRUN mvn -N dependency:go-offline",
    { "pom.xml": "<module>x</module>" },
  ],
  [
    "patterns",
    "FROM rust:1.90\nWORKDIR /app\nCOPY Cargo.toml .\nRUN cargo fetch",
    { "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n' },
  ],
  [
    "made before",
    "FROM rust:1.90\nWORKDIR /app\nCOPY Cargo.toml .\nRUN mkdir api && echo > api/Cargo.toml && cargo fetch",
    { "Cargo.toml": '[workspace]\nmembers = ["api"]\n' },
  ],
])("silent: %s", (_, text, files) => {
  expectProblems(rule, `${text}\n`, around(files as Record<string, string>));
});
