import { expect, test } from "vitest";
import { toolCommandUnknown as rule } from "../../../../server/src/rules/dockerfile/tool-command-unknown.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("slips", () => {
  reports(rule)`
    FROM debian:trixie-slim AS debian
    RUN apt-get updte && apt-get -y instal curl && git cloen https://example.com/a
                ^^^^^ tool-command-unknown: apt-get has no command updte: use update.
                                    ^^^^^^ tool-command-unknown: apt-get has no command instal: use install.
                                                       ^^^^^ tool-command-unknown: git has no command cloen: use clone.
    FROM python:3.13 AS python
    RUN pip instal a && python -m pip isntall b && pip3 cache pruge
            ^^^^^^ tool-command-unknown: pip has no command instal: use install.
                                      ^^^^^^^ tool-command-unknown
                                                              ^^^^^ tool-command-unknown: pip cache has no command pruge: use purge.
    FROM golang:1.26 AS go
    RUN go mod donwload && go buid
               ^^^^^^^^ tool-command-unknown: go mod has no command donwload: use download.
                              ^^^^ tool-command-unknown
    RUN ["go", "buid"]
               ^^^^^^ tool-command-unknown
    FROM rust:1.90
    RUN cargo biuld --release
              ^^^^^ tool-command-unknown: cargo has no command biuld: use build.
    RUN composer isntall && bundle isntall && yarn instal && pnpm isntall && zypper -n instal a && poetry instal
                 ^^^^^^^ tool-command-unknown
                                   ^^^^^^^ tool-command-unknown
                                                   ^^^^^^ tool-command-unknown
                                                                  ^^^^^^^ tool-command-unknown
                                                                                       ^^^^^^ tool-command-unknown
                                                                                                          ^^^^^^ tool-command-unknown
  `;
});

test("what another program calls so", () => {
  reports(rule)`
    FROM alpine:3.24 AS alpine
    RUN apk install curl && apk remove curl
            ^^^^^^^ tool-command-unknown: apk has no command install: use add.
                                ^^^^^^ tool-command-unknown: apk has no command remove: use del.
    FROM node:22 AS node
    RUN npm build && npm biuld
            ^^^^^ tool-command-unknown: npm has no command build: use run build.
                         ^^^^^ tool-command-unknown
    FROM python:3.13
    RUN pip update && pip cache clean
            ^^^^^^ tool-command-unknown: pip has no command update.
                                ^^^^^ tool-command-unknown: pip cache has no command clean: use purge.
  `;
});

test("not what the programs take, or may be taught", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get -o Dpkg::Use-Pty=0 install curl && apt-get -t trixie install a && apt-get $COMMAND && apt-get autopurge
    RUN npm isntall && npm instal && npm i && npm udpate && npm prun && npm run-scrip build && npm rum build && npm exec -- build
    RUN yarn build && yarn lint && yarn tests && yarn setup && yarn run instal && pnpm lint && pnpm -r build && pnpm deploys
    RUN composer instal && composer lint && composer tests && composer dump && bundle instal && gem instal a && gem clean
    RUN cargo chef prepare && cargo xbuild && cargo cbuild && cargo binstall a && cargo xtask && cargo +nightly build && cargo lint
    RUN git lfs install && git tags && git -C /a clone b && poetry bundle venv /a && dnf -y copr enable a && go tool a && go help mod
    RUN pip --no-cache-dir install a && python -m build && python -m pip install a && pip config set a.b c
    RUN apk --root /a add install && apk add --virtual install curl && zypper in a && microdnf install a
    RUN instal() { apt-get "$@"; }; instal update
    RUN apt-get() { :; }; apt-get instal
    ONBUILD RUN apt-get instal curl
  `;
});

test("an error only where the build certainly ends: npm 7 and 8 go on", () => {
  const severities = problemsOf(rule)`
    FROM node:22
    RUN npm build
    RUN npm build || true
    FROM node:16-alpine
    RUN npm build
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning"]);
});

test("the command that was meant", () => {
  fixes(rule, "safe")`
    FROM node:22
    RUN apt-get updte && npm build && pip cache clean
    RUN ["go", "mod", "tidi"]
    FROM alpine:3.24
    RUN apk install --no-cache curl
    ->
    FROM node:22
    RUN apt-get update && npm run build && pip cache purge
    RUN ["go", "mod", "tidy"]
    FROM alpine:3.24
    RUN apk add --no-cache curl
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get add curl
    ->
    FROM debian:trixie-slim
    RUN apt-get install curl
  `;
  offersNothing(rule)`
    FROM python:3.13
    RUN pip upgrade pip
    RUN ["go", "vendor"]
  `;
});

const python = { context: contextOf({ "pyproject.toml": '[project]\nname = "x"\n', "poetry.lock": "" }) };

test("commands that plugins bring since Poetry 2", () => {
  reports(rule, python)`
    FROM python:3.12-slim
    ENV POETRY_VERSION=2.1.1
    RUN pip install "poetry==$POETRY_VERSION"
    RUN poetry export -f requirements.txt -o requirements.txt
               ^^^^^^ tool-command-unknown: Poetry has no command export since 2: poetry-plugin-export brings it.
    FROM python:3.11
    RUN curl -sSL https://install.python-poetry.org | python3 -
    RUN /root/.local/bin/poetry --version && poetry export > r.txt
                                                    ^^^^^^ tool-command-unknown
  `;
  fixes(rule, "unsafe", "", python)`
    FROM python:3.12-slim
    RUN pip install poetry && poetry export -o r.txt
    ->
    FROM python:3.12-slim
    RUN pip install poetry poetry-plugin-export && poetry export -o r.txt
  `;
});

test.each([
  "FROM python:3.12\nRUN pip install poetry==1.8.3\nRUN poetry export",
  "FROM python:3.12\nRUN pip install 'poetry<2'\nRUN poetry export",
  "FROM python:3.8\nRUN pip install poetry\nRUN poetry export",
  "FROM python:3.12\nARG POETRY_VERSION\nRUN pip install poetry==$POETRY_VERSION\nRUN poetry export",
  "FROM python:3.12\nRUN pip install poetry poetry-plugin-export\nRUN poetry export",
  "FROM python:3.12\nRUN pip install poetry && poetry self add poetry-plugin-export\nRUN poetry export",
  "FROM python:3.12\nENV POETRY_VERSION=1.8.3\nRUN curl -sSL https://install.python-poetry.org | python3 -\nRUN poetry export",
  "FROM python:3.12\nRUN curl -sSL https://install.python-poetry.org | POETRY_VERSION=1.7.0 python3 -\nRUN poetry export",
  "FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nRUN poetry export",
  "FROM example.com/poetry:2\nRUN poetry export",
  "FROM python:3.12\nRUN pip install poetry\nRUN poetry install --no-root",
])("Poetry: silent for %s", (text) => {
  expectProblems(rule, `${text}\n`, python);
});

test("not of a program that the image does not have, unless the same RUN brings it", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apt update && apt add git
    RUN apk add --no-cache git && git cloen https://example.com/a
                                      ^^^^^ tool-command-unknown
    FROM debian:trixie-slim
    RUN apt add git
            ^^^ tool-command-unknown
  `;
});
