import { test } from "vitest";
import { venvPythonMissing as rule } from "../../../../server/src/rules/dockerfile/venv-python-missing.ts";
import { expectProblems, reports } from "../../../support/check.ts";

test("Debian's Python, by PATH, with the folder around", () => {
  reports(rule)`
    FROM python:3.11-slim AS builder
    WORKDIR /app
    RUN python -m venv .venv && .venv/bin/pip install gunicorn
    FROM debian:12-slim
    RUN apt-get update && apt-get install -y python3
    COPY --from=builder /app /app
                        ^^^^ venv-python-missing: The Python of this environment is /usr/local/bin/python3, which is not in this image.
    ENV PATH=/app/.venv/bin:$PATH
    CMD ["gunicorn", "app:app"]
  `;
});

test("an environment at another path", () => {
  reports(rule)`
    FROM python:3.14-slim AS builder
    RUN python -m venv /build/venv
    FROM python:3.14-slim
    COPY --from=builder /build/venv /opt/venv
                        ^^^^^^^^^^^ venv-python-missing: uvicorn of this environment begins with the path of its Python, /build/venv/bin/python, and that is not in this image.
    CMD ["/opt/venv/bin/uvicorn", "app:app"]
  `;
});

test("a Python that uv has fetched", () => {
  reports(rule)`
    FROM ghcr.io/astral-sh/uv:debian-slim AS builder
    WORKDIR /app
    RUN uv sync --frozen --no-dev
    FROM debian:12-slim
    COPY --from=builder /app /app
                        ^^^^ venv-python-missing: The Python of this environment is /root/.local/share/uv/python, which is not in this image.
    CMD ["/app/.venv/bin/python", "/app/main.py"]
  `;
  reports(rule)`
    FROM ghcr.io/astral-sh/uv:0.9.5-bookworm-slim AS builder
    ENV UV_PYTHON_INSTALL_DIR=/python
    WORKDIR /app
    RUN uv sync --frozen --no-dev
    FROM debian:12-slim
    COPY --from=builder /python /python
    COPY --from=builder /app /app
    CMD ["/app/.venv/bin/python", "/app/main.py"]
  `;
  reports(rule)`
    FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS builder
    WORKDIR /app
    RUN uv sync --frozen --no-dev
    FROM debian:12-slim
    COPY --from=builder /app /app
    CMD ["/app/.venv/bin/python", "/app/main.py"]
  `;
});

const to = (image: string, lines: string) =>
  `FROM python:3.11-slim AS builder\nRUN python -m venv /venv\nFROM ${image}\n${lines}\n`;

test.each([
  ["the same image", "python:3.11-slim", 'COPY --from=builder /venv /venv\nCMD ["/venv/bin/gunicorn"]'],
  [
    "Python at its place",
    "debian:12-slim",
    'COPY --from=builder /usr/local /usr/local\nCOPY --from=builder /venv /venv\nCMD ["/venv/bin/gunicorn"]',
  ],
  [
    "a link",
    "debian:12-slim",
    'RUN ln -s /usr/bin/python3 /usr/local/bin/python3\nCOPY --from=builder /venv /venv\nCMD ["/venv/bin/gunicorn"]',
  ],
  [
    "only its packages",
    "gcr.io/distroless/python3-debian12",
    'COPY --from=builder /venv /venv\nENV PYTHONPATH=/venv/lib/python3.11/site-packages\nCMD ["main.py"]',
  ],
  [
    "its Python at another path",
    "python:3.11-slim",
    'COPY --from=builder /venv /opt/venv\nCMD ["/opt/venv/bin/python", "main.py"]',
  ],
  [
    "another image",
    "example.com/python",
    'COPY --from=builder /venv /venv\nENTRYPOINT ["/venv/bin/gunicorn"]',
  ],
])("silent: %s", (_, image, lines) => {
  expectProblems(rule, to(image, lines));
});
