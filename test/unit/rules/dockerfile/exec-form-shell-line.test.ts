import { expect, test } from "vitest";
import { execFormShellLine as rule } from "../../../../server/src/rules/dockerfile/exec-form-shell-line.ts";
import { expectProblems, fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("a line as the program, in every exec form", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN ["npm ci"]
         ^^^^^^^^ exec-form-shell-line: Exec form looks for a program named "npm ci": each word has to be a string of its own.
    HEALTHCHECK CMD ["curl -f http://localhost/ || exit 1"]
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exec-form-shell-line
    CMD ["node dist/main.js"]
         ^^^^^^^^^^^^^^^^^^^ exec-form-shell-line
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY --chmod=755 <<EOF /run.sh
    EOF
    ENTRYPOINT ["/usr/bin/app --port 80", "x"]
                ^^^^^^^^^^^^^^^^^^^^^^^^ exec-form-shell-line
    CMD ["/run.sh now"]
  `;
  reports(rule)`
    FROM alpine:3.24
    CMD ["/bin/sh now"]
         ^^^^^^^^^^^^^ exec-form-shell-line
  `;
});

test("an option and its value in one word", () => {
  reports(rule)`
    FROM python:3.14-slim
    ENTRYPOINT ["/venv/bin/gunicorn", "--worker-class gthread", "-b", ":8000", "app:app"]
                                      ^^^^^^^^^^^^^^^^^^^^^^^^ exec-form-shell-line: /venv/bin/gunicorn has no option "--worker-class gthread": option and value have to be strings of their own.
  `;
  fixes(rule, "safe")`
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port 8000"]
    ->
    FROM python:3.14-slim
    CMD ["uvicorn", "app:app", "--port", "8000"]
  `;
  for (const words of [
    '"gunicorn", "--access-logformat", "--x y", "app:app"',
    '"gunicorn", "--access-logformat=%(h)s %(l)s", "app:app"',
    '"gunicorn", "-b 0.0.0.0:8000", "app:app"',
    '"other", "--workers 4"',
  ])
    expectProblems(rule, `FROM python:3.14-slim\nCMD [${words}]\n`);
});

test("an operator as a word", () => {
  reports(rule)`
    FROM node:24-alpine
    CMD ["npm", "run", "migrate", "&&", "npm", "start"]
                                  ^^^^ exec-form-shell-line: Exec form has no shell: && is one more word for npm.
  `;
});

test("it is an error where the build or the start fails", () => {
  const severities = problemsOf(rule)`
    FROM node:24-alpine
    RUN ["npm ci"]
    HEALTHCHECK CMD ["curl -f http://localhost/"]
    CMD ["npm", "start", "||", "true"]
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning"]);
});

test("not what a shell gets, an entrypoint, or what may be a path", () => {
  for (const line of [
    'CMD ["sh", "-c", "npm start && true"]',
    'CMD ["sh", "-c", "npm start", "sh"]',
    'CMD ["sh", "-c", "/run.sh", "--"]',
    'CMD ["bash", "-c", "exec $0 $1", "node", "server.js"]',
    'CMD ["bash", "--", "-c", "exec", "node"]',
    'CMD ["node", "my server.js"]',
    'CMD ["node", "--eval", "require(1).js x"]',
    'CMD ["java", "-jar", "my app.jar"]',
    'CMD ["bundle", "exec", "rackup -o 0.0.0.0"]',
    'HEALTHCHECK CMD ["/CMD-SHELL", "x"]',
    'CMD ["CMD", "x"]',
    'CMD ["/opt/My App/run"]',
    'CMD ["./my app"]',
    'CMD ["npm"]',
    'CMD [" npm"]',
    'CMD ["npm", "run start"]',
    'CMD ["find", ".", "-name", "x", "|"]',
    'CMD ["[", "a", ">", "b", "]"]',
    'ENTRYPOINT ["/bin/sh", "-c"]\nCMD ["npm run start"]',
    'ENTRYPOINT ["./entrypoint.sh"]\nCMD ["npm run start"]',
    'ENTRYPOINT ["wait-for", "db:5432", "--"]\nCMD ["npm", "&&", "x"]',
    'SHELL ["/bin/sh -e", "-c"]',
    'VOLUME ["/my data"]',
    "CMD npm run start",
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM node:24-alpine\n${line}\n`] }));
  reports(rule)`
    FROM example.com/app
    CMD ["npm run start"]
  `;
  reports(rule)`
    # escape=\`
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    CMD ["ping localhost"]
  `;
});

test("plain words become strings", () => {
  fixes(rule, "safe")`
    FROM node:24-alpine
    CMD ["node --title 'my app' server.js", "x"]
    ->
    FROM node:24-alpine
    CMD ["node", "--title", "my app", "server.js", "x"]
  `;
});

test("shell syntax gets its shell, after asking", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    CMD ["npm run migrate && npm start"]
    ->
    FROM node:24-alpine
    CMD ["/bin/sh", "-c", "npm run migrate && npm start"]
  `;
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    CMD ["npm", "run", "a b", "&&", "npm", "start"]
    ->
    FROM node:24-alpine
    CMD ["/bin/sh", "-c", "npm run \"a b\" && npm start"]
  `;
  offersNothing(rule)`
    FROM scratch
    CMD ["app $X"]
  `;
});

test("a script of one word, and what was to follow it", () => {
  reports(rule)`
    FROM eclipse-temurin:25-jre
    ENTRYPOINT ["sh", "-c", "exec", "java", "-jar", "app.jar"]
                            ^^^^^^ exec-form-shell-line: sh -c takes "exec" alone for its script: what follows is left out.
  `;
  reports(rule)`
    FROM node:24-alpine
    RUN ["/bin/sh", "-ec", "npm", "&&", "true"]
                           ^^^^^ exec-form-shell-line
  `;
  fixes(rule, "unsafe", "Make it one script")`
    FROM node:24-alpine
    CMD ["sh", "-c", "./run.sh", "--port", "$PORT"]
    ->
    FROM node:24-alpine
    CMD ["sh", "-c", "./run.sh --port \"$PORT\""]
  `;
  offersNothing(rule)`
    FROM node:24-alpine
    CMD ["sh", "-c", "echo", "a b"]
  `;
});

test("a file of a name with options", () => {
  reports(rule)`
    FROM python:3.14-slim
    COPY app.py .
    CMD ["python3", "app.py --host 0.0.0.0"]
                    ^^^^^^^^^^^^^^^^^^^^^^^ exec-form-shell-line: python3 looks for a file named "app.py --host 0.0.0.0": each word has to be a string of its own.
  `;
  fixes(rule, "safe", "Split into words")`
    FROM eclipse-temurin:25-jre
    CMD ["java", "-jar app.jar", "--debug"]
    ->
    FROM eclipse-temurin:25-jre
    CMD ["java", "-jar", "app.jar", "--debug"]
  `;
});

test("a health check that is written as in Compose", () => {
  reports(rule)`
    FROM node:24-alpine
    HEALTHCHECK CMD ["CMD-SHELL", "wget -q localhost:3000 || exit 1"]
                     ^^^^^^^^^^^ exec-form-shell-line: Exec form looks for a program named "CMD-SHELL", which is a word of Compose files.
  `;
  fixes(rule, "unsafe", "Run it with a shell")`
    FROM node:24-alpine
    HEALTHCHECK CMD ["CMD-SHELL", "wget -q localhost:3000 || exit 1"]
    ->
    FROM node:24-alpine
    HEALTHCHECK CMD ["/bin/sh", "-c", "wget -q localhost:3000 || exit 1"]
  `;
  fixes(rule, "unsafe", "Leave CMD out")`
    FROM node:24-alpine
    HEALTHCHECK CMD ["CMD", "node", "check.js"]
    ->
    FROM node:24-alpine
    HEALTHCHECK CMD ["node", "check.js"]
  `;
});

test("nothing to offer for blanks that are none to a shell", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    CMD ["node\u00a0server.js"]
  `;
});
