/** Servers and tools of Python that images start by name. Docker's official images of Python bring none of them. */
export const PYTHON_SERVERS: ReadonlySet<string> = new Set(
  "gunicorn uvicorn hypercorn daphne flask celery fastapi waitress-serve uwsgi streamlit".split(" "),
);

/** Package managers that pip installs; Docker's official images of Python bring pip alone. */
export const PYTHON_MANAGERS: ReadonlySet<string> = new Set(["uv", "poetry", "pipenv", "pdm"]);
