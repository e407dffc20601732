import { expect, test } from "vitest";
import { debugInProduction as rule } from "../../../../server/src/rules/dockerfile/debug-in-production.ts";
import { reports } from "../../../support/check.ts";

test("variables that hold to the end, and commands that watch", () => {
  reports(rule)`
    FROM python:3.14-slim AS base
    ENV FLASK_ENV=development DJANGO_DEBUG=True
        ^^^^^^^^^^^^^^^^^^^^^ debug-in-production: FLASK_ENV turns debug mode on, and the image keeps it.
                              ^^^^^^^^^^^^^^^^^ debug-in-production
    FROM base
    CMD ["uvicorn", "app:app", "--reload"]
                               ^^^^^^^^^^ debug-in-production: uvicorn --reload is for development.
  `;
  reports(rule)`
    FROM node:24
    CMD npx nodemon server.js
            ^^^^^^^ debug-in-production
  `;
});

test("not what is turned off again, nor in stages that are not shipped", () => {
  reports(rule)`
    FROM python:3.14-slim AS dev
    ENV FLASK_DEBUG=1
    CMD ["flask", "run", "--reload"]
    FROM python:3.14-slim
    ARG MODE
    ENV FLASK_DEBUG=1 NODE_ENV=production DEBUG=app:* RAILS_ENV=$MODE
    ENV FLASK_DEBUG=0
    CMD ["uvicorn", "app:app"]
  `;
});

test("runs only when asked for", () => {
  expect(rule.enabled).toBe(false);
});
