import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { goVersionTooOld as rule } from "../../../../server/src/rules/dockerfile/go-version-too-old.ts";
import { expectProblems, fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

const context = contextOf({
  "go.mod": "module example.com/api\n\ngo 1.23\n",
  "exact/go.mod": "module example.com/exact\n\ngo 1.23.4\n",
  "Cargo.toml": '[package]\nname = "api"\nrust-version = "1.80"\n',
  "pyproject.toml": '[project]\nrequires-python = ">=3.12"\n',
  "package.json": '{ "engines": { "npm": ">=9", "node": ">=22" } }',
});

test("Go: the version in go.mod is a minimum", () => {
  reports(rule, { context })`
    FROM golang:1.22.5 AS base
         ^^^^^^^^^^^^^ go-version-too-old: go.mod asks for Go 1.23, and this is 1.22.5.
    WORKDIR /src
    COPY go.mod go.sum ./
    FROM base
    RUN go mod download
  `;
  reports(rule, { context })`
    ARG GO_VERSION=1.22
    FROM golang:\${GO_VERSION}-alpine
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ go-version-too-old
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
  reports(rule, { context })`
    FROM golang:1.23.3
         ^^^^^^^^^^^^^ go-version-too-old
    WORKDIR /src
    COPY exact .
    RUN go build ./...
  `;
});

test("other languages, by how they refuse", () => {
  const severities = [
    problemsOf(rule, { context })`
      FROM golang:1.20
      WORKDIR /src
      COPY . .
      RUN go build ./...
    `,
    problemsOf(rule, { context })`
      FROM golang:1.20
      WORKDIR /src
      COPY exact/ .
      RUN go build ./...
    `,
    problemsOf(rule, { context })`
      FROM rust:1.75-slim
      WORKDIR /src
      COPY . .
      RUN cargo build --release
    `,
    problemsOf(rule, { context })`
      FROM python:3.11
      WORKDIR /src
      COPY . .
      RUN pip install --no-cache-dir .
    `,
    problemsOf(rule, { context })`
      FROM node:20-alpine
      WORKDIR /src
      COPY package*.json package.json ./
      RUN npm ci
    `,
    problemsOf(rule, { context })`
      FROM node:20-alpine
      WORKDIR /src
      COPY package.json ./
      RUN npm ci
    `,
  ].map((it) => it.map((one) => one.severity).join());
  expect(severities).toEqual(["warning", "error", "error", "error", "warning", "warning"]);
});

test("the manifests of more languages", () => {
  const messageOf = (files: Record<string, string>, fixture: string) =>
    checkDockerfile(modelOf(fixture, { context: contextOf(files) }), { rules: [rule] })
      .map((it) => it.message)
      .join();
  const found = [
    messageOf(
      { "Cargo.toml": '[package]\nname = "a"\nedition = "2024"\n' },
      "FROM rust:1.80\nWORKDIR /a\nCOPY Cargo.toml ./\nRUN cargo build",
    ),
    messageOf(
      { "pyproject.toml": '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.12"\n' },
      "FROM python:3.11-slim\nWORKDIR /a\nCOPY pyproject.toml poetry.lock* ./\nRUN poetry install --no-root",
    ),
    messageOf(
      { "pyproject.toml": '[project]\nrequires-python = ">=3.12,<4"\n' },
      "FROM python:3.11-slim\nWORKDIR /a\nCOPY pyproject.toml ./\nRUN uv sync --frozen",
    ),
    messageOf(
      { Gemfile: 'source "https://rubygems.org"\nruby "3.3.0"\n' },
      "FROM ruby:3.1-slim\nWORKDIR /a\nCOPY Gemfile* ./\nRUN bundle install",
    ),
    messageOf(
      { "composer.json": '{ "require": { "php": "^8.2" } }' },
      "FROM php:8.1-fpm\nWORKDIR /a\nCOPY . .\nRUN composer install --no-dev",
    ),
    messageOf(
      { "Api.csproj": "<TargetFramework>net8.0</TargetFramework>" },
      "FROM mcr.microsoft.com/dotnet/sdk:6.0\nWORKDIR /a\nCOPY *.csproj ./\nRUN dotnet restore",
    ),
    messageOf(
      { "pom.xml": "<maven.compiler.release>21</maven.compiler.release>" },
      "FROM maven:3.9-eclipse-temurin-17-alpine\nWORKDIR /a\nCOPY pom.xml .\nRUN mvn -B package",
    ),
  ];
  expect(found).toEqual([
    "Cargo.toml asks for Rust 1.85, and this is 1.80.",
    "pyproject.toml asks for Python 3.12, and this is 3.11.",
    "pyproject.toml asks for Python 3.12, and this is 3.11.",
    "Gemfile asks for Ruby 3.3.0, and this is 3.1.",
    "composer.json asks for PHP 8.2, and this is 8.1.",
    "Api.csproj asks for .NET 8.0, and this is 6.0.",
    "pom.xml asks for Java 21, and this is 17.",
  ]);
});

test("a Java of the same vendor", () => {
  fixes(rule, "unsafe", "", {
    context: contextOf({ "pom.xml": "<maven.compiler.release>21</maven.compiler.release>" }),
  })`
    FROM maven:3.9-eclipse-temurin-17-alpine
    WORKDIR /src
    COPY pom.xml ./
    RUN mvn -B package
    ->
    FROM maven:3.9-eclipse-temurin-21-alpine
    WORKDIR /src
    COPY pom.xml ./
    RUN mvn -B package
  `;
});

test("not where Composer has a platform of its own, or several releases are named", () => {
  reports(rule, {
    context: contextOf({
      "composer.json": '{ "require": { "php": "^8.2" }, "config": { "platform": { "php": "8.1" } } }',
      "pom.xml": "<maven.compiler.source>21</maven.compiler.source><release>11</release>",
    }),
  })`
    FROM php:8.1
    WORKDIR /a
    COPY . .
    RUN composer install
    FROM maven:3.9-eclipse-temurin-17
    WORKDIR /a
    COPY . .
    RUN mvn package
  `;
});

test("not where it is new enough, moves, is brought, or not known", () => {
  reports(rule, { context })`
    FROM golang:1.23-alpine AS a
    WORKDIR /src
    COPY exact .
    RUN go build ./...
    FROM golang:1 AS b
    WORKDIR /src
    COPY . .
    RUN go build ./...
    FROM golang:1.22 AS c
    ENV GOTOOLCHAIN=auto
    WORKDIR /src
    COPY . .
    RUN go build ./...
    FROM golang:1.22 AS d
    WORKDIR /src
    COPY . .
    RUN GOTOOLCHAIN=go1.23.0 go build ./...
    FROM golang:1.22 AS e
    RUN go install example.com/tool@latest
    FROM golang:1.22 AS f
    WORKDIR /src
    COPY . .
    RUN cd other && go build ./...
    RUN gofmt -l .
    FROM rust:1.70 AS g
    WORKDIR /src
    COPY . .
    RUN rustup default stable && cargo build
    FROM python:3.11 AS h
    WORKDIR /src
    COPY . .
    RUN pip install -r requirements.txt
    FROM registry.example.com/golang:1.20
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
  reports(rule)`
    FROM golang:1.20
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
});

test("the version that is asked for, in the same variant", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM golang:1.22-alpine3.18 AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    ->
    FROM golang:1.23-alpine AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
  `;
});

/** What is said of a Dockerfile with these files beside it. */
function messagesOf(files: Record<string, string>, fixture: string): string[] {
  const model = modelOf(fixture, { context: contextOf(files) });
  return checkDockerfile(model, { rules: [rule] }).map((it) => it.message);
}

test("Rust: the version of Cargo.lock; a project's own toolchain comes by rustup", () => {
  const files = { "Cargo.toml": '[package]\nname = "a"\nedition = "2024"\n', "Cargo.lock": "version = 4\n" };
  const build = "WORKDIR /a\nCOPY . .\nRUN cargo build --release";
  expect(messagesOf({ ...files, "Cargo.toml": "[package]" }, `FROM rust:1.75\n${build}`)).toEqual([
    "Cargo.lock asks for Rust 1.78, and this is 1.75.",
  ]);
  expect(messagesOf({ ...files, "Cargo.toml": "[package]" }, `FROM rust:1.78\n${build}`)).toEqual([]);
  for (const name of ["rust-toolchain", "rust-toolchain.toml"])
    expect(messagesOf({ ...files, [name]: "" }, `FROM rust:1.75\n${build}`)).toEqual([]);
});

test("Rust: the members of a workspace", () => {
  const saidOf = (
    more: Record<string, string>,
    build = "cargo build --release",
    members = '"crates/*", "cli"',
  ) =>
    messagesOf(
      { "Cargo.toml": `[workspace]\nmembers = [${members}]\n`, ...more },
      `FROM rust:1.80\nWORKDIR /a\nCOPY . .\nRUN ${build}`,
    );
  const of = (line: string) => `[package]\nname = "x"\n${line}\n`;
  const told = ["crates/api/Cargo.toml asks for Rust 1.85, and this is 1.80."];
  const api = { "crates/api/Cargo.toml": of('edition = "2024"'), "crates/x/Cargo.toml": of("") };
  expect(saidOf(api)).toEqual(told);
  expect(saidOf(api, "cargo build -p other")).toEqual(told);
  expect(saidOf({ "cli/Cargo.toml": of('rust-version = "1.82"') })).toEqual([
    "cli/Cargo.toml asks for Rust 1.82, and this is 1.80.",
  ]);
  for (const build of ["cargo build -p api", "cargo build --ignore-rust-version", "cargo fetch"])
    expect(saidOf({ "cli/Cargo.toml": of('rust-version = "1.82"') }, build)).toEqual([]);
  expect(saidOf(api, undefined, '"cli"')).toEqual([]);
  expect(saidOf(api, undefined, '"crates/*"]\nexclude = ["crates/api"')).toEqual([]);
  expect(saidOf({ ...api, "rust-toolchain.toml": "" })).toEqual([]);
  expect(saidOf({ "cli/Cargo.toml": of('edition = "2021"') })).toEqual([]);
});

test(".NET: global.json never goes back, and seldom on", () => {
  const saidOf = (sdk: string, version: string) =>
    messagesOf(
      { "global.json": `{ "sdk": { ${sdk} } }`, "App.csproj": "" },
      `FROM mcr.microsoft.com/dotnet/sdk:${version}\nWORKDIR /a\nCOPY . .\nRUN dotnet publish -c Release`,
    );
  expect(saidOf('"version": "9.0.100", "rollForward": "latestMajor"', "8.0")).toEqual([
    "global.json asks for .NET SDK 9.0.100, and this is 8.0.",
  ]);
  expect(saidOf('"version": "8.0.100"', "9.0")).toHaveLength(1);
  expect(saidOf('"version": "8.0.100", "rollForward": "latestFeature"', "9.0")).toHaveLength(1);
  expect(saidOf('"version": "8.0.100", "rollForward": "major"', "9.0")).toEqual([]);
  expect(saidOf('"version": "8.0.100"', "8.0")).toEqual([]);
  expect(saidOf('"version": "8.0.100", "paths": [".dotnet"]', "9.0")).toEqual([]);
  expect(
    messagesOf(
      { "global.json": '{ "sdk": { "version": "9.0.100" } }' },
      "FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /a\nCOPY . .\nRUN ./dotnet-install.sh --jsonfile global.json\nRUN dotnet build",
    ),
  ).toEqual([]);
});

test("Gradle: the Java of the build file, and the newest that the wrapper's Gradle runs on", () => {
  const toolchain = "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }";
  const files = { "build.gradle": toolchain, "src/main/java/A.java": "" };
  const saidOf = (more: Record<string, string>, image: string, command = "gradle bootJar --no-daemon") =>
    messagesOf({ ...files, ...more }, `FROM ${image}\nWORKDIR /a\nCOPY . .\nRUN ${command}`);
  expect(saidOf({}, "gradle:8.10-jdk17")).toEqual(["build.gradle asks for Java 21, and this is 17."]);
  expect(saidOf({ "build.gradle": "sourceCompatibility = '21'" }, "gradle:8.10-jdk17-alpine")).toHaveLength(
    1,
  );
  expect(saidOf({}, "gradle:8.10-jdk21")).toEqual([]);
  expect(saidOf({}, "gradle:8.10")).toEqual([]);
  expect(
    saidOf(
      { "settings.gradle": "plugins { id 'org.gradle.toolchains.foojay-resolver-convention' }" },
      "gradle:8-jdk17",
    ),
  ).toEqual([]);
  expect(
    saidOf({ "gradle.properties": "org.gradle.java.installations.paths=/opt/21" }, "gradle:8-jdk17"),
  ).toEqual([]);
  expect(saidOf({}, "gradle:8-jdk17", "gradle dependencies")).toEqual([]);
  expect(saidOf({}, "gradle:8-jdk17", "apt-get install -y openjdk-21-jdk && gradle build")).toEqual([]);
  expect(
    messagesOf({ "build.gradle": toolchain }, "FROM gradle:8-jdk17\nCOPY . .\nRUN gradle build"),
  ).toEqual([]);

  const wrapper = (version: string) => ({
    "build.gradle": "",
    gradlew: "",
    "gradle/wrapper/gradle-wrapper.properties": `distributionUrl=https\\://services.gradle.org/distributions/gradle-${version}-bin.zip\n`,
  });
  const build = "./gradlew build";
  expect(saidOf(wrapper("7.6.4"), "eclipse-temurin:21-jdk-alpine", build)).toEqual([
    "Gradle 7.6.4 asks for Java 19 at most, and this is 21.",
  ]);
  expect(saidOf(wrapper("8.5"), "eclipse-temurin:21-jdk", build)).toEqual([]);
  expect(saidOf(wrapper("9.9"), "eclipse-temurin:27-jdk", build)).toEqual([]);
  expect(saidOf(wrapper("9.2.1"), "eclipse-temurin:26-jdk", build)).toHaveLength(1);
  expect(saidOf(wrapper("9.0.0"), "eclipse-temurin:11-jdk", build)).toEqual([
    "Gradle 9.0.0 asks for Java 17, and this is 11.",
  ]);
  expect(saidOf(wrapper("8.14"), "eclipse-temurin:11-jdk", build)).toEqual([]);
  expect(
    saidOf({ ...wrapper("7.6"), "gradle/gradle-daemon-jvm.properties": "" }, "eclipse-temurin:21", build),
  ).toEqual([]);
  expect(
    saidOf(
      { ...wrapper("7.6"), "gradle.properties": "org.gradle.java.home=/x" },
      "eclipse-temurin:21",
      build,
    ),
  ).toEqual([]);
});

test("Node.js: tools that end on an old one, and packages that Yarn 1 refuses", () => {
  const saidOf = (json: object, rest: string, more: Record<string, string> = {}) =>
    messagesOf(
      {
        "package.json": JSON.stringify(json),
        "package-lock.json": "",
        "yarn.lock": "# yarn lockfile v1\n",
        ...more,
      },
      `FROM node:18-alpine\nWORKDIR /a\nCOPY . .\n${rest}`,
    );
  const next = (version: string, build = "next build") => ({
    scripts: { build },
    dependencies: { next: version },
  });
  const npm = "RUN npm ci\nCOPY . .\nRUN npm run build";
  expect(saidOf(next("^16.0.1"), npm)).toEqual(["Next.js 16 asks for Node.js 20.9, and this is 18."]);
  expect(saidOf(next("16.x", "prisma generate && next build --turbopack"), npm)).toHaveLength(1);
  expect(saidOf(next("15"), npm)).toEqual([]);
  expect(saidOf(next(">=13"), npm)).toEqual([]);
  expect(saidOf(next("^16.0.1", "next build || true"), npm)).toEqual([]);
  expect(saidOf(next("^16.0.1", "tsc"), npm)).toEqual([]);
  expect(saidOf(next("^16.0.1"), "RUN npm ci")).toEqual([]);
  expect(saidOf({ devDependencies: { "@angular/cli": "~20.1.0" } }, "RUN npx ng build")).toHaveLength(1);

  const vite = { scripts: { build: "vite build" }, devDependencies: { vite: "^7.0.0" } };
  expect(saidOf(vite, npm)).toEqual([]);
  expect(saidOf(vite, "RUN yarn --frozen-lockfile")).toEqual([
    "vite 7 asks for Node.js 20.19, and this is 18.",
  ]);
  expect(saidOf(vite, "RUN yarn install --ignore-engines")).toEqual([]);
  expect(saidOf(vite, "RUN yarn install", { ".yarnrc.yml": "" })).toEqual([]);
  expect(saidOf(vite, "RUN yarn install", { "yarn.lock": "__metadata:\n" })).toEqual([]);
  expect(saidOf(vite, "RUN yarn config set ignore-engines true && yarn install")).toEqual([]);
  expect(saidOf(vite, "ENV YARN_IGNORE_ENGINES=1\nRUN yarn install")).toEqual([]);
  expect(saidOf({ ...vite, resolutions: { vite: "6" } }, "RUN yarn install")).toEqual([]);

  const several = { dependencies: { commander: "^14.0.2" }, devDependencies: { "lint-staged": "~17.0.1" } };
  expect(saidOf(several, "RUN yarn install --production")).toEqual([
    "lint-staged 17 asks for Node.js 22.22.1, and this is 18.",
  ]);
  expect(saidOf(several, "RUN npm ci")).toEqual([]);
  expect(saidOf(several, "RUN npm ci", { ".npmrc": "engine-strict=true\n" })).toHaveLength(1);
  expect(saidOf(several, "RUN npm ci --force", { ".npmrc": "engine-strict=true\n" })).toEqual([]);
});

test("Node.js: Vite 8 and Vitest 4 by what they miss, Prisma by its install script", () => {
  const problemsOfNode = (json: object, rest: string, image = "node:18", more: Record<string, string> = {}) =>
    checkDockerfile(
      modelOf(`FROM ${image}\nWORKDIR /a\nCOPY . .\n${rest}\n`, {
        context: contextOf({ "package.json": JSON.stringify(json), "package-lock.json": "", ...more }),
      }),
      { rules: [rule] },
    ).map((it) => `${it.severity} ${it.message}`);
  const scripts = { build: "tsc && vite build", test: "vitest" };
  const web = { scripts, devDependencies: { vite: "^8.0.1", vitest: "^4.0.0" } };
  const build = "RUN npm run build";
  expect(problemsOfNode(web, build)).toEqual(["error Vite 8 asks for Node.js 20.19, and this is 18."]);
  expect(problemsOfNode(web, build, "node:20.11-alpine")).toEqual([
    "warning Vite 8 asks for Node.js 20.19, and this is 20.11.",
  ]);
  expect(problemsOfNode(web, build, "node:20")).toEqual([]);
  expect(problemsOfNode(web, "RUN npm test")).toEqual([
    "error Vitest 4 asks for Node.js 20, and this is 18.",
  ]);

  const prisma = { dependencies: { prisma: "^7.1.0" } };
  expect(problemsOfNode(prisma, "RUN npm ci --omit=dev")).toEqual([
    "error Prisma 7 asks for Node.js 20.19, and this is 18.",
  ]);
  expect(problemsOfNode(prisma, "RUN npm ci --ignore-scripts")).toEqual([]);
  expect(problemsOfNode(prisma, "RUN npm ci", "node:18", { ".npmrc": "ignore-scripts=true" })).toEqual([]);
  expect(problemsOfNode(prisma, "RUN npm install @prisma/client")).toEqual([]);
  expect(problemsOfNode(prisma, "RUN pnpm install")).toEqual([]);
  expect(problemsOfNode(prisma, "RUN npm ci", "node:22")).toEqual([]);
  const development = { devDependencies: { prisma: "~7.1.0" } };
  expect(problemsOfNode(development, "RUN npm ci")).toHaveLength(1);
  expect(problemsOfNode(development, "RUN npm ci --omit=dev")).toEqual([]);
  expect(problemsOfNode(development, "ENV NODE_ENV=production\nRUN npm ci")).toEqual([]);
  expect(problemsOfNode({ dependencies: { prisma: ">=5" } }, "RUN npm ci")).toEqual([]);

  const engines = { engines: { node: ">=20" } };
  expect(problemsOfNode(engines, "RUN npm ci")[0]).toMatch(/^warning/);
  expect(problemsOfNode(engines, "RUN npm ci", "node:18", { ".npmrc": "engine-strict=true" })[0]).toMatch(
    /^error/,
  );
  expect(
    problemsOfNode(engines, "RUN yarn install", "node:18", { "yarn.lock": "# yarn lockfile v1\n" })[0],
  ).toMatch(/^error/);
});

test.each([
  "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nCOPY --from=golang:1.23 /usr/local/go /usr/local/go\nRUN go build ./...",
  "FROM golang:1.22 AS base\nRUN rm -rf /usr/local/go && curl -L https://go.dev/dl/go1.23.0.linux-amd64.tar.gz | tar -C /usr/local -xz\nFROM base\nWORKDIR /src\nCOPY . .\nRUN go build ./...",
  "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go env -w GOTOOLCHAIN=auto && go build ./...",
  "FROM rust:1.75\nRUN rustup update\nWORKDIR /src\nCOPY . .\nRUN cargo build",
])("silent where another version may be in use: %s", (text) => {
  expectProblems(rule, `${text}\n`, { context });
});

test("what leaves the version as it is, does not hide it", () => {
  reports(rule, { context })`
    FROM golang:1.22
         ^^^^^^^^^^^ go-version-too-old
    ENV PATH=/usr/local/go/bin:$PATH GOTOOLCHAIN=local
    RUN curl -L https://example.com/migrate.tar.gz | tar -xz -C /usr/local/bin && chmod +x /usr/local/bin/migrate
    WORKDIR /src
    COPY . .
    RUN go build ./...
  `;
  reports(rule, { context })`
    FROM rust:1.75
         ^^^^^^^^^ go-version-too-old
    RUN rustup target add x86_64-unknown-linux-musl && rustup component add clippy
    WORKDIR /src
    COPY . .
    RUN cargo build
  `;
});
