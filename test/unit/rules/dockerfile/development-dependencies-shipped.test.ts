import { test } from "vitest";
import { developmentDependenciesShipped as rule } from "../../../../server/src/rules/dockerfile/development-dependencies-shipped.ts";
import { expectProblems, fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const json = {
  scripts: { build: "tsc", start: "node server.js", dev: "nodemon server.js", trim: "npm prune --omit=dev" },
  dependencies: { express: "5" },
  devDependencies: { typescript: "6", nodemon: "3", tsx: "4" },
};
const inputs = of(json);

function of(manifest: object, more: Readonly<Record<string, string>> = {}) {
  return {
    context: contextOf({ "package.json": JSON.stringify(manifest), "package-lock.json": "{}", ...more }),
  };
}

const scripts = { build: "tsc", start: "node server.js" };
const plain = of({ ...json, scripts });

test("an install that brings them, and node that is started", () => {
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci --no-audit && npm run build
        ^^^^^^ development-dependencies-shipped: npm ci brings the devDependencies too (typescript and 2 more), and the image ships them.
    CMD ["node", "dist/main.js"]
  `;
  reports(rule, plain)`
    FROM node:24-alpine
    WORKDIR /app
    COPY package*.json ./
    RUN yarn --frozen-lockfile
        ^^^^ development-dependencies-shipped
    COPY . .
    ENV NODE_ENV=production
    CMD npm start
  `;
});

test("left out where nothing is built", () => {
  fixes(rule, "unsafe", "Leave", plain)`
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci && npm cache clean --force
    COPY . .
    CMD ["npm", "start"]
    ->
    FROM node:24
    WORKDIR /app
    COPY package*.json ./
    RUN npm ci --omit=dev && npm cache clean --force
    COPY . .
    CMD ["npm", "start"]
  `;
  fixes(rule, "unsafe", "Leave", plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN pnpm install --frozen-lockfile
    CMD ["node", "server.js"]
    ->
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN pnpm install --prod --frozen-lockfile
    CMD ["node", "server.js"]
  `;
  // npm 6 has no such option, and the script of a tool would run without it.
  offersNothing(rule, plain)`
    FROM node:12
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  offersNothing(rule, of({ ...json, scripts: { ...scripts, prepare: "husky" } }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
});

test("not where they are left out or taken away", () => {
  for (const install of [
    "npm ci --omit=dev",
    "npm ci --only=prod",
    "npm ci --omit dev",
    "yarn --production",
    "NODE_ENV=production npm ci",
    "NODE_ENV=production yarn --frozen-lockfile",
    "npm ci && npm run build && npm prune --omit=dev",
    "npm ci && npm run build && rm -rf node_modules && npm ci --omit=dev",
    "npm ci && ./build.sh",
    "cd web && npm ci",
    "export NODE_ENV=production && npm ci",
  ])
    expectProblems(
      rule,
      `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["node", "server.js"]\n`,
      plain,
    );
  reports(rule, plain)`
    FROM node:24
    ENV NODE_ENV=production
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, inputs)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run trim
    CMD ["node", "server.js"]
  `;
  reports(rule, of({ ...json, scripts }, { ".npmrc": "omit=dev\n" }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
});

test("not in a builder, for development, or where it is not known what is installed", () => {
  reports(rule, plain)`
    FROM node:24 AS builder
    WORKDIR /app
    COPY . .
    RUN npm ci && npm run build
    FROM node:24-slim
    COPY --from=builder /app/dist /app/dist
    CMD ["node", "/app/dist/main.js"]
  `;
  reports(rule, of({ ...json, scripts: { ...scripts, start: "nodemon server.js" } }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["npm", "start"]
  `;
  for (const command of [
    '["node", "--watch", "server.js"]',
    '["node", "--import=tsx", "server.ts"]',
    '["node", "--require", "typescript/register", "server.js"]',
    '["node", "node_modules/.bin/nodemon"]',
    '["node"]',
    '["npx", "serve", "dist"]',
    '["./start.sh"]',
  ])
    expectProblems(rule, `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ${command}\n`, plain);
  // The project in a folder of its own has another package.json.
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    WORKDIR /app/web
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, of({ ...json, devDependencies: {} }))`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
  `;
  reports(rule, plain)`
    FROM node:24
    WORKDIR /app
    COPY . .
    RUN npm install -g nodemon && npm ci --prefix web
    CMD ["node", "server.js"]
  `;
});

const composer = {
  context: contextOf({
    "composer.json": '{"require-dev": {"phpunit/phpunit": "^11"}}',
    "composer.lock": "{}",
  }),
};
const pyproject = (text: string) => ({
  context: contextOf({ "pyproject.toml": text, "uv.lock": "", "poetry.lock": "" }),
});
const uv = pyproject(
  '[project]\nname = "x"\n\n[dependency-groups]\ndev = [\n  "pytest[x]>=8",\n  "ruff",\n]\n',
);
const gems = {
  context: contextOf({
    Gemfile: "gem 'rails'\ngroup :development do\n  gem 'web-console'\nend\n",
    "Gemfile.lock": "",
  }),
};

test("Composer, where require-dev lists something", () => {
  reports(rule, composer)`
    FROM php:8.4-fpm
    WORKDIR /app
    COPY composer.json composer.lock ./
    RUN composer install --optimize-autoloader
        ^^^^^^^^^^^^^^^^ development-dependencies-shipped: composer install brings the packages of require-dev too (phpunit/phpunit), and the image ships them.
    COPY . .
  `;
  reports(rule, composer)`
    FROM composer:2 AS vendor
    WORKDIR /app
    COPY composer.* ./
    RUN composer install
        ^^^^^^^^^^^^^^^^ development-dependencies-shipped
    FROM php:8.4-fpm
    COPY --from=vendor /app/vendor /var/www/vendor
  `;
});

test("uv, bound or copied, whose environment another stage takes", () => {
  reports(rule, uv)`
    FROM ghcr.io/astral-sh/uv:0.9-trixie-slim AS builder
    WORKDIR /app
    RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --frozen --no-install-project
                                                                      ^^^^^^^ development-dependencies-shipped: uv sync brings the packages of the group dev too (pytest and ruff), and the image ships them.
    FROM python:3.14-slim
    COPY --from=builder /app/.venv /app/.venv
    CMD ["/app/.venv/bin/app"]
  `;
});

test("Bundler in production", () => {
  reports(rule, gems)`
    FROM ruby:3.4-slim
    WORKDIR /app
    ENV RAILS_ENV=production
    COPY Gemfile* ./
    RUN bundle config set --local deployment true && bundle install
                                                     ^^^^^^^^^^^^^^ development-dependencies-shipped
  `;
});

test("not where they are left out, taken away, needed, or elsewhere", () => {
  const silent = (given: Parameters<typeof expectProblems>[2], text: string) =>
    expectProblems(rule, text, given);
  const php = (more: string, rest = "") => `FROM php:8.4-fpm${rest}\nWORKDIR /app\nCOPY . .\n${more}\n`;
  silent(composer, php("RUN composer install --no-dev"));
  silent(composer, php("ENV COMPOSER_NO_DEV=1\nRUN composer install"));
  silent(composer, php("RUN composer install && vendor/bin/phpunit && composer install --no-dev"));
  silent(composer, php("RUN composer install", " AS dev"));
  silent(composer, php("RUN composer install $OPTIONS"));
  silent(composer, php("RUN cd api && composer install"));
  silent(composer, php('RUN composer install\nCMD ["vendor/bin/phpunit"]'));
  silent({ context: contextOf({ "composer.json": "{}" }) }, php("RUN composer install"));
  silent({}, php("RUN composer install"));
  const python = (more: string) => `FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\n${more}\n`;
  silent(uv, python("RUN uv sync --no-dev"));
  silent(uv, python("RUN uv sync --no-default-groups"));
  silent(uv, python("ENV UV_NO_DEV=1\nRUN uv sync"));
  silent(uv, `${python("RUN uv sync")}FROM python:3.14-slim\nCOPY --from=0 /app/docs /docs\n`);
  silent(pyproject("[dependency-groups]\ntest = ['pytest']\n"), python("RUN uv sync"));
  silent(pyproject("[dependency-groups]\ndev = []\n"), python("RUN uv sync"));
  silent(
    pyproject(
      "[tool.poetry.group.dev]\noptional = true\n[tool.poetry.group.dev.dependencies]\npytest = '8'\n",
    ),
    python("RUN poetry install"),
  );
  const ruby = (more: string) => `FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\n${more}\n`;
  silent(gems, ruby("RUN bundle install"));
  silent(gems, ruby("ENV RAILS_ENV=production BUNDLE_WITHOUT=development\nRUN bundle install"));
  silent(gems, ruby("ENV RAILS_ENV=production\nRUN bundle config set without development && bundle install"));
});

test("each install of the stage leaves them out", () => {
  fixes(rule, "unsafe", "Leave", uv)`
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --frozen --no-install-project
    COPY . .
    RUN ["uv", "sync", "--frozen"]
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY pyproject.toml uv.lock ./
    RUN uv sync --no-dev --frozen --no-install-project
    COPY . .
    RUN ["uv", "sync", "--no-dev", "--frozen"]
  `;
  fixes(rule, "unsafe", "Leave", pyproject("[tool.poetry.group.dev.dependencies]\npytest = '8'\n"))`
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    RUN poetry config virtualenvs.create false && poetry install
    ->
    FROM python:3.14-slim
    WORKDIR /app
    COPY . .
    RUN poetry config virtualenvs.create false && poetry install --without dev
  `;
  fixes(rule, "unsafe", "Leave", gems)`
    FROM ruby:3.4-slim
    WORKDIR /app
    COPY . .
    ENV RAILS_ENV=production
    RUN bundle install
    ->
    FROM ruby:3.4-slim
    WORKDIR /app
    COPY . .
    ENV RAILS_ENV=production
    ENV BUNDLE_WITHOUT="development"
    RUN bundle install
  `;
});

test("lists of requirements and extras for tests, where a server is started", () => {
  reports(rule)`
    FROM python:3.14-slim
    COPY . .
    RUN pip install -r requirements.txt -r requirements-dev.txt
                                           ^^^^^^^^^^^^^^^^^^^^ development-dependencies-shipped: requirements-dev.txt brings what is for development and tests too, and the image ships it.
    CMD ["gunicorn", "app:app"]
  `;
  reports(rule)`
    FROM python:3.14-slim
    COPY . .
    RUN pipenv install --dev --system
                       ^^^^^ development-dependencies-shipped: --dev brings what is for development and tests too, and the image ships it.
    CMD ["uvicorn", "app:app", "--host", "0.0.0.0"]
  `;
  for (const [install, start] of [
    ["pip install -r requirements.txt -r requirements/prod.txt", '["gunicorn", "app:app"]'],
    ["pip install -r requirements-dev.txt", '["uvicorn", "app:app", "--reload"]'],
    ["pip install -r requirements-dev.txt", '["pytest"]'],
    ["pip install device.txt -r latest.txt", '["gunicorn", "app:app"]'],
    ["pip install .[redis]", '["gunicorn", "app:app"]'],
  ])
    expectProblems(rule, `FROM python:3.14-slim\nCOPY . .\nRUN ${install}\nCMD ${start}\n`);
});
