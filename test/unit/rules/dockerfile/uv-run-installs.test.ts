import { test } from "vitest";
import { uvRunInstalls as rule } from "../../../../server/src/rules/dockerfile/uv-run-installs.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const PROJECT = `[project]
name = "shop"
[dependency-groups]
dev = ["pytest>=8", "ruff"]
`;
const withDevelopment = { context: contextOf({ "pyproject.toml": PROJECT, "uv.lock": "" }) };
const without = {
  context: contextOf({ "pyproject.toml": '[project]\nname = "shop"\n', "uv.lock": "" }),
};

test("uv run starts what uv sync --no-dev prepared", () => {
  reports(rule, withDevelopment)`
    FROM python:3.14-slim AS base
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-dev
    FROM base AS worker
    CMD ["uv", "run", "celery", "-A", "shop", "worker"]
         ^^^^^^^^^^^ uv-run-installs: Before it starts, uv run installs what was left out for development (pytest and ruff).
    FROM base
    ENTRYPOINT ["uv", "run", "--frozen", "flask", "run"]
                ^^^^^^^^^^^ uv-run-installs: Before it starts, uv run installs what was left out for development (pytest and ruff).
  `;
  reports(rule, withDevelopment)`
    FROM ghcr.io/astral-sh/uv:python3.14-trixie
    WORKDIR /app
    RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml \
        --mount=type=bind,source=uv.lock,target=uv.lock \
        uv sync --locked --no-install-project --no-dev
    COPY . .
    CMD ["uv", "run", "main.py"]
         ^^^^^^^^^^^ uv-run-installs: Before it starts, uv run installs what was left out for development (pytest and ruff).
  `;
});

test("not where it is told otherwise, or nothing was left out", () => {
  reports(rule, withDevelopment)`
    FROM python:3.14-slim AS base
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-dev
    RUN uv run --no-dev python -m compileall .
    FROM base AS one
    CMD ["uv", "run", "--no-dev", "flask", "run"]
    FROM base AS two
    CMD ["uv", "run", "--no-sync", "flask", "run"]
    FROM base AS three
    ENV UV_NO_DEV=1
    CMD ["uv", "run", "flask", "run"]
    FROM base AS four
    RUN uv sync --frozen
    CMD ["uv", "run", "flask", "run"]
    FROM base AS five
    CMD ["flask", "run"]
  `;
  reports(rule, without)`
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-dev
    CMD ["uv", "run", "flask", "run"]
  `;
});

test("the environment stays as it was built", () => {
  fixes(rule, "unsafe", "", withDevelopment)`
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-dev
    CMD ["uv", "run", "flask", "run"]
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-dev
    CMD ["uv", "run", "--no-sync", "flask", "run"]
  `;
});
