import { test } from "vitest";
import { runtimeVersionMismatch as rule } from "../../../../server/src/rules/dockerfile/runtime-version-mismatch.ts";
import { reports } from "../../../support/check.ts";

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
