import { describe, test } from "vitest";
import { dependenciesAfterSources as rule } from "../../../../server/src/rules/dockerfile/dependencies-after-sources.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("everything copied in front of the first fetch", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
         ^ dependencies-after-sources: Every edit of any file downloads the dependencies (Go modules) again.
    RUN go mod download
    FROM node:24
    WORKDIR /app
    COPY ./ /app/
         ^^ dependencies-after-sources
    ENV NODE_ENV=production
    RUN npm install --omit=dev
  `;
});

describe("each ecosystem", () => {
  test.each([
    "go mod download",
    "npm ci",
    "npm install",
    "npm i --omit=dev",
    "yarn",
    "yarn install --immutable",
    "pnpm install --frozen-lockfile",
    "bun install",
    "pip install --no-cache-dir -r requirements.txt",
    "python -m pip install -r requirements/base.txt",
    "uv sync --frozen",
    "uv pip install --system -r requirements.txt",
    "poetry install",
    "pipenv install --deploy",
    "cargo build --release",
    "mvn -B package",
    "./mvnw package",
    "gradle build",
    "./gradlew bootJar",
    "bundle install",
    "composer install --no-dev",
  ])("%s", (command) => {
    reports(rule)(
      Object.assign([], {
        raw: [`FROM example.com/base:1\nCOPY . .\n     ^ dependencies-after-sources\nRUN ${command}\n`],
      }),
    );
  });

  test.each([
    "npm install -g pnpm",
    "npm install express",
    "npm run build",
    "yarn build",
    "pip install .",
    "pip install -e . -r requirements.txt",
    "pip install flask",
    "cargo install ripgrep",
    "go build -o /api .",
    "go install example.com/tool@latest",
    "mvn --version",
  ])("not %s", (command) => {
    reports(rule)(Object.assign([], { raw: [`FROM example.com/base:1\nCOPY . .\nRUN ${command}\n`] }));
  });
});

test("not when the manifests came first, here or below", () => {
  reports(rule)`
    FROM node:24 AS one
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY . .
    RUN npm run build && npm ci --omit=dev
    FROM one AS two
    COPY . .
    RUN npm ci
  `;
});

test("not with a cache mount, and not when one part is copied", () => {
  reports(rule)`
    FROM node:24 AS one
    COPY . .
    RUN --mount=type=cache,target=/root/.npm npm ci
    FROM node:24 AS two
    COPY web /app
    RUN npm ci
    FROM node:24
    COPY --from=one . .
    RUN npm ci
  `;
});

test("go build downloads too, if the context says that there is something to download", () => {
  const inputs = { context: contextOf({ "go.mod": "", "go.sum": "" }) };
  reports(rule, inputs)`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
         ^ dependencies-after-sources
    RUN go build -o /api .
  `;
  fixes(rule, "unsafe", "", inputs)`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    ->
    FROM golang:1.27
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -o /api .
  `;
  reports(rule, { context: contextOf({ "go.mod": "", "go.sum": "", "vendor/modules.txt": "" }) })`
    FROM golang:1.27
    COPY . .
    RUN go build -o /api .
  `;
});

test("the fetch goes up with its manifests", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    # The application.
    COPY --chown=node:node . .
    RUN npm ci --omit=dev
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    WORKDIR /app
    # The application.
    COPY --chown=node:node package.json package-lock.json ./
    RUN npm ci --omit=dev
    COPY --chown=node:node . .
    CMD ["node", "server.js"]
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . /app
    RUN pip install --no-cache-dir -r requirements/base.txt
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY requirements/base.txt ./requirements/
    RUN pip install --no-cache-dir -r requirements/base.txt
    COPY . /app
  `;
});

test("what is behind it stays", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci && \
        npm run build
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm ci
    COPY . .
    RUN npm run build
  `;
});

test("what needs the sources stays, and the download is done ahead", () => {
  fixes(rule, "unsafe")`
    FROM maven:3-eclipse-temurin-25
    WORKDIR /app
    COPY . .
    RUN mvn -B package
    ->
    FROM maven:3-eclipse-temurin-25
    WORKDIR /app
    COPY pom.xml ./
    RUN mvn --batch-mode dependency:go-offline
    COPY . .
    RUN mvn -B package
  `;
});

test("nothing to offer where Maven is told of another manifest, or of parts", () => {
  offersNothing(rule)`
    FROM maven:3-eclipse-temurin-25
    WORKDIR /app
    COPY . .
    RUN mvn -B -f server/pom.xml package
  `;
  offersNothing(rule)`
    FROM maven:3-eclipse-temurin-25
    WORKDIR /app
    COPY . .
    RUN mvn -B package -pl server -am
  `;
});

test("takes the manifests that are there", () => {
  fixes(rule, "unsafe", "", {
    context: contextOf({ "package.json": "{}", "npm-shrinkwrap.json": "{}", ".npmrc": "" }),
  })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json npm-shrinkwrap.json .npmrc ./
    RUN npm ci
    COPY . .
  `;
});

test("nothing to offer where the pieces are not plain", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN ./prepare.sh
    RUN npm ci
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY . /src
    RUN npm ci
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN cd web && npm ci
  `;
});

test("ADD copies everything too", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    WORKDIR /src
    ADD . .
        ^ dependencies-after-sources: Every edit of any file downloads the dependencies (Go modules) again.
    RUN go mod download && go build -o /out/api .
  `;
});

test("a lock file that may be missing is named so that the build does without it", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm install
    ->
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json package-lock.json* npm-shrinkwrap.json* ./
    RUN npm install
    COPY . .
  `;
  fixes(rule, "unsafe")`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN go mod download
    ->
    FROM golang:1.27
    WORKDIR /src
    COPY go.mod go.sum* ./
    RUN go mod download
    COPY . .
  `;
});

test("a lock file that the context lacks is not named, and without a manifest there is nothing to offer", () => {
  fixes(rule, "unsafe", "", { context: contextOf({ "go.mod": "" }) })`
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN go mod download
    ->
    FROM golang:1.27
    WORKDIR /src
    COPY go.mod ./
    RUN go mod download
    COPY . .
  `;
  offersNothing(rule, { context: contextOf({ "package.json": "{}" }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci
  `;
  offersNothing(rule, { context: contextOf({ "yarn.lock": "" }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN yarn install
  `;
});

test("a flag that only ADD has is not handed to COPY", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    WORKDIR /app
    ADD --keep-git-dir=true . .
    RUN npm ci
  `;
});

test("not where pnpm has fetched what the lock file names, nor what installs without the network", () => {
  reports(rule)`
    FROM node:24-alpine AS shop
    WORKDIR /app
    COPY pnpm-lock.yaml ./
    RUN pnpm fetch
    COPY . .
    RUN pnpm install --prefer-offline
    FROM node:24-alpine AS site
    WORKDIR /app
    COPY . .
         ^ dependencies-after-sources
    RUN pnpm install --prefer-offline
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN yarn install --offline
  `;
});

test("the manifest at an absolute path, and the pip of a virtual environment", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . /code/
    RUN pip install --no-cache-dir -r /code/requirements.txt
    ->
    FROM python:3.14-slim
    WORKDIR /code
    COPY requirements.txt ./
    RUN pip install --no-cache-dir -r /code/requirements.txt
    COPY . /code/
  `;
  reports(rule)`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
         ^ dependencies-after-sources
    RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt
  `;
});

test("WORKDIR and USER between, and what only makes the package manager ready", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    COPY --chown=node . /app
    WORKDIR /app
    USER node
    RUN corepack enable && pnpm install --frozen-lockfile && pnpm build
    ->
    FROM node:24-alpine
    COPY --chown=node package.json pnpm-lock.yaml* /app/
    WORKDIR /app
    USER node
    RUN corepack enable && pnpm install --frozen-lockfile
    COPY --chown=node . /app
    RUN pnpm build
  `;
});

test("everything copied in a stage below, and other package managers", () => {
  reports(rule)`
    FROM node:24 AS base
    WORKDIR /app
    COPY . .
         ^ dependencies-after-sources
    FROM base AS deps
    RUN npm ci
    FROM base AS build
    RUN npm ci && npm run build
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    WORKDIR /src
    COPY . .
         ^ dependencies-after-sources: Every edit of any file downloads the dependencies (NuGet) again.
    RUN dotnet restore
    FROM elixir:1.18 AS api
    WORKDIR /src
    COPY . .
         ^ dependencies-after-sources: Every edit of any file downloads the dependencies (Mix) again.
    RUN mix local.hex --force && mix deps.get && mix compile
    FROM python:3.14 AS web
    WORKDIR /src
    COPY . .
         ^ dependencies-after-sources: Every edit of any file downloads the dependencies (Pipenv) again.
    RUN pipenv install --system --deploy
    FROM mcr.microsoft.com/dotnet/sdk:10.0
    WORKDIR /src
    COPY *.csproj ./
    RUN dotnet restore
    COPY . .
    RUN dotnet publish -c Release
  `;
});

test("folders of sources, and the folder with the manifests", () => {
  const inputs = {
    context: contextOf({
      "package.json": '{ "scripts": { "build": "vite build" } }',
      "package-lock.json": "",
      "src/main.js": "",
      "scripts/prepare.js": "",
      "web/package.json": "{}",
      "web/package-lock.json": "",
      "web/src/main.js": "",
    }),
  };
  fixes(rule, "unsafe", "", inputs)`
    FROM node:24
    WORKDIR /app
    COPY src/ ./src
    COPY package*.json ./
    RUN npm ci
    ->
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    COPY src/ ./src
  `;
  reports(rule, inputs)`
    FROM node:24 AS web
    WORKDIR /app
    COPY ./web .
         ^^^^^ dependencies-after-sources: Every edit of a file in web downloads the dependencies (npm) again.
    RUN npm ci
    FROM node:24
    WORKDIR /app
    COPY scripts ./scripts
    COPY package*.json ./
    RUN npm ci
    COPY src ./src
  `;
  reports(rule, {
    context: contextOf({ "package.json": '{ "scripts": { "postinstall": "node src/x" } }', "src/x.js": "" }),
  })`
    FROM node:24
    COPY package.json ./
    COPY src ./src
    RUN npm install
  `;
});

test("what is got ahead is what is got behind the sources", () => {
  const php = contextOf({ "composer.json": "{}", "composer.lock": "{}" });
  fixes(rule, "unsafe", "", { context: php })`
    FROM composer:2.8
    WORKDIR /app
    COPY . .
    RUN composer install --no-dev -o --no-interaction --ignore-platform-reqs
    ->
    FROM composer:2.8
    WORKDIR /app
    COPY composer.json composer.lock ./
    RUN composer install --no-scripts --no-autoloader --no-interaction --no-dev --ignore-platform-reqs
    COPY . .
    RUN composer install --no-dev -o --no-interaction --ignore-platform-reqs
  `;
  const python = contextOf({ "pyproject.toml": "[project]", "uv.lock": "" });
  fixes(rule, "unsafe", "", { context: python })`
    FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie
    WORKDIR /app
    COPY . .
    RUN uv sync --frozen --no-dev --extra api
    ->
    FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --no-install-project --frozen --no-dev --extra api
    COPY . .
    RUN uv sync --frozen --no-dev --extra api
  `;
  offersNothing(rule, { context: python })`
    FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie
    WORKDIR /app
    COPY . .
    ARG GROUPS=api
    RUN uv sync --frozen --only-group $GROUPS
  `;
});

test("nothing to offer where a manifest leads to files beside it", () => {
  const manifests: Readonly<Record<string, string>>[] = [
    { "package.json": '{ "workspaces": { "packages": ["apps/*"] } }' },
    { "package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - apps/*\n" },
    { "package.json": '{ "pnpm": { "patchedDependencies": { "a@1.0.0": "patches/a.patch" } } }' },
    { "package.json": '{ "scripts": { "postinstall": "node build/icons.js" } }' },
    { "package.json": '{ "dependencies": { "a": "file:lib/a" } }' },
  ];
  for (const files of manifests)
    offersNothing(rule, { context: contextOf({ "pnpm-lock.yaml": "", ...files }) })`
      FROM node:24
      WORKDIR /app
      COPY . .
      RUN pnpm install --frozen-lockfile
    `;
});

test("packages of the system, where nothing else is fetched", () => {
  reports(rule)`
    FROM node:24-slim
    COPY . /app
         ^ dependencies-after-sources: Every edit of any file installs the packages of the system (apt-get) again.
    RUN apt-get update && apt-get install -y ffmpeg
  `;
  reports(rule)`
    FROM node:24-slim
    RUN apt-get update && apt-get install -y ffmpeg
    COPY . /app
    RUN apt-get install -y /app/x.deb
    RUN --mount=type=cache,target=/var/cache/apt apt-get install -y git
    RUN apt-get install -y $(cat /app/packages)
  `;
  fixes(rule, "unsafe", "Install")`
    FROM alpine:3.24
    WORKDIR /app
    COPY . .
    RUN apk add --no-cache ffmpeg
    ->
    FROM alpine:3.24
    WORKDIR /app
    RUN apk add --no-cache ffmpeg
    COPY . .
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    COPY . .
    RUN apk update
    RUN apk add ffmpeg
  `;
  // Both would have to go up.
  offersNothing(rule)`
    FROM alpine:3.24
    COPY . .
    RUN apk add ffmpeg
    RUN apk add curl
  `;
});

test("Dart, Deno, sbt and Stack", () => {
  for (const [base, command, name] of [
    ["dart:3", "dart pub get", "pub"],
    ["denoland/deno:2.5.0", "deno install", "Deno"],
    ["sbtscala/scala-sbt:1", "sbt assembly", "sbt"],
    ["haskell:9.10", "stack build --copy-bins", "Stack"],
  ])
    expectProblems(
      rule,
      `FROM ${base}\nCOPY . .\n     ^ dependencies-after-sources: Every edit of any file downloads the dependencies (${name}) again.\nRUN ${command}\n`,
    );
});

test("nothing to offer where a file of requirements includes another one", () => {
  const context = contextOf({ "requirements.txt": "-r base.txt\nflask==3.1\n", "base.txt": "" });
  offersNothing(rule, { context })`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    RUN pip install --no-cache-dir -r requirements.txt
  `;
});
