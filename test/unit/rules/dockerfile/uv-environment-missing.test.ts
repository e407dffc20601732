import { test } from "vitest";
import { uvEnvironmentMissing as rule } from "../../../../server/src/rules/dockerfile/uv-environment-missing.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("uv pip install and sync where nothing is activated", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install uv && uv pip install flask
                          ^^^^^^^^^^^^^^ uv-environment-missing: uv finds no virtual environment here, and installs into no other Python unasked.
    FROM python:3.14-alpine
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    COPY requirements.txt /
    RUN --mount=type=cache,target=/root/.cache/uv uv pip sync requirements.txt
                                                  ^^^^^^^^^^^ uv-environment-missing
    FROM python:3.14
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    RUN uv pip install -r requirements.txt; echo done
        ^^^^^^^^^^^^^^ uv-environment-missing
    FROM python:3.14
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    RUN uv pip install flask || true
    FROM python:3.14
    RUN uv pip install flask
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14
    RUN pip install uv && uv pip install -r requirements.txt
    ->
    FROM python:3.14
    RUN pip install uv && uv pip install --system -r requirements.txt
  `;
});

test("not where it is told otherwise, or finds one", () => {
  reports(rule)`
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    RUN pip install uv && uv pip install --system flask
    RUN uv pip install --python /usr/local/bin/python flask
    RUN uv pip install -p 3.14 flask
    RUN uv pip install --target=/deps flask
    RUN uv pip compile requirements.in
    RUN uv pip list
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    ENV UV_SYSTEM_PYTHON=1
    RUN uv pip install flask
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    RUN UV_SYSTEM_PYTHON=1 uv pip install flask
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    RUN uv venv && uv pip install flask
    FROM python:3.14-slim AS base
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    ENV VIRTUAL_ENV=/opt/venv
    FROM base
    RUN uv pip install flask
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    ARG OPTIONS=--system
    RUN uv pip install $OPTIONS flask
    FROM example.com/team/python:1
    RUN uv pip install flask
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    COPY . .
    RUN uv pip install flask
  `;
});

test("settings of the project", () => {
  const files = (pyproject: string) => ({ context: contextOf({ "pyproject.toml": pyproject }) });
  reports(rule, files('[project]\nname = "api"\n'))`
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    WORKDIR /app
    COPY pyproject.toml ./
    RUN uv pip install -r pyproject.toml
        ^^^^^^^^^^^^^^ uv-environment-missing
  `;
  reports(rule, files("[tool.uv.pip]\nsystem = true\n"))`
    FROM python:3.14-slim
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    WORKDIR /app
    COPY pyproject.toml ./
    RUN uv pip install -r pyproject.toml
  `;
});
