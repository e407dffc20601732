/** Scripts that packages of Python bring into the `bin` of the environment which they are installed to. */
export const PYTHON_SCRIPTS: ReadonlySet<string> = new Set(
  (
    "alembic arq celery daphne django-admin dramatiq fastapi flask granian gunicorn huey_consumer huey_consumer.py hypercorn " +
    "jupyter mkdocs rq streamlit uvicorn waitress-serve"
  ).split(" "),
);
