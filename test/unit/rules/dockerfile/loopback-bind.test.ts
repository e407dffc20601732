import { test } from "vitest";
import { loopbackBind as rule } from "../../../../server/src/rules/dockerfile/loopback-bind.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const vite = {
  context: contextOf({
    "package.json": JSON.stringify({
      scripts: { dev: "vite --port 3000", start: "npm start", loop: "npm run loop" },
    }),
    "vite.config.ts": "export default defineConfig({ plugins: [react()] })",
  }),
};

test("by default, whatever it is started through", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENTRYPOINT ["tini", "--"]
    CMD ["python", "-m", "flask", "--app", "api", "run", "-p", "80"]
                         ^^^^^^^ loopback-bind: flask run listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD alembic upgrade head && exec uvicorn app:app --port 80
                                     ^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["sh", "-c", "poetry run python manage.py runserver 8000"]
                                                            ^^^^ loopback-bind
  `;
  reports(rule)`
    FROM php:8.5-cli
    CMD ["php", "artisan", "serve"]
         ^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM ruby:3.4
    CMD bundle exec rails server -p 3000
                    ^^^^^ loopback-bind
  `;
});

test("because it is told to, where a port is exposed", () => {
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "-b", "127.0.0.1:8000", "app:app"]
                           ^^^^^^^^^^^^^^^^ loopback-bind: gunicorn is told to listen on the loopback interface, where nothing outside the container can reach it.
  `;
  reports(rule)`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD python -m http.server --bind localhost 8000
                                     ^^^^^^^^^ loopback-bind
  `;
  reports(rule)`
    FROM python:3.14-slim
    CMD ["gunicorn", "-b", "127.0.0.1:8000", "app:app"]
  `;
});

test("what package.json runs, with its configuration read", () => {
  reports(rule, vite)`
    FROM node:24
    WORKDIR /app
    COPY . .
    CMD ["npm", "run", "dev"]
         ^^^^^ loopback-bind: vite listens on 127.0.0.1 unless it is told otherwise, where nothing outside the container can reach it.
  `;
  offersNothing(rule, vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "run", "dev"]
  `;
  reports(rule, vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "start"]
  `;
  reports(rule, vite)`
    FROM node:24
    COPY . .
    CMD ["npm", "run", "dev", "--", "--host"]
  `;
  reports(rule, vite)`
    FROM node:24
    COPY web/ .
    CMD ["npx", "vite"]
  `;
  reports(rule)`
    FROM node:24
    COPY . .
    CMD ["npx", "vite"]
  `;
  reports(rule, { context: contextOf({ "vite.config.ts": "server: { host: true }" }) })`
    FROM node:24
    COPY . .
    CMD ["npx", "vite"]
  `;
});

test("not what listens everywhere, or may", () => {
  for (const command of [
    '["flask", "run", "--host=0.0.0.0"]',
    '["flask", "run", "-h", "0.0.0.0"]',
    "flask run --host $HOST",
    "FLASK_RUN_HOST=0.0.0.0 flask run",
    '["uvicorn", "app:app", "--host", "::"]',
    '["uvicorn", "app:app", "--uds", "/run/app.sock"]',
    '["gunicorn", "app:app"]',
    '["gunicorn", "-c", "conf.py", "app:app"]',
    '["gunicorn", "-b", "unix:/run/app.sock", "app:app"]',
    '["python", "manage.py", "runserver", "0.0.0.0:8000"]',
    '["python", "manage.py", "runserver", "0:8000"]',
    '["python", "manage.py", "migrate"]',
    '["python", "-m", "http.server", "8000"]',
    '["fastapi", "run", "app.py"]',
    '["php", "-S", "0.0.0.0:80"]',
    '["rails", "s", "-b", "0.0.0.0"]',
    '["rails", "s", "-e", "production"]',
    '["/entrypoint.sh", "flask", "run"]',
    '["flask", "--help", "run"]',
    "flask run &",
    "nginx && flask run || true",
    '["npx", "next", "start"]',
    '["ng", "build"]',
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\nEXPOSE 80\nCMD ${command}\n`] }));
  reports(rule)`
    FROM python:3.14-slim
    ENV FLASK_RUN_HOST=0.0.0.0
    CMD ["flask", "run"]
  `;
  reports(rule)`
    FROM ruby:3.4
    ENV RAILS_ENV=production
    CMD ["rails", "server"]
  `;
  reports(rule)`
    FROM example.com/python
    CMD ["flask", "run"]
  `;
  reports(rule)`
    FROM python:3.14-slim AS dev
    CMD ["flask", "run"]
    FROM python:3.14-slim
    ENTRYPOINT ["./start.sh"]
    CMD ["flask", "run"]
  `;
});

test("says it listens everywhere, in the manner of the command", () => {
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port", "80"]
    ->
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port", "80", "--host", "0.0.0.0"]
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    ENTRYPOINT ["python", "manage.py"]
    CMD ["runserver"]
    ->
    FROM python:3.14-slim
    ENTRYPOINT ["python", "manage.py"]
    CMD ["runserver", "0.0.0.0:8000"]
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    CMD exec python manage.py runserver 8080
    ->
    FROM python:3.14-slim
    CMD exec python manage.py runserver 0.0.0.0:8080
  `;
  fixes(rule, "unsafe")`
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "--bind=127.0.0.1:8000", "app:app"]
    ->
    FROM python:3.14-slim
    EXPOSE 8000
    CMD ["gunicorn", "--bind=0.0.0.0:8000", "app:app"]
  `;
});

test("ASP.NET Core by its variable", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://+:8080
    ENV ASPNETCORE_URLS="http://localhost:5000;https://127.0.0.1:5001"
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ loopback-bind: ASP.NET Core is told to listen on the loopback interface, where nothing outside the container can reach it.
    EXPOSE 5000
    ENTRYPOINT ["dotnet", "Shop.dll"]
  `;
  for (const [url, start] of [
    ["http://localhost:5000;http://+:80", '["dotnet", "Shop.dll"]'],
    ["http://localhost:5000", '["dotnet", "Shop.dll", "--urls", "http://+:80"]'],
    ["http://$HOST:5000", '["dotnet", "Shop.dll"]'],
    ["http://localhost:5000", '["/start.sh"]'],
  ])
    expectProblems(
      rule,
      `FROM mcr.microsoft.com/dotnet/aspnet:10.0\nENV ASPNETCORE_URLS=${url}\nEXPOSE 5000\nENTRYPOINT ${start}\n`,
    );
  fixes(rule, "unsafe")`
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://localhost:5000
    EXPOSE 5000
    CMD ["dotnet", "Shop.dll"]
    ->
    FROM mcr.microsoft.com/dotnet/aspnet:10.0
    ENV ASPNETCORE_URLS=http://+:5000
    EXPOSE 5000
    CMD ["dotnet", "Shop.dll"]
  `;
});
