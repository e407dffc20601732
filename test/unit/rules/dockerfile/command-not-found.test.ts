import { expect, test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("what the base does not bring", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN bash ./build.sh
        ^^^^ command-not-found: bash is not in this image.
    FROM debian:trixie-slim
    RUN git clone https://example.com/x.git && make -C x
        ^^^ command-not-found: git is not in this image.
                                               ^^^^ command-not-found
    FROM node:26-slim
    RUN ["curl", "-O", "https://example.com/x"]
         ^^^^^^ command-not-found
    FROM golang:1.27-alpine
    RUN apk add --no-cache curl && git version
                                   ^^^ command-not-found
  `;
});

test("Amazon Linux 2023 has none of the extras of 2", () => {
  reports(rule)`
    FROM amazonlinux:2023
    RUN amazon-linux-extras install -y nginx1
        ^^^^^^^^^^^^^^^^^^^ command-not-found: amazon-linux-extras is not in this image.
    FROM public.ecr.aws/amazonlinux/amazonlinux:2023.6.20241212.0
    RUN amazon-linux-extras enable php8.2 && dnf install -y php
        ^^^^^^^^^^^^^^^^^^^ command-not-found
    FROM amazonlinux:2
    RUN amazon-linux-extras install -y nginx1
    FROM amazonlinux
    RUN amazon-linux-extras install -y nginx1
  `;
});

test("each command sees what the ones in front of it did", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN curl -O https://example.com/x && apk add --no-cache curl
        ^^^^ command-not-found: curl is not in this image yet.
    RUN apk add --no-cache bash && bash -c 'echo' && apk del bash && bash -c 'echo'
                                                                     ^^^^ command-not-found
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache curl && curl -O https://example.com/x
    RUN <<EOF
    apk add git
    git version
    EOF
  `;
});

test("what starts the container", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY start.sh /
    CMD ["bash", "/start.sh"]
         ^^^^^^ command-not-found: bash is not in this image.
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENTRYPOINT ["dumb-init", "python", "app.py"]
                ^^^^^^^^^^^ command-not-found
  `;
  reports(rule)`
    FROM alpine:3.24 AS base
    CMD ["nginx", "-g", "daemon off;"]
    FROM base
    RUN apk add --no-cache nginx
  `;
  reports(rule)`
    FROM node:26-alpine
    CMD ["yarn", "start"]
         ^^^^^^ command-not-found
  `;
});

test("unseen where the script goes on, silent where the author has seen to it", () => {
  const found = problemsOf(rule)`
    FROM debian:trixie-slim
    RUN curl -fsSL https://example.com/key | tee /key
    RUN wget https://example.com/x; echo done
    RUN set -e; wget https://example.com/x; echo done
    SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    RUN curl -fsSL https://example.com/key | tee /key
  `;
  expect(found.map((it) => it.severity)).toEqual(["warning", "warning", "error", "error"]);
  reports(rule)`
    FROM debian:trixie-slim
    RUN curl -O https://example.com/x || perl -e 1
    RUN if command -v git; then git version; fi
    RUN if git version; then echo there; fi
    RUN ! git version
    RUN command -v git
    RUN git version || true
  `;
});

test("another lookup than the stage's PATH", () => {
  reports(rule)`
    FROM debian:trixie-slim
    COPY tools /opt/tools
    RUN PATH=/opt/tools:$PATH git version
    RUN export PATH=/opt/tools:$PATH && git version
    RUN . /opt/tools/env && git version
    RUN git() { echo "$1"; } && git version
    RUN --mount=from=alpine/git,target=/usr/bin git version
    ENV PATH=/opt/tools:$PATH
    RUN git version
    FROM debian:trixie-slim AS two
    SHELL ["/bin/bash", "--login", "-c"]
    RUN nvm use 22 && npm ci
  `;
});

test("what may have come is not known to be missing", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN bash build.sh && curl -O https://example.com/x
    FROM debian:trixie-slim AS a
    RUN apt-get update && apt-get install -y some-package && curl -O https://example.com/x
    FROM debian:trixie-slim AS b
    COPY --from=example.com/tools:1 / /
    RUN curl -O https://example.com/x
    FROM alpine:3.24 AS c
    ADD https://example.com/jq /usr/local/bin/jq
    RUN jq --version
    FROM alpine:3.24 AS d
    COPY --from=a /usr/bin/curl /usr/bin/
    RUN curl --version
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2025 AS e
    RUN curl.exe -o x https://example.com/x && curl -o y https://example.com/y
  `;
});

test("package managers, accounts and shells of empty images are other rules'", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apt-get update && useradd app && sudo -n true
    FROM scratch
    RUN curl
    CMD ["bash"]
  `;
});

test("programs that another one starts", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install --no-cache-dir git+https://example.com/x.git
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ command-not-found: git is not in this image, and pip clones git+https://example.com/x.git.
    RUN pip install psycopg2
                    ^^^^^^^^ command-not-found: gcc is not in this image, and psycopg2 has no wheel for Linux, so pip compiles it.
    FROM golang:1.27-alpine
    RUN go test -race ./...
                ^^^^^ command-not-found: gcc is not in this image, and -race needs a C compiler.
    FROM debian:trixie-slim
    COPY node.tar.xz /tmp/
    RUN tar -xJf /tmp/node.tar.xz -C /opt
            ^^^^ command-not-found: xz is not in this image, and tar starts it to unpack.
    RUN tar xf /tmp/node.tar.xz
               ^^^^^^^^^^^^^^^^ command-not-found
  `;
  reports(rule)`
    FROM python:3.14
    RUN pip install psycopg2 git+https://example.com/x.git
    FROM python:3.14-slim
    RUN pip install psycopg2-binary
    RUN pip install --extra-index-url https://example.com/simple psycopg2
    RUN apt-get update && apt-get install -y gcc && pip install uwsgi
    FROM golang:1.27
    RUN go test -race ./...
    FROM alpine:3.24
    COPY x.tar.xz /
    RUN tar -xJf /x.tar.xz && tar czf /y.tar.gz /x
  `;
  const context = contextOf({
    "requirements.txt": "flask==3.1\nmysqlclient>=2 ; sys_platform == 'x'\nuwsgi==2.0\n",
  });
  reports(rule, { context })`
    FROM python:3.14-slim
    COPY requirements.txt .
    RUN pip install -r requirements.txt
                       ^^^^^^^^^^^^^^^^ command-not-found: gcc is not in this image, and uwsgi has no wheel for Linux, so pip compiles it.
  `;
});

test("installs it above", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    # The sources.
    RUN git clone https://example.com/x.git
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git && rm -rf /var/lib/apt/lists/*
    # The sources.
    RUN git clone https://example.com/x.git
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    USER 1000
    RUN curl -O https://example.com/x
  `;
});

test("or uses sh, where the script is plain", () => {
  const context = contextOf({
    "start.sh": '#!/bin/bash\nset -e\nexec "$@"\n',
    "rich.sh": "if [[ $a == b ]]; then :; fi",
  });
  fixes(rule, "unsafe", "sh", { context })`
    FROM alpine:3.24
    COPY start.sh .
    CMD ["bash", "start.sh"]
    ->
    FROM alpine:3.24
    COPY start.sh .
    CMD ["sh", "start.sh"]
  `;
  const [problem] = problemsOf(rule, { context })`
    FROM alpine:3.24
    COPY rich.sh .
    RUN bash rich.sh
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual(["Install bash"]);
});

test("yarn and corepack left Node's images, pnpm was never there", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN corepack enable && pnpm install
    RUN yarn install
    FROM node:24
    RUN pnpm install
        ^^^^ command-not-found
    FROM node:lts-alpine
    RUN yarn install
    FROM node:26
    RUN npm install --global yarn && yarn install
  `;
});

test("not what a folder holds that is put on PATH after it was copied", () => {
  reports(rule)`
    FROM alpine:3.24 AS builder
    RUN apk add make && ./configure --prefix=/opt/openssl && make install
    FROM alpine:3.24
    COPY --from=builder /opt/openssl /opt/openssl
    ENV PATH=/opt/openssl/bin:$PATH
    RUN openssl version
    FROM alpine:3.24
    COPY tools /opt/tools
    ENV PATH=/opt/tools/bin:$PATH
    RUN openssl version
    FROM node:24-slim
    WORKDIR /app
    COPY package.json .
    RUN npm install
    ENV PATH=/app/node_modules/.bin:$PATH
    RUN curl -f https://example.com/
        ^^^^ command-not-found
  `;
});

test("not what comes with Alpine's SSH client and build tools", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache openssh-client && ssh-keyscan example.com >> /known_hosts && ssh-add -l
    FROM alpine:3.24
    RUN apk add --no-cache build-base && file /bin/busybox
  `;
});

test("what an entrypoint of the base, or tini, starts", () => {
  reports(rule)`
    FROM node:24-alpine
    CMD ["bash", "-c", "node server.js"]
         ^^^^^^ command-not-found: bash is not in this image.
  `;
  reports(rule)`
    FROM php:8.5-cli-alpine
    CMD ["bash"]
         ^^^^^^ command-not-found
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache tini
    ENTRYPOINT ["/sbin/tini", "--"]
    CMD ["bash", "/run.sh"]
         ^^^^^^ command-not-found
  `;
  for (const lines of [
    'FROM node:24-alpine\nWORKDIR /app\nCOPY . .\nCMD ["server.js"]',
    'FROM node:24-alpine\nRUN apk add --no-cache bash\nCMD ["bash"]',
    'FROM node:24-alpine\nENTRYPOINT ["/entry.sh"]\nCMD ["bash"]',
    'FROM node:24-alpine\nENTRYPOINT ["node"]\nCMD ["bash"]',
    'FROM composer:2\nCMD ["update"]',
    'FROM docker:29-cli\nCMD ["compose"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`${lines}\n`] }));
});

test("servers of Python that no package brings", () => {
  const list = (text: string) => ({ context: contextOf({ "requirements.txt": text, "app.py": "" }) });
  const image = (command: string, more = "") => `FROM python:3.14-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
${more}CMD ${command}
`;
  const found = (text: string, command: string, more?: string) =>
    problemsOf(
      rule,
      list(text),
    )(Object.assign([""], { raw: [image(command, more)] })).map((it) => it.message);
  const gunicorn = '["gunicorn", "app:app"]';
  expect(found("flask==3.1.0\nredis>=5  # x\n", gunicorn)).toEqual(["gunicorn is not in this image."]);
  expect(found("fastapi\npydantic[email]\n", '["uvicorn", "app:app"]')).toEqual([
    "uvicorn is not in this image.",
  ]);
  expect(found("flask\n", '["python", "-m", "gunicorn", "app:app"]')).toEqual([
    "gunicorn is not in this image, and python is to start its module.",
  ]);
  for (const [text, command, more] of [
    ["gunicorn==23.0.0 ; python_version > '3.8'", gunicorn],
    ["Flask", '["flask", "run"]'],
    ["flask-cors", '["flask", "run"]'],
    ["fastapi[standard]", '["uvicorn", "app:app"]'],
    ["fastapi==0.111.0", '["uvicorn", "app:app"]'],
    ["flask\nacme-platform", gunicorn],
    ["-e .", gunicorn],
    ["flask @ https://example.com/flask.whl", gunicorn],
    ["flask", gunicorn, "RUN pip install gunicorn\n"],
    ["flask", gunicorn, "RUN apt-get update && apt-get install -y gunicorn\n"],
    ["flask", gunicorn, "RUN poetry install\n"],
    ["flask", gunicorn, "COPY --from=builder /venv /venv\nENV PATH=/venv/bin:$PATH\n"],
    ["flask", '["python", "-m", "gunicorn", "app:app"]', "ENV PYTHONPATH=/deps\n"],
    ["flask", '["python", "-m", "http.server"]'],
    ["flask", '["python", "app.py"]'],
  ] as const)
    expect(found(text, command, more), text).toEqual([]);
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install --no-cache-dir flask
    CMD ["gunicorn", "app:app"]
         ^^^^^^^^^^ command-not-found
  `;
  reports(rule, list("flask"))`
    FROM python:3.14-slim
    COPY requirements.txt /
    RUN echo gunicorn >> /requirements.txt
    RUN pip install --no-cache-dir -r /requirements.txt
    CMD ["gunicorn", "app:app"]
  `;
  // A virtual environment of its own, and one that comes with a copy.
  reports(rule, list("flask\ngunicorn"))`
    FROM python:3.14 AS builder
    RUN python -m venv /venv
    ENV PATH=/venv/bin:$PATH
    COPY requirements.txt /
    RUN pip install --no-cache-dir -r /requirements.txt
    FROM python:3.14-slim
    COPY --from=builder /venv /venv
    ENV PATH=/venv/bin:$PATH
    CMD ["gunicorn", "app:app"]
  `;
  fixes(rule, "unsafe", "with pip")`
    FROM python:3.14-slim
    RUN pip install --no-cache-dir flask
    CMD ["gunicorn", "app:app"]
    ->
    FROM python:3.14-slim
    RUN pip install --no-cache-dir flask
    RUN pip install --no-cache-dir gunicorn
    CMD ["gunicorn", "app:app"]
  `;
});

test("a script beside PATH", () => {
  reports(rule)`
    FROM debian:bookworm-slim
    WORKDIR /src
    COPY main.sh .
    RUN chmod +x main.sh
    CMD ["main.sh"]
         ^^^^^^^^^ command-not-found: main.sh is at /src/main.sh, where PATH does not lead.
  `;
  reports(rule)`
    FROM python:3.13-slim AS base
    WORKDIR /app
    COPY --chmod=755 start.sh ./
    FROM base
    ENTRYPOINT start.sh --now
               ^^^^^^^^ command-not-found: start.sh is at /app/start.sh, where PATH does not lead.
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    WORKDIR /src
    COPY main.sh .
    ENTRYPOINT ["main.sh", "-v"]
    ->
    FROM alpine:3.24
    WORKDIR /src
    COPY main.sh .
    ENTRYPOINT ["/src/main.sh", "-v"]
  `;
});

test("not where PATH leads there, the image may have one, or a program of the base reads it", () => {
  reports(rule)`
    FROM debian:bookworm-slim AS src
    WORKDIR /src
    COPY main.sh .
    FROM src
    ENV PATH="/src:$PATH"
    CMD ["main.sh"]
  `;
  reports(rule)`
    FROM debian:bookworm-slim
    WORKDIR /src
    COPY main.sh .
    RUN ln -s /src/main.sh /usr/local/bin/main.sh
    CMD ["main.sh"]
  `;
  reports(rule)`
    FROM debian:bookworm-slim
    WORKDIR /src
    COPY main.sh .
    RUN ./main.sh --install
    CMD ["main.sh"]
  `;
  reports(rule)`
    FROM debian:bookworm-slim
    WORKDIR /src
    COPY main.sh .
    ENTRYPOINT ["sh", "main.sh"]
  `;
  reports(rule)`
    FROM debian:bookworm-slim
    WORKDIR /src
    COPY main.sh .
    CMD ["./main.sh"]
  `;
  reports(rule)`
    FROM node:24
    WORKDIR /src
    COPY server.js .
    CMD ["server.js"]
  `;
  reports(rule)`
    FROM example.com/tools/base
    WORKDIR /src
    COPY main.sh .
    CMD ["main.sh"]
  `;
  reports(rule)`
    FROM redis:8
    WORKDIR /src
    COPY docker-entrypoint.sh .
    ENTRYPOINT ["docker-entrypoint.sh"]
  `;
});

test("PHP's images bring neither Node nor Composer", () => {
  reports(rule)`
    FROM php:8.4-fpm
    RUN docker-php-ext-install pdo_mysql && pecl install redis
    RUN npm ci
        ^^^ command-not-found: npm is not in this image.
    FROM php:8.4-cli-alpine
    RUN composer install
        ^^^^^^^^ command-not-found
    FROM php:8.4-apache
    COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
    RUN composer install && ps aux && make -v && phpize -v
    FROM php:8.4-fpm
    COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/
    RUN install-php-extensions @composer && composer install
    FROM php:8.4-fpm
    RUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer
    RUN composer install
    FROM php:8.4-fpm
    RUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs
    RUN npm ci
  `;
});

test("behind an entrypoint, what it takes for something else than a program", () => {
  reports(rule)`
    FROM valkey/valkey:9
    CMD ["curl", "http://example.com"]
         ^^^^^^ command-not-found: curl is not in this image.
  `;
  reports(rule)`
    FROM php:8.4-alpine
    CMD ["git", "--version"]
         ^^^^^ command-not-found
  `;
  // wp help git
  reports(rule)`
    FROM wordpress:cli
    CMD ["git", "--version"]
  `;
});

test("Maven compiles on a JDK only", () => {
  const context = contextOf({ "pom.xml": "", mvnw: "", "src/main/java/A.java": "" });
  reports(rule, { context })`
    FROM eclipse-temurin:21-jre
    WORKDIR /app
    COPY . .
    RUN ./mvnw -B package -DskipTests
                  ^^^^^^^ command-not-found: javac is not in this image, and Maven's package compiles.
    FROM eclipse-temurin:21-jre-alpine
    COPY . .
    RUN ./mvnw dependency:go-offline && ./mvnw -t toolchains.xml package
    FROM eclipse-temurin:21
    COPY . .
    RUN ./mvnw package
  `;
  reports(rule, { context: contextOf({ mvnw: "", "src/main/kotlin/A.kt": "" }) })`
    FROM eclipse-temurin:21-jre
    COPY . .
    RUN ./mvnw package
  `;
});

test("what an installer has put where PATH does not lead", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl
    RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --no-modify-path
    RUN cargo build --release
        ^^^^^ command-not-found: cargo is at /root/.cargo/bin/cargo, where PATH does not lead.
    FROM python:3.14-slim
    RUN wget -qO- https://astral.sh/uv/0.9.2/install.sh | sh && uv sync
        ^^^^ command-not-found
                                                                ^^ command-not-found: uv is at /root/.local/bin/uv, where PATH does not lead.
    FROM python:3.14
    RUN curl -sSL https://install.python-poetry.org | POETRY_HOME=/opt/poetry python3 - --version 2.1.0
    CMD ["poetry", "run", "app"]
         ^^^^^^^^ command-not-found: poetry is at /opt/poetry/bin/poetry, where PATH does not lead.
  `;
  reports(rule)`
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl unzip
    ENV NVM_DIR=/opt/nvm
    RUN curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.1/install.sh | bash
    RUN nvm install 24
        ^^^ command-not-found: nvm is no program but a function, which /opt/nvm/nvm.sh declares for the shell that reads it.
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl unzip zip
    RUN curl -s https://get.sdkman.io | bash && sdk install java
                                                ^^^ command-not-found
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl unzip
    RUN curl -fsSL https://bun.sh/install | bash -s "bun-v1.3.0"
    RUN bun install
        ^^^ command-not-found: bun is at /root/.bun/bin/bun, where PATH does not lead.
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -fsSL https://deno.land/install.sh | sh
    RUN deno task build
    ->
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -fsSL https://deno.land/install.sh | sh
    ENV PATH=/root/.deno/bin:$PATH
    RUN deno task build
  `;
});

test("not where PATH leads there, the installer was told otherwise, or the shell reads its files", () => {
  reports(rule)`
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl https://sh.rustup.rs | sh -s -- -y
    RUN . "$HOME/.cargo/env" && cargo build
    RUN export PATH="$HOME/.cargo/bin:$PATH" && cargo build
    ENV PATH="/root/.cargo/bin:\${PATH}"
    RUN cargo build
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    ENV PATH=/root/.local/bin:$PATH
    RUN curl -LsSf https://astral.sh/uv/install.sh | sh
    RUN uv sync
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -LsSf https://astral.sh/uv/install.sh | sh && mv /root/.local/bin/uv /usr/local/bin/uv
    RUN uv sync
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -LsSf https://astral.sh/uv/install.sh | sh && ln -s /root/.local/bin/* /usr/local/bin/
    RUN uv sync
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -LsSf https://astral.sh/uv/install.sh | env UV_INSTALL_DIR=/usr/local/bin sh
    RUN uv sync
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -LsSf https://astral.sh/uv/install.sh | UV_INSTALL_DIR=/usr/local/bin sh
    RUN uv sync
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -fsSL https://deno.land/install.sh | DENO_INSTALL=/usr/local sh
    RUN deno task build
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN useradd -m app
    USER app
    RUN curl https://sh.rustup.rs | sh -s -- -y
    RUN cargo build
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    SHELL ["/bin/bash", "--login", "-c"]
    RUN curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.1/install.sh | bash
    RUN nvm install 24
    FROM debian:trixie
    RUN apt-get update && apt-get install -y curl
    RUN curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.1/install.sh | bash
    RUN . ~/.nvm/nvm.sh && nvm install 24
    RUN bash -c "source ~/.nvm/nvm.sh && nvm use 24 && npm ci"
  `;
});

test("package managers of Python are installed with pip", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    RUN poetry install
    ->
    FROM python:3.14-slim
    RUN pip install --no-cache-dir poetry
    RUN poetry install
  `;
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install uv
    RUN uv sync
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/
    RUN uv sync
    FROM alpine:3.24
    RUN apk add --no-cache poetry uv
    RUN uv sync
    RUN poetry install
    FROM ghcr.io/astral-sh/uv:debian
    RUN uv sync
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y pipx && pipx install poetry
    RUN poetry install
  `;
});

test("nginx has no runtime for what it serves", () => {
  reports(rule)`
    FROM nginx:1.29-alpine
    CMD ["npm", "start"]
         ^^^^^ command-not-found: npm is not in this image.
    `;
  reports(rule)`
    FROM nginx:1.29
    RUN apt-get update && apt-get install -y nodejs npm
    CMD ["npm", "start"]
    `;
});

test("a C compiler where cgo is asked for", () => {
  const go = (module: string) => ({
    context: contextOf({
      "go.mod": `module x\n\ngo 1.27\n\nrequire ${module}\n`,
      "main.go": "package main\n",
    }),
  });
  reports(rule, go("github.com/mattn/go-sqlite3 v1.14.32"))`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=1 go build -o /app .
                         ^^^^^ command-not-found: gcc is not in this image, and github.com/mattn/go-sqlite3 has code in C, which CGO_ENABLED=1 compiles.
    FROM golang:1.27-alpine
    ENV CGO_ENABLED=1
    WORKDIR /src
    COPY . .
    RUN go build -o /app .
           ^^^^^ command-not-found
  `;
  reports(rule, go("github.com/mattn/go-sqlite3 v1.14.32"))`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN go build -o /app . && CGO_ENABLED=0 go build -o /app .
    RUN apk add --no-cache gcc musl-dev && CGO_ENABLED=1 go build -o /app .
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN CC=zig-cc CGO_ENABLED=1 go build -o /app .
    FROM golang:1.27
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=1 go build -o /app .
  `;
  reports(rule, go("github.com/mattn/go-sqlite3 v1.14.32 // indirect"))`
    FROM golang:1.27-alpine
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=1 go build -o /app .
  `;
});

test("what an installer that is piped into bash needs", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl ca-certificates && curl -fsSL https://bun.sh/install | bash
                                                                                ^^^^^^^^^^^^^^^^^^^^^^ command-not-found: unzip is not in this image, and the installer of Bun wants it.
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl unzip && curl -fsSL https://bun.sh/install | bash
    RUN curl -s https://get.sdkman.io | bash
                ^^^^^^^^^^^^^^^^^^^^^ command-not-found: zip is not in this image, and the installer of SDKMAN! wants it.
    FROM alpine:3.24
    RUN apk add --no-cache curl bash && curl -fsSL https://bun.sh/install | bash
  `;
});

test("a program by its path in a directory of the system", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN /bin/bash -c "echo hello"
        ^^^^^^^^^ command-not-found: bash is not in this image.
    FROM alpine:3.24
    RUN ["/bin/bash", "-c", "echo hello"]
         ^^^^^^^^^^^ command-not-found: bash is not in this image.
    FROM alpine:3.24
    RUN apk add --no-cache bash
    RUN ["/bin/bash", "-c", "echo hello"]
    FROM alpine:3.24
    RUN test -x /bin/bash && /bin/bash -c "echo hello" || true
    FROM alpine:3.24
    COPY tool /usr/bin/tool
    RUN /usr/bin/tool && /opt/tool/bin/other
  `;
  fixes(rule, "unsafe", "Use sh")`
    FROM alpine:3.24
    RUN ["/bin/bash", "-c", "echo hello"]
    ->
    FROM alpine:3.24
    RUN ["/bin/sh", "-c", "echo hello"]
  `;
});

test("the shell that a here-document is handed to, and what the document calls", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN <<EOF bash -e
              ^^^^ command-not-found: bash is not in this image.
    apk add --no-cache git
    EOF
    RUN <<EOF
    #!/usr/bin/env bash
                   ^^^^ command-not-found: bash is not in this image.
    echo here
    EOF
    RUN sh <<EOF
    git version
    ^^^ command-not-found: git is not in this image.
    EOF
    FROM alpine:3.24
    RUN apk add --no-cache bash
    RUN bash -e <<EOF
    apk add --no-cache git
    git version
    EOF
    RUN git version
  `;
});
