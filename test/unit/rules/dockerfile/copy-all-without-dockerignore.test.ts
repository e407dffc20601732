import { test } from "vitest";
import { copyAllWithoutDockerignore as rule } from "../../../../server/src/rules/dockerfile/copy-all-without-dockerignore.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = { ".git/HEAD": "", ".venv/pyvenv.cfg": "", ".env": "A=b", "main.py": "" };

test("the first of a file", () => {
  reports(rule, { context: contextOf(files) })`
    FROM python:3.14-slim AS build
    COPY main.py /a/
    COPY ./ /src/
         ^^ copy-all-without-dockerignore: Without an ignore file this copies .git, .venv and .env too.
    FROM python:3.14-slim
    COPY . .
  `;
});

test("not with an ignore file, without such files, or where only some are copied", () => {
  reports(rule, { context: contextOf({ ...files, ".dockerignore": "" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  reports(rule, { context: contextOf({ "main.py": "", target: "a file" }) })`
    FROM python:3.14-slim
    COPY . .
  `;
  reports(rule, { context: contextOf(files) })`
    FROM python:3.14-slim
    COPY main.py src/ ./
    COPY --exclude=.git . .
    COPY --from=nginx:1.29 . .
  `;
  reports(rule)`
    FROM python:3.14-slim
    COPY . .
  `;
});
