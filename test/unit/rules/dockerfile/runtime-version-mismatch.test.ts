import { test } from "vitest";
import { runtimeVersionMismatch as rule } from "../../../../server/src/rules/dockerfile/runtime-version-mismatch.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

test("a virtual environment, and the whole folder of a version", () => {
  reports(rule)`
    FROM python:3.12-bookworm AS base
    FROM base AS builder
    RUN python -m venv /opt/venv && /opt/venv/bin/pip install flask
    FROM python:3.13.1-slim
    COPY --from=builder /opt/venv /opt/venv
                        ^^^^^^^^^ runtime-version-mismatch: These packages are for Python 3.12, and this image has Python 3.13.
    COPY --from=0 /usr/local/lib/python3.12 /usr/local/lib/python3.12
                  ^^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch
  `;
});

test("not the same minor version, other files, or versions that are not known", () => {
  reports(rule)`
    FROM python:3.13.2 AS builder
    RUN python -m venv /opt/venv
    FROM python:3.12 AS other
    FROM python:3 AS newest
    FROM python:3.13-slim AS a
    COPY --from=builder /opt/venv /opt/venv
    FROM python:3.14-slim AS b
    COPY --from=builder /app /app
    COPY --from=newest /usr/local/lib/python3.14/site-packages /usr/local/lib/python3.14/site-packages
    FROM debian:trixie-slim
    COPY --from=other /usr/local/lib/python3.12/site-packages /usr/lib/python3/dist-packages
  `;
});

test("where pip was told to install", () => {
  reports(rule)`
    FROM python:3.13 AS one
    RUN pip install --no-cache-dir --prefix=/install -r requirements.txt
    FROM python:3.13 AS two
    RUN pip install --user flask
    FROM python:3.12-slim
    COPY --from=one /install /usr/local
                    ^^^^^^^^ runtime-version-mismatch: These packages are for Python 3.13, and this image has Python 3.12.
    COPY --from=two /root/.local /root/.local
                    ^^^^^^^^^^^^ runtime-version-mismatch
    COPY --from=two /root/.config /root/.config
  `;
});

const pom = (properties: string) =>
  `<project><groupId>a</groupId><artifactId>demo</artifactId><version>1.0</version><properties>${properties}</properties></project>`;

const gradle = (settings: string) => `plugins { java }\nversion = "1.0"\n${settings}\n`;

test("classes for a newer Java, by pom.xml", () => {
  reports(
    rule,
    around({ "pom.xml": pom("<maven.compiler.release>21</maven.compiler.release>"), "src/A.java": "" }),
  )`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /app
    COPY . .
    RUN mvn -B package
    FROM eclipse-temurin:17-jre AS layers
    COPY --from=build /app/target/*.jar app.jar
                      ^^^^^^^^^^^^^^^^^ runtime-version-mismatch: This is built for Java 21, and this image has Java 17.
    RUN java -Djarmode=tools -jar app.jar extract
    FROM eclipse-temurin:17-jre
    COPY --from=build /app/target/demo-1.0.jar /app.jar
                      ^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch
    COPY --from=layers /app /app
  `;
});

test.each([
  ["", ""],
  ["<x>${java.version}</x>", "17"],
])("the property java.version counts where something reads it: %s", (more, told) => {
  expectProblems(
    rule,
    `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /app\nCOPY . .\nRUN mvn package\nFROM amazoncorretto:17\nCOPY --from=build /app/target/demo-1.0.jar /app.jar\n${told ? "                  ^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch\n" : ""}`,
    around({ "pom.xml": pom(`<java.version>21</java.version>${more}`) }),
  );
});

test("by Gradle's toolchain, or what it compiles for", () => {
  const settings = "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }";
  const files = { "build.gradle.kts": gradle(settings), "settings.gradle.kts": 'rootProject.name = "demo"' };
  reports(rule, around(files))`
    FROM gradle:8-jdk21 AS build
    WORKDIR /app
    COPY . .
    RUN gradle bootJar
    FROM gcr.io/distroless/java17-debian12
    COPY --from=build /app/build/libs/demo-1.0.jar /app.jar
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch: This is built for Java 21, and this image has Java 17.
  `;
});

test.each([
  [
    "two versions",
    gradle("java { toolchain { languageVersion.set(JavaLanguageVersion.of(21)) } }\noptions.release = 17"),
  ],
  ["worked out", gradle("java { sourceCompatibility = javaVersion }\njvmToolchain(21)")],
  ["older", gradle("java { sourceCompatibility = JavaVersion.VERSION_17 }")],
  ["nothing", gradle("")],
])("silent where Gradle's version is not certainly newer: %s", (_, text) => {
  reports(rule, around({ "build.gradle": text, "settings.gradle": "rootProject.name = 'demo'" }))`
    FROM gradle:8-jdk21 AS build
    WORKDIR /app
    COPY . .
    RUN gradle build
    FROM amazoncorretto:17-alpine
    COPY --from=build /app/build/libs/demo-1.0.jar /app.jar
  `;
});

test("silent where the image may have another Java, has a newer one, or only takes part in the build", () => {
  reports(rule, around({ "pom.xml": pom("<maven.compiler.release>17</maven.compiler.release>") }))`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /app
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:11-jre AS other
    COPY --from=build /app/target/demo-1.0.jar /app.jar
    FROM eclipse-temurin:11-jre AS more
    RUN apt-get update && apt-get install -y openjdk-17-jre
    COPY --from=build /app/target/demo-1.0.jar /app.jar
    FROM eclipse-temurin:21-jre
    COPY --from=build /app/target/demo-1.0.jar /app.jar
    COPY --from=more /app.jar /more.jar
  `;
});

const project = (more = "") => ({
  "Api.csproj": `<Project><PropertyGroup><TargetFramework>net9.0</TargetFramework>${more}</PropertyGroup></Project>`,
  "Program.cs": "",
});

const published = (words: string, tag: string, line: string, marker: string) =>
  [
    "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build",
    "WORKDIR /src",
    "COPY . .",
    `RUN dotnet publish -c Release -o /out${words}`,
    `FROM mcr.microsoft.com/dotnet/aspnet:${tag}`,
    line,
    "COPY --from=build /out /app",
    marker,
    "",
  ].join("\n");

test("a program for another .NET, newer or older", () => {
  for (const tag of ["8.0", "10.0-alpine"])
    expectProblems(
      rule,
      published("", tag, "WORKDIR /app", "                  ^^^^ runtime-version-mismatch"),
      around(project()),
    );
});

test.each([
  ["the same", project(), "9.0", "", ""],
  ["brings its own", project(), "8.0", " -r linux-x64 --self-contained", ""],
  ["goes on by itself", project("<RollForward>Major</RollForward>"), "10.0", "", ""],
  ["is told to go on", project(), "10.0", "", "ENV DOTNET_ROLL_FORWARD=Major"],
  ["may be told by a file", { ...project(), "runtimeconfig.template.json": "{}" }, "10.0", "", ""],
])("silent for .NET: %s", (_, files, tag, words, line) => {
  expectProblems(rule, published(words, tag, line, ""), around(files));
});

test("Python of other images, uv and folders around an environment", () => {
  reports(rule, around({ "pyproject.toml": '[project]\nrequires-python = ">=3.11"\n' }))`
    FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS synced
    WORKDIR /app
    RUN uv sync --locked --no-dev
    FROM python:3.13-slim AS made
    RUN python -m venv /srv/venv
    FROM python:3.12-slim
    COPY --from=synced /app /app
                       ^^^^ runtime-version-mismatch: These packages are for Python 3.13, and this image has Python 3.12.
    FROM gcr.io/distroless/python3-debian12
    COPY --from=made /srv /srv
                     ^^^^ runtime-version-mismatch: These packages are for Python 3.13, and this image has Python 3.11.
  `;
});

test("silent where uv may take another Python", () => {
  reports(
    rule,
    around({ "pyproject.toml": '[project]\nrequires-python = ">=3.11"\n', ".python-version": "3.12\n" }),
  )`
    FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS synced
    WORKDIR /app
    RUN uv sync
    FROM python:3.12-slim
    COPY --from=synced /app /app
  `;
});

test("gems and extensions of PHP", () => {
  const lock = "GEM\n  specs:\n    puma (6.5.0)\n      nio4r (~> 2.0)\n";
  reports(rule, around({ "Gemfile.lock": lock }))`
    FROM ruby:3.3 AS gems
    RUN bundle install
    FROM php:8.3-fpm AS extensions
    RUN pecl install redis
    FROM ruby:3.4-slim AS ruby
    COPY --from=gems /usr/local/bundle /usr/local/bundle
                     ^^^^^^^^^^^^^^^^^ runtime-version-mismatch: These gems are for Ruby 3.3, and this image has Ruby 3.4.
    FROM php:8.4-fpm
    COPY --from=extensions /usr/local/lib/php/extensions /usr/local/lib/php/extensions
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runtime-version-mismatch: These extensions are for PHP 8.3, and this image has PHP 8.4.
  `;
  reports(rule, around({ "Gemfile.lock": "GEM\n  specs:\n    rack (3.1.0)\n" }))`
    FROM ruby:3.3 AS gems
    RUN bundle install
    FROM ruby:3.4-slim
    COPY --from=gems /usr/local/bundle /usr/local/bundle
  `;
});

test("the fix takes the image of the other version", () => {
  fixes(
    rule,
    "unsafe",
    "",
    around({ "pom.xml": pom("<maven.compiler.release>21</maven.compiler.release>") }),
  )`
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /app
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:17.0.11_9-jre-alpine
    COPY --from=build /app/target/*.jar /app.jar
    ->
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /app
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre-alpine
    COPY --from=build /app/target/*.jar /app.jar
  `;
});

test("an environment whose place a variable says", () => {
  reports(rule)`
    FROM python:3.12-slim AS builder
    ENV VIRTUAL_ENV=/opt/venv
    RUN python -m venv "$VIRTUAL_ENV"
    FROM python:3.14-slim
    COPY --from=builder /opt/venv /opt/venv
                        ^^^^^^^^^ runtime-version-mismatch
    FROM python:3.12-slim AS unset
    RUN python -m venv "$SOMEWHERE"
    FROM python:3.14-slim
    COPY --from=unset /opt/venv /opt/venv
  `;
});
