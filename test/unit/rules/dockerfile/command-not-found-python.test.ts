import { expect, test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { expectProblems, fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const MANIFEST = `[project]
name = "api"
version = "1"
dependencies = [
  "psycopg2>=2.9",
  "flask[async]; python_version > '3.9'",
]
`;
const POETRY = `[tool.poetry.dependencies]
python = "^3.12"
psycopg2 = { version = "^2.9", extras = [] }
`;

const locked = (...files: readonly string[]) => `version = 1

[[package]]
name = "flask"
version = "3.1.0"
wheels = [{ url = "https://example.com/flask-3.1.0-py3-none-any.whl", hash = "sha256:1" }]

[[package]]
name = "psycopg2"
version = "2.9.10"
source = { registry = "https://pypi.org/simple" }
wheels = [
${files.map((it) => `    { url = "https://example.com/psycopg2-2.9.10-${it}.whl", hash = "sha256:1" },`).join("\n")}
]
sdist = { url = "https://example.com/psycopg2-2.9.10.tar.gz", hash = "sha256:1" }
`;

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });

test("uv compiles what the lock file has no wheel of, in a bound folder too", () => {
  reports(rule, around({ "pyproject.toml": MANIFEST, "uv.lock": locked("cp312-cp312-win_amd64") }))`
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/
    WORKDIR /app
    RUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml UV_LINK_MODE=copy uv sync --locked --no-install-project --extra web
                                                                                                                                           ^^^^ command-not-found: gcc is not in this image, and psycopg2 has no wheel for Linux, so uv compiles it.
  `;
});

test("Poetry, PDM, Pipenv and pip of the project itself", () => {
  reports(rule, around({ "pyproject.toml": POETRY, "poetry.lock": '[[package]]\nname = "psycopg2"\n' }))`
    FROM python:3.14-alpine
    WORKDIR /app
    RUN pip install poetry
    COPY pyproject.toml poetry.lock ./
    RUN poetry install --no-root --only=main
    RUN poetry install --no-root
               ^^^^^^^ command-not-found: gcc is not in this image, and psycopg2 has no wheel for Linux, so Poetry compiles it.
  `;
  const pipenv = { psycopg2: { version: "==2.9.10", markers: "python_version >= '3.8'" } };
  reports(rule, around({ Pipfile: "", "Pipfile.lock": JSON.stringify({ default: pipenv }) }))`
    FROM python:3.14-slim
    WORKDIR /app
    RUN pip install pipenv
    COPY Pipfile Pipfile.lock ./
    RUN pipenv install --system --deploy
               ^^^^^^^ command-not-found: gcc is not in this image, and psycopg2 has no wheel for Linux, so Pipenv compiles it.
  `;
  reports(rule, around({ "pyproject.toml": MANIFEST, "api.py": "" }))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    RUN pip install --no-cache-dir .
            ^^^^^^^ command-not-found
  `;
});

test("a wheel for the other C library does not count", () => {
  const manifest = MANIFEST.replace("psycopg2>=2.9", "lxml==6");
  const lock = locked("cp314-cp314-manylinux_2_26_x86_64").replaceAll("psycopg2", "lxml");
  const files = around({ "pyproject.toml": manifest, "uv.lock": lock });
  reports(rule, files)`
    FROM python:3.14-alpine
    COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync
           ^^^^ command-not-found: gcc is not in this image, and lxml has no wheel for musl, so uv compiles it.
  `;
  expect(
    problemsOf(rule, files)`
      FROM python:3.14-slim
      COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
      WORKDIR /app
      COPY pyproject.toml uv.lock ./
      RUN uv sync
    `,
  ).toEqual([]);
});

test.each([
  ["uv sync", { "pyproject.toml": MANIFEST, "uv.lock": locked("cp314-cp314-manylinux_2_26_x86_64") }],
  ["uv sync --only-group lint", { "pyproject.toml": MANIFEST, "uv.lock": locked() }],
  ["uv sync --no-install-package psycopg2", { "pyproject.toml": MANIFEST, "uv.lock": locked() }],
  ["UV_FIND_LINKS=/wheels uv sync", { "pyproject.toml": MANIFEST, "uv.lock": locked() }],
  [
    "uv sync",
    { "pyproject.toml": MANIFEST.replace("2.9", "2.9; sys_platform == 'win32'"), "uv.lock": locked() },
  ],
  ["uv sync", { "pyproject.toml": MANIFEST.replace("dependencies", "optional"), "uv.lock": locked() }],
  [
    "uv sync",
    {
      "pyproject.toml": MANIFEST,
      "uv.lock": locked().replace(
        'version = "2.9.10"\n',
        'version = "2.9.10"\nsource = { path = "psycopg2.whl" }\n',
      ),
    },
  ],
  ["uv sync", { "pyproject.toml": MANIFEST, "uv.lock": locked().replace('"psycopg2"', '"psycopg2-binary"') }],
  ["pip install ./other", { "pyproject.toml": MANIFEST }],
])("silent for %s", (command, files) => {
  const copied = "COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nWORKDIR /app\nCOPY . .";
  expectProblems(rule, `FROM python:3.14-slim\n${copied}\nRUN ${command}\n`, around(files));
});

test("mysqlclient asks pkg-config, since 2.2", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim-bookworm
    RUN apt-get update && apt-get install -y gcc default-libmysqlclient-dev && rm -rf /var/lib/apt/lists/*
    RUN pip install mysqlclient
    ->
    FROM python:3.14-slim-bookworm
    RUN apt-get update && apt-get install -y gcc default-libmysqlclient-dev && rm -rf /var/lib/apt/lists/*
    RUN apt-get update && apt-get install -y --no-install-recommends pkg-config && rm -rf /var/lib/apt/lists/*
    RUN pip install mysqlclient
  `;
  reports(rule)`
    FROM python:3.14-slim-bookworm
    RUN apt-get update && apt-get install -y gcc default-libmysqlclient-dev && rm -rf /var/lib/apt/lists/*
    RUN pip install mysqlclient==2.1.1
    ENV MYSQLCLIENT_CFLAGS=-I/usr/include/mariadb
    RUN pip install mysqlclient
  `;
});

test("the fix installs what it is compiled against too", () => {
  fixes(rule, "unsafe", "Install gcc")`
    FROM python:3.14-slim
    RUN pip install psycopg2
    ->
    FROM python:3.14-slim
    RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev && rm -rf /var/lib/apt/lists/*
    RUN pip install psycopg2
  `;
});
