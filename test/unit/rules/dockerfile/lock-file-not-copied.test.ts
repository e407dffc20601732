import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { lockFileNotCopied as rule } from "../../../../server/src/rules/dockerfile/lock-file-not-copied.ts";
import { expectProblems, reports } from "../../../support/check.ts";
import { contextOf, modelOf } from "../../../support/model.ts";

test("each package manager", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json .
    RUN npm ci --omit=dev
        ^^^^^^^^^^^^^^^^^ lock-file-not-copied: npm ci needs package-lock.json, which is not in /app here.
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json .
    RUN corepack enable && pnpm install --frozen-lockfile
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied
    FROM rust:1
    WORKDIR /src
    COPY Cargo.toml ./
    RUN cargo build --release --locked
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied: cargo build --locked needs Cargo.lock, which is not in /src here.
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN yarn install --immutable
        ^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied
    FROM ruby:3.4-slim
    ENV BUNDLE_DEPLOYMENT=1
    WORKDIR /app
    COPY Gemfile ./
    RUN bundle install
        ^^^^^^^^^^^^^^ lock-file-not-copied: bundle install needs Gemfile.lock, which is not in /app here.
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml ./
    RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen
                                                  ^^^^^^^^^^^^^^^^ lock-file-not-copied
  `;
});

test("not where it was copied, or may have been", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci
    WORKDIR /two
    COPY package.json npm-shrinkwrap.json ./
    RUN npm ci
    WORKDIR /three
    COPY . .
    RUN npm ci
    WORKDIR /three/web
    COPY web/package.json ./
    RUN npm ci
    WORKDIR /four
    COPY package.json ./
    RUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci
    RUN npm i --package-lock-only && npm ci
    RUN npm ci || npm install
    RUN cd /three && npm ci
    RUN npm ci --prefix /three
    FROM example.com/team/node:1
    WORKDIR /app
    COPY package.json ./
    RUN npm ci
  `;
});

test("not other installs", () => {
  reports(rule)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package.json ./
    RUN npm install
    RUN pnpm install --lockfile-only
    FROM node:24-alpine
    COPY package.json ./
    RUN yarn install --frozen-lockfile
    FROM rust:1
    WORKDIR /src
    COPY Cargo.toml ./
    RUN cargo build
    RUN cargo install --locked cargo-chef
    FROM ruby:3.4-slim
    WORKDIR /app
    COPY Gemfile ./
    RUN bundle install
  `;
});

test("with a context that has it", () => {
  reports(rule, { context: contextOf({ "package.json": "{}", "package-lock.json": "{}" }) })`
    FROM node:24-alpine
    WORKDIR /app
    COPY . .
    RUN npm ci
    FROM node:24-alpine
    WORKDIR /b
    COPY package.json ./
    RUN npm ci
        ^^^^^^ lock-file-not-copied
  `;
});

test("go build needs go.sum where go.mod names a module", () => {
  const context = contextOf({
    "go.mod": "module a\n\ngo 1.25\n\nrequire (\n\tgithub.com/google/uuid v1.6.0\n)\n",
    "go.sum": "",
    "main.go": "",
    "none/go.mod": "module a\n\nrequire golang.org/x/sys v0.1.0 // indirect\n",
  });
  reports(rule, { context })`
    FROM golang:1.27
    WORKDIR /src
    COPY go.mod ./
    RUN go mod download
    COPY *.go ./
    RUN go mod verify && CGO_ENABLED=0 go build -o /app .
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied: go build needs go.sum, which is not in /src here.
  `;
  for (const lines of [
    "COPY go.mod go.sum main.go ./\nRUN go build .",
    "COPY go.mod main.go ./\nRUN go build -mod=mod .",
    "COPY go.mod main.go ./\nENV GOFLAGS=-mod=mod\nRUN go build .",
    "COPY go.mod main.go ./\nRUN go mod tidy && go build .",
    "COPY go.mod main.go ./\nRUN go mod tidy\nRUN go build .",
    "COPY go.mod main.go ./\nCOPY vendor vendor\nRUN go build .",
    "COPY none/go.mod main.go ./\nRUN go build .",
    "COPY go.mod main.go ./\nRUN go install example.com/tool@v1.2.3",
    "COPY . .\nRUN go build .",
    "COPY main.go ./\nRUN go build main.go",
  ])
    reports(rule, { context })(Object.assign([""], { raw: [`FROM golang:1.27\nWORKDIR /src\n${lines}\n`] }));
});

test("a project that has none, or whose ignore file keeps it out", () => {
  const text = "FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n";
  const marker =
    "    ^^^^^^ lock-file-not-copied: npm ci needs package-lock.json, which the build context does not have.\n";
  const project = { "package.json": "{}" };
  expectProblems(rule, text + marker, { context: contextOf({ ...project, ".git/HEAD": "" }) });
  expectProblems(rule, text + marker, {
    context: contextOf({ ...project, "package-lock.json": "{}", ".dockerignore": "*-lock.json\n" }),
  });
  // A folder of a workspace has none of its own.
  expectProblems(rule, text, { context: contextOf(project) });
  expectProblems(rule, text, {
    context: contextOf({ ...project, "package-lock.json": "{}", ".git/HEAD": "" }),
  });
});

test("pipenv ends without a lock file where it may not make one", () => {
  reports(rule)`
    FROM python:3.14-slim
    WORKDIR /app
    COPY Pipfile ./
    RUN pip install --no-cache-dir pipenv==2026.0.0 && pipenv sync --dev
                                                       ^^^^^^^^^^^^^^^^^ lock-file-not-copied: pipenv sync needs Pipfile.lock, which is not in /app here.
    FROM python:3.14-slim
    WORKDIR /app
    COPY Pipfile ./
    RUN pipenv install --system --deploy
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lock-file-not-copied: pipenv install --system needs Pipfile.lock, which is not in /app here.
  `;
  const start = "FROM python:3.14-slim\nWORKDIR /app\n";
  for (const lines of [
    "COPY Pipfile Pipfile.lock ./\nRUN pipenv sync",
    "COPY Pipfile* ./\nRUN pipenv install --system --deploy",
    "COPY Pipfile ./\nRUN pipenv install --deploy",
    "COPY Pipfile ./\nRUN pipenv install --deploy --ignore-pipfile",
    "COPY Pipfile ./\nRUN pipenv install --system --skip-lock",
    "COPY Pipfile ./\nRUN pipenv lock && pipenv sync",
    "COPY Pipfile ./\nRUN pipenv lock\nRUN pipenv sync",
    "COPY Pipfile ./\nENV VIRTUAL_ENV=/venv\nRUN pipenv install --system",
    "COPY Pipfile ./\nENV PIPENV_PIPFILE=/etc/Pipfile\nRUN pipenv sync",
    "COPY Pipfile ./\nRUN pip install -r requirements.txt && pipenv sync",
    "COPY Pipfile ./\nRUN pipenv sync || pipenv install",
  ])
    expectProblems(rule, start + lines);
});

test("go build of vendored packages that are not there", () => {
  const mod = "module example.com/a\n\ngo 1.25\n\nrequire example.com/b v1.2.3\n";
  const files = { "go.mod": mod, "go.sum": "", "main.go": "package main\n", ".git/HEAD": "" };
  const missing = (command: string, more: Record<string, string> = {}, before = "") =>
    checkDockerfile(
      modelOf(`FROM golang:1.27\nWORKDIR /src\nCOPY . .\n${before}RUN ${command}\n`, {
        context: contextOf({ ...files, ...more }),
      }),
      { rules: [rule] },
    ).map((it) => it.message);
  const message = "go build -mod=vendor needs vendor/modules.txt, which the build context does not have.";
  expect(missing("go build -mod=vendor -o /app .")).toEqual([message]);
  expect(missing("go build -o /app .", {}, "ENV GOFLAGS=-mod=vendor\n")).toEqual([message]);
  expect(
    missing("go build -mod=vendor .", { "vendor/modules.txt": "", ".dockerignore": "vendor\n" }),
  ).toEqual([message]);
  expect(missing("go build -mod=vendor .", { "vendor/modules.txt": "" })).toEqual([]);
  expect(missing("go build -mod=vendor .", {}, "RUN go mod vendor\n")).toEqual([]);
  expect(missing("go build -mod=vendor .", {}, "RUN make deps\n")).toEqual([]);
  expect(missing("go build -mod=mod .", {}, "ENV GOFLAGS=-mod=vendor\n")).toEqual([]);
  expect(missing("go mod vendor && go build -mod=vendor .")).toEqual([]);
  expect(missing("go build -mod=vendor .", { "go.mod": "module example.com/a\n\ngo 1.25\n" })).toEqual([]);
});
