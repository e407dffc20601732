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
