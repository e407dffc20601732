import { test } from "vitest";
import { neededFileMissing as rule } from "../../../../server/src/rules/dockerfile/needed-file-missing.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

test.each([
  ["golang:1.27", "go mod download", "go.mod"],
  ["golang:1.27-alpine", "go build -o /bin/api ./cmd/api", "go.mod"],
  ["node:24", "npm run build", "package.json"],
  ["node:24-slim", "pnpm run build", "package.json"],
  ["rust:1.90", "cargo build --release", "Cargo.toml"],
  ["maven:3.9-eclipse-temurin-21", "mvn -B clean package -DskipTests", "pom.xml"],
  ["gradle:8-jdk21", "gradle bootJar --no-daemon", "settings.gradle"],
  ["ruby:3.4", "bundle", "Gemfile"],
  ["composer:2", "composer install --no-dev", "composer.json"],
  ["python:3.14", "python3 setup.py install", "setup.py"],
  ["python:3.14", "uv sync --no-dev", "pyproject.toml"],
  ["gcc:15", "make", "Makefile"],
  ["debian:13", "bash scripts/build.sh", "scripts/build.sh"],
  ["mcr.microsoft.com/dotnet/sdk:9.0", "dotnet publish -c Release", undefined],
  ["mcr.microsoft.com/dotnet/sdk:9.0", "dotnet restore Api/Api.csproj", "Api/Api.csproj"],
])("%s: %s", (image, command, file) => {
  const by = /^(?:npm|pnpm) run build|^go mod download|^\S+(?: \S+)?/.exec(command)?.[0] ?? "";
  const shown = new Map([
    ["mvn -B", "mvn clean"],
    ["python3 setup.py", "python3"],
    ["bash scripts/build.sh", "bash"],
    ["make", "make"],
  ]);
  const name = shown.get(by) ?? by;
  const from = /csproj|\.sh|setup\.py/.test(file ?? "") ? command.indexOf(file ?? "") : 0;
  const length = from === 0 ? command.length : (file ?? "").length;
  const marker = `    ${" ".repeat(from)}${"^".repeat(length)} needed-file-missing: ${name} needs ${file}, which is not in /app here.\n`;
  expectProblems(
    rule,
    `FROM ${image}\nWORKDIR /app\nRUN ${command}\n${file === undefined ? "" : marker}COPY . .\n`,
  );
});

test("an install that finds nothing to install, where its manifest comes later", () => {
  fixes(rule, "unsafe", "", around({ "package.json": "{}", "package-lock.json": "{}", "index.js": "" }))`
    FROM node:24
    WORKDIR /app
    RUN npm install
    COPY . .
    CMD ["node", "index.js"]
    ->
    FROM node:24
    WORKDIR /app
    COPY package.json package-lock.json ./
    RUN npm install
    COPY . .
    CMD ["node", "index.js"]
  `;
});

test("a file in another folder than that of the RUN", () => {
  reports(rule, around({ "requirements.txt": "flask\n" }))`
    FROM python:3.14
    COPY requirements.txt /tmp/
    WORKDIR /app
    RUN pip install --upgrade pip && pip install -r requirements.txt
                                                    ^^^^^^^^^^^^^^^^ needed-file-missing: pip install -r needs requirements.txt, which is not in /app here.
  `;
  reports(rule)`
    FROM python:3.14
    WORKDIR /app
    RUN cd /srv && python -m pip install -c limits.txt flask
                                            ^^^^^^^^^^ needed-file-missing: pip install -c needs limits.txt, which is not in /srv here.
  `;
  fixes(rule, "unsafe", "", around({ "build/requirements.txt": "flask\n" }))`
    FROM python:3.14
    RUN pip install -r /srv/requirements.txt
    COPY build /srv/
    ->
    FROM python:3.14
    COPY build/requirements.txt /srv/
    RUN pip install -r /srv/requirements.txt
    COPY build /srv/
  `;
});

test("what a build reads beside its manifest is not known", () => {
  offersNothing(rule, around({ "pom.xml": "<project/>" }))`
    FROM maven:3.9-eclipse-temurin-21
    WORKDIR /app
    RUN mvn package
    COPY . .
  `;
});

test.each([
  ["copied", "FROM golang:1.27\nWORKDIR /src\nCOPY go.* ./\nRUN go mod download"],
  ["above", "FROM node:24\nWORKDIR /app/web\nCOPY package.json /app/\nRUN npm run build"],
  ["a workspace of Go", "FROM golang:1.27\nWORKDIR /src\nCOPY go.work .\nRUN go build ./..."],
  ["an image from elsewhere", "FROM example/builder\nWORKDIR /app\nRUN make"],
  ["a stage below", "FROM node:24 AS base\nWORKDIR /app\nCOPY . .\nFROM base\nRUN npm run build"],
  ["copied from a stage", "FROM node:24\nWORKDIR /app\nCOPY --from=deps /app ./\nRUN npm run build"],
  ["mounted", "FROM node:24\nWORKDIR /app\nRUN --mount=type=bind,target=. npm run build"],
  [
    "mounted as a secret",
    "FROM python:3.14\nWORKDIR /app\nRUN --mount=type=secret,id=r,target=/app/r.txt pip install -r r.txt",
  ],
  ["made first", "FROM golang:1.27\nWORKDIR /src\nRUN go mod init x && go mod tidy"],
  ["made by a RUN before", "FROM node:24\nWORKDIR /app\nRUN npm init -y\nRUN npm run test"],
  ["cloned", "FROM golang:1.27\nWORKDIR /src\nRUN git clone https://example.com/a.git . && go build ./..."],
  [
    "cloned to a folder",
    "FROM golang:1.27\nWORKDIR /src\nRUN git clone https://example.com/a.git && cd a && make",
  ],
  ["written", 'FROM python:3.14\nWORKDIR /app\nRUN echo "flask" > r.txt && pip install -r r.txt'],
  [
    "downloaded",
    "FROM python:3.14\nWORKDIR /app\nRUN curl -fsSLO https://example.com/r.txt && pip install -r r.txt",
  ],
  [
    "unpacked",
    "FROM gcc:15\nWORKDIR /src\nADD https://example.com/a.tar.gz /src/\nRUN tar -xzf a.tar.gz && cd a && make",
  ],
  ["added as an archive", "FROM gcc:15\nADD a.tar.gz /src/\nWORKDIR /src\nRUN make"],
  ["an address", "FROM python:3.14\nWORKDIR /app\nRUN pip install -r https://example.com/requirements.txt"],
  ["a variable", "FROM python:3.14\nARG SET=a\nWORKDIR /app\nRUN pip install -r ${SET}.txt"],
  ["packages by name", "FROM python:3.14\nWORKDIR /app\nRUN pip install flask"],
  [
    "tools",
    "FROM golang:1.27\nWORKDIR /src\nRUN go install example.com/tool@latest && go build std && go run hello.go",
  ],
  [
    "another folder",
    "FROM node:24\nWORKDIR /app\nRUN npm --prefix web run build && cargo build --manifest-path a/Cargo.toml",
  ],
  [
    "single packages",
    "FROM node:24\nWORKDIR /app\nRUN npm install express && npm install -g pnpm && yarn add x",
  ],
  ["nothing comes later", "FROM node:24\nWORKDIR /app\nRUN npm install"],
  ["may fail", "FROM node:24\nWORKDIR /app\nRUN npm run build || true"],
  ["asked first", "FROM python:3.14\nWORKDIR /app\nRUN if [ -f r.txt ]; then pip install -r r.txt; fi"],
  ["a trigger", "FROM python:3.14\nWORKDIR /app\nONBUILD RUN pip install -r requirements.txt"],
  ["help", "FROM node:24\nWORKDIR /app\nRUN npm -v && mvn -v && make -v && gradle --version && go version"],
  ["a sketch", "FROM golang:1.27 AS build\nRUN go build -o /api ./cmd/api"],
  ["a lock file's own rule", "FROM node:24\nWORKDIR /app\nRUN npm ci"],
])("silent: %s", (_, text) => expectProblems(rule, text));

const PRISMA = {
  "package.json": '{"dependencies": {"prisma": "6"}}',
  "prisma/schema.prisma": "",
  "db/main.prisma": "",
};

test("the schema of prisma generate", () => {
  reports(rule, { context: contextOf(PRISMA) })`
    FROM node:24 AS named
    WORKDIR /app
    COPY package.json ./
    RUN pnpm exec prisma generate --schema=db/main.prisma
                                  ^^^^^^^^^^^^^^^^^^^^^^^ needed-file-missing: prisma generate needs db/main.prisma, which is not in /app here.
    FROM node:24
    WORKDIR /app
    COPY package.json ./
    RUN npm install && npx --yes prisma generate
                       ^^^^^^^^^^^^^^^^^^^^^^^^^ needed-file-missing: prisma generate needs prisma/schema.prisma, which is not in /app here.
    RUN yarn prisma generate --config other.ts
    RUN npx prisma migrate status
    RUN npx prisma generate || true
    RUN --mount=type=bind,source=prisma,target=prisma npx prisma generate
    COPY prisma prisma
    RUN npx prisma generate
  `;
  reports(rule, {
    context: contextOf({ ...PRISMA, "package.json": '{"prisma": {"schema": "db/main.prisma"}}' }),
  })`
    FROM node:24
    WORKDIR /app
    COPY package.json ./
    RUN npx prisma generate
    COPY . .
  `;
});

test("the schema is copied first", () => {
  fixes(rule, "unsafe", "", { context: contextOf(PRISMA) })`
    FROM node:24
    WORKDIR /app
    COPY package.json ./
    RUN npm install
    RUN npx prisma generate
    COPY . .
    ->
    FROM node:24
    WORKDIR /app
    COPY package.json ./
    RUN npm install
    COPY prisma/schema.prisma /app/prisma/
    RUN npx prisma generate
    COPY . .
  `;
});

test("a slip of a file that comes with a folder", () => {
  fixes(rule, "unsafe", "", { context: contextOf({ "tools/setup.sh": "#!/bin/sh\n", "app.py": "" }) })`
    FROM python:3.14
    WORKDIR /app
    COPY . .
    RUN sh tools/setpu.sh
    ->
    FROM python:3.14
    WORKDIR /app
    COPY . .
    RUN sh tools/setup.sh
  `;
  reports(rule, { context: contextOf({ "app.py": "", "requirements.txt": "" }) })`
    FROM python:3.14
    WORKDIR /app
    COPY . .
    RUN pip install -r requirments.txt
                       ^^^^^^^^^^^^^^^ needed-file-missing: pip install -r needs requirments.txt, which is not in /app here; did you mean requirements.txt?
    FROM python:3.14
    WORKDIR /app
    COPY . .
    RUN python generate.py
  `;
});
