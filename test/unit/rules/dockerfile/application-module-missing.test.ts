import { test } from "vitest";
import { applicationModuleMissing as rule } from "../../../../server/src/rules/dockerfile/application-module-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const around = (files: Readonly<Record<string, string>>) => ({ context: contextOf(files) });
const main = { "main.py": "from flask import Flask\n\napp: Flask = Flask(__name__)\n" };

test("gunicorn behind options, and flask run", () => {
  reports(rule, around(main))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    CMD gunicorn -w 4 -b 0.0.0.0:8000 --preload app:app
                                                ^^^^^^^ application-module-missing: There is no module app in /app: app is in main.py, which is main here.
  `;
  reports(rule, around(main))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY main.py .
    CMD ["flask", "run", "--host=0.0.0.0"]
         ^^^^^^^ application-module-missing: flask looks for app.py or wsgi.py in /app, and the application is in main.py.
  `;
});

const file = (lines: string) => `FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\n${lines}\n`;

test.each([
  ["there", { "app.py": "app = 1\n" }, 'CMD ["gunicorn", "app:app"]'],
  ["a package", { "app/__init__.py": "app = 1\n" }, 'CMD ["uvicorn", "app:app"]'],
  ["nothing alike", { "readme.md": "" }, 'CMD ["gunicorn", "superset.app:create_app()"]'],
  ["several", { ...main, "other.py": "app = 2\n" }, 'CMD ["gunicorn", "app:app"]'],
  ["told elsewhere", main, 'ENV PYTHONPATH=/srv\nCMD ["gunicorn", "app:app"]'],
  ["another folder", main, 'CMD ["gunicorn", "--chdir", "src", "app:app"]'],
  ["made by a RUN", main, 'RUN cp main.py app.py\nCMD ["gunicorn", "app:app"]'],
  ["an address", main, 'CMD ["gunicorn", "-b", "unix:app", "main:app"]'],
  ["flask's variable", main, 'ENV FLASK_APP=main\nCMD ["flask", "run"]'],
  ["flask's file", { ...main, ".flaskenv": "FLASK_APP=main\n" }, 'CMD ["flask", "run"]'],
  ["flask's option", main, 'CMD ["flask", "--app", "main", "run"]'],
])("silent: %s", (_, files, lines) => {
  expectProblems(rule, file(lines), around(files as Record<string, string>));
});

test("the fixes name the module", () => {
  fixes(rule, "unsafe", "", around({ "src/api.py": "def create_app():\n    pass\n" }))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY src/ .
    CMD ["gunicorn", "src.api:create_app()"]
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY src/ .
    CMD ["gunicorn", "api:create_app()"]
  `;
  fixes(rule, "unsafe", "", around(main))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    CMD ["flask", "run"]
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    CMD ["flask", "--app", "main", "run"]
  `;
});

test("a name that the module never says", () => {
  reports(rule, around({ "main.py": "from fastapi import FastAPI\n\napi = FastAPI()\n" }))`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]
                    ^^^^^^^^^^ application-module-missing: main.py has no app: its application is api.
  `;
  fixes(rule, "unsafe", "", around({ "web/wsgi.py": "application = get_wsgi_application()\n" }))`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD gunicorn web.wsgi:server
    ->
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD gunicorn web.wsgi:application
  `;
});

test.each([
  "from web import app\n",
  "from web import *\n",
  "def __getattr__(name): ...\n",
  'globals()["a" + "pp"] = 1\n',
  "app: FastAPI = make()\n",
])("not where it may have it: %j", (text) => {
  reports(rule, around({ "main.py": text }))`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]
  `;
});

test("not a file that is changed, or goes elsewhere", () => {
  reports(rule, around({ "main.py": "api = FastAPI()\n" }))`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    RUN sed -i s/api/app/ main.py
    CMD ["uvicorn", "main:app"]
  `;
  reports(rule, around({ "main.py": "api = FastAPI()\n" }))`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD ["uvicorn", "--app-dir", "src", "main:app"]
  `;
});

test("modules of celery and of python -m", () => {
  const files = around({ "app/celery.py": 'app = Celery("x")\n', "app/__init__.py": "", "run.py": "" });
  reports(rule, files)`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD ["celery", "-A", "tasks", "worker"]
                         ^^^^^^^ application-module-missing: There is no module tasks in /code: the application of Celery is in app/celery.py, which is app.celery here.
  `;
  reports(rule, files)`
    FROM python:3.14-slim
    WORKDIR /code
    COPY . .
    CMD ["python", "-m", "src.run"]
                         ^^^^^^^^^ application-module-missing: There is no module src.run in /code: run.py is run here.
  `;
});

test.each([
  "celery -A app worker",
  "celery -A app.celery worker",
  "celery -A app.celery:app worker",
  "celery --workdir src -A tasks worker",
  "python -m uvicorn.run",
  "python -m app.run",
  "python -m run",
])("not what may be there: %s", (command) => {
  const files = around({ "app/celery.py": 'app = Celery("x")\n', "app/__init__.py": "", "run.py": "" });
  expectProblems(rule, `FROM python:3.14-slim\nWORKDIR /code\nCOPY . .\nCMD ${command}\n`, files);
});
